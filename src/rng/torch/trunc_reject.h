/* trunc_reject.h - trunc_normal_ from PyTorch 2.12 on: by rejection.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_TRUNC_REJECT_H
#define TOKVEC_RNG_TORCH_TRUNC_REJECT_H

#include "rng/torch/fill.h"

/* As those of torch_trunc_normal_, once libm_load has succeeded. */
generator *trunc_reject_open(const torch_fill *fill, const torch_place *at, engine *draws,
                             tokvec_error *err);
bool trunc_reject_after(const torch_fill *fill, torch_place *place, engine *draws,
                        tokvec_error *err);
uint64_t trunc_reject_draws(const torch_fill *fill);

#endif
