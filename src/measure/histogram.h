/* histogram.h - how many values of a table lie where.
 * The same bins and counts as numpy.histogram of the values as float64: `bins` intervals of equal
 * width from the smallest to the largest finite value, each with its lower end but not its upper
 * one, the last with both. What is not finite is counted apart.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_HISTOGRAM_H
#define TOKVEC_MEASURE_HISTOGRAM_H

#include "rows/id_list.h"

#define HISTOGRAM_BINS_MAX 65536

/* Released with histogram_free. */
typedef struct histogram {
    unsigned bins;                    /* 0: no value is finite */
    double *edges;                    /* bins + 1 */
    uint64_t *counts;                 /* bins */
    uint64_t nan, positive, negative; /* and the infinities */
} histogram;

/* Of all values, or with a list of those of its rows, which are valid; in two passes. bins: 1 ..
 * HISTOGRAM_BINS_MAX. threads as in pump_spec. Integers that float64 does not hold fail with
 * TOKVEC_UNSUPPORTED. */
bool histogram_make(histogram *h, tokvec_table *table, const id_list *list, unsigned bins,
                    unsigned threads, tokvec_error *err);

void histogram_free(histogram *h);

#endif
