/* seeded.c - a table whose values a generator of random numbers makes.
 * The rows of a read are made in the order in which they lie, by a cursor that is near; the table
 * itself is never in memory.
 * SPDX-License-Identifier: MIT */
#include "table/table.h"

#include "base/bytes.h"
#include "rng/factor.h"
#include "rng/generator.h"
#include "rng/nans.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    CURSORS_MAX = 32, /* kept for later reads */
    MANY_VALUES = 1 << 20,
};

typedef struct seeded_table {
    tokvec_table table;
    generator *values; /* in row-major order */
    size_t value_bytes;
    int64_t padding_row; /* or -1 */
    bool scaled, scaled_padding;
    double factor;                       /* of what is scaled: the values, and the padding */
    pthread_mutex_t lock;                /* of what follows, and of laying checkpoints */
    generator_cursor *idle[CURSORS_MAX]; /* where reads have ended */
    unsigned idle_count;
    uint64_t passed_over; /* by all reads so far, as the generator counts */
} seeded_table;

/* ---------------------------------------------------------------- requests */

/* A row that is asked for, and its place in the result. */
typedef struct request {
    int64_t id;
    size_t place;
} request;

typedef struct reading {
    const seeded_table *t;
    const request *sorted; /* NULL: ids are in order as they are */
    const int64_t *ids;
    size_t n;
    uint8_t *out;
} reading;

static request request_at(const reading *r, size_t i)
{
    return r->sorted != NULL ? r->sorted[i] : (request){r->ids[i], i};
}

static uint64_t cost_of(const seeded_table *t, uint64_t from, uint64_t to)
{
    return t->values->ops->cost == NULL ? 0 : t->values->ops->cost(t->values, from, to);
}

/* What it costs to pass over what lies between the rows. */
static uint64_t between_rows(const reading *r)
{
    uint64_t sum = 0, dim = r->t->table.dim;
    for (size_t i = 1; i < r->n; i++)
        sum += cost_of(r->t, ((uint64_t)request_at(r, i - 1).id + 1) * dim,
                       (uint64_t)request_at(r, i).id * dim);
    return sum;
}

/* ---------------------------------------------------------------- cursors */

/* Takes the idle cursor nearest before a value out of the list; NULL if there is none. */
static generator_cursor *nearest_idle(seeded_table *t, uint64_t value)
{
    generator_cursor **nearest = NULL;
    for (unsigned i = 0; i < t->idle_count; i++) {
        if (t->idle[i]->at <= value && (nearest == NULL || t->idle[i]->at > (*nearest)->at))
            nearest = &t->idle[i];
    }
    if (nearest == NULL)
        return NULL;
    generator_cursor *taken = *nearest;
    *nearest = t->idle[--t->idle_count];
    return taken;
}

/* Once reads of scattered rows have passed over as much as the whole stream is long, checkpoints
 * are laid: from then on each finds its rows near them. Before a large read that is done at once,
 * since others will follow, perhaps in other threads now. Reads of rows that follow one another
 * need no checkpoints: what lies in between are the shares of other threads. */
static void count_passing(seeded_table *t, const reading *r, uint64_t between, uint64_t before)
{
    if (between == 0 && r->n > 1)
        return;
    const generator_ops *ops = t->values->ops;
    uint64_t all = ops->checkpoints_cost == NULL ? 0 : ops->checkpoints_cost(t->values);
    if (all == 0)
        return;
    bool large = r->n * t->table.dim >= MANY_VALUES && between >= all / 2;
    if (large || t->passed_over >= all)
        ops->lay_checkpoints(t->values);
    t->passed_over += between + before;
}

/* The cursor nearest before the first row, or a new one. */
static generator_cursor *take_cursor(seeded_table *t, const reading *r, tokvec_error *err)
{
    uint64_t value = (uint64_t)request_at(r, 0).id * t->table.dim;
    uint64_t between = between_rows(r);
    pthread_mutex_lock(&t->lock);
    generator_cursor *c = nearest_idle(t, value);
    if (c == NULL)
        c = generator_cursor_open(t->values, err);
    if (c != NULL)
        count_passing(t, r, between, cost_of(t, c->at, value));
    pthread_mutex_unlock(&t->lock);
    return c;
}

