/* diff_sums.h - the sums over two rows that comparing them takes, at the memory's speed.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_DIFF_SUMS_H
#define TOKVEC_MEASURE_DIFF_SUMS_H

#include "tokvec.h"

/* Value i of a row belongs to lane i % DIFF_LANES: so sums have the same bits on each processor. */
enum { DIFF_LANES = 8 };

/* Starts as {0}. Right where all values are finite and nothing overflows, which shows in the sums
 * of squares. */
typedef struct diff_sums {
    double absolute[DIFF_LANES], squares[DIFF_LANES]; /* of |a - b| */
    double largest[DIFF_LANES];                       /* |a - b| */
    double relative[DIFF_LANES];                      /* the largest |a - b| / |b| with b not 0 */
    double ab[DIFF_LANES], aa[DIFF_LANES], bb[DIFF_LANES];
    double different[DIFF_LANES]; /* how many |a - b| are more than atol + rtol * |b| */
    double undefined[DIFF_LANES]; /* how many b are 0 */
} diff_sums;

/* Adds n values of two rows, of any dtypes: as float64, which must hold them (diff_sums_exact). */
void diff_sums_add(diff_sums *s, tokvec_dtype of_a, const void *a, tokvec_dtype of_b, const void *b,
                   size_t n, double atol, double rtol);

/* Whether float64 holds n values: so it does all but some integers of 64 bits. */
bool diff_sums_exact(tokvec_dtype dtype, const void *row, size_t n);

/* A sum of all lanes, and the largest of them. */
double diff_sums_total(const double lanes[DIFF_LANES]);
double diff_sums_largest(const double lanes[DIFF_LANES]);

#endif
