/* row_mean.c - the mean of rows.
 * See row_mean.h.
 * SPDX-License-Identifier: MIT */
#include "measure/row_mean.h"

#include "measure/column_sums.h"
#include "measure/float64_holds.h"
#include "rows/pump.h"

#include <stdlib.h>

/* A consumer of float64. */
typedef struct row_sums {
    consumer base;
    column_sums sums;
} row_sums;

static bool clone_sums(consumer *clone)
{
    row_sums *r = (row_sums *)clone;
    return column_sums_begin(&r->sums, r->sums.dim);
}

static void release_sums(consumer *clone)
{
    column_sums_free(&((row_sums *)clone)->sums);
}

static bool add_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    (void)err;
    column_sums *sums = &((row_sums *)c)->sums;
    for (size_t i = 0; i < block->n; i++)
        column_sums_add(sums, (const double *)block->data + i * sums->dim);
    return true;
}

static bool merge_sums(consumer *c, consumer *clone, tokvec_error *err)
{
    (void)err;
    column_sums_merge(&((row_sums *)c)->sums, &((row_sums *)clone)->sums);
    return true;
}

bool row_mean_make(row_mean *mean, tokvec_table *table, const id_list *list, unsigned threads,
                   tokvec_error *err)
{
    size_t dim = (size_t)tokvec_table_dim(table);
    row_sums r = {.base = {.size = sizeof r,
                           .dtype = TOKVEC_FLOAT64,
                           .clone = clone_sums,
                           .rows = add_rows,
                           .finish = merge_sums,
                           .release = release_sums}};
    *mean = (row_mean){.values = calloc(dim == 0 ? 1 : dim, sizeof *mean->values)};
    if (mean->values == NULL || !column_sums_begin(&r.sums, dim)) {
        row_mean_free(mean);
        return error_no_memory(err, dim * sizeof *mean->values);
    }
    bool good = list == NULL ? pump_table(table, &r.base, threads, err)
                             : pump_list(table, list, &r.base, threads, err);
    good = good && float64_holds(tokvec_table_dtype(table), r.sums.largest, err);
    if (good && r.sums.rows > 0)
        column_sums_quotients(&r.sums, r.sums.rows, mean->values);
    mean->rows = r.sums.rows;
    mean->left_out = r.sums.left_out;
    mean->largest = r.sums.largest;
    column_sums_free(&r.sums);
    if (!good)
        row_mean_free(mean);
    return good;
}

void row_mean_free(row_mean *mean)
{
    free(mean->values);
    *mean = (row_mean){0};
}
