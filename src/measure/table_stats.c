/* table_stats.c - what the numbers of a table are like.
 * See table_stats.h.
 * SPDX-License-Identifier: MIT */
#include "measure/table_stats.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- parts */

static void part_begin(stats_part *p)
{
    *p = (stats_part){.min = INFINITY, .max = -INFINITY};
}

static void part_free(stats_part *p)
{
    free(p->zero.at);
    free(p->constant.at);
    free(p->traits);
    part_begin(p);
}

/* Empties it, but keeps its memory. */
static void part_clear(stats_part *p)
{
    stats_part empty;
    part_begin(&empty);
    empty.zero = (row_places){.at = p->zero.at, .capacity = p->zero.capacity};
    empty.constant = (row_places){.at = p->constant.at, .capacity = p->constant.capacity};
    empty.traits = p->traits;
    empty.capacity = p->capacity;
    *p = empty;
}

static bool part_reserve(stats_part *p, size_t more, tokvec_error *err)
{
    return array_reserve(&p->traits, &p->capacity, (size_t)p->rows + more, sizeof *p->traits, err);
}

static bool places_add(row_places *p, const uint64_t *at, size_t n, tokvec_error *err)
{
    if (n == 0)
        return true;
    if (!array_reserve(&p->at, &p->capacity, p->count + n, sizeof *p->at, err))
        return false;
    memcpy(p->at + p->count, at, n * sizeof *at);
    p->count += n;
    return true;
}

/* The least of two of which one may be NaN, as in NumPy. */
static double least(double a, double b)
{
    return isnan(a) || a < b ? a : b;
}

static double largest(double a, double b)
{
    return isnan(a) || a > b ? a : b;
}

static bool part_add(stats_part *p, const row_figures *f, uint64_t place, size_t dim,
                     tokvec_error *err)
{
    p->nan += f->nan;
    p->infinite += f->positive + f->negative;
    p->zeros += f->zeros;
    p->used += f->used;
    if (f->used > 0) {
        p->min = least(p->min, f->min);
        p->max = largest(p->max, f->max);
    }
    p->traits[p->rows++] = (row_trait){f->norm, f->mean};
    return places_add(&p->zero, &place, f->zeros == dim, err) &&
           places_add(&p->constant, &place, f->constant, err);
}

static bool part_merge(stats_part *to, const stats_part *from, tokvec_error *err)
{
    size_t n = (size_t)from->rows;
    if (!part_reserve(to, n, err))
        return false;
    to->nan += from->nan;
    to->infinite += from->infinite;
    to->zeros += from->zeros;
    to->used += from->used;
    to->min = least(to->min, from->min);
    to->max = largest(to->max, from->max);
    exact_merge(&to->totals.sum, &from->totals.sum);
    exact_merge(&to->totals.squares, &from->totals.squares);
    if (n > 0)
        memcpy(to->traits + to->rows, from->traits, n * sizeof *to->traits);
    to->rows += n;
    return places_add(&to->zero, from->zero.at, from->zero.count, err) &&
           places_add(&to->constant, from->constant.at, from->constant.count, err);
}

/* ---------------------------------------------------------------- the consumer */

static bool bad_row(int64_t row, tokvec_error *err)
{
    error_where(err, "row %lld", (long long)row);
    return error_hint(err, "its figures would be wrong; look at the row itself");
}

static bool take_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    table_stats *s = (table_stats *)c;
    if (!part_reserve(&s->part, block->n, err))
        return false;
    for (size_t i = 0; i < block->n; i++) {
        const char *row = (const char *)block->data + i * s->row_size;
        row_figures f;
        if (!row_measure(&s->meter, row, &f, &s->part.totals, err))
            return bad_row(block->ids[i], err);
        if (!part_add(&s->part, &f, block->first + i, s->meter.dim, err))
            return false;
    }
    return true;
}

static bool make_clone(consumer *c)
{
    table_stats *s = (table_stats *)c;
    part_begin(&s->part);
    return row_meter_open(&s->meter, s->meter.dtype, s->meter.dim, s->meter.finite, NULL);
}

static bool finish(consumer *c, consumer *of, tokvec_error *err)
{
    stats_part *part = &((table_stats *)of)->part;
    bool good = part_merge(&((table_stats *)c)->part, part, err);
    part_clear(part);
    return good;
}

