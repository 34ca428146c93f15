/* whence_confirm.c - a table compared, row by row, with the one that a seed gives.
 * See whence_confirm.h.
 * SPDX-License-Identifier: MIT */
#include "measure/whence_confirm.h"

#include "base/error.h"
#include "measure/whence_draw.h"
#include "rng/factor.h"
#include "rows/pump.h"

#include <stdlib.h>
#include <string.h>

/* A consumer of the table's rows. */
typedef struct confirming {
    consumer base;
    tokvec_table *drawn;
    tokvec_dtype dtype; /* of the table */
    size_t dim, value_size;
    void *padding;          /* a row of it */
    void *made, *converted; /* rows of the drawn table: room for `room` of them */
    size_t room;
    uint64_t equal, zero; /* rows that are equal; others that are zero */
    int64_t zero_row;
} confirming;

static bool make_room(confirming *c, size_t rows, tokvec_error *err)
{
    if (rows <= c->room)
        return true;
    free(c->made);
    free(c->converted);
    c->made = calloc(rows, c->dim * tokvec_dtype_size(tokvec_table_dtype(c->drawn)));
    c->converted = calloc(rows, c->dim * c->value_size);
    c->room = c->made != NULL && c->converted != NULL ? rows : 0;
    return c->room > 0 || error_no_memory(err, rows * c->dim * 2 * sizeof(double));
}

/* The rows of the drawn table as values of the table's dtype; NULL with an error. */
static const void *make_rows(confirming *c, const row_block *block, tokvec_error *err)
{
    tokvec_dtype from = tokvec_table_dtype(c->drawn);
    if (!make_room(c, block->n, err) ||
        !tokvec_table_read(c->drawn, block->ids, block->n, c->made, err))
        return NULL;
    if (from == c->dtype)
        return c->made;
    return tokvec_convert(from, c->made, c->dtype, c->converted, block->n * c->dim, err)
               ? c->converted
               : NULL;
}

/* A padding row as the spec gives it: zeros, to which a factor may give a sign. */
static bool make_padding(confirming *c, const tokvec_seed_spec *spec, tokvec_error *err)
{
    double factor = 1;
    c->padding = calloc(c->dim, c->value_size);
    if (c->padding == NULL)
        return error_no_memory(err, c->dim * c->value_size);
    if (spec->times != NULL && !factor_read(spec->times, &factor, err))
        return false;
    const double zero = 0 * factor;
    char *at = c->padding;
    for (size_t i = 0; i < c->dim; i++, at += c->value_size)
        tokvec_convert(TOKVEC_FLOAT64, &zero, c->dtype, at, 1, NULL);
    return true;
}

static bool compare_rows(consumer *base, const row_block *block, tokvec_error *err)
{
    confirming *c = (confirming *)base;
    const char *made = make_rows(c, block, err), *row = block->data;
    size_t row_size = c->dim * c->value_size;
    if (made == NULL)
        return false;
    for (size_t i = 0; i < block->n; i++, made += row_size, row += row_size) {
        if (memcmp(made, row, row_size) == 0) {
            c->equal++;
        } else if (memcmp(c->padding, row, row_size) == 0) {
            c->zero++;
            c->zero_row = block->ids[i];
        }
    }
    return true;
}

bool whence_confirm(tokvec_table *table, const tokvec_seed_spec *spec, unsigned threads,
                    whence_equal *out, tokvec_error *err)
{
    confirming c = {
        .base = {.size = sizeof c, .dtype = tokvec_table_dtype(table), .rows = compare_rows},
        .drawn = tokvec_table_seed(spec, err),
        .dtype = tokvec_table_dtype(table),
        .dim = (size_t)tokvec_table_dim(table),
        .value_size = tokvec_dtype_size(tokvec_table_dtype(table))};
    if (c.drawn == NULL)
        return false;
    bool good = make_padding(&c, spec, err) && pump_table(table, &c.base, threads, err);
    *out = (whence_equal){.rows = c.equal + (c.zero == 1),
                          .padding_row = c.zero == 1 ? c.zero_row : -1};
    free(c.padding);
    free(c.made);
    free(c.converted);
    tokvec_table_close(c.drawn);
    return good;
}
