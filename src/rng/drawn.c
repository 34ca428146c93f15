/* drawn.c - a generator whose values each come from known draws of one engine.
 * See drawn.h.
 * SPDX-License-Identifier: MIT */
#include "rng/drawn.h"

/* The engine's cursor begins where that of the generator ends. */
typedef struct drawn_place {
    generator_cursor cursor;
    uint64_t draws[];
} drawn_place;

static engine_cursor *draws_of(generator_cursor *c)
{
    return (engine_cursor *)(void *)((drawn_place *)c)->draws;
}

void drawn_use(drawn *d, engine *draws)
{
    d->draws = draws;
    d->generator.cursor_size = sizeof(drawn_place) + draws->kind->cursor_size;
}

void drawn_start(const generator *g, generator_cursor *c)
{
    const drawn *d = (const drawn *)g;
    d->draws->kind->start(d->draws, draws_of(c));
    c->at = 0;
}

void drawn_fill(const drawn *d, generator_cursor *c, uint64_t first, size_t n, uint32_t *out)
{
    d->draws->kind->seek(d->draws, draws_of(c), first);
    d->draws->kind->fill(d->draws, draws_of(c), n, out);
}

uint64_t drawn_cost(const generator *g, uint64_t from, uint64_t to)
{
    const drawn *d = (const drawn *)g;
    return d->draws->kind->cost(d->draw_of(d, from), d->draw_of(d, to));
}

uint64_t drawn_laying_cost(const generator *g)
{
    const drawn *d = (const drawn *)g;
    return d->draws->kind->checkpoints_cost(d->draws);
}

void drawn_lay(generator *g)
{
    drawn *d = (drawn *)g;
    d->draws->kind->lay_checkpoints(d->draws);
}
