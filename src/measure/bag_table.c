/* bag_table.c - a table of which each row is a bag of another table's rows.
 * See bag_table.h. The IDs of bags that follow one another are worked off some at a time, whichever
 * bags they belong to: so rows of the next bag are on their way while this one is added up.
 * SPDX-License-Identifier: MIT */
#include "measure/bag_table.h"

#include "base/bytes.h"
#include "base/error.h"
#include "table/table.h"

#include <stdlib.h>

enum {
    CHUNK_IDS = 1024,
    CHUNK_BYTES = 1 << 18,
    PASS_BYTES = 1 << 24, /* where a read passes over the table, it is best to read much at once */
};

typedef struct bag_table_state {
    tokvec_table base;
    tokvec_table *table;
    const bag_list *list;
    bag_rule rule;
    bag_spec spec;
    size_t sum_size;
    uint64_t absorbed; /* the number of the bag of which `open` has the first rows */
    bag open;
} bag_state;

/* What one thread works with. */
typedef struct bag_room {
    int64_t *ids; /* of a chunk, without padding */
    double *weights;
    const void **rows;
    size_t *kept;  /* [i]: how many of the first i of the chunk are not padding */
    void *read;    /* the rows, where they do not lie in the table as they are wanted */
    void *widened; /* 8-bit floats as float32 */
    size_t chunk;
    bag under_way;
} bag_room;

/* ---------------------------------------------------------------- memory */

static void close_room(bag_room *r)
{
    free(r->ids);
    free(r->weights);
    free(r->rows);
    free(r->kept);
    free(r->read);
    free(r->widened);
    free(r->under_way.sum);
}

static size_t row_bytes(const tokvec_table *table)
{
    return (size_t)table->dim * tokvec_dtype_size(table->dtype);
}

static bool open_room(const bag_state *t, uint64_t ids, bag_room *r, tokvec_error *err)
{
    size_t bytes = row_bytes(t->table), wide = row_bytes(&t->base);
    size_t larger = bytes > wide ? bytes : wide;
    size_t most = (size_t)(t->table->passes ? PASS_BYTES : CHUNK_BYTES);
    size_t chunk = larger == 0 ? CHUNK_IDS : most / larger;
    chunk = chunk == 0 ? 1 : chunk > CHUNK_IDS && !t->table->passes ? CHUNK_IDS : chunk;
    if (ids < chunk)
        chunk = ids == 0 ? 1 : (size_t)ids;
    *r = (bag_room){.chunk = chunk, .under_way = {.rule = &t->rule, .dim = (size_t)t->base.dim}};
    bool converts = t->table->dtype != t->base.dtype;
    r->ids = malloc(chunk * sizeof *r->ids);
    r->weights = malloc(chunk * sizeof *r->weights);
    r->rows = malloc(chunk * sizeof *r->rows);
    r->kept = malloc((chunk + 1) * sizeof *r->kept);
    r->under_way.sum = malloc(t->sum_size + 1);
    /* Rows in place need no copies of them, but not all tables say so for all rows. */
    bool in_place = !converts && t->table->rows > 0 && tokvec_table_row(t->table, 0) != NULL;
    r->read = in_place ? NULL : malloc(chunk * bytes + 1);
    r->widened = converts ? malloc(chunk * wide + 1) : NULL;
    if (r->ids != NULL && r->weights != NULL && r->rows != NULL && r->kept != NULL &&
        r->under_way.sum != NULL && (r->read != NULL || in_place) &&
        (r->widened != NULL || !converts))
        return true;
    close_room(r);
    return error_no_memory(err, chunk * larger + t->sum_size);
}

/* ---------------------------------------------------------------- a chunk */

/* Takes the IDs at positions first .. first+n-1 of the list; returns how many are not padding. */
static size_t take_ids(const bag_state *t, bag_room *r, uint64_t first, size_t n)
{
    const double *weights = t->list->weights;
    id_list_get(&t->list->ids, first, n, r->ids);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        r->kept[i] = kept;
        if (t->spec.padded && r->ids[i] == t->spec.padding)
            continue;
        r->ids[kept] = r->ids[i];
        if (t->spec.weighted)
            r->weights[kept] = weights[first + i];
        kept++;
    }
    r->kept[n] = kept;
    return kept;
}

