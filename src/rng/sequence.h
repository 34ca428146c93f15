/* sequence.h - the outputs of one Mersenne Twister, from any place.
 * Keeps some states along the way, so that going back does not start from the beginning; their
 * number is bounded, however long the sequence is.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_SEQUENCE_H
#define TOKVEC_RNG_SEQUENCE_H

#include "rng/mt19937.h"

#include <stdbool.h>
#include <stddef.h>

/* An engine and where it is: outputs come in blocks 1, 2, ...; block 0 is the state that the seed
 * makes, which holds none. */
typedef struct cursor {
    mt19937 engine;
    uint64_t block;
    bool learns; /* leaves checkpoints for later; one cursor at a time may, and then alone */
} cursor;

typedef struct sequence {
    uint32_t seed;
    uint64_t spacing;    /* of the checkpoints, in blocks */
    size_t slots;        /* for checkpoints: number i is of block (i + 1) * spacing */
    cursor *checkpoints; /* with block 0 where there is none yet; NULL: none at all */
    uint64_t spent;      /* on moving, in twists */
} sequence;

/* The outputs of an engine with that seed, of which the first `blocks` blocks will be asked for. */
void sequence_init(sequence *s, uint32_t seed, uint64_t blocks);
void sequence_free(sequence *s);

/* A cursor at block 0. */
void sequence_start(const sequence *s, cursor *c, bool learns);

/* Moves a cursor to a block, by the cheapest way known. */
void sequence_seek(sequence *s, cursor *c, uint64_t block);

/* Copies outputs number first .. first+n-1, untempered, and leaves the cursor at the last. */
void sequence_read(sequence *s, cursor *c, uint64_t first, size_t n, uint32_t *out);

#endif