static void give_cursor(seeded_table *t, generator_cursor *c)
{
    pthread_mutex_lock(&t->lock);
    bool kept = t->idle_count < CURSORS_MAX;
    if (kept)
        t->idle[t->idle_count++] = c;
    pthread_mutex_unlock(&t->lock);
    if (!kept)
        free(c);
}

/* ---------------------------------------------------------------- rows */

static bool make_values(const seeded_table *t, generator_cursor *c, uint64_t begin, uint64_t end,
                        void *out, tokvec_error *err)
{
    if (!t->values->ops->make(t->values, c, begin, end, out, err))
        return false;
    if (t->scaled)
        factor_multiply(t->table.dtype, t->factor, (size_t)(end - begin), out);
    nans_unify(t->table.dtype, (size_t)(end - begin), out);
    return true;
}

/* Makes request i, and those after it as far as they follow one another in the table and in the
 * result. Returns how many; 0 with an error. */
static size_t make_rows(const reading *r, generator_cursor *c, size_t i, tokvec_error *err)
{
    const seeded_table *t = r->t;
    uint64_t dim = t->table.dim;
    size_t row_bytes = (size_t)dim * t->value_bytes;
    request first = request_at(r, i);
    uint8_t *out = r->out + first.place * row_bytes;
    if (i > 0 && request_at(r, i - 1).id == first.id) {
        memcpy(out, r->out + request_at(r, i - 1).place * row_bytes, row_bytes);
        return 1;
    }
    if (first.id == t->padding_row) {
        memset(out, 0, row_bytes);
        if (t->scaled_padding) /* it may become -0, or NaN */
            factor_multiply(t->table.dtype, t->factor, (size_t)dim, out);
        nans_unify(t->table.dtype, (size_t)dim, out);
        return 1;
    }
    size_t n = 1;
    for (; i + n < r->n; n++) {
        request next = request_at(r, i + n);
        if (next.id != first.id + (int64_t)n || next.place != first.place + n ||
            next.id == t->padding_row)
            break;
    }
    uint64_t begin = (uint64_t)first.id * dim;
    return make_values(t, c, begin, begin + n * dim, out, err) ? n : 0;
}

static int compare_requests(const void *a, const void *b)
{
    const request *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* The requests in the order of the table, or NULL if that is how they come (or if there is no
 * memory, when any order will do, only more slowly). */
static request *sort_requests(const int64_t *ids, size_t n)
{
    size_t i = 1;
    while (i < n && ids[i - 1] <= ids[i])
        i++;
    request *sorted = i >= n ? NULL : calloc(n, sizeof *sorted);
    if (sorted == NULL)
        return NULL;
    for (i = 0; i < n; i++)
        sorted[i] = (request){ids[i], i};
    qsort(sorted, n, sizeof *sorted, compare_requests);
    return sorted;
}

static bool seeded_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                        tokvec_error *err)
{
    seeded_table *t = (seeded_table *)table;
    if (n == 0)
        return true;
    request *sorted = sort_requests(ids, n);
    reading r = {.t = t, .sorted = sorted, .ids = ids, .n = n, .out = out};
    generator_cursor *c = take_cursor(t, &r, err);
    bool good = c != NULL;
    for (size_t i = 0; good && i < n;) {
        size_t made = make_rows(&r, c, i, err);
        good = made > 0;
        i += made;
    }
    if (c != NULL)
        give_cursor(t, c);
    free(sorted);
    return good;
}

/* ---------------------------------------------------------------- the table */

