/* sequence.c - the outputs of one Mersenne Twister, from any place.
 * See sequence.h. A place is reached by twisting from a state before it, or by a jump, which costs
 * the same over any distance. So reading in ascending order never costs more than one pass over
 * everything, and from checkpoints every place is a short way off.
 * SPDX-License-Identifier: MIT */
#include "rng/sequence.h"

#include "base/array.h"
#include "rng/jump.h"

#include <stdlib.h>
#include <string.h>

enum {
    SLOTS_MAX = 16384, /* 40 MB of states */
    SPACING_MIN = 4,
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

void sequence_start(const sequence *s, cursor *c)
{
    mt19937_seed(&c->engine, s->seed);
    c->block = 0;
}

static void walk(cursor *c, uint64_t block)
{
    for (; c->block < block; c->block++)
        mt19937_twist(&c->engine);
}

void sequence_lay(sequence *s)
{
    if (s->slots == 0 || s->checkpoints != NULL)
        return;
    mt19937 *all = array_large(s->slots * sizeof *all);
    if (all == NULL)
        return;
    cursor c;
    sequence_start(s, &c);
    for (size_t i = 0; i < s->slots; i++) {
        walk(&c, (i + 1) * s->spacing);
        all[i] = c.engine;
    }
    s->checkpoints = all;
}

uint64_t sequence_cost(uint64_t from, uint64_t to)
{
    return to <= from ? 0 : to - from < JUMP_COST ? to - from : JUMP_COST;
}

/* Goes to the last checkpoint before the block, if that is further than a few twists go in the
 * time that copying it takes. */
static void use_checkpoint(const sequence *s, cursor *c, uint64_t block)
{
    enum { COPY_COST = 2 };
    if (block - c->block <= COPY_COST)
        return;
    const mt19937 *all = s->checkpoints;
    uint64_t i = block / s->spacing < s->slots ? block / s->spacing : s->slots;
    if (all == NULL || i * s->spacing <= c->block + COPY_COST)
        return;
    c->engine = all[i - 1];
    c->block = i * s->spacing;
}

void sequence_seek(const sequence *s, cursor *c, uint64_t block)
{
    if (block < c->block)
        sequence_start(s, c);
    use_checkpoint(s, c, block);
    if (block - c->block > JUMP_COST) {
        mt19937_jump(&c->engine, block - c->block);
        c->block = block;
    }
    walk(c, block);
}

void sequence_read(const sequence *s, cursor *c, uint64_t first, size_t n, uint32_t *out)
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
