/* values.h - the values of normal_ and uniform_, each made from known draws of PyTorch's engine.
 * What a generator of such a fill, and one of a fill that is made out of such, is built on.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_VALUES_H
#define TOKVEC_RNG_TORCH_VALUES_H

#include "rng/drawn.h"
#include "rng/torch/fill.h"
#include "rng/torch/normal.h"
#include "rng/torch/normal_narrow.h"

typedef struct torch_values {
    torch_fill fill;
    uint64_t first;           /* the engine's draw that the fill begins at */
    uint64_t count;           /* of values: rows * dim */
    size_t group;             /* values that are made together, from their own draws */
    unsigned draws_per_value; /* 1, or 2 for float64 */
    uint64_t tail_draw;       /* of the last 16 values, where count is not a multiple of a group */
    /* Makes whole groups; NULL where all values are in `small`. */
    void (*make)(const struct torch_values *v, const uint32_t *draws, size_t groups, void *out);
    normal_tables *tables;        /* of early 16-bit normals; otherwise NULL */
    uint64_t small[NORMAL_GROUP]; /* the values of a normal of fewer than 16, in its dtype */
} torch_values;

/* Prepares for the values of a normal or a uniform fill from a place on; `d` is of the engine's
 * draws, and used here only. False with an error, without memory or the C library's functions.
 * Released by torch_values_end, which may be called after that too. */
bool torch_values_begin(torch_values *v, const torch_fill *fill, const torch_place *at,
                        const drawn *d, tokvec_error *err);

void torch_values_end(torch_values *v);

/* Makes values begin .. end-1, in the fill's dtype. Leaves c->at alone. */
void torch_values_make(const torch_values *v, const drawn *d, generator_cursor *c, uint64_t begin,
                       uint64_t end, void *out);

/* The first draw that a value needs. */
uint64_t torch_values_draw_of(const torch_values *v, uint64_t value);

#endif
