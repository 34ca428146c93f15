/* state.h - a state of PyTorch's CPU generator, as torch.get_rng_state() gives it.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_STATE_H
#define TOKVEC_RNG_TORCH_STATE_H

#include "base/error.h"
#include "rng/mt19937.h"

/* All that such a state tells. */
typedef struct torch_state {
    uint64_t seed;   /* that torch.initial_seed() gives */
    mt19937 twister; /* the block of outputs that was made last, or what a seed gives */
    unsigned next;   /* how many of the block have been drawn: 0, then none was made, to 624 */
    bool cached;     /* a normal is kept for later; of the two kinds only this one is drawn here */
    double cache;
    bool float_cached;
    float float_cache;
    uint64_t passed; /* how many outputs state_advance has gone on by */
} torch_state;

/* As torch.manual_seed leaves it. */
void state_seed(torch_state *state, uint64_t seed);

/* Takes apart `size` bytes, which may be anything: fails with TOKVEC_BAD_ARGUMENT on what
 * torch.get_rng_state() never gives. */
bool state_read(torch_state *state, const void *bytes, size_t size, tokvec_error *err);

/* The same bytes, TOKVEC_TORCH_STATE_SIZE of them. */
void state_write(const torch_state *state, uint8_t *bytes);

/* How many outputs of the twister's block have been used. */
unsigned state_used(const torch_state *state);

/* Goes on by that many outputs, at most 2^63. */
void state_advance(torch_state *state, uint64_t outputs);

#endif