static void seeded_close(tokvec_table *table)
{
    seeded_table *t = (seeded_table *)table;
    t->values->ops->close(t->values);
    pthread_mutex_destroy(&t->lock);
    for (unsigned i = 0; i < t->idle_count; i++)
        free(t->idle[i]);
    free(t);
}

static const table_ops seeded_ops = {.read = seeded_read, .close = seeded_close};

static bool check_shape(uint64_t rows, uint64_t dim, tokvec_error *err)
{
    uint64_t bytes;
    if (rows == 0 || dim == 0) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "a seeded table needs at least one row and one column");
        return error_hint(err, "give a vocabulary size and a dimension of 1 or more");
    }
    if (mul_u64(rows, dim, &bytes) && mul_u64(bytes, 8, &bytes) && bytes <= INT64_MAX)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "a table of %llu x %llu values is too large",
              (unsigned long long)rows, (unsigned long long)dim);
    return error_hint(err, "vocabulary size times dimension must stay below 2^60");
}

static bool find_padding(const tokvec_seed_spec *spec, uint64_t table_rows, int64_t *row,
                         tokvec_error *err)
{
    *row = -1;
    if (!spec->has_padding_idx)
        return true;
    int64_t rows = (int64_t)table_rows;
    if (spec->padding_idx < -rows || spec->padding_idx >= rows) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "padding index %lld is out of range",
                  (long long)spec->padding_idx);
        return error_hint(err, "valid are %lld to %lld", (long long)-rows, (long long)rows - 1);
    }
    *row = spec->padding_idx < 0 ? spec->padding_idx + rows : spec->padding_idx;
    return true;
}

/* The spec with what the kinds of generators need not check and fill in themselves; seed has room
 * for the seed as a text. */
static bool complete_spec(const tokvec_seed_spec *spec, tokvec_seed_spec *out, char seed[24],
                          tokvec_error *err)
{
    *out = *spec;
    if (!check_shape(spec->vocab_size, spec->dim, err))
        return false;
    if (spec->seed_text == NULL) {
        snprintf(seed, 24, "%llu", (unsigned long long)spec->seed);
        out->seed_text = seed;
        return true;
    }
    return spec->state == NULL ||
           error_set(err, TOKVEC_BAD_ARGUMENT, "a table begins with a state or with a seed");
}

static generator *open_values(const tokvec_seed_spec *spec, tokvec_error *err)
{
    char seed[24];
    tokvec_seed_spec whole;
    return complete_spec(spec, &whole, seed, err) ? generator_open(&whole, err) : NULL;
}

bool tokvec_seed_state(const tokvec_seed_spec *spec, void *state, tokvec_error *error)
{
    char seed[24];
    tokvec_seed_spec whole;
    return complete_spec(spec, &whole, seed, error) && generator_state(&whole, state, error);
}

tokvec_table *tokvec_table_seed(const tokvec_seed_spec *spec, tokvec_error *error)
{
    double factor = 1.0;
    int64_t padding_row;
    if (spec->times != NULL && !factor_read(spec->times, &factor, error))
        return NULL;
    generator *values = open_values(spec, error);
    if (values == NULL)
        return NULL;
    seeded_table *t = calloc(1, sizeof *t);
    if (t == NULL)
        error_no_memory(error, sizeof *t);
    if (t == NULL || !find_padding(spec, values->rows, &padding_row, error)) {
        values->ops->close(values);
        free(t);
        return NULL;
    }
    t->table = (tokvec_table){.ops = &seeded_ops,
                              .rows = values->rows,
                              .dim = values->dim,
                              .dtype = values->dtype,
                              .warning = values->warning,
                              .concurrent = true,
                              .passes = true};
    pthread_mutex_init(&t->lock, NULL);
    t->values = values;
    t->value_bytes = tokvec_dtype_size(values->dtype);
    t->padding_row = padding_row;
    t->scaled_padding = spec->times != NULL;
    t->scaled = spec->times != NULL && !values->multiplied;
    t->factor = factor_narrow(factor, values->dtype, values->narrow_factor);
    return &t->table;
}
