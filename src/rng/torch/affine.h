/* affine.h - the last step of PyTorch's distributions: x * scale + shift, rounded once.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_AFFINE_H
#define TOKVEC_RNG_TORCH_AFFINE_H

#include <stddef.h>

/* In place. To be called once libm_load has succeeded. */
void affine_float64(double *values, size_t n, double scale, double shift);

#endif
