/* normals_default.c - tables of numpy.random.default_rng's normal values.
 * See normals.h.
 * SPDX-License-Identifier: MIT */
#include "rng/numpy/normals.h"

#include "rng/libm.h"
#include "rng/numpy/affine.h"
#include "rng/numpy/places.h"

#include <stdlib.h>

typedef struct default_table {
    generator generator;
    ziggurat ziggurat;
    normals_scale scale;
    places *places; /* steps are draws */
} default_table;

typedef struct default_cursor {
    generator_cursor cursor;
    ziggurat_place make, count;
} default_cursor;

static void default_start(const generator *g, generator_cursor *cursor)
{
    const default_table *t = (const default_table *)g;
    default_cursor *c = (default_cursor *)cursor;
    cursor->at = 0;
    ziggurat_seek(&t->ziggurat, &c->make, 0);
    ziggurat_seek(&t->ziggurat, &c->count, 0);
}

static uint64_t count_draws(const void *context, void *scratch, uint64_t from, uint64_t to,
                            uint64_t *next)
{
    const default_table *t = context;
    ziggurat_place *p = scratch;
    if (ziggurat_at(p) != from)
        ziggurat_seek(&t->ziggurat, p, from);
    uint64_t count = ziggurat_count(&t->ziggurat, p, to);
    *next = ziggurat_at(p);
    return count;
}

static void go_to(const default_table *t, default_cursor *c, uint64_t value)
{
    uint64_t at = c->cursor.at;
    if (value < at || value - at > NORMALS_NEAR) {
        place known = places_find(t->places, &c->count, value);
        if (value < at || known.value > at) {
            ziggurat_seek(&t->ziggurat, &c->make, known.step);
            at = known.value;
        }
    }
    ziggurat_make(&t->ziggurat, &c->make, value - at, NULL);
}

static bool default_make(const generator *g, generator_cursor *cursor, uint64_t begin, uint64_t end,
                         void *out, tokvec_error *err)
{
    enum { PIECE = 2048 }; /* values that stay in the cache */
    const default_table *t = (const default_table *)g;
    default_cursor *c = (default_cursor *)cursor;
    (void)err;
    go_to(t, c, begin);
    if (!t->scale.scaled)
        ziggurat_make(&t->ziggurat, &c->make, end - begin, out);
    for (uint64_t at = begin; t->scale.scaled && at < end;) {
        double *values = (double *)out + (at - begin);
        size_t n = end - at < PIECE ? (size_t)(end - at) : PIECE;
        ziggurat_make(&t->ziggurat, &c->make, n, values);
        affine_apply(t->scale.loc, t->scale.scale, n, values);
        at += n;
    }
    cursor->at = end;
    return true;
}

static void default_close(generator *g)
{
    places_close(((default_table *)g)->places);
    free(g);
}

static const generator_ops default_ops = {
    .start = default_start, .make = default_make, .close = default_close};

generator *normals_default_open(const tokvec_seed_spec *spec, const ziggurat *z,
                                const normals_scale *scale, tokvec_error *err)
{
    if (!libm_load(err))
        return NULL;
    default_table *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    t->generator = (generator){.ops = &default_ops,
                               .cursor_size = sizeof(default_cursor),
                               .rows = spec->vocab_size,
                               .dim = spec->dim,
                               .dtype = z->narrow ? TOKVEC_FLOAT32 : TOKVEC_FLOAT64};
    t->ziggurat = *z;
    t->scale = *scale;
    uint64_t values = spec->vocab_size * spec->dim;
    t->places = places_open(values + values / 40 /* 1.022 draws a value */, count_draws, t, err);
    if (t->places == NULL) {
        free(t);
        return NULL;
    }
    return &t->generator;
}