/* Finds the rows of n IDs where they lie, or reads them. */
static bool find_rows(const bag_state *t, bag_room *r, size_t n, tokvec_error *err)
{
    size_t found = 0;
    while (r->read == NULL && found < n &&
           (r->rows[found] = tokvec_table_row(t->table, r->ids[found])) != NULL)
        found++;
    if (found == n)
        return tokvec_table_intact(t->table, err);
    if (r->read == NULL) {
        r->read = malloc(r->chunk * row_bytes(t->table) + 1);
        if (r->read == NULL)
            return error_no_memory(err, r->chunk * row_bytes(t->table));
    }
    if (!tokvec_table_read(t->table, r->ids, n, r->read, err))
        return false;
    const char *rows = r->read;
    if (r->widened != NULL) {
        if (!tokvec_convert(t->table->dtype, r->read, t->base.dtype, r->widened,
                            n * (size_t)t->base.dim, err))
            return false;
        rows = r->widened;
    }
    for (size_t i = 0; i < n; i++)
        r->rows[i] = rows + i * row_bytes(&t->base);
    return true;
}

/* ---------------------------------------------------------------- bags */

/* Begins a bag, perhaps with what was absorbed of it. */
static void begin_bag(const bag_state *t, bag *b, uint64_t number)
{
    bag_start(b);
    if (t->open.n == 0 || number != t->absorbed)
        return;
    memcpy(b->sum, t->open.sum, t->sum_size);
    b->n = t->open.n;
}

/* Makes the bags number .. number+n-1, one after the other at out; NULL: only fills the last one,
 * which stays in r->under_way. */
static bool make_bags(const bag_state *t, bag_room *r, uint64_t number, size_t n, char *out,
                      tokvec_error *err)
{
    uint64_t at, end, last;
    bag *b = &r->under_way;
    bag_list_range(t->list, number + n - 1, &at, &last);
    bag_list_range(t->list, number, &at, &end);
    begin_bag(t, b, number);
    size_t made = 0;
    do {
        size_t some = last - at < r->chunk ? (size_t)(last - at) : r->chunk;
        size_t kept = take_ids(t, r, at, some);
        if (!find_rows(t, r, kept, err))
            return false;
        size_t from = 0; /* in the chunk, with padding */
        while (made < n) {
            size_t to = end - at < some ? (size_t)(end - at) : some;
            size_t begin = r->kept[from], count = r->kept[to] - begin;
            bag_add(b, r->rows + begin, t->spec.weighted ? r->weights + begin : NULL, count,
                    kept - begin - count);
            from = to;
            if (end - at > some || out == NULL)
                break; /* it goes on in the next chunk */
            bag_finish(b, out + made * row_bytes(&t->base));
            if (++made == n)
                break;
            uint64_t start;
            begin_bag(t, b, number + made);
            bag_list_range(t->list, number + made, &start, &end);
        }
        at += some;
        if (!tokvec_table_intact(t->table, err))
            return false;
    } while (at < last);
    return true;
}

/* How many of the n numbers follow one another. */
static size_t run_of(const int64_t *numbers, size_t n)
{
    size_t run = 1;
    while (run < n && numbers[run] == numbers[run - 1] + 1)
        run++;
    return run;
}

static bool read_bags(tokvec_table *table, const int64_t *numbers, size_t n, void *out,
                      tokvec_error *err)
{
    const bag_state *t = (const bag_state *)table;
    bag_room room;
    if (n == 0)
        return true;
    if (!open_room(t, t->list->ids.count, &room, err))
        return false;
    bool good = true;
    for (size_t done = 0, run; good && done < n; done += run) {
        run = run_of(numbers + done, n - done);
        good = make_bags(t, &room, (uint64_t)numbers[done], run,
                         (char *)out + done * row_bytes(table), err);
    }
    close_room(&room);
    return good;
}

