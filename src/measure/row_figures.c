/* row_figures.c - what the values of a row are like.
 * See row_figures.h. A row is measured in pieces that stay in cache. Of each there is a number near
 * its mean, the sum of what its values differ from it and the sum of the squares of that: so
 * nothing cancels, however far from zero the values lie.
 * SPDX-License-Identifier: MIT */
#include "measure/row_figures.h"

#include "base/bytes.h"
#include "base/dtype.h"
#include "base/error.h"
#include "measure/row_kernel.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* Values are times 2^scale. */
typedef struct piece {
    size_t n;
    int scale;
    double centre;       /* a number near the mean, or 0 */
    double rest, spread; /* the sums of v - centre, and of its squares */
    double squares;      /* of the values */
    double low, high;    /* not scaled */
} piece;

/* ---------------------------------------------------------------- opening */

static bool is_narrow(tokvec_dtype dtype)
{
    return tokvec_dtype_is_float(dtype) && dtype != TOKVEC_FLOAT64;
}

bool row_meter_open(row_meter *m, tokvec_dtype dtype, size_t dim, bool finite, tokvec_error *err)
{
    size_t values = dim < ROW_PIECE ? dim : ROW_PIECE;
    size_t size = values * sizeof(double);
    *m = (row_meter){.dtype = dtype, .dim = dim, .finite = finite};
    for (int i = 0; is_narrow(dtype) && tokvec_dtype_size(dtype) == 1 && i < 256; i++)
        dtype_widen(dtype, &(uint8_t){(uint8_t)i}, &m->of_byte[i], 1);
    m->scratch = malloc(size == 0 ? 1 : size);
    m->long_row = dim > ROW_PIECE ? malloc(sizeof *m->long_row) : NULL;
    if (m->scratch != NULL && (m->long_row != NULL || dim <= ROW_PIECE))
        return true;
    row_meter_close(m);
    return error_no_memory(err, size + sizeof *m->long_row);
}

void row_meter_close(row_meter *m)
{
    free(m->scratch);
    free(m->long_row);
    m->scratch = NULL;
    m->long_row = NULL;
}

/* ---------------------------------------------------------------- values */

static void widen(row_meter *m, const void *at, size_t n)
{
    const uint8_t *bytes = at;
    float *out = m->scratch;
    if (tokvec_dtype_size(m->dtype) > 1)
        dtype_widen(m->dtype, at, out, n);
    else
        for (size_t i = 0; i < n; i++)
            out[i] = m->of_byte[bytes[i]];
}

/* The values from `first` on as float32 (if is_narrow) or float64; NULL with an error. */
static const void *values_of(row_meter *m, const void *row, size_t first, size_t n,
                             tokvec_error *err)
{
    const char *at = (const char *)row + first * tokvec_dtype_size(m->dtype);
    double *wide = m->scratch;
    if (m->dtype == TOKVEC_FLOAT32 || m->dtype == TOKVEC_FLOAT64)
        return at;
    if (is_narrow(m->dtype)) {
        widen(m, at, n);
        return m->scratch;
    }
    for (size_t i = 0; i < n; i++) {
        element e = dtype_element(m->dtype, at, i);
        double value = (double)e.magnitude;
        if (value >= 0x1p64 || (uint64_t)value != e.magnitude) {
            error_set(err, TOKVEC_UNSUPPORTED, "float64 cannot hold the value %s%" PRIu64,
                      e.negative ? "-" : "", e.magnitude);
            return NULL;
        }
        wide[i] = e.negative ? -value : value;
    }
    return wide;
}

static double value_at(bool narrow, const void *x, size_t i)
{
    return narrow ? (double)((const float *)x)[i] : ((const double *)x)[i];
}

/* Counts what is not finite, and moves what is to scratch, which may be x; returns how many. */
static size_t keep_finite(row_meter *m, const void *x, size_t n, row_figures *f)
{
    bool narrow = is_narrow(m->dtype);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        double v = value_at(narrow, x, i);
        f->nan += isnan(v) != 0;
        f->positive += v == INFINITY;
        f->negative += v == -INFINITY;
        if (!isfinite(v))
            continue;
        if (narrow)
            ((float *)m->scratch)[kept++] = (float)v;
        else
            ((double *)m->scratch)[kept++] = v;
    }
    return kept;
}

/* ---------------------------------------------------------------- pieces */

static void sum_up(bool narrow, const void *x, size_t n, row_sums *out)
{
    if (narrow)
        row_sum_float32(x, n, out);
    else
        row_sum_float64(x, n, out);
}

/* Where the squares are so large or small that they lack bits or all: divided by a power of 2,
 * values lie about 1. float32 has no such. */
static const double *scale_down(row_meter *m, const double *x, piece *p, row_sums *s)
{
    const double smallest = 0x1p-900, largest = 0x1p1000;
    double *scaled = m->scratch;
    if ((s->squares >= smallest && s->squares <= largest) || (s->low == 0.0 && s->high == 0.0))
        return x;
    (void)frexp(-s->low > s->high ? -s->low : s->high, &p->scale);
    for (size_t i = 0; i < p->n; i++)
        scaled[i] = ldexp(x[i], -p->scale);
    row_sum_float64(scaled, p->n, s);
    return scaled;
}

