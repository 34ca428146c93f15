/* row_mean.h - the mean of rows: one row, each of its values the mean of a column.
 * Columns are summed exactly and rounded once, so that neither threads nor blocks nor the order of
 * the rows change a bit.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_ROW_MEAN_H
#define TOKVEC_MEASURE_ROW_MEAN_H

#include "rows/id_list.h"

/* Starts as {0}; released with row_mean_free. */
typedef struct row_mean {
    double *values;    /* dim, correctly rounded; zeros if there are no rows */
    uint64_t rows;     /* whose mean it is */
    uint64_t left_out; /* rows with a NaN or an infinity */
    double largest;    /* absolute value in the rows that count */
} row_mean;

/* Of all rows of a table, or with a list of those in it, which are valid. threads as in pump_spec.
 */
bool row_mean_make(row_mean *mean, tokvec_table *table, const id_list *list, unsigned threads,
                   tokvec_error *err);

void row_mean_free(row_mean *mean);

#endif
