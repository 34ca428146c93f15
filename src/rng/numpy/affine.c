/* affine.c - a + b * x of many values.
 * See affine.h.
 * SPDX-License-Identifier: MIT */
#include "rng/numpy/affine.h"

#include "base/dispatch.h"

DISPATCH_INLINE void apply(double a, double b, size_t n, double *x)
{
    for (size_t i = 0; i < n; i++)
        x[i] = a + b * x[i];
}

DISPATCH_VARIANTS(apply, (double a, double b, size_t n, double *x), (a, b, n, x))

void affine_apply(double a, double b, size_t n, double *x)
{
    DISPATCH(apply, (a, b, n, x));
}
