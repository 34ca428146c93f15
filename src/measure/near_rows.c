/* near_rows.c - what one thread of a search does with rows.
 * See near_rows.h. By sums in float32 most rows are left out; those that are not are looked at in
 * float64, and offered.
 * SPDX-License-Identifier: MIT */
#include "measure/near_rows.h"

#include "base/array.h"
#include "base/dtype.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROOM_BYTES = 1 << 18, /* of the floats of rows: so much stays in a processor's own cache */
    ROOM_MAX = 1024,
};

/* ---------------------------------------------------------------- opening */

static size_t room_for(const near_plan *p)
{
    size_t fit = p->dim == 0 ? ROOM_MAX : ROOM_BYTES / sizeof(float) / p->dim;
    return fit < NEAR_TILE_ROWS_MAX ? NEAR_TILE_ROWS_MAX : fit < ROOM_MAX ? fit : ROOM_MAX;
}

near_scratch *near_rows_open(const near_plan *p)
{
    near_scratch *x = calloc(1, sizeof *x);
    if (x == NULL)
        return NULL;
    size_t queries = near_plan_filled(p), judged = room_for(p) + NEAR_TILE_ROWS_MAX;
    x->room = room_for(p);
    x->floors = malloc(queries * sizeof *x->floors);
    x->cuts = malloc(queries * sizeof *x->cuts);
    x->floats = array_large(x->room * p->dim * sizeof *x->floats);
    x->last = malloc((NEAR_TILE_ROWS_MAX * p->dim + 1) * sizeof *x->last);
    x->factors = malloc(judged * sizeof *x->factors);
    x->terms = malloc(judged * sizeof *x->terms);
    x->scores = malloc(NEAR_TILE_ROWS_MAX * NEAR_PANEL_MAX * sizeof *x->scores);
    x->values = malloc((p->dim + 1) * sizeof *x->values);
    if (x->floors == NULL || x->cuts == NULL || x->floats == NULL || x->last == NULL ||
        x->factors == NULL || x->terms == NULL || x->scores == NULL || x->values == NULL) {
        near_rows_close(x);
        return NULL;
    }
    for (size_t q = 0; q < queries; q++) {
        x->floors[q] = NAN; /* which is no floor */
        x->cuts[q] = INFINITY;
    }
    return x;
}

void near_rows_close(near_scratch *x)
{
    if (x == NULL)
        return;
    free(x->floors);
    free(x->cuts);
    free(x->floats);
    free(x->last);
    free(x->factors);
    free(x->terms);
    free(x->scores);
    free(x->values);
    free(x);
}

/* ---------------------------------------------------------------- a row and a query */

/* Some rows of a block, as many as there is room for at most. */
typedef struct chunk {
    near *n;
    near_plan *plan;
    near_scratch *x;
    const int64_t *ids;
    const uint8_t *data; /* as they came */
    size_t count;
    const float *floats; /* as floats; NULL: not needed */
} chunk;

static void set_floor(const near_plan *p, near_scratch *x, size_t q, float floor)
{
    if (x->floors[q] == floor)
        return;
    x->floors[q] = floor;
    x->cuts[q] = near_cut_at(p->by, &p->cuts[q], p->dim, floor);
}

/* What other threads have found counts too. */
static void set_floors(near_plan *p, near_scratch *x)
{
    for (size_t q = 0; q < p->count; q++)
        set_floor(p, x, q, atomic_load_explicit(&p->best.floors[q], memory_order_relaxed));
}

static bool is_without(const near_query *query, int64_t row)
{
    for (size_t i = 0; i < query->without_count; i++) {
        if (query->without[i] == row)
            return true;
    }
    return false;
}

static void offer(const chunk *c, size_t i, size_t q, double key)
{
    near_plan *p = c->plan;
    if (!is_without(&p->queries[q], c->ids[i]))
        set_floor(p, c->x, q, near_best_offer(&p->best, q, (near_hit){c->ids[i], (float)key}));
}

static const uint8_t *row_at(const chunk *c, size_t i)
{
    return c->data + i * c->plan->dim * tokvec_dtype_size(c->plan->dtype);
}

/* The row in float64, and what it is. */
static near_kind look_at(const chunk *c, size_t i)
{
    const near_plan *p = c->plan;
    near_scratch *x = c->x;
    const float *floats = x->last;
    if (p->dtype == TOKVEC_FLOAT64) {
        memcpy(x->values, row_at(c, i), p->dim * sizeof *x->values);
    } else {
        if (c->floats != NULL)
            floats = c->floats + i * p->dim;
        else
            dtype_widen(p->dtype, row_at(c, i), x->last, p->dim);
        for (size_t j = 0; j < p->dim; j++)
            x->values[j] = (double)floats[j];
    }
    x->at = i;
    return near_exact_ready(&x->row, x->values, p->dim, p->by);
}

/* A row that has reached a query. */
static void try(const chunk *c, size_t i, size_t q)
{
    if (c->x->at != i)
        look_at(c, i);
    offer(c, i, q, near_exact_key(c->plan->by, &c->plan->vectors[q], &c->x->row));
}

