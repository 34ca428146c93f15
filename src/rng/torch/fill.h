/* fill.h - the values that one call of PyTorch's puts into a tensor on the CPU.
 * torch.c reads what the user says into such a call and the place of PyTorch's generator where it
 * begins; each draw has a file that makes its values.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_FILL_H
#define TOKVEC_RNG_TORCH_FILL_H

#include "rng/engine.h"
#include "rng/generator.h"

/* The first release with its rules. */
typedef enum torch_rules {
    TORCH_1_13,
    TORCH_2_0,  /* log1p(-u) for log(1 - u) in normals of fewer than 16 values */
    TORCH_2_1,  /* float16 normals in steps that are all rounded; factors of 16 bits are not */
    TORCH_2_3,  /* eye_ takes bfloat16 */
    TORCH_2_12, /* 16-bit values from 24 bits; no uniform is its upper bound; rejection */
    TORCH_2_13, /* 16-bit normals are rounded float32 ones */
} torch_rules;

typedef enum torch_draw {
    TORCH_NORMAL,
    TORCH_UNIFORM,
    TORCH_TRUNC_NORMAL,
    TORCH_CONSTANT,
    TORCH_EYE,
} torch_draw;

/* One call that fills a tensor. */
typedef struct torch_fill {
    torch_draw draw;
    uint64_t rows, dim;
    tokvec_dtype dtype; /* float32, float64, bfloat16 or float16 */
    double a, b;        /* mean, std | lower, upper bound | value, - */
    double low, high;   /* of trunc_normal */
    torch_rules rules;
} torch_fill;

/* Where PyTorch's generator stands: the number of its next 32-bit output, and the double normal
 * that it has kept from a pair. */
typedef struct torch_place {
    uint64_t draw;
    bool cached;
    double cache;
} torch_place;

/* How many 32-bit outputs a fill takes, from a place whose generator keeps a normal or does not.
 * Not for trunc_normal, which may reject. */
uint64_t torch_fill_draws(const torch_fill *fill, bool cached);

/* Opens a generator of the values of a fill that begins at a place of an engine, which is the
 * generator's from then on: closed with it, or here if there is an error. */
generator *torch_fill_open(const torch_fill *fill, const torch_place *at, engine *draws,
                           tokvec_error *err);

#endif
