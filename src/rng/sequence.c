/* sequence.c - the outputs of one Mersenne Twister, from any place.
 * See sequence.h. A place is reached by twisting from a state before it, or by a jump, which costs
 * the same over any distance. Reading in ascending order so never costs more than one pass over
 * everything; reading in any order costs at most two passes, then a short way from a checkpoint.
 * SPDX-License-Identifier: MIT */
#include "rng/sequence.h"

#include "rng/jump.h"

#include <stdlib.h>
#include <string.h>

enum {
    SLOTS_MAX = 8192, /* 20 MB of states, if all of them are ever used */
    SPACING_MIN = 16,
};

void sequence_init(sequence *s, uint32_t seed, uint64_t blocks)
{
    uint64_t spacing = blocks / SLOTS_MAX + 1;
    if (spacing < SPACING_MIN)
        spacing = SPACING_MIN;
    *s = (sequence){.seed = seed, .spacing = spacing, .slots = (size_t)(blocks / spacing)};
    /* Where checkpoints are so far apart that a jump is the shorter way, they are of no use. */
    if (spacing > JUMP_COST)
        s->slots = 0;
}

void sequence_free(sequence *s)
{
    free(s->checkpoints);
    s->checkpoints = NULL;
}

void sequence_start(const sequence *s, cursor *c, bool learns)
{
    mt19937_seed(&c->engine, s->seed);
    c->block = 0;
    c->learns = learns;
}

/* The checkpoint of that block, or NULL if there is none for it. Its memory is asked for when it
 * is first wanted, and used by the system only as far as it is filled. */
static cursor *slot_of(sequence *s, uint64_t block)
{
    if (block == 0 || block % s->spacing != 0 || block / s->spacing > s->slots)
        return NULL;
    if (s->checkpoints == NULL)
        s->checkpoints = calloc(s->slots, sizeof *s->checkpoints);
    return s->checkpoints == NULL ? NULL : &s->checkpoints[block / s->spacing - 1];
}

static void leave_checkpoint(sequence *s, const cursor *c)
{
    cursor *slot = c->learns ? slot_of(s, c->block) : NULL;
    if (slot != NULL && slot->block == 0)
        *slot = *c;
}

/* Twists on to a block. */
static void walk(sequence *s, cursor *c, uint64_t block)
{
    if (c->learns)
        s->spent += block - c->block;
    while (c->block < block) {
        mt19937_twist(&c->engine);
        c->block++;
        if (c->block % s->spacing == 0)
            leave_checkpoint(s, c);
    }
}

/* The last checkpoint in blocks after+1 .. block from which walking is cheaper than a jump, or
 * NULL. */
static const cursor *nearest_checkpoint(const sequence *s, uint64_t after, uint64_t block)
{
    if (s->checkpoints == NULL)
        return NULL;
    uint64_t i = block / s->spacing;
    if (i > s->slots)
        i = s->slots;
    for (; i > 0 && i * s->spacing > after && block - i * s->spacing < JUMP_COST; i--) {
        if (s->checkpoints[i - 1].block != 0)
            return &s->checkpoints[i - 1];
    }
    return NULL;
}

static void copy_state(cursor *c, const cursor *from)
{
    c->engine = from->engine;
    c->block = from->block;
}

/* Lays all checkpoints, once as much has been spent without them. */
static void lay_checkpoints(sequence *s)
{
    if (s->slots == 0 || s->spent < s->slots * s->spacing)
        return;
    cursor *last = slot_of(s, s->slots * s->spacing);
    if (last == NULL || last->block != 0)
        return;
    cursor c;
    sequence_start(s, &c, true);
    walk(s, &c, s->slots * s->spacing);
}

void sequence_seek(sequence *s, cursor *c, uint64_t block)
{
    if (block >= c->block && block - c->block <= s->spacing) {
        walk(s, c, block);
        return;
    }
    if (c->learns && (block < c->block || block - c->block > JUMP_COST))
        lay_checkpoints(s);
    if (block < c->block)
        sequence_start(s, c, c->learns);
    const cursor *nearest = nearest_checkpoint(s, c->block, block);
    if (nearest != NULL)
        copy_state(c, nearest);
    if (block - c->block > JUMP_COST) {
        /* To where a checkpoint can be left, if that is near. */
        uint64_t stop = s->slots > 0 ? block - block % s->spacing : block;
        mt19937_jump(&c->engine, stop - c->block);
        c->block = stop;
        if (c->learns)
            s->spent += JUMP_COST;
        leave_checkpoint(s, c);
    }
    walk(s, c, block);
}

void sequence_read(sequence *s, cursor *c, uint64_t first, size_t n, uint32_t *out)
{
    while (n > 0) {
        sequence_seek(s, c, first / MT19937_BLOCK + 1);
        size_t at = (size_t)(first % MT19937_BLOCK);
        size_t take = MT19937_BLOCK - at < n ? MT19937_BLOCK - at : n;
        memcpy(out, c->engine.word + at, take * sizeof *out);
        out += take;
        first += take;
        n -= take;
    }
}
