/* seeded.c - the weight of a freshly seeded torch.nn.Embedding, row by row.
 * A value depends only on the engine's draws for its own group of 16, so a row is made by
 * moving the engine there. The rows of a read are made in the order in which they lie; the table
 * itself is never in memory.
 * SPDX-License-Identifier: MIT */
#include "table/table.h"

#include "base/bytes.h"
#include "rng/libm.h"
#include "rng/mt19937_engine.h"
#include "rng/normal.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    GROUPS_AT_ONCE = NORMAL_PIECE,
    CURSORS_MAX = 32, /* kept for later reads */
    MANY_VALUES = 1 << 20,
};

typedef struct seeded_table {
    tokvec_table table;
    uint64_t values;          /* rows * dim */
    unsigned draws_per_value; /* 1, or 2 for float64 */
    size_t value_bytes;
    int64_t padding_row; /* or -1 */
    void *small;         /* all values of a table of fewer than 16; else NULL */
    engine *draws;
    pthread_mutex_t lock;             /* of what follows, and of laying checkpoints */
    engine_cursor *idle[CURSORS_MAX]; /* where reads have ended */
    unsigned idle_count;
    uint64_t passed_over; /* by all reads so far, in draws */
} seeded_table;

/* ---------------------------------------------------------------- values */

/* Makes `groups` groups, at most GROUPS_AT_ONCE, from the draws from number `first` on. */
static void make_groups(const seeded_table *t, engine_cursor *c, uint64_t first, size_t groups,
                        void *out)
{
    uint32_t draws[GROUPS_AT_ONCE * NORMAL_GROUP * 2];
    t->draws->kind->seek(t->draws, c, first);
    t->draws->kind->fill(t->draws, c, groups * NORMAL_GROUP * t->draws_per_value, draws);
    if (t->table.dtype == TOKVEC_FLOAT32)
        normal_float32(draws, groups, out);
    else
        normal_float64(draws, groups, out);
}

/* Makes the group whose values are number start .. start+15, and copies from value `at` on those
 * that come before `end`. Returns how many. */
static size_t make_part(const seeded_table *t, engine_cursor *c, uint64_t start, uint64_t draw,
                        uint64_t at, uint64_t end, uint8_t *out)
{
    double made[NORMAL_GROUP]; /* room for either dtype */
    uint64_t stop = start + NORMAL_GROUP < end ? start + NORMAL_GROUP : end;
    make_groups(t, c, draw * t->draws_per_value, 1, made);
    memcpy(out, (uint8_t *)made + (size_t)(at - start) * t->value_bytes,
           (size_t)(stop - at) * t->value_bytes);
    return (size_t)(stop - at);
}

/* Values begin .. end-1 of the matrix in row-major order, padding row not regarded. All values
 * but the last 16 come from whole groups in order. If the number of values is not a multiple of
 * 16, the last 16 are made once more, together, from the draws after all others. */
static void make_values(const seeded_table *t, engine_cursor *c, uint64_t begin, uint64_t end,
                        uint8_t *out)
{
    uint64_t tail = t->values % NORMAL_GROUP == 0 ? t->values : t->values - NORMAL_GROUP;
    uint64_t limit = end < tail ? end : tail;
    for (uint64_t at = begin; at < end;) {
        size_t n;
        uint64_t start = at - at % NORMAL_GROUP;
        if (at >= tail) {
            n = make_part(t, c, tail, t->values, at, end, out);
        } else if (at > start || limit - at < NORMAL_GROUP) {
            n = make_part(t, c, start, start, at, limit, out);
        } else {
            uint64_t groups = (limit - at) / NORMAL_GROUP;
            uint64_t most = GROUPS_AT_ONCE - at / NORMAL_GROUP % GROUPS_AT_ONCE;
            n = (size_t)(groups < most ? groups : most) * NORMAL_GROUP;
            make_groups(t, c, at * t->draws_per_value, n / NORMAL_GROUP, out);
        }
        out += n * t->value_bytes;
        at += n;
    }
}

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

/* The first draw of the group that a value is in. */
static uint64_t draw_of(const seeded_table *t, uint64_t value)
{
    return (value - value % NORMAL_GROUP) * t->draws_per_value;
}

