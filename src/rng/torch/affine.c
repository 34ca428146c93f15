/* affine.c - the last step of PyTorch's distributions: x * scale + shift, rounded once.
 * See affine.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/affine.h"

#include "base/dispatch.h"
#include "rng/libm.h"

#include <math.h>

/* Without an instruction the C library does it, unless there is nothing to fuse. */
DISPATCH_INLINE void affine(bool fuses, double *values, size_t n, double scale, double shift)
{
    for (size_t i = 0; i < n; i++) {
        if (fuses)
            values[i] = __builtin_fma(values[i], scale, shift);
        else
            values[i] = scale == 1.0 ? values[i] + shift : libm_fma(values[i], scale, shift);
    }
}

DISPATCH_VARIANTS(affine, (double *values, size_t n, double scale, double shift),
                  (fuses, values, n, scale, shift))

void affine_float64(double *values, size_t n, double scale, double shift)
{
    DISPATCH(affine, (values, n, scale, shift));
}