/* ---------------------------------------------------------------- the table */

static bool prepare_bags(tokvec_table *table, const int64_t *numbers, size_t n, tokvec_error *err)
{
    const bag_state *t = (const bag_state *)table;
    if (t->table->ops->prepare == NULL)
        return true;
    int64_t ids[CHUNK_IDS];
    for (size_t i = 0; i < n; i++) {
        uint64_t at, end;
        bag_list_range(t->list, (uint64_t)numbers[i], &at, &end);
        for (size_t some; at < end; at += some) {
            some = end - at < CHUNK_IDS ? (size_t)(end - at) : CHUNK_IDS;
            id_list_get(&t->list->ids, at, some, ids);
            if (!table_prepare(t->table, ids, some, err))
                return false;
        }
    }
    return true;
}

static bool intact_bags(const tokvec_table *table, tokvec_error *err)
{
    return tokvec_table_intact(((const bag_state *)table)->table, err);
}

/* As for a lookup of the same IDs. */
static bool verify_bags(tokvec_table *table, tokvec_error *err)
{
    bag_state *t = (bag_state *)table;
    return t->list->ids.count < tokvec_table_rows(t->table) || table_verify(t->table, err);
}

static void close_bags(tokvec_table *table)
{
    free(((bag_state *)table)->open.sum);
    free(table);
}

static const table_ops bag_ops = {.prepare = prepare_bags,
                                  .read = read_bags,
                                  .intact = intact_bags,
                                  .verify = verify_bags,
                                  .close = close_bags};

/* The dtype of bags of such rows, or TOKVEC_NO_DTYPE. */
static tokvec_dtype bag_dtype(tokvec_dtype dtype)
{
    if (!tokvec_dtype_is_float(dtype))
        return TOKVEC_NO_DTYPE;
    return tokvec_dtype_size(dtype) == 1 ? TOKVEC_FLOAT32 : dtype;
}

tokvec_table *bag_table(tokvec_table *table, const bag_spec *spec, const bag_list *list,
                        tokvec_error *err)
{
    tokvec_dtype dtype = bag_dtype(table->dtype);
    if (dtype == TOKVEC_NO_DTYPE) {
        error_set(err, TOKVEC_UNSUPPORTED, "bags are of floating-point rows, these are %s",
                  tokvec_dtype_name(table->dtype));
        error_hint(err, "nn.EmbeddingBag does not take such a table");
        return NULL;
    }
    bag_state *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    t->base = (tokvec_table){.ops = &bag_ops,
                             .dim = table->dim,
                             .dtype = dtype,
                             .concurrent = table->concurrent,
                             .passes = table->passes};
    t->table = table;
    t->list = list;
    t->spec = *spec;
    t->rule = (bag_rule){
        .mode = spec->mode, .dtype = dtype, .weighted = spec->weighted, .padded = spec->padded};
    t->sum_size = bag_sum_size(&t->rule, (size_t)table->dim);
    if (t->sum_size == 0 && table->dim > 0) {
        free(t);
        error_no_memory(err, UINT64_MAX);
        return NULL;
    }
    bag_table_renew(&t->base);
    return &t->base;
}

void bag_table_renew(tokvec_table *bags)
{
    bag_state *t = (bag_state *)bags;
    t->base.rows = t->list->first + t->list->count;
}

bool bag_table_absorb(tokvec_table *bags, bag_list *list, tokvec_error *err)
{
    bag_state *t = (bag_state *)bags;
    bag_room room;
    if (list->ids.count == 0)
        return true;
    if (t->open.sum == NULL && (t->open.sum = malloc(t->sum_size + 1)) == NULL)
        return error_no_memory(err, t->sum_size);
    if (!open_room(t, list->ids.count, &room, err))
        return false;
    bool good = make_bags(t, &room, list->first, 1, NULL, err);
    if (good) {
        memcpy(t->open.sum, room.under_way.sum, t->sum_size);
        t->open.n = room.under_way.n;
        t->absorbed = list->first;
        bag_list_empty(list);
    }
    close_room(&room);
    return good;
}
