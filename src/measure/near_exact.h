/* near_exact.h - how near two vectors are, in float64.
 * Each sum runs in the same order of lanes on every processor, without fused operations.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_NEAR_EXACT_H
#define TOKVEC_MEASURE_NEAR_EXACT_H

#include <stddef.h>

typedef enum near_metric { NEAR_COSINE, NEAR_DOT, NEAR_L2 } near_metric;

typedef enum near_kind { NEAR_USUAL, NEAR_ZERO, NEAR_NOT_FINITE } near_kind;

/* A vector, made ready for near_exact_key. */
typedef struct near_vector {
    const double *values;
    size_t n;
    double root; /* for cosine: of the sum of squares of `values` */
} near_vector;

/* What the n values are. For cosine, which a power of two does not change, they are multiplied by
 * one where the sum of their squares could overflow or lose digits. */
near_kind near_exact_ready(near_vector *v, double *values, size_t n, near_metric by);

/* The score of two usual vectors, negative for the distance, so that more is nearer; right as far
 * as a float32 tells. For dot and l2 a vector of zeros is usual too. */
double near_exact_key(near_metric by, const near_vector *a, const near_vector *b);

#endif
