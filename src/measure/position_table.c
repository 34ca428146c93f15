/* position_table.c - a table of which each row is the sum of a token's vector and its position's.
 * See position_table.h. Sequences go through the same positions again and again: so the first ones
 * are kept.
 * SPDX-License-Identifier: MIT */
#include "measure/position_table.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/dtype.h"
#include "base/error.h"
#include "table/table.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    KEPT_BYTES = 1 << 26, /* of positions, at most */
    AT_ONCE = 256,        /* narrow floats that are widened together */
};

typedef struct position_state {
    tokvec_table base;
    position_spec spec;
    uint64_t before; /* how many IDs have been in the list before */
    size_t row_bytes;
    pthread_mutex_t lock; /* of `kept` and of filling it */
    char *rows;           /* of the first positions, in the dtype of the sums */
    uint64_t room, kept;
} position_state;

/* What one read works with, for each row. */
typedef struct position_room {
    int64_t *ids, *positions;
    char *read; /* rows as they are in one of the two tables */
    char *rows; /* of positions that are not kept */
} position_room;

/* ---------------------------------------------------------------- sums */

/* to += from, where each sum of two narrow floats is rounded from a float32, as PyTorch does. */
static bool add_narrow(tokvec_dtype dtype, size_t n, const char *from, char *to, tokvec_error *err)
{
    float a[AT_ONCE], b[AT_ONCE];
    size_t size = tokvec_dtype_size(dtype);
    for (size_t at = 0, some; at < n; at += some) {
        some = n - at < AT_ONCE ? n - at : AT_ONCE;
        dtype_widen(dtype, to + at * size, a, some);
        dtype_widen(dtype, from + at * size, b, some);
        for (size_t i = 0; i < some; i++)
            a[i] += b[i];
        if (!tokvec_convert(TOKVEC_FLOAT32, a, dtype, to + at * size, some, err))
            return false;
    }
    return true;
}

static bool add_values(tokvec_dtype dtype, size_t n, const void *from, void *to, tokvec_error *err)
{
    if (dtype == TOKVEC_FLOAT32) {
        const float *b = from;
        float *a = to;
        for (size_t i = 0; i < n; i++)
            a[i] += b[i];
        return true;
    }
    if (dtype == TOKVEC_FLOAT64) {
        const double *b = from;
        double *a = to;
        for (size_t i = 0; i < n; i++)
            a[i] += b[i];
        return true;
    }
    return add_narrow(dtype, n, from, to, err);
}

/* ---------------------------------------------------------------- rows */

/* Reads n rows of one of the two tables in the dtype of the sums; `read` has room for them. */
static bool read_rows(const position_state *t, tokvec_table *table, const int64_t *ids, size_t n,
                      char *read, char *out, tokvec_error *err)
{
    if (table->dtype == t->base.dtype)
        return tokvec_table_read(table, ids, n, out, err);
    return tokvec_table_read(table, ids, n, read, err) &&
           tokvec_convert(table->dtype, read, t->base.dtype, out, n * (size_t)t->base.dim, err);
}

/* How many of the n numbers follow one another. */
static size_t run_of(const int64_t *numbers, size_t n)
{
    size_t run = 1;
    while (run < n && numbers[run] == numbers[run - 1] + 1)
        run++;
    return run;
}

/* The numbers of the rows of n positions, in their place. */
static void find_rows(const position_state *t, int64_t *positions, size_t n)
{
    for (size_t i = 0; i < n; i++)
        positions[i] += (int64_t)t->spec.first_row;
}

/* Sees to it that the positions up to a last one are kept, as many as there is room for. */
static bool keep_positions(position_state *t, int64_t last, tokvec_error *err)
{
    enum { STEP = 64 };
    int64_t rows[STEP];
    uint64_t wanted = (uint64_t)last - t->spec.sequences->first + 1;
    wanted = wanted < t->room ? wanted : t->room;
    bool good = true;
    pthread_mutex_lock(&t->lock);
    char *read = t->kept < wanted ? malloc(STEP * t->row_bytes + 1) : NULL;
    if (t->kept < wanted && read == NULL)
        good = error_no_memory(err, STEP * t->row_bytes);
    while (good && t->kept < wanted) {
        size_t n = wanted - t->kept < STEP ? (size_t)(wanted - t->kept) : STEP;
        for (size_t i = 0; i < n; i++)
            rows[i] = (int64_t)(t->spec.sequences->first + t->kept + i);
        find_rows(t, rows, n);
        good =
            read_rows(t, t->spec.positions, rows, n, read, t->rows + t->kept * t->row_bytes, err);
        t->kept += good ? n : 0;
    }
    pthread_mutex_unlock(&t->lock);
    free(read);
    return good;
}