/* What it costs to pass over what lies between the rows, in draws. */
static uint64_t between_rows(const reading *r)
{
    const engine_kind *kind = r->t->draws->kind;
    uint64_t sum = 0, dim = r->t->table.dim;
    for (size_t i = 1; i < r->n; i++) {
        uint64_t from = draw_of(r->t, ((uint64_t)request_at(r, i - 1).id + 1) * dim - 1);
        uint64_t to = draw_of(r->t, (uint64_t)request_at(r, i).id * dim);
        sum += kind->cost(from + NORMAL_GROUP * r->t->draws_per_value, to);
    }
    return sum;
}

/* ---------------------------------------------------------------- cursors */

/* Takes the idle cursor nearest before a draw out of the list; NULL if there is none. */
static engine_cursor *nearest_idle(seeded_table *t, uint64_t draw)
{
    engine_cursor **nearest = NULL;
    for (unsigned i = 0; i < t->idle_count; i++) {
        if (t->idle[i]->at <= draw && (nearest == NULL || t->idle[i]->at > (*nearest)->at))
            nearest = &t->idle[i];
    }
    if (nearest == NULL)
        return NULL;
    engine_cursor *taken = *nearest;
    *nearest = t->idle[--t->idle_count];
    return taken;
}

static engine_cursor *new_cursor(const seeded_table *t, tokvec_error *err)
{
    engine_cursor *c = malloc(t->draws->kind->cursor_size);
    if (c == NULL)
        error_no_memory(err, t->draws->kind->cursor_size);
    else
        t->draws->kind->start(t->draws, c);
    return c;
}

/* Once reads of scattered rows have passed over as much as the whole stream is long, checkpoints
 * are laid: from then on each finds its rows near them. Before a large read that is done at once,
 * since others will follow, perhaps in other threads now. Reads of rows that follow one another
 * need no checkpoints: what lies in between are the shares of other threads. */
static void count_passing(seeded_table *t, const reading *r, uint64_t between, uint64_t before)
{
    if (between == 0 && r->n > 1)
        return;
    uint64_t all = t->draws->kind->checkpoints_cost(t->draws);
    if (all == 0)
        return;
    bool large = r->n * t->table.dim >= MANY_VALUES && between >= all / 2;
    if (large || t->passed_over >= all)
        t->draws->kind->lay_checkpoints(t->draws);
    t->passed_over += between + before;
}

/* The cursor nearest before the first row, or a new one. */
static engine_cursor *take_cursor(seeded_table *t, const reading *r, tokvec_error *err)
{
    uint64_t draw = draw_of(t, (uint64_t)request_at(r, 0).id * t->table.dim);
    uint64_t between = between_rows(r);
    pthread_mutex_lock(&t->lock);
    engine_cursor *c = nearest_idle(t, draw);
    if (c == NULL)
        c = new_cursor(t, err);
    if (c != NULL)
        count_passing(t, r, between, t->draws->kind->cost(c->at, draw));
    pthread_mutex_unlock(&t->lock);
    return c;
}

static void give_cursor(seeded_table *t, engine_cursor *c)
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

/* Makes request i, and those after it as far as they follow one another in the table and in the
 * result. Returns how many. */
static size_t make_rows(const reading *r, engine_cursor *c, size_t i)
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
        return 1;
    }
    size_t n = 1;
    for (; i + n < r->n; n++) {
        request next = request_at(r, i + n);
        if (next.id != first.id + (int64_t)n || next.place != first.place + n ||
            next.id == t->padding_row)
            break;
    }
    make_values(t, c, (uint64_t)first.id * dim, ((uint64_t)first.id + n) * dim, out);
    return n;
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
    size_t row_bytes = (size_t)table->dim * t->value_bytes;
    if (t->small != NULL) {
        for (size_t i = 0; i < n; i++)
            memcpy((uint8_t *)out + i * row_bytes,
                   (const uint8_t *)t->small + (size_t)ids[i] * row_bytes, row_bytes);
        return true;
    }
    if (n == 0)
        return true;
    request *sorted = sort_requests(ids, n);
    reading r = {.t = t, .sorted = sorted, .ids = ids, .n = n, .out = out};
    engine_cursor *c = take_cursor(t, &r, err);
    for (size_t i = 0; c != NULL && i < n;)
        i += make_rows(&r, c, i);
    if (c != NULL)
        give_cursor(t, c);
    free(sorted);
    return c != NULL;
}

static const void *seeded_row(const tokvec_table *table, int64_t id)
{
    const seeded_table *t = (const seeded_table *)table;
    size_t row_bytes = (size_t)table->dim * t->value_bytes;
    return t->small == NULL ? NULL : (const uint8_t *)t->small + (size_t)id * row_bytes;
}