static void release(consumer *c)
{
    table_stats *s = (table_stats *)c;
    part_free(&s->part);
    row_meter_close(&s->meter);
}

bool table_stats_open(table_stats *s, const tokvec_table *table, bool finite, tokvec_error *err)
{
    tokvec_dtype dtype = tokvec_table_dtype(table);
    size_t dim = (size_t)tokvec_table_dim(table);
    *s = (table_stats){.base = {.size = sizeof *s,
                                .dtype = dtype,
                                .clone = make_clone,
                                .rows = take_rows,
                                .finish = finish,
                                .release = release},
                       .row_size = dim * tokvec_dtype_size(dtype)};
    part_begin(&s->part);
    return row_meter_open(&s->meter, dtype, dim, finite, err);
}

void table_stats_close(table_stats *s)
{
    release(&s->base);
    repeats_free(&s->same);
}

/* ---------------------------------------------------------------- figures */

/* The number of that rank, from 0, among n that are 0 or more: their bits have their order. Digit
 * by digit those are counted that begin with the digits found so far. */
static double ranked(const double *x, uint64_t n, uint64_t rank)
{
    uint64_t found = 0, known = 0;
    for (int shift = 56; shift >= 0; shift -= 8) {
        uint64_t counts[256] = {0}, digit = 0;
        for (uint64_t i = 0; i < n; i++) {
            uint64_t bits = bits_of_double(x[i]);
            if ((bits & known) == found)
                counts[bits >> shift & 0xff]++;
        }
        while (rank >= counts[digit])
            rank -= counts[digit++];
        found |= digit << shift;
        known |= (uint64_t)0xff << shift;
    }
    return double_of_bits(found);
}

/* As numpy.median; n is 1 or more. */
static double median(const double *x, uint64_t n)
{
    double a = ranked(x, n, (n - 1) / 2), b = n % 2 == 0 ? ranked(x, n, n / 2) : a, sum = a + b;
    return isinf(sum) ? a / 2 + b / 2 : sum / 2;
}

/* Of the norms that are not left out, which are brought together in `norms`. */
static void of_norms(table_stats *s, double *norms, table_figures *f)
{
    f->norm_min = f->norm_median = f->norm_max = NAN;
    for (uint64_t i = 0; i < s->part.rows; i++) {
        double norm = s->part.traits[i].norm;
        if (s->meter.finite && !isfinite(norm))
            continue;
        if (isnan(norm)) {
            f->norm_min = f->norm_max = NAN;
            f->norm_min_at = f->norm_max_at = i;
            f->norms = s->part.rows;
            return;
        }
        if (f->norms == 0 || norm < f->norm_min) {
            f->norm_min = norm;
            f->norm_min_at = i;
        }
        if (f->norms == 0 || norm > f->norm_max) {
            f->norm_max = norm;
            f->norm_max_at = i;
        }
        norms[f->norms++] = norm;
    }
    if (f->norms > 0)
        f->norm_median = median(norms, f->norms);
}

bool table_stats_find_same(table_stats *s, tokvec_table *table, const id_list *list,
                           unsigned threads, tokvec_error *err)
{
    return same_rows_find(&s->same, s->part.traits, table, list, threads, err);
}

bool table_stats_end(table_stats *s, table_figures *out, tokvec_error *err)
{
    const stats_part *p = &s->part;
    *out = (table_figures){
        .rows = p->rows,
        .count = p->rows * s->meter.dim,
        .nan = p->nan,
        .infinite = p->infinite,
        .zeros = p->zeros,
        .used = p->used,
        .min = p->used > 0 ? p->min : NAN,
        .max = p->used > 0 ? p->max : NAN,
        .mean = exact_quotient(&p->totals.sum, p->used),
        .std = exact_deviation(&p->totals.sum, &p->totals.squares, p->used, p->used - 1),
        .rms = exact_root(&p->totals.squares, p->used),
        .norm = p->used > 0 ? exact_root(&p->totals.squares, 1) : NAN};
    out->absmax = largest(fabs(out->min), fabs(out->max));
    double *norms = calloc((size_t)p->rows + 1, sizeof *norms);
    if (norms == NULL)
        return error_no_memory(err, p->rows * sizeof *norms);
    of_norms(s, norms, out);
    free(norms);
    return true;
}
