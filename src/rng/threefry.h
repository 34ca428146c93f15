/* threefry.h - the counter-based generator Threefry 2x32 with 20 rounds, as JAX arranges it.
 * Constants and rounds: Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2,
 * 3", SC 2011.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_THREEFRY_H
#define TOKVEC_RNG_THREEFRY_H

#include "base/error.h"
#include "rng/engine.h"

/* Two words: a key, or what a key makes of a counter. */
typedef struct threefry_key {
    uint32_t high, low;
} threefry_key;

/* How the numbers of an array are made of counters. */
typedef enum threefry_scheme {
    THREEFRY_ORIGINAL, /* each depends on the size of the whole array */
    THREEFRY_COUNTER   /* on its own place alone (jax_threefry_partitionable) */
} threefry_scheme;

/* What a key makes of a counter: the function itself. */
threefry_key threefry_block(threefry_key key, uint32_t high, uint32_t low);

/* jax.random.fold_in(key, data). */
threefry_key threefry_fold_in(threefry_key key, uint32_t data);

/* jax.random.split(key, n)[i], with i < n < 2^31. */
threefry_key threefry_split(threefry_key key, threefry_scheme scheme, uint32_t n, uint32_t i);

/* jax.random.bits(key, (n,)) of 8, 16, 32 or 64 bits as an engine: draw i is value i; of 64 bits,
 * draw 2i is its low half and draw 2i+1 its high one. In the original scheme all values together
 * must have fewer than 2^32-1 words, and there are no draws behind the last value. Any draw is
 * reached at no cost. Released by its kind's close; NULL without memory, or if there are too many
 * values. */
engine *threefry_engine_open(threefry_key key, threefry_scheme scheme, unsigned width, uint64_t n,
                             tokvec_error *err);

#endif