/* A row that cannot be judged: for all queries. */
static void try_all(const chunk *c, size_t i)
{
    const near_plan *p = c->plan;
    near_kind kind = look_at(c, i);
    bool answers = kind == NEAR_USUAL || (kind == NEAR_ZERO && p->zero_answers);
    c->n->nonfinite_rows += kind == NEAR_NOT_FINITE;
    c->n->zero_rows += kind == NEAR_ZERO && !answers;
    for (size_t q = 0; answers && q < p->count; q++)
        offer(c, i, q, kind == NEAR_ZERO ? 0 : near_exact_key(p->by, &p->vectors[q], &c->x->row));
}

/* A row that can be judged, for the queries that cannot. */
static void try_unjudged(const chunk *c, size_t i)
{
    for (size_t q = 0; q < c->plan->count; q++) {
        if (!c->plan->cuts[q].judged)
            try(c, i, q);
    }
}

/* ---------------------------------------------------------------- a row and few queries */

/* Judges a row by its squares. */
static void judge(const chunk *c, size_t i, float squares)
{
    const near_plan *p = c->plan;
    near_cut_row cut = near_cut_of_row(p->by, p->rough, p->dim, squares);
    c->x->factors[i] = cut.factor;
    c->x->terms[i] = cut.term;
    if (isnan(cut.term))
        try_all(c, i);
    else if (!p->all_judged)
        try_unjudged(c, i);
}

static void add_to_few(const chunk *c)
{
    const near_plan *p = c->plan;
    near_scratch *x = c->x;
    for (size_t i = 0; i < c->count; i++) {
        const void *row = c->floats != NULL ? (const void *)(c->floats + i * p->dim) : row_at(c, i);
        for (size_t q = 0; q < p->count; q++) {
            near_sums sums;
            near_rough_sums(p->rough, row, p->few + q * p->few_size, p->dim, &sums);
            if (q == 0)
                judge(c, i, sums.squares);
            if (sums.dot * x->factors[i] + x->terms[i] >= x->cuts[q])
                try(c, i, q);
        }
    }
}

/* ---------------------------------------------------------------- rows and panels */

static void add_tile(const chunk *c, near_tile *tile, size_t first, size_t panel)
{
    const near_plan *p = c->plan;
    near_scratch *x = c->x;
    size_t width = p->shape.panel;
    tile->panel = p->panels + panel * width * p->dim;
    tile->cuts = x->cuts + panel * width;
    if (!near_rough_tile(tile, x->scores))
        return;
    for (size_t r = 0; r < p->shape.tile_rows; r++) {
        for (size_t q = 0; q < width; q++) {
            if (x->scores[r * width + q] >= tile->cuts[q])
                try(c, first + r, panel * width + q);
        }
    }
}

/* The rows of an incomplete tile, in a place where others may lie behind them. */
static const float *copy_last(const chunk *c, size_t first)
{
    size_t dim = c->plan->dim, left = c->count - first;
    memset(c->x->last, 0, NEAR_TILE_ROWS_MAX * dim * sizeof(float));
    memcpy(c->x->last, c->floats + first * dim, left * dim * sizeof(float));
    return c->x->last;
}

static void add_to_panels(const chunk *c)
{
    const near_plan *p = c->plan;
    near_scratch *x = c->x;
    size_t height = p->shape.tile_rows, whole = c->count / height * height;
    for (size_t i = 0; i < c->count; i++) {
        near_sums sums;
        near_rough_sums(TOKVEC_FLOAT32, c->floats + i * p->dim, p->few, p->dim, &sums);
        judge(c, i, sums.squares);
    }
    for (size_t i = c->count; i < c->count + height; i++)
        x->factors[i] = x->terms[i] = NAN;
    const float *last = whole < c->count ? copy_last(c, whole) : NULL;
    for (size_t panel = 0; panel < p->panel_count; panel++) {
        for (size_t i = 0; i < c->count; i += height) {
            near_tile tile = {.rows = i < whole ? c->floats + i * p->dim : last,
                              .stride = p->dim,
                              .n = p->dim,
                              .factors = x->factors + i,
                              .terms = x->terms + i};
            add_tile(c, &tile, i, panel);
        }
    }
}

/* ---------------------------------------------------------------- blocks */

/* Float64 as floats always; the others in panels, where they are needed again and again. */
static const float *floats_of(const chunk *c)
{
    const near_plan *p = c->plan;
    size_t values = c->count * p->dim;
    if (p->dtype == TOKVEC_FLOAT32)
        return (const float *)(const void *)c->data;
    if (p->dtype == TOKVEC_FLOAT64)
        near_rough_narrow((const double *)(const void *)c->data, values, c->x->floats);
    else if (p->panels != NULL)
        dtype_widen(p->dtype, c->data, c->x->floats, values);
    else
        return NULL;
    return c->x->floats;
}

void near_rows_add(near *n, const row_block *block)
{
    near_plan *p = n->plan;
    near_scratch *x = n->scratch;
    set_floors(p, x);
    for (size_t i = 0, part; i < block->n; i += part) {
        part = block->n - i < x->room ? block->n - i : x->room;
        chunk c = {.n = n, .plan = p, .x = x, .ids = block->ids + i, .count = part};
        c.data = (const uint8_t *)block->data + i * p->dim * tokvec_dtype_size(p->dtype);
        c.floats = floats_of(&c);
        x->at = SIZE_MAX;
        if (p->panels == NULL)
            add_to_few(&c);
        else
            add_to_panels(&c);
    }
}
