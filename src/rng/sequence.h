/* sequence.h - the outputs of one Mersenne Twister, from any place.
 * Keeps some states along the way, so that going back does not start from the beginning; their
 * number is bounded, however long the sequence is.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_SEQUENCE_H
#define TOKVEC_RNG_SEQUENCE_H

#include "rng/mt19937.h"

#include <stdatomic.h>
#include <stddef.h>

/* An engine and where it is: outputs come in blocks 1, 2, ...; block 0 is the state that the seed
 * makes, which holds none. */
typedef struct cursor {
    mt19937 engine;
    uint64_t block;
} cursor;

/* Threads may move cursors over it while one lays the checkpoints. */
typedef struct sequence {
    uint32_t seed;
    uint64_t spacing;               /* of the checkpoints, in blocks */
    size_t slots;                   /* for checkpoints: number i is of block (i + 1) * spacing */
    _Atomic(mt19937 *) checkpoints; /* NULL until they are laid */
} sequence;

/* The outputs of an engine with that seed, of which the first `blocks` blocks will be asked for. */
void sequence_init(sequence *s, uint32_t seed, uint64_t blocks);
void sequence_free(sequence *s);

/* Lays all checkpoints, if that has not been done. It costs s->slots * s->spacing twists. Without
 * memory there are none, and moving takes longer. */
void sequence_lay(sequence *s);

/* A cursor at block 0. */
void sequence_start(const sequence *s, cursor *c);

/* What it costs, in twists, to go on from one block to another without checkpoints. */
uint64_t sequence_cost(uint64_t from, uint64_t to);

/* Moves a cursor to a block, by the cheapest way known. */
void sequence_seek(const sequence *s, cursor *c, uint64_t block);

/* Copies outputs number first .. first+n-1, untempered, and leaves the cursor at the last. */
void sequence_read(const sequence *s, cursor *c, uint64_t first, size_t n, uint32_t *out);

#endif
