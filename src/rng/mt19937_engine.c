/* mt19937_engine.c - the Mersenne Twister as an engine.
 * See mt19937_engine.h. A place is reached by twisting from a state before it, or by a jump, which
 * costs the same over any distance. So reading in ascending order never costs more than one pass
 * over everything, and from checkpoints every place is a short way off.
 * SPDX-License-Identifier: MIT */
#include "rng/mt19937_engine.h"

#include "base/array.h"
#include "base/dispatch.h"
#include "rng/mt19937_jump.h"

#include <stdatomic.h>
#include <stdlib.h>

enum {
    N = MT19937_BLOCK,
    SLOTS_MAX = 16384, /* 40 MB of states */
    SPACING_MIN = 4,
};

/* The outputs come in blocks: block 0 is what the state that the stream begins with holds. */
typedef struct twister_cursor {
    engine_cursor cursor;
    uint64_t block; /* that `state` holds */
    mt19937 state;
} twister_cursor;

typedef struct twister {
    engine engine;
    mt19937 begin;                  /* block 0 */
    unsigned used;                  /* of its outputs: draw 0 comes after them */
    uint64_t spacing;               /* of the checkpoints, in blocks */
    size_t slots;                   /* for checkpoints: number i is of block (i + 1) * spacing */
    _Atomic(mt19937 *) checkpoints; /* NULL until they are laid */
} twister;

static void go_to_begin(const twister *t, twister_cursor *c)
{
    c->state = t->begin;
    c->block = 0;
}

static void twist_to(twister_cursor *c, uint64_t block)
{
    for (; c->block < block; c->block++)
        mt19937_twist(&c->state);
}

/* Goes to the last checkpoint before the block, if that is further than a few twists go in the
 * time that copying it takes. */
static void use_checkpoint(const twister *t, twister_cursor *c, uint64_t block)
{
    enum { COPY_COST = 2 };
    if (block - c->block <= COPY_COST)
        return;
    const mt19937 *all = t->checkpoints;
    uint64_t i = block / t->spacing < t->slots ? block / t->spacing : t->slots;
    if (all == NULL || i * t->spacing <= c->block + COPY_COST)
        return;
    c->state = all[i - 1];
    c->block = i * t->spacing;
}

static void go_to_block(const twister *t, twister_cursor *c, uint64_t block)
{
    if (block < c->block)
        go_to_begin(t, c);
    use_checkpoint(t, c, block);
    if (block - c->block > JUMP_COST) {
        mt19937_jump(&c->state, block - c->block);
        c->block = block;
    }
    twist_to(c, block);
}

/* ---------------------------------------------------------------- the engine */

static void twister_start(const engine *e, engine_cursor *cursor)
{
    go_to_begin((const twister *)e, (twister_cursor *)cursor);
    cursor->at = 0;
}

/* The block is made when its draws are asked for. */
static void twister_seek(const engine *e, engine_cursor *cursor, uint64_t draw)
{
    (void)e;
    cursor->at = draw;
}

DISPATCH_INLINE void temper(const uint32_t *restrict words, size_t n, uint32_t *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = mt19937_temper(words[i]);
}

DISPATCH_VARIANTS(temper, (const uint32_t *restrict words, size_t n, uint32_t *restrict out),
                  (words, n, out))

static void twister_fill(const engine *e, engine_cursor *cursor, size_t n, uint32_t *out)
{
    const twister *t = (const twister *)e;
    twister_cursor *c = (twister_cursor *)cursor;
    while (n > 0) {
        uint64_t output = cursor->at + t->used;
        go_to_block(t, c, output / N);
        size_t from = (size_t)(output % N);
        size_t part = N - from < n ? N - from : n;
        DISPATCH(temper, (c->state.word + from, part, out));
        cursor->at += part;
        out += part;
        n -= part;
    }
}

static uint64_t twister_cost(uint64_t from, uint64_t to)
{
    if (to <= from)
        return 0;
    uint64_t blocks = to / N - from / N;
    return (blocks < JUMP_COST ? blocks : JUMP_COST) * N;
}

static uint64_t twister_checkpoints_cost(const engine *e)
{
    const twister *t = (const twister *)e;
    return t->slots * t->spacing * N;
}

static void twister_lay_checkpoints(engine *e)
{
    twister *t = (twister *)e;
    if (t->slots == 0 || t->checkpoints != NULL)
        return;
    mt19937 *all = array_large(t->slots * sizeof *all);
    if (all == NULL)
        return;
    twister_cursor c;
    go_to_begin(t, &c);
    for (size_t i = 0; i < t->slots; i++) {
        twist_to(&c, (i + 1) * t->spacing);
        all[i] = c.state;
    }
    t->checkpoints = all;
}

static void twister_close(engine *e)
{
    free(((twister *)e)->checkpoints);
    free(e);
}

static const engine_kind twister_kind = {
    .cursor_size = sizeof(twister_cursor),
    .start = twister_start,
    .seek = twister_seek,
    .fill = twister_fill,
    .cost = twister_cost,
    .checkpoints_cost = twister_checkpoints_cost,
    .lay_checkpoints = twister_lay_checkpoints,
    .close = twister_close,
};

engine *mt19937_engine_open(const mt19937 *state, unsigned used, uint64_t draws, tokvec_error *err)
{
    twister *t = malloc(sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    uint64_t blocks = draws / N + 1;
    uint64_t spacing = blocks / SLOTS_MAX + 1;
    if (spacing < SPACING_MIN)
        spacing = SPACING_MIN;
    *t = (twister){.engine = {&twister_kind}, .begin = *state, .used = used, .spacing = spacing};
    /* Where checkpoints are so far apart that a jump is the shorter way, they are of no use. */
    t->slots = spacing > JUMP_COST ? 0 : (size_t)(blocks / spacing);
    return &t->engine;
}
