/* row_stats.c - the figures of each row of a table.
 * See row_stats.h.
 * SPDX-License-Identifier: MIT */
#include "measure/row_stats.h"

#include "base/array.h"
#include "measure/dot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- cosines */

/* Multiplies values, whose largest is that, by a power of two if their squares could be too large
 * or too small for float64. */
static void scale(double *values, size_t n, double largest)
{
    int exponent;
    frexp(largest, &exponent);
    if (exponent > -400 && exponent < 400)
        return;
    for (size_t i = 0; i < n; i++)
        values[i] = ldexp(values[i], -exponent);
}

static double largest_of(const double *values, size_t n)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = fabs(values[i]) > largest ? fabs(values[i]) : largest;
    return largest;
}

/* The mean at length 1. */
static void take_direction(row_stats *r)
{
    size_t dim = r->spec->dim;
    double largest = largest_of(r->spec->mean->values, dim);
    memcpy(r->direction, r->spec->mean->values, dim * sizeof *r->direction);
    scale(r->direction, dim, largest);
    double length = dot_length(r->direction, dim);
    for (size_t i = 0; i < dim; i++) /* NaN if there is none */
        r->direction[i] /= length;
}

/* Scales the row. */
static double cosine_to_mean(const row_stats *r, double *row)
{
    size_t dim = r->spec->dim;
    scale(row, dim, largest_of(row, dim));
    double length = dot_length(row, dim), along = dot_product(row, r->direction, dim);
    if (!(length > 0) || !isfinite(length))
        return NAN;
    double cosine = along / length;
    return cosine > 1 ? 1 : cosine < -1 ? -1 : cosine;
}

/* ---------------------------------------------------------------- rows */

static bool widen(const row_stats *r, const void *row, tokvec_error *err)
{
    if (r->spec->dtype != TOKVEC_FLOAT64)
        return tokvec_convert(r->spec->dtype, row, TOKVEC_FLOAT64, r->values, r->spec->dim, err);
    memcpy(r->values, row, r->spec->dim * sizeof *r->values);
    return true;
}

static void measure_distances(const undertrained *unused, const double *row, double *scratch,
                              row_line *line)
{
    line->distance = undertrained_distance(unused, row);
    line->reduced_distance = undertrained_reduced_distance(unused, row, scratch);
    line->centred_distance = undertrained_centred_distance(unused, row, scratch);
    line->length = undertrained_length(unused, row, scratch);
}

static bool measure(row_stats *r, const void *row, row_line *line, tokvec_error *err)
{
    const undertrained *unused = r->spec->unused;
    row_figures figures;
    if (!row_measure(&r->meter, row, &figures, NULL, err))
        return error_where(err, "row %lld", (long long)line->row);
    if (!widen(r, row, err))
        return false;
    line->nan = figures.nan;
    line->norm = figures.norm;
    line->mean = figures.mean;
    line->std = figures.std;
    line->min = figures.min;
    line->max = figures.max;
    line->distance = line->reduced_distance = line->centred_distance = line->length = NAN;
    if (unused != NULL)
        measure_distances(unused, r->values, r->values + r->spec->dim, line);
    line->cosine_to_mean = cosine_to_mean(r, r->values);
    return true;
}

/* Hands on the lines of another, or its own. */
static bool hand_on(row_stats *r, row_stats *from, tokvec_error *err)
{
    bool good = true;
    for (size_t i = 0; good && i < from->count && !r->base.enough; i++)
        good = r->spec->take(r->spec->context, &from->lines[i], &r->base.enough, err);
    from->count = 0;
    return good;
}

static bool add_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    row_stats *r = (row_stats *)c;
    const char *data = block->data;
    size_t row_size = r->spec->dim * tokvec_dtype_size(r->spec->dtype);
    r->count = 0;
    bool good = array_reserve(&r->lines, &r->capacity, block->n, sizeof *r->lines, err);
    for (size_t i = 0; good && i < block->n; i++) {
        r->lines[i].row = block->ids[i];
        good = measure(r, data + i * row_size, &r->lines[i], err);
        r->count += good;
    }
    return r->is_clone ? good : hand_on(r, r, good ? err : NULL) && good;
}

static bool finish(consumer *c, consumer *clone, tokvec_error *err)
{
    return hand_on((row_stats *)c, (row_stats *)clone, err);
}

/* ---------------------------------------------------------------- clones */

/* What each thread has for itself. */
static bool reserve(row_stats *r, tokvec_error *err)
{
    size_t dim = r->spec->dim;
    r->lines = NULL;
    r->count = r->capacity = 0;
    if (!row_meter_open(&r->meter, r->spec->dtype, dim, r->spec->finite, err))
        return false;
    r->values = calloc(2 * dim + 1, sizeof *r->values);
    if (r->values != NULL)
        return true;
    row_meter_close(&r->meter);
    return error_no_memory(err, 2 * dim * sizeof *r->values);
}

static void release(consumer *c)
{
    row_stats *r = (row_stats *)c;
    row_meter_close(&r->meter);
    free(r->values);
    free(r->lines);
}

static bool make_clone(consumer *clone)
{
    row_stats *r = (row_stats *)clone;
    r->is_clone = true;
    return reserve(r, NULL);
}

bool row_stats_begin(row_stats *r, const row_stats_spec *spec, tokvec_error *err)
{
    *r = (row_stats){.base = {.size = sizeof *r,
                              .dtype = spec->dtype,
                              .clone = make_clone,
                              .rows = add_rows,
                              .finish = finish,
                              .release = release},
                     .spec = spec,
                     .direction = calloc(spec->dim + 1, sizeof *r->direction)};
    if (r->direction == NULL)
        return error_no_memory(err, spec->dim * sizeof *r->direction);
    if (reserve(r, err)) {
        take_direction(r);
        return true;
    }
    free(r->direction);
    return false;
}

void row_stats_end(row_stats *r)
{
    release(&r->base);
    free(r->direction);
}
