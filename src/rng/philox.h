/* philox.h - Philox 4x32-10, a generator that ciphers a counter.
 * J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011.
 * Any group of four draws is made from its number alone.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_PHILOX_H
#define TOKVEC_RNG_PHILOX_H

#include "base/error.h"
#include "rng/engine.h"

enum { PHILOX_GROUP = 4 }; /* draws */

/* What a stream is begun by: the key, and the upper half of the counter, whose lower half is the
 * number of the group. */
typedef struct philox_start {
    uint32_t key[2];
    uint32_t upper[2]; /* low word first */
} philox_start;

/* n groups, `first` and each `step` after the one before: 4 * n draws. */
void philox_groups(const philox_start *start, uint64_t first, uint64_t step, size_t n,
                   uint32_t *out);

/* Its draws as an engine. Released by its kind's close; NULL without memory. */
engine *philox_engine_open(const philox_start *start, tokvec_error *err);

#endif
