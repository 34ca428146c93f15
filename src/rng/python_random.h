/* python_random.h - the integers that Python's module random gives after random.seed.
 * Keras and TensorFlow take the seeds of layers and of operations from it.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_PYTHON_RANDOM_H
#define TOKVEC_RNG_PYTHON_RANDOM_H

#include "rng/mt19937.h"

#include <stdint.h>

typedef struct python_random {
    mt19937 block;
    unsigned used; /* of its words */
} python_random;

/* random.seed(n), of an n or -n, which are one to Python. */
void python_random_seed(python_random *r, uint64_t magnitude);

/* random.randint(0, n - 1), n at least 1. */
uint32_t python_random_below(python_random *r, uint32_t n);

#endif
