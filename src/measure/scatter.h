/* scatter.h - the rows of a table as a symmetric matrix, C'C, by which vectors are multiplied.
 * C are the rows less their mean.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_SCATTER_H
#define TOKVEC_MEASURE_SCATTER_H

#include "measure/row_mean.h"

enum { SCATTER_BLOCK = 2 }; /* vectors at a time */

/* The rows are divided by a power of two that makes their values at most 2, so that no square of
 * theirs is too large or too small. */
typedef struct scatter {
    tokvec_table *table;
    const row_mean *mean;
    unsigned threads;
} scatter;

/* products[i] = C'C vectors[i] for count vectors, 1 .. SCATTER_BLOCK, each of dim values and length
 * 1. Right to some units in the last place of the largest value, and the same bits always. */
bool scatter_multiply(const scatter *s, const double *const *vectors, double *const *products,
                      size_t count, tokvec_error *err);

#endif
