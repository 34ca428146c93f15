/* near.c - the rows of a table that are nearest to vectors.
 * See near.h.
 * SPDX-License-Identifier: MIT */
#include "measure/near.h"

#include "base/array.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

/* What all threads use. Only `best` changes. */
typedef struct near_shared {
    near_metric by;
    size_t dim, count;
    bool zero_answers;
    tokvec_dtype dtype; /* of the rows as they come */
    const near_query *queries;
    near_vector *vectors; /* of the queries, ready */
    double *values;       /* of these vectors */
    near_best best;
} near_shared;

/* What each thread has for itself. */
typedef struct near_scratch {
    double *values; /* of one row */
} near_scratch;

/* ---------------------------------------------------------------- opening */

static void close_shared(near_shared *s)
{
    if (s == NULL)
        return;
    if (s->best.floors != NULL)
        near_best_close(&s->best);
    free(s->vectors);
    free(s->values);
    free(s);
}

static bool ready_queries(near_shared *s, tokvec_error *err)
{
    for (size_t q = 0; q < s->count; q++) {
        double *values = s->values + q * s->dim;
        memcpy(values, s->queries[q].vector, s->dim * sizeof *values);
        if (near_exact_ready(&s->vectors[q], values, s->dim, s->by) != NEAR_USUAL)
            return error_set(err, TOKVEC_BAD_ARGUMENT,
                             "a query's vector has no direction, or is not finite");
    }
    return true;
}

static near_shared *open_shared(const near_spec *spec, tokvec_error *err)
{
    uint64_t dim = tokvec_table_dim(spec->table), rows = tokvec_table_rows(spec->table), bytes;
    if (__builtin_mul_overflow(dim, spec->count, &bytes) ||
        __builtin_mul_overflow(bytes, sizeof(double), &bytes) || bytes > PTRDIFF_MAX) {
        error_no_memory(err, UINT64_MAX);
        return NULL;
    }
    near_shared *s = calloc(1, sizeof *s);
    if (s == NULL) {
        error_no_memory(err, sizeof *s);
        return NULL;
    }
    s->by = spec->by;
    s->dim = (size_t)dim;
    s->count = spec->count;
    s->zero_answers = spec->zero_answers;
    s->queries = spec->queries;
    s->vectors = calloc(s->count, sizeof *s->vectors);
    s->values = array_large((size_t)bytes);
    bool good = s->vectors != NULL && s->values != NULL ? ready_queries(s, err)
                                                        : error_no_memory(err, bytes);
    if (good && near_best_open(&s->best, s->count, (size_t)(spec->k < rows ? spec->k : rows), err))
        return s;
    close_shared(s);
    return NULL;
}

static void close_scratch(near_scratch *x)
{
    if (x == NULL)
        return;
    free(x->values);
    free(x);
}

static near_scratch *open_scratch(const near_shared *s, tokvec_error *err)
{
    near_scratch *x = calloc(1, sizeof *x);
    if (x != NULL)
        x->values = malloc((s->dim + 1) * sizeof *x->values);
    if (x != NULL && x->values != NULL)
        return x;
    close_scratch(x);
    error_no_memory(err, (s->dim + 1) * sizeof *x->values);
    return NULL;
}

/* ---------------------------------------------------------------- rows */

static bool answers(const near_query *query, int64_t row)
{
    for (size_t i = 0; i < query->without_count; i++) {
        if (query->without[i] == row)
            return false;
    }
    return true;
}

static void offer(near_shared *s, size_t q, int64_t row, double key)
{
    if (answers(&s->queries[q], row))
        near_best_offer(&s->best, q, (near_hit){row, (float)key});
}

/* A row for all queries. */
static void offer_to_all(near *n, int64_t row, const near_vector *v, near_kind kind)
{
    near_shared *s = n->shared;
    n->nonfinite_rows += kind == NEAR_NOT_FINITE;
    n->zero_rows += kind == NEAR_ZERO && !s->zero_answers;
    if (kind == NEAR_NOT_FINITE || (kind == NEAR_ZERO && !s->zero_answers))
        return;
    for (size_t q = 0; q < s->count; q++)
        offer(s, q, row, kind == NEAR_ZERO ? 0 : near_exact_key(s->by, &s->vectors[q], v));
}

static bool add_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    near *n = (near *)c;
    near_shared *s = n->shared;
    size_t row_size = s->dim * tokvec_dtype_size(s->dtype);
    for (size_t i = 0; i < block->n; i++) {
        near_vector v;
        if (!tokvec_convert(s->dtype, (const uint8_t *)block->data + i * row_size, TOKVEC_FLOAT64,
                            n->scratch->values, s->dim, err))
            return false;
        near_kind kind = near_exact_ready(&v, n->scratch->values, s->dim, s->by);
        offer_to_all(n, block->ids[i], &v, kind);
    }
    return true;
}

/* ---------------------------------------------------------------- the consumer */

/* Clones share what is found; a clone begins with no counts. */
static bool clone_near(consumer *c)
{
    near *n = (near *)c;
    n->zero_rows = n->nonfinite_rows = 0;
    n->scratch = open_scratch(n->shared, NULL);
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
    close_scratch(((near *)c)->scratch);
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
    n->shared = open_shared(spec, err);
    if (n->shared == NULL)
        return false;
    n->shared->dtype = dtype;
    n->scratch = open_scratch(n->shared, err);
    if (n->scratch != NULL)
        return true;
    close_shared(n->shared);
    return false;
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
    near_hit *hits = near_best_sorted(&n->shared->best, q, count);
    for (size_t i = 0; i < *count; i++)
        hits[i].score = n->shared->by == NEAR_L2 ? 0 - hits[i].score : 0 + hits[i].score;
    return hits;
}

void near_close(near *n)
{
    close_scratch(n->scratch);
    close_shared(n->shared);
}