/* ---------------------------------------------------------------- the table */

static void seeded_close(tokvec_table *table)
{
    seeded_table *t = (seeded_table *)table;
    if (t->draws != NULL)
        t->draws->kind->close(t->draws);
    pthread_mutex_destroy(&t->lock);
    for (unsigned i = 0; i < t->idle_count; i++)
        free(t->idle[i]);
    free(t->small);
    free(t);
}

static const table_ops seeded_ops = {.read = seeded_read, .row = seeded_row, .close = seeded_close};

/* Fewer than 16 values: PyTorch's other path, all at once. */
static bool make_small(seeded_table *t, tokvec_error *err)
{
    double values[NORMAL_GROUP];
    uint32_t draws[NORMAL_SMALL_DRAWS];
    size_t n = (size_t)t->values;
    t->small = calloc(n, t->value_bytes);
    if (t->small == NULL)
        return error_no_memory(err, n * t->value_bytes);
    engine_cursor *c = new_cursor(t, err);
    if (c == NULL)
        return false;
    t->draws->kind->fill(t->draws, c, NORMAL_SMALL_DRAWS, draws);
    free(c);
    normal_small(draws, n, values);
    if (t->padding_row >= 0) {
        for (uint64_t i = 0; i < t->table.dim; i++)
            values[(uint64_t)t->padding_row * t->table.dim + i] = 0.0;
    }
    return tokvec_convert(TOKVEC_FLOAT64, values, t->table.dtype, t->small, n, err);
}

static bool check_spec(const tokvec_seed_spec *spec, int64_t *padding_row, tokvec_error *err)
{
    uint64_t bytes;
    if (spec->dtype != TOKVEC_FLOAT32 && spec->dtype != TOKVEC_FLOAT64) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "a seeded table cannot be %s",
                  tokvec_dtype_name(spec->dtype));
        return error_hint(err, "choose float32 or float64");
    }
    if (spec->vocab_size == 0 || spec->dim == 0) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "a seeded table needs at least one row and one column");
        return error_hint(err, "give a vocabulary size and a dimension of 1 or more");
    }
    if (!mul_u64(spec->vocab_size, spec->dim, &bytes) || !mul_u64(bytes, 8, &bytes) ||
        bytes > INT64_MAX) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "a table of %llu x %llu values is too large",
                  (unsigned long long)spec->vocab_size, (unsigned long long)spec->dim);
        return error_hint(err, "vocabulary size times dimension must stay below 2^60");
    }
    *padding_row = -1;
    if (!spec->has_padding_idx)
        return true;
    int64_t rows = (int64_t)spec->vocab_size;
    if (spec->padding_idx < -rows || spec->padding_idx >= rows) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "padding index %lld is out of range",
                  (long long)spec->padding_idx);
        return error_hint(err, "valid are %lld to %lld", (long long)-rows, (long long)rows - 1);
    }
    *padding_row = spec->padding_idx < 0 ? spec->padding_idx + rows : spec->padding_idx;
    return true;
}

/* What normal_float32 does not make. */
static bool needs_libm(const tokvec_seed_spec *spec)
{
    return spec->dtype != TOKVEC_FLOAT32 || spec->vocab_size * spec->dim < NORMAL_GROUP;
}

tokvec_table *tokvec_table_seed(const tokvec_seed_spec *spec, tokvec_error *error)
{
    int64_t padding_row;
    if (!check_spec(spec, &padding_row, error) || (needs_libm(spec) && !libm_load(error)))
        return NULL;
    seeded_table *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(error, sizeof *t);
        return NULL;
    }
    t->table = (tokvec_table){.ops = &seeded_ops,
                              .rows = spec->vocab_size,
                              .dim = spec->dim,
                              .dtype = spec->dtype,
                              .concurrent = true,
                              .passes = true};
    pthread_mutex_init(&t->lock, NULL);
    t->values = spec->vocab_size * spec->dim;
    t->draws_per_value = spec->dtype == TOKVEC_FLOAT32 ? 1 : 2;
    t->value_bytes = tokvec_dtype_size(spec->dtype);
    t->padding_row = padding_row;
    uint64_t draws = (t->values + NORMAL_GROUP) * t->draws_per_value;
    t->draws = mt19937_engine_open((uint32_t)spec->seed /* the low half */, draws, error);
    if (t->draws == NULL || (t->values < NORMAL_GROUP && !make_small(t, error))) {
        seeded_close(&t->table);
        return NULL;
    }
    return &t->table;
}
