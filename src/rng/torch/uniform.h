/* uniform.h - the uniform distribution as torch.Tensor.uniform_ draws it on the CPU.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_UNIFORM_H
#define TOKVEC_RNG_TORCH_UNIFORM_H

#include "rng/torch/fill.h"

/* n values of a uniform fill, in its dtype, from as many draws; for float64
 * twice as many. For float64 to be called once libm_load has succeeded. */
void uniform_make(const torch_fill *fill, const uint32_t *draws, size_t n, void *out);

#endif
