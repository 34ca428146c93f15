/* trunc_inverse.h - trunc_normal_ up to PyTorch 2.11: by the inverse of the error function.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_TRUNC_INVERSE_H
#define TOKVEC_RNG_TORCH_TRUNC_INVERSE_H

#include "rng/torch/fill.h"

/* As torch_trunc_normal_open, once libm_load has succeeded. */
generator *trunc_inverse_open(const torch_fill *fill, const torch_place *at, engine *draws,
                              tokvec_error *err);

/* Refuses what PyTorch refuses. */
bool trunc_inverse_check(const torch_fill *fill, tokvec_error *err);

#endif
