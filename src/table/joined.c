/* joined.c - several tables as one.
 * See joined.h.
 * SPDX-License-Identifier: MIT */
#include "table/joined.h"

#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

typedef struct joined_state {
    tokvec_table table;
    joined_axis axis;
    size_t count;
    tokvec_table *parts[];
} joined_state;

enum { BLOCK = 64 }; /* rows that are asked for at once */

static uint64_t part_of(const joined_state *j, int64_t id)
{
    return (uint64_t)id / j->parts[0]->rows;
}

/* Copies the beginning of ids as rows of one part, as many as lie in one, to local. */
static size_t run_of(const joined_state *j, const int64_t *ids, size_t n, int64_t local[BLOCK])
{
    const uint64_t part = part_of(j, ids[0]);
    size_t run = 0;
    for (; run < n && run < BLOCK && part_of(j, ids[run]) == part; run++)
        local[run] = ids[run] - (int64_t)(part * j->parts[0]->rows);
    return run;
}

static bool prepare_rows(joined_state *j, const int64_t *ids, size_t n, tokvec_error *err)
{
    int64_t local[BLOCK];
    for (size_t i = 0, run; i < n; i += run) {
        run = run_of(j, ids + i, n - i, local);
        if (!table_prepare(j->parts[part_of(j, ids[i])], local, run, err))
            return false;
    }
    return true;
}

static bool joined_prepare(tokvec_table *table, const int64_t *ids, size_t n, tokvec_error *err)
{
    joined_state *j = (joined_state *)table;
    if (j->axis == JOINED_ROWS)
        return prepare_rows(j, ids, n, err);
    for (size_t i = 0; i < j->count; i++) {
        if (!table_prepare(j->parts[i], ids, n, err))
            return false;
    }
    return true;
}

static bool read_rows(const joined_state *j, const int64_t *ids, size_t n, char *out,
                      tokvec_error *err)
{
    const size_t row = (size_t)j->table.dim * tokvec_dtype_size(j->table.dtype);
    int64_t local[BLOCK];
    for (size_t i = 0, run; i < n; i += run) {
        run = run_of(j, ids + i, n - i, local);
        if (!tokvec_table_read(j->parts[part_of(j, ids[i])], local, run, out + i * row, err))
            return false;
    }
    return true;
}

static bool read_columns(const joined_state *j, const int64_t *ids, size_t n, char *out,
                         tokvec_error *err)
{
    const size_t piece = (size_t)j->parts[0]->dim * tokvec_dtype_size(j->table.dtype);
    const size_t row = piece * j->count;
    const size_t most = n < BLOCK ? n : BLOCK;
    char *room = malloc(most * piece + 1);
    bool good = room != NULL || error_no_memory(err, most * piece);
    for (size_t i = 0, run; good && i < n; i += run) {
        run = n - i < most ? n - i : most;
        for (size_t p = 0; good && p < j->count; p++) {
            good = tokvec_table_read(j->parts[p], ids + i, run, room, err);
            for (size_t k = 0; good && k < run; k++)
                memcpy(out + (i + k) * row + p * piece, room + k * piece, piece);
        }
    }
    free(room);
    return good;
}

static bool joined_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                        tokvec_error *err)
{
    const joined_state *j = (const joined_state *)table;
    return j->axis == JOINED_ROWS ? read_rows(j, ids, n, out, err)
                                  : read_columns(j, ids, n, out, err);
}

static bool joined_intact(const tokvec_table *table, tokvec_error *err)
{
    const joined_state *j = (const joined_state *)table;
    bool good = true;
    for (size_t i = 0; good && i < j->count; i++)
        good = tokvec_table_intact(j->parts[i], err);
    return good;
}

static bool joined_verify(tokvec_table *table, tokvec_error *err)
{
    const joined_state *j = (const joined_state *)table;
    bool good = true;
    for (size_t i = 0; good && i < j->count; i++)
        good = table_verify(j->parts[i], err);
    return good;
}

static void joined_close(tokvec_table *table)
{
    joined_state *j = (joined_state *)table;
    for (size_t i = 0; i < j->count; i++)
        tokvec_table_close(j->parts[i]);
    free(j);
}

/* No row is pointed to: callers take what follows it for the next one. */
static const table_ops joined_ops = {.prepare = joined_prepare,
                                     .read = joined_read,
                                     .intact = joined_intact,
                                     .verify = joined_verify,
                                     .close = joined_close};

/* Those of tables that have nothing to prepare: callers then need not ask. */
static const table_ops ready_ops = {
    .read = joined_read, .intact = joined_intact, .verify = joined_verify, .close = joined_close};

/* The size of both axes; false if the product goes too far. */
static bool measure(joined_state *j, tokvec_error *err)
{
    const tokvec_table *first = j->parts[0];
    bool rows = j->axis == JOINED_ROWS;
    uint64_t bytes;
    j->table.rows = first->rows;
    j->table.dim = first->dim;
    if (mul_u64(rows ? first->rows : first->dim, j->count, rows ? &j->table.rows : &j->table.dim) &&
        j->table.rows <= INT64_MAX && mul_u64(j->table.dim, sizeof(double), &bytes) &&
        bytes <= PTRDIFF_MAX)
        return true;
    return error_set(err, TOKVEC_BAD_FILE, "the parts are too large to be joined");
}

tokvec_table *joined_table(tokvec_table *const *parts, size_t count, joined_axis axis,
                           tokvec_error *err)
{
    joined_state *j = malloc(sizeof *j + count * sizeof *parts);
    if (j == NULL) {
        for (size_t i = 0; i < count; i++)
            tokvec_table_close(parts[i]);
        error_no_memory(err, sizeof *j + count * sizeof *parts);
        return NULL;
    }
    *j = (joined_state){.axis = axis, .count = count};
    memcpy(j->parts, parts, count * sizeof *parts);
    j->table = (tokvec_table){.ops = &ready_ops, .dtype = parts[0]->dtype, .concurrent = true};
    for (size_t i = 0; i < count; i++) {
        if (parts[i]->ops->prepare != NULL)
            j->table.ops = &joined_ops;
        j->table.concurrent = j->table.concurrent && parts[i]->concurrent;
        j->table.passes = j->table.passes || parts[i]->passes;
    }
    if (measure(j, err))
        return &j->table;
    joined_close(&j->table);
    return NULL;
}
