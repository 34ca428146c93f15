/* near_search.c - the rows of a table that are nearest to vectors.
 * See near.h.
 * SPDX-License-Identifier: MIT */
#include "measure/near.h"

#include "base/error.h"
#include "measure/near_rows.h"

static bool add_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    (void)err;
    near_rows_add((near *)c, block);
    return true;
}

/* Clones share what is found; a clone begins with no counts. */
static bool clone_near(consumer *c)
{
    near *n = (near *)c;
    n->zero_rows = n->nonfinite_rows = 0;
    n->scratch = near_rows_open(n->plan);
    return n->scratch != NULL;
}

static bool finish_block(consumer *c, consumer *clone, tokvec_error *err)
{
    near *to = (near *)c, *from = (near *)clone;
    (void)err;
    to->zero_rows += from->zero_rows;
    to->nonfinite_rows += from->nonfinite_rows;
    from->zero_rows = from->nonfinite_rows = 0;
    return true;
}

static void release_clone(consumer *c)
{
    near_rows_close(((near *)c)->scratch);
}

/* In what dtype rows are best handed over: as they are stored, if there are kernels for that; else
 * in the smallest one that has all their values. */
static tokvec_dtype wanted(tokvec_dtype stored)
{
    if (stored == TOKVEC_FLOAT64 || stored == TOKVEC_FLOAT32 || stored == TOKVEC_FLOAT16 ||
        stored == TOKVEC_BFLOAT16)
        return stored;
    return tokvec_dtype_is_float(stored) ? TOKVEC_FLOAT32 : TOKVEC_FLOAT64;
}

bool near_open(near *n, const near_spec *spec, tokvec_error *err)
{
    tokvec_dtype dtype = wanted(tokvec_table_dtype(spec->table));
    *n = (near){.base = {.size = sizeof *n,
                         .dtype = dtype,
                         .rows = add_rows,
                         .clone = clone_near,
                         .finish = finish_block,
                         .release = release_clone}};
    n->plan = near_plan_open(spec, dtype, err);
    if (n->plan == NULL)
        return false;
    n->base.enough = n->plan->best.k == 0;
    n->scratch = near_rows_open(n->plan);
    if (n->scratch != NULL)
        return true;
    uint64_t bytes = n->plan->dim * sizeof(double);
    near_plan_close(n->plan);
    return error_no_memory(err, bytes);
}

size_t near_queries_at_once(const tokvec_table *table, uint64_t k)
{
    enum { BYTES = 1 << 28 };
    uint64_t rows = tokvec_table_rows(table), dim = tokvec_table_dim(table);
    double hits = (double)(k < rows ? k : rows) * sizeof(near_hit);
    double query = hits + (double)dim * (sizeof(double) + sizeof(float)) + 1;
    return query >= BYTES ? 1 : (size_t)(BYTES / query);
}

/* By subtraction and addition, which leave no -0. */
const near_hit *near_hits(near *n, size_t q, size_t *count)
{
    near_hit *hits = near_best_sorted(&n->plan->best, q, count);
    for (size_t i = 0; i < *count; i++)
        hits[i].score = n->plan->by == NEAR_L2 ? 0 - hits[i].score : 0 + hits[i].score;
    return hits;
}

void near_close(near *n)
{
    near_rows_close(n->scratch);
    near_plan_close(n->plan);
}
