/* quantised.c - a matrix of quantised rows as a table.
 * Only the rows that are asked for are decoded, straight from the mapped file.
 * SPDX-License-Identifier: MIT */
#include "table/quantised.h"

#include "table/table.h"

#include <stdlib.h>

typedef struct quantised_state {
    tokvec_table table;
    const file_map *map;
    quant_view view;
} quantised_state;

static bool quantised_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                           tokvec_error *err)
{
    const quantised_state *q = (const quantised_state *)table;
    const quant_view *v = &q->view;
    size_t blocks = (size_t)(v->dim / v->type->elements);
    if (blocks == 0)
        return true;
    uint64_t bytes = blocks * v->type->bytes;
    float *row = out;
    for (size_t i = 0; i < n; i++, row += v->dim) {
        uint64_t at = v->offset + (uint64_t)ids[i] * bytes;
        if (!file_want(q->map, at, bytes, err))
            return false;
        quant_decode(v->type, v->big_endian, q->map->data + at, blocks, row);
    }
    return file_map_intact(q->map, err);
}

static bool quantised_intact(const tokvec_table *table, tokvec_error *err)
{
    return file_map_intact(((const quantised_state *)table)->map, err);
}

static void quantised_close(tokvec_table *table)
{
    free(table);
}

static const table_ops quantised_ops = {
    .read = quantised_read, .intact = quantised_intact, .close = quantised_close};

tokvec_table *quantised_table(const file_map *map, const quant_view *view, tokvec_error *err)
{
    quantised_state *q = calloc(1, sizeof *q);
    if (q == NULL) {
        error_no_memory(err, sizeof *q);
        return NULL;
    }
    q->table = (tokvec_table){.ops = &quantised_ops,
                              .rows = view->rows,
                              .dim = view->dim,
                              .dtype = TOKVEC_FLOAT32,
                              .concurrent = true};
    q->map = map;
    q->view = *view;
    return &q->table;
}