/* x has n finite values, 1 or more. */
static piece piece_of(row_meter *m, const void *x, size_t n, row_sums *s)
{
    bool narrow = is_narrow(m->dtype);
    piece p = {.n = n, .low = s->low, .high = s->high};
    if (!narrow)
        x = scale_down(m, x, &p, s);
    double mean = s->sum / (double)n;
    p.squares = s->squares;
    p.rest = s->sum;
    p.spread = s->squares;
    if (p.low == p.high) {
        p.centre = s->low;
        p.rest = p.spread = 0.0;
    } else if (mean * mean * (double)n > s->squares / 2) { /* more than a bit would cancel */
        row_spread around;
        p.centre = mean;
        if (narrow)
            row_spread_float32(x, n, p.centre, &around);
        else
            row_spread_float64(x, n, p.centre, &around);
        p.rest = around.sum;
        p.spread = around.squares;
    }
    return p;
}

/* The first 26 of 53 bits. */
static double upper_half(double x)
{
    return double_of_bits(bits_of_double(x) & ~(uint64_t)0x7ffffff);
}

/* Sum and sum of squares: n * centre + rest, n * centre^2 + 2 * centre * rest + spread. */
static void add_piece(row_totals *t, const piece *p)
{
    if (p->centre != 0.0) {
        /* The square in parts, so that each product with n is exact. */
        double n = (double)p->n, high = upper_half(p->centre), low = p->centre - high;
        exact_add_scaled(&t->sum, n, p->centre, p->scale);
        exact_add_scaled(&t->squares, n * high, high, 2 * p->scale);
        exact_add_scaled(&t->squares, 2.0 * n * high, low, 2 * p->scale);
        exact_add_scaled(&t->squares, n * low, low, 2 * p->scale);
        exact_add_scaled(&t->squares, 2.0 * p->centre, p->rest, 2 * p->scale);
    }
    exact_add_scaled(&t->sum, p->rest, 1.0, p->scale);
    exact_add_scaled(&t->squares, p->spread, 1.0, 2 * p->scale);
}

/* ---------------------------------------------------------------- rows */

static void of_piece(const piece *p, row_figures *f)
{
    double n = (double)p->n, less = p->rest / n;
    double variance = (p->spread - p->rest * less) / (n - 1);
    f->mean = p->centre + less;
    f->std = p->n == 1 ? NAN : sqrt(variance > 0.0 ? variance : 0.0);
    f->norm = sqrt(p->squares);
    if (p->scale == 0)
        return;
    f->mean = ldexp(f->mean, p->scale);
    f->std = ldexp(f->std, p->scale);
    f->norm = ldexp(f->norm, p->scale);
}

static void of_totals(const row_totals *t, row_figures *f)
{
    f->mean = exact_quotient(&t->sum, f->used);
    f->std = exact_deviation(&t->sum, &t->squares, f->used, f->used - 1);
    f->norm = exact_root(&t->squares, 1);
}

/* What infinities and NaN make of the figures of the finite values. */
static void with_others(const row_meter *m, row_figures *f, row_totals *totals)
{
    uint64_t others = f->nan + f->positive + f->negative;
    if (others == 0)
        return;
    f->constant = f->positive == m->dim || f->negative == m->dim;
    f->norm = f->nan > 0 ? NAN : INFINITY;
    if (m->finite)
        return;
    double high = f->nan > 0 ? NAN : INFINITY, low = f->nan > 0 ? NAN : -INFINITY;
    double sum = f->negative == 0 ? high : f->positive == 0 ? low : NAN;
    if (f->nan > 0 || f->positive > 0)
        f->max = high;
    else if (f->used == 0)
        f->max = low;
    if (f->nan > 0 || f->negative > 0)
        f->min = low;
    else if (f->used == 0)
        f->min = high;
    f->mean = sum;
    f->std = NAN;
    f->used += others;
    if (totals != NULL) {
        exact_add(&totals->sum, sum);
        exact_add(&totals->squares, high);
    }
}

bool row_measure(row_meter *m, const void *row, row_figures *out, row_totals *totals,
                 tokvec_error *err)
{
    row_figures f = {.constant = true, .min = INFINITY, .max = -INFINITY};
    row_totals *sums = m->long_row != NULL ? m->long_row : totals;
    piece last = {.n = 0};
    if (m->long_row != NULL)
        *m->long_row = (row_totals){.sum.pending = 0};
    for (size_t first = 0; first < m->dim; first += ROW_PIECE) {
        size_t n = m->dim - first < ROW_PIECE ? m->dim - first : ROW_PIECE;
        const void *x = values_of(m, row, first, n, err);
        row_sums s;
        if (x == NULL)
            return false;
        sum_up(is_narrow(m->dtype), x, n, &s);
        if (!isfinite(s.squares)) {
            size_t finite = keep_finite(m, x, n, &f);
            if (finite == 0)
                continue;
            n = finite;
            x = m->scratch;
            sum_up(is_narrow(m->dtype), x, n, &s);
        }
        f.zeros += s.zeros;
        f.used += n;
        last = piece_of(m, x, n, &s);
        f.min = last.low < f.min ? last.low : f.min;
        f.max = last.high > f.max ? last.high : f.max;
        if (sums != NULL)
            add_piece(sums, &last);
    }
    f.constant = f.used == 0 || f.min == f.max;
    if (f.used == 0)
        f.mean = f.std = f.min = f.max = NAN;
    else if (m->long_row != NULL)
        of_totals(m->long_row, &f);
    else
        of_piece(&last, &f);
    f.min += 0.0;
    f.max += 0.0;
    with_others(m, &f, totals);
    if (m->long_row != NULL && totals != NULL) {
        exact_merge(&totals->sum, &m->long_row->sum);
        exact_merge(&totals->squares, &m->long_row->squares);
    }
    *out = f;
    return true;
}
