/* fill.c - what a call of PyTorch's that fills a tensor takes of its generator.
 * See fill.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/fill.h"

#include "rng/torch/normal.h"

uint64_t torch_fill_draws(const torch_fill *fill, bool cached)
{
    uint64_t count = fill->rows * fill->dim, rest = count % NORMAL_GROUP;
    bool narrow = fill->dtype == TOKVEC_BFLOAT16 || fill->dtype == TOKVEC_FLOAT16;
    unsigned per_value = fill->dtype == TOKVEC_FLOAT64 ? 2 : 1;
    if (fill->draw == TORCH_UNIFORM)
        return count * per_value;
    if (fill->draw != TORCH_NORMAL)
        return 0;
    if (count < NORMAL_GROUP)
        return count <= cached ? 0 : (count - cached + 1) / 2 * 4;
    if (narrow && fill->rules >= TORCH_2_12)
        return count - rest + (rest != 0 ? NORMAL_GROUP : 0);
    return (count + (rest != 0 ? NORMAL_GROUP : 0)) * per_value;
}
