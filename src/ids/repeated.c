/* repeated.c - IDs of a table's own that several rows have.
 * See repeated.h.
 * SPDX-License-Identifier: MIT */
#include "ids/repeated.h"

#include "base/dtype.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

/* The rows that are compared. */
typedef struct pair {
    tokvec_table *table;
    size_t bytes;   /* of one row */
    char *values;   /* of two */
    int64_t loaded; /* the row that is first in `values`, or -1 */
} pair;

static bool read_row(const pair *p, int64_t row, char *out, tokvec_error *err)
{
    return tokvec_table_read(p->table, &row, 1, out, err);
}

static bool compare(pair *p, int64_t first, int64_t row, bool *same, tokvec_error *err)
{
    if (p->loaded != first && !read_row(p, first, p->values, err))
        return false;
    p->loaded = first;
    *same = false;
    if (!read_row(p, row, p->values + p->bytes, err))
        return false;
    *same = memcmp(p->values, p->values + p->bytes, p->bytes) == 0;
    return true;
}

/* Marks the first of the rows of each ID that are not all the same. */
static bool mark(pair *p, unsigned char *unclear, bool *any, tokvec_error *err)
{
    int64_t rows = (int64_t)tokvec_table_rows(p->table);
    for (int64_t row = 0; row < rows; row++) {
        int64_t id, first;
        bool same = true;
        if (!tokvec_table_id(p->table, row, &id) || !tokvec_table_find(p->table, id, &first) ||
            first == row || ids_is_unclear(unclear, first))
            continue;
        if (!compare(p, first, row, &same, err))
            return false;
        if (!same)
            unclear[first / 8] |= (unsigned char)(1 << first % 8);
        *any |= !same;
    }
    return true;
}

bool ids_find_unclear(tokvec_table *table, unsigned char **out, tokvec_error *err)
{
    *out = NULL;
    uint64_t rows = tokvec_table_rows(table), ids = rows, doubled;
    int64_t lowest, highest;
    if (!tokvec_table_has_ids(table) || !tokvec_table_ids(table, &ids, &lowest, &highest) ||
        ids == rows)
        return true;
    pair p = {.table = table, .loaded = -1};
    p.bytes = (size_t)tokvec_table_dim(table) * tokvec_dtype_size(tokvec_table_dtype(table));
    if (__builtin_mul_overflow((uint64_t)p.bytes, 2, &doubled))
        return error_no_memory(err, p.bytes);
    p.values = malloc((size_t)doubled + 1);
    unsigned char *unclear = calloc((size_t)(rows / 8 + 1), 1);
    bool any = false;
    bool good = p.values != NULL && unclear != NULL ? mark(&p, unclear, &any, err)
                                                    : error_no_memory(err, doubled + rows / 8);
    free(p.values);
    if (good && any)
        *out = unclear;
    else
        free(unclear);
    return good;
}
