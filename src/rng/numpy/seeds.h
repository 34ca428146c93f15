/* seeds.h - seeds as NumPy takes them: integers of any size, one or several.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_NUMPY_SEEDS_H
#define TOKVEC_RNG_NUMPY_SEEDS_H

#include "base/error.h"
#include "rng/mt19937.h"

#include <stddef.h>
#include <stdint.h>

typedef struct seeds {
    uint32_t *words; /* of each integer from the lowest on, one at least; to be freed */
    size_t count;
    bool list; /* several, or one with a comma behind it */
    bool wide; /* one of them has more than 32 bits */
} seeds;

/* Reads a seed of numpy.random.default_rng ("7", "1,2,3", "7,"); or of numpy.random.seed, if
 * `legacy`, which takes 32 bits only. Refuses what NumPy refuses, with its reason. */
bool seed_read(const char *text, bool legacy, seeds *out, tokvec_error *err);

/* The state that numpy.random.seed makes. */
void seed_legacy(const seeds *s, mt19937 *state);

#endif
