/* normals_legacy.c - tables of numpy.random's normal values.
 * See normals.h. Values come in pairs, of which an attempt gives one or none.
 * SPDX-License-Identifier: MIT */
#include "rng/numpy/normals.h"

#include "rng/libm.h"
#include "rng/mt19937_engine.h"
#include "rng/numpy/affine.h"
#include "rng/numpy/places.h"
#include "rng/numpy/polar.h"

#include <stdlib.h>
#include <string.h>

typedef struct legacy_table {
    generator generator;
    engine *draws; /* owned */
    normals_scale scale;
    places *places; /* steps are attempts */
} legacy_table;

typedef struct legacy_cursor {
    generator_cursor cursor;
    uint64_t attempt; /* the next */
    size_t count, at; /* how many values are made, and which of them is next */
    double values[2 * POLAR_MOST];
    uint64_t draws[]; /* two cursors of the engine: to make values, and to count them */
} legacy_cursor;

static engine_cursor *making(legacy_cursor *c)
{
    return (engine_cursor *)(void *)c->draws;
}

static engine_cursor *counting(const legacy_table *t, legacy_cursor *c)
{
    return (engine_cursor *)(void *)((uint8_t *)c->draws + t->draws->kind->cursor_size);
}

static void legacy_start(const generator *g, generator_cursor *cursor)
{
    const legacy_table *t = (const legacy_table *)g;
    legacy_cursor *c = (legacy_cursor *)cursor;
    cursor->at = c->attempt = 0;
    c->count = c->at = 0;
    t->draws->kind->start(t->draws, making(c));
    t->draws->kind->start(t->draws, counting(t, c));
}

static void fill(const legacy_table *t, engine_cursor *c, uint64_t attempt, size_t n, uint32_t *out)
{
    t->draws->kind->seek(t->draws, c, attempt * POLAR_DRAWS);
    t->draws->kind->fill(t->draws, c, n * POLAR_DRAWS, out);
}

static uint64_t count_attempts(const void *context, void *scratch, uint64_t from, uint64_t to,
                               uint64_t *next)
{
    const legacy_table *t = context;
    uint32_t draws[POLAR_DRAWS * POLAR_MOST];
    uint64_t count = 0;
    *next = to;
    while (from < to) {
        size_t n = to - from < POLAR_MOST ? (size_t)(to - from) : POLAR_MOST;
        fill(t, scratch, from, n, draws);
        count += polar_count(draws, n);
        from += n;
    }
    return 2 * count;
}

/* Makes the next values, of which `wanted` will be needed. */
static void refill(const legacy_table *t, legacy_cursor *c, uint64_t wanted)
{
    uint32_t draws[POLAR_DRAWS * POLAR_MOST];
    uint64_t attempts = wanted / 2 + wanted / 4 + 4; /* 4 / pi of them give a pair */
    size_t n = attempts < POLAR_MOST ? (size_t)attempts : POLAR_MOST;
    fill(t, making(c), c->attempt, n, draws);
    c->attempt += n;
    c->at = 0;
    c->count = polar_make(draws, n, c->values);
    if (t->scale.scaled)
        affine_apply(t->scale.loc, t->scale.scale, c->count, c->values);
}

/* The next n values; out NULL: passes over them. */
static void take(const legacy_table *t, legacy_cursor *c, uint64_t n, double *out)
{
    for (size_t part; n > 0; n -= part) {
        if (c->at == c->count)
            refill(t, c, n);
        part = c->count - c->at < n ? c->count - c->at : (size_t)n;
        if (out != NULL) {
            memcpy(out, c->values + c->at, part * sizeof *out);
            out += part;
        }
        c->at += part;
    }
}

static void go_to(const legacy_table *t, legacy_cursor *c, uint64_t value)
{
    uint64_t at = c->cursor.at;
    if (value < at || value - at > NORMALS_NEAR) {
        place known = places_find(t->places, counting(t, c), value);
        if (value < at || known.value > at) {
            c->attempt = known.step;
            c->count = c->at = 0;
            at = known.value;
        }
    }
    take(t, c, value - at, NULL);
}

static bool legacy_make(const generator *g, generator_cursor *cursor, uint64_t begin, uint64_t end,
                        void *out, tokvec_error *err)
{
    const legacy_table *t = (const legacy_table *)g;
    legacy_cursor *c = (legacy_cursor *)cursor;
    (void)err;
    go_to(t, c, begin);
    take(t, c, end - begin, out);
    cursor->at = end;
    return true;
}

/* About the draw that a value begins with: 8 / pi a value. */
static uint64_t draw_of(uint64_t value)
{
    return value * 5 / 2;
}

static uint64_t legacy_cost(const generator *g, uint64_t from, uint64_t to)
{
    return ((const legacy_table *)g)->draws->kind->cost(draw_of(from), draw_of(to));
}

static uint64_t legacy_laying_cost(const generator *g)
{
    engine *draws = ((const legacy_table *)g)->draws;
    return draws->kind->checkpoints_cost(draws);
}

static void legacy_lay(generator *g)
{
    engine *draws = ((legacy_table *)g)->draws;
    draws->kind->lay_checkpoints(draws);
}

static void legacy_close(generator *g)
{
    legacy_table *t = (legacy_table *)g;
    if (t->draws != NULL)
        t->draws->kind->close(t->draws);
    places_close(t->places);
    free(t);
}

static const generator_ops legacy_ops = {.start = legacy_start,
                                         .make = legacy_make,
                                         .cost = legacy_cost,
                                         .checkpoints_cost = legacy_laying_cost,
                                         .lay_checkpoints = legacy_lay,
                                         .close = legacy_close};

generator *normals_legacy_open(const tokvec_seed_spec *spec, const mt19937 *state,
                               const normals_scale *scale, tokvec_error *err)
{
    if (!libm_load(err))
        return NULL;
    legacy_table *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    uint64_t values = spec->vocab_size * spec->dim;
    uint64_t attempts = values / 25 * 16 + POLAR_MOST; /* 2 / pi a value */
    t->scale = *scale;
    t->draws = mt19937_engine_open(state, MT19937_BLOCK, attempts * POLAR_DRAWS, err);
    t->places = t->draws != NULL ? places_open(attempts, count_attempts, t, err) : NULL;
    t->generator = (generator){
        .ops = &legacy_ops, .rows = spec->vocab_size, .dim = spec->dim, .dtype = TOKVEC_FLOAT64};
    if (t->places == NULL) {
        legacy_close(&t->generator);
        return NULL;
    }
    t->generator.cursor_size = sizeof(legacy_cursor) + 2 * t->draws->kind->cursor_size;
    return &t->generator;
}
