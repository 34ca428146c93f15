/* affine.h - a + b * x of many values, as NumPy computes normal(loc, scale) and uniform(low, high).
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_NUMPY_AFFINE_H
#define TOKVEC_RNG_NUMPY_AFFINE_H

#include <stddef.h>

/* x[i] = a + b * x[i]; the product and the sum are rounded each. */
void affine_apply(double a, double b, size_t n, double *x);

#endif
