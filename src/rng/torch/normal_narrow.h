/* normal_narrow.h - 16-bit normals as torch.Tensor.normal_ draws them on the CPU.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_NORMAL_NARROW_H
#define TOKVEC_RNG_TORCH_NORMAL_NARROW_H

#include "rng/torch/fill.h"

/* Up to 2.11 a uniform has 8 bits (bfloat16) or 11 (float16): what is made of each. */
typedef struct normal_tables normal_tables;

/* The tables of a dtype by a release's rules, released by free; NULL with an error. To be called,
 * as what follows, once libm_load has succeeded. */
normal_tables *normal_tables_open(tokvec_dtype dtype, torch_rules rules, tokvec_error *err);

/* 16 * groups values of a normal fill from as many draws. The tables are those of its dtype and
 * rules, and not used since 2.12. */
void normal_narrow(const torch_fill *fill, const normal_tables *tables, const uint32_t *draws,
                   size_t groups, uint16_t *out);

#endif
