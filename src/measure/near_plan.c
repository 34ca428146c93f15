/* near_plan.c - what the threads of a search share.
 * See near_plan.h.
 * SPDX-License-Identifier: MIT */
#include "measure/near_plan.h"

#include "base/array.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

size_t near_plan_filled(const near_plan *p)
{
    return p->panels == NULL ? p->count : p->panel_count * p->shape.panel;
}

static bool multiply(size_t a, size_t b, size_t *product)
{
    return !__builtin_mul_overflow(a, b, product) && *product <= PTRDIFF_MAX / sizeof(double);
}

/* Memory for all; what is used of it later is less than PTRDIFF_MAX bytes. */
static bool make_room(near_plan *p, tokvec_error *err)
{
    size_t all = 0, few = 0, padded = 0, rest = p->shape.step - 1;
    p->few_size =
        p->dim / p->shape.step * p->shape.step + (p->dim % p->shape.step > 0) * p->shape.step;
    bool panels = p->count > NEAR_FEW;
    p->panel_count = panels ? (p->count - 1) / p->shape.panel + 1 : 0;
    if (p->dim > SIZE_MAX - rest || !multiply(p->dim, p->count, &all) ||
        !multiply(p->few_size, NEAR_FEW, &few) ||
        !multiply(p->panel_count * p->shape.panel, p->dim, &padded))
        return error_no_memory(err, UINT64_MAX);
    p->values = array_large(all * sizeof *p->values);
    p->vectors = calloc(p->count, sizeof *p->vectors);
    p->cuts = calloc(p->count, sizeof *p->cuts);
    p->few = calloc(few + 1, sizeof *p->few);
    p->panels = panels ? array_large(padded * sizeof *p->panels) : NULL;
    if (p->values != NULL && p->vectors != NULL && p->cuts != NULL && p->few != NULL &&
        (p->panels != NULL || !panels))
        return true;
    return error_no_memory(err, all * sizeof *p->values + padded * sizeof *p->panels);
}

/* Puts query number q's n values into its panel. */
static void fill_panel(near_plan *p, size_t q, const float *floats)
{
    size_t width = p->shape.panel;
    float *to = p->panels + q / width * width * p->dim + q % width;
    for (size_t i = 0; i < p->dim; i++)
        to[i * width] = floats[i];
}

static bool ready_query(near_plan *p, size_t q, float *floats, tokvec_error *err)
{
    double *values = p->values + q * p->dim;
    memcpy(values, p->queries[q].vector, p->dim * sizeof *values);
    if (near_exact_ready(&p->vectors[q], values, p->dim, p->by) != NEAR_USUAL)
        return error_set(err, TOKVEC_BAD_ARGUMENT,
                         "a query's vector has no direction, or is not finite");
    p->cuts[q] = near_cut_of_query(p->by, &p->vectors[q], floats);
    p->all_judged &= p->cuts[q].judged;
    if (q < NEAR_FEW)
        near_rough_query(p->rough, floats, p->dim, p->few + q * p->few_size);
    if (p->panels != NULL)
        fill_panel(p, q, floats);
    return true;
}

static bool ready_queries(near_plan *p, tokvec_error *err)
{
    float *floats = calloc(p->dim + 1, sizeof *floats);
    if (floats == NULL)
        return error_no_memory(err, (p->dim + 1) * sizeof *floats);
    bool good = true;
    p->all_judged = true;
    for (size_t q = 0; good && q < p->count; q++)
        good = ready_query(p, q, floats, err);
    memset(floats, 0, p->dim * sizeof *floats);
    for (size_t q = p->count; good && q < near_plan_filled(p); q++)
        fill_panel(p, q, floats);
    free(floats);
    return good;
}

near_plan *near_plan_open(const near_spec *spec, tokvec_dtype dtype, tokvec_error *err)
{
    uint64_t rows = tokvec_table_rows(spec->table);
    near_plan *p = calloc(1, sizeof *p);
    if (p == NULL) {
        error_no_memory(err, sizeof *p);
        return NULL;
    }
    *p = (near_plan){.by = spec->by,
                     .dim = (size_t)tokvec_table_dim(spec->table),
                     .count = spec->count,
                     .zero_answers = spec->zero_answers,
                     .dtype = dtype,
                     .rough = dtype == TOKVEC_FLOAT64 ? TOKVEC_FLOAT32 : dtype,
                     .queries = spec->queries,
                     .shape = near_rough_shape()};
    if (make_room(p, err) && ready_queries(p, err) &&
        near_best_open(&p->best, p->count, (size_t)(spec->k < rows ? spec->k : rows), err))
        return p;
    near_plan_close(p);
    return NULL;
}

void near_plan_close(near_plan *p)
{
    if (p == NULL)
        return;
    if (p->best.floors != NULL)
        near_best_close(&p->best);
    free(p->values);
    free(p->vectors);
    free(p->cuts);
    free(p->few);
    free(p->panels);
    free(p);
}
