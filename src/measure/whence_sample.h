/* whence_sample.h - what is looked at of a table before all of it is compared.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_WHENCE_SAMPLE_H
#define TOKVEC_MEASURE_WHENCE_SAMPLE_H

#include "measure/whence_draw.h"

/* What some values are like. */
typedef struct whence_figures {
    uint64_t count; /* of finite values in rows that are not zero */
    double mean, deviation, lowest, highest;
    bool constant;
} whence_figures;

/* For adding values up: starts as {0}. */
typedef struct whence_sums {
    uint64_t count;
    double shift, sum, squares; /* of values less the first */
    double lowest, highest;
} whence_sums;

void whence_sums_add(whence_sums *s, double value);
whence_figures whence_sums_figures(const whence_sums *s);

/* Some consecutive values of the table, with which a draw is compared. */
typedef struct whence_probe {
    uint64_t first; /* the number of the first value */
    size_t count;
    size_t enough;                    /* of them that tell all that is needed */
    uint64_t values[WHENCE_DRAW_MAX]; /* as the table has them */
} whence_probe;

enum { WHENCE_PROBES_MAX = 64 };

typedef struct whence_sample {
    uint64_t rows, dim;
    tokvec_dtype dtype;
    whence_figures figures; /* of many of its values */
    /* The first one is of the first row that tells anything; the others are spread over the table.
     * None: no row tells anything. */
    whence_probe probes[WHENCE_PROBES_MAX];
    size_t probe_count;
    double bits; /* how much all values tell, at most */
} whence_sample;

/* Looks at a table of floating-point numbers of 16 bits or more. */
bool whence_sample_take(whence_sample *s, tokvec_table *table, tokvec_error *err);

#endif
