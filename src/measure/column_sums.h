/* column_sums.h - the sum of each column of a table, exact.
 * A number for each column, in digits of 32 bits that reach over all that doubles can be. Since
 * most values of embeddings are small multiples of one power of two, those go to a plain integer a
 * column first.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_COLUMN_SUMS_H
#define TOKVEC_MEASURE_COLUMN_SUMS_H

#include "tokvec.h"

/* Starts as {0}. */
typedef struct column_sums {
    size_t dim;
    int64_t *digits;   /* planes of dim digits each, of falling use; memory only where touched */
    unsigned from, to; /* the planes that are not all zero are among from .. to-1 */
    int64_t *quick;    /* dim: whole numbers of the quick unit */
    uint64_t added;    /* rows since carries were last propagated */
    unsigned quick_added;

    uint64_t rows;     /* added so far */
    uint64_t left_out; /* rows with a NaN or an infinity, of which nothing is added */
    double largest;    /* absolute value */
} column_sums;

/* False without memory; then nothing is to be released. */
bool column_sums_begin(column_sums *s, size_t dim);
void column_sums_free(column_sums *s);

/* Adds a row of dim values. */
void column_sums_add(column_sums *s, const double *row);

/* Adds all that *from has to *to, and empties it. */
void column_sums_merge(column_sums *to, column_sums *from);

/* Writes the sums divided by that number, 1 or more, correctly rounded. */
void column_sums_quotients(column_sums *s, uint64_t divisor, double *out);

#endif