/* Adds the vectors of n positions to the rows at out. */
static bool add_positions(const position_state *t, const position_room *r, size_t n, char *out,
                          tokvec_error *err)
{
    size_t dim = (size_t)t->base.dim;
    for (size_t i = 0, some; i < n; i += some) {
        uint64_t place = (uint64_t)r->positions[i] - t->spec.sequences->first;
        const char *from = t->rows + place * t->row_bytes;
        some = run_of(r->positions + i, n - i);
        if (place < t->room) {
            some = some < t->room - place ? some : (size_t)(t->room - place);
        } else {
            from = r->rows;
            find_rows(t, r->positions + i, some);
            if (!read_rows(t, t->spec.positions, r->positions + i, some, r->read, r->rows, err))
                return false;
        }
        if (!add_values(t->base.dtype, some * dim, from, out + i * t->row_bytes, err))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- reading */

static void close_room(position_room *r)
{
    free(r->ids);
    free(r->positions);
    free(r->read);
    free(r->rows);
}

static bool open_room(const position_state *t, size_t n, position_room *r, tokvec_error *err)
{
    bool converts = t->spec.tokens->dtype != t->spec.positions->dtype;
    *r = (position_room){.ids = malloc(n * sizeof *r->ids),
                         .positions = malloc(n * sizeof *r->positions),
                         .read = converts ? array_large(n * t->row_bytes + 1) : NULL};
    if (r->ids != NULL && r->positions != NULL && (r->read != NULL || !converts))
        return true;
    close_room(r);
    return error_no_memory(err, n * t->row_bytes);
}

/* The IDs of n rows, none of which may be one that has no position like the others. */
static bool get_ids(const position_state *t, const int64_t *numbers, size_t n, int64_t *ids,
                    tokvec_error *err)
{
    for (size_t i = 0, run; i < n; i += run) {
        run = run_of(numbers + i, n - i);
        id_list_get(t->spec.list, (uint64_t)numbers[i] - t->before, run, ids + i);
    }
    for (size_t i = 0; t->spec.has_padding && i < n; i++) {
        if (ids[i] != t->spec.padding)
            continue;
        error_set(err, TOKVEC_UNSUPPORTED,
                  "ID %lld is the model's padding, which its positions leave out",
                  (long long)ids[i]);
        return error_hint(err, "look up sequences without padding");
    }
    return true;
}

/* The positions of n rows; returns the largest. */
static int64_t get_positions(const position_state *t, const int64_t *numbers, size_t n,
                             int64_t *positions)
{
    int64_t largest = 0;
    for (size_t i = 0, run; i < n; i += run) {
        run = run_of(numbers + i, n - i);
        int64_t here =
            sequences_get(t->spec.sequences, (uint64_t)numbers[i] - t->before, run, positions + i);
        largest = here > largest ? here : largest;
    }
    return largest;
}

static bool read_sums(tokvec_table *table, const int64_t *numbers, size_t n, void *out,
                      tokvec_error *err)
{
    position_state *t = (position_state *)table;
    position_room room;
    if (n == 0)
        return true;
    if (!open_room(t, n, &room, err))
        return false;
    int64_t last = get_positions(t, numbers, n, room.positions);
    bool good = get_ids(t, numbers, n, room.ids, err) && keep_positions(t, last, err) &&
                read_rows(t, t->spec.tokens, room.ids, n, room.read, out, err);
    if (good && (uint64_t)last - t->spec.sequences->first >= t->room) {
        room.rows = array_large(n * t->row_bytes + 1);
        good = room.rows != NULL || error_no_memory(err, n * t->row_bytes);
    }
    good = good && add_positions(t, &room, n, out, err);
    close_room(&room);
    return good;
}

static bool prepare_sums(tokvec_table *table, const int64_t *numbers, size_t n, tokvec_error *err)
{
    const position_state *t = (const position_state *)table;
    if (t->spec.tokens->ops->prepare == NULL || n == 0)
        return true;
    int64_t *ids = malloc(n * sizeof *ids);
    if (ids == NULL)
        return error_no_memory(err, n * sizeof *ids);
    bool good = get_ids(t, numbers, n, ids, err) && table_prepare(t->spec.tokens, ids, n, err);
    free(ids);
    return good;
}

static bool intact_sums(const tokvec_table *table, tokvec_error *err)
{
    const position_state *t = (const position_state *)table;
    return tokvec_table_intact(t->spec.tokens, err) && tokvec_table_intact(t->spec.positions, err);
}

/* As for a lookup of the same IDs. */
static bool verify_sums(tokvec_table *table, tokvec_error *err)
{
    const position_state *t = (const position_state *)table;
    return t->spec.list->count < tokvec_table_rows(t->spec.tokens) ||
           table_verify(t->spec.tokens, err);
}

static void close_sums(tokvec_table *table)
{
    position_state *t = (position_state *)table;
    pthread_mutex_destroy(&t->lock);
    free(t->rows);
    free(t);
}

static const table_ops position_ops = {.prepare = prepare_sums,
                                       .read = read_sums,
                                       .intact = intact_sums,
                                       .verify = verify_sums,
                                       .close = close_sums};

/* ---------------------------------------------------------------- the table */

/* torch.promote_types of two dtypes of floats. */
static tokvec_dtype promote(tokvec_dtype a, tokvec_dtype b)
{
    if (a == b)
        return a;
    return a == TOKVEC_FLOAT64 || b == TOKVEC_FLOAT64 ? TOKVEC_FLOAT64 : TOKVEC_FLOAT32;
}

static bool check_dtype(const tokvec_table *table, const char *what, tokvec_error *err)
{
    if (tokvec_dtype_is_float(table->dtype) && tokvec_dtype_size(table->dtype) > 1)
        return true;
    error_set(err, TOKVEC_UNSUPPORTED, "the vectors of %s are %s, which are not added", what,
              tokvec_dtype_name(table->dtype));
    return error_hint(err, "positions are added to floats of 16 bits or more");
}

/* Room for the first positions; without memory for it none are kept. */
static void open_kept(position_state *t)
{
    uint64_t rows = t->row_bytes == 0 ? 0 : KEPT_BYTES / t->row_bytes;
    uint64_t there = t->spec.positions->rows - t->spec.first_row;
    t->room = rows < there ? rows : there;
    t->rows = t->room == 0 ? NULL : array_large((size_t)t->room * t->row_bytes);
    if (t->rows == NULL)
        t->room = 0;
}

tokvec_table *position_table(const position_spec *spec, tokvec_error *err)
{
    const tokvec_table *tokens = spec->tokens, *positions = spec->positions;
    if (!check_dtype(tokens, "tokens", err) || !check_dtype(positions, "positions", err))
        return NULL;
    if (tokens->dim != positions->dim) {
        error_set(err, TOKVEC_UNSUPPORTED,
                  "the vectors of tokens have %llu values, those of positions %llu",
                  (unsigned long long)tokens->dim, (unsigned long long)positions->dim);
        error_hint(err, "only vectors of one length are added");
        return NULL;
    }
    position_state *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    t->base = (tokvec_table){.ops = &position_ops,
                             .dim = tokens->dim,
                             .dtype = promote(tokens->dtype, positions->dtype),
                             .concurrent = tokens->concurrent && positions->concurrent &&
                                           positions->ops->prepare == NULL,
                             .passes = tokens->passes};
    t->row_bytes = (size_t)t->base.dim * tokvec_dtype_size(t->base.dtype);
    t->spec = *spec;
    pthread_mutex_init(&t->lock, NULL);
    open_kept(t);
    position_table_renew(&t->base, 0);
    return &t->base;
}

void position_table_renew(tokvec_table *sums, uint64_t before)
{
    position_state *t = (position_state *)sums;
    t->before = before;
    t->base.rows = before + t->spec.list->count;
}

int64_t position_table_token(const tokvec_table *sums, int64_t row)
{
    const position_state *t = (const position_state *)sums;
    int64_t id;
    id_list_get(t->spec.list, (uint64_t)row - t->before, 1, &id);
    return id;
}
