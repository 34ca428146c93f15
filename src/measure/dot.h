/* dot.h - products of two rows of float64.
 * Each is summed in one order, whatever the processor, so that its bits are the same everywhere.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_DOT_H
#define TOKVEC_MEASURE_DOT_H

#include <stddef.h>

/* The sum of x[i] * y[i] over n values, which need no alignment. */
double dot_product(const double *x, const double *y, size_t n);

/* The sum of their squares, and its root: the length. */
double dot_length(const double *x, size_t n);

#endif
