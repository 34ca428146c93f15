/* whence_sample.c - what is looked at of a table before all of it is compared.
 * See whence_sample.h.
 * SPDX-License-Identifier: MIT */
#include "measure/whence_sample.h"

#include "base/dtype.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    VALUES_MAX = 1 << 20, /* that the figures are of, about */
    ROWS_AT_ONCE = 64,
    ROWS_TRIED = 4096, /* at most, for probes */
    ENOUGH_BITS = 64,  /* that a probe should tell */
    WHOLE_ROW = 40,    /* values of a probe of a long row: room for a group of PyTorch's */
};

/* ---------------------------------------------------------------- figures */

void whence_sums_add(whence_sums *s, double value)
{
    if (s->count++ == 0)
        s->shift = s->lowest = s->highest = value;
    double x = value - s->shift;
    s->sum += x;
    s->squares += x * x;
    s->lowest = value < s->lowest ? value : s->lowest;
    s->highest = value > s->highest ? value : s->highest;
}

whence_figures whence_sums_figures(const whence_sums *s)
{
    double n = (double)s->count, mean = s->count == 0 ? 0 : s->sum / n;
    double squares = s->squares - mean * s->sum;
    return (whence_figures){
        .count = s->count,
        .mean = mean + s->shift,
        .deviation = s->count < 2 || squares < 0 ? 0 : sqrt(squares / (n - 1)),
        .lowest = s->lowest,
        .highest = s->highest,
        .constant = s->lowest == s->highest,
    };
}

/* ---------------------------------------------------------------- rows */

/* A row that is zero or not finite tells nothing, and one of one value next to nothing. */
static bool row_tells(tokvec_dtype dtype, const void *row, uint64_t dim)
{
    double first = dtype_element(dtype, row, 0).real;
    bool differs = dim == 1 && first != 0;
    for (uint64_t i = 0; i < dim; i++) {
        double value = dtype_element(dtype, row, i).real;
        if (!isfinite(value))
            return false;
        differs = differs || value != first;
    }
    return differs;
}

static void add_row(whence_sums *sums, tokvec_dtype dtype, const void *row, uint64_t dim)
{
    bool zero = true;
    for (uint64_t i = 0; zero && i < dim; i++)
        zero = dtype_element(dtype, row, i).real == 0;
    for (uint64_t i = 0; !zero && i < dim; i++) {
        double value = dtype_element(dtype, row, i).real;
        if (isfinite(value))
            whence_sums_add(sums, value);
    }
}

/* ---------------------------------------------------------------- taking it */

typedef struct taking {
    whence_sample *sample;
    tokvec_table *table;
    size_t value_size;
    uint64_t needed;                   /* values that tell ENOUGH_BITS */
    uint64_t probe_values, probe_rows; /* of a probe */
    void *rows;                        /* ROWS_AT_ONCE */
} taking;

static double bits_of(tokvec_dtype dtype)
{
    return dtype == TOKVEC_FLOAT64   ? 40
           : dtype == TOKVEC_FLOAT32 ? 20
           : dtype == TOKVEC_FLOAT16 ? 9
                                     : 6;
}

/* Number i of n places spread over `size`, the first and the last included. */
static uint64_t spread(uint64_t i, uint64_t n, uint64_t size)
{
    return n < 2 ? 0 : (uint64_t)((double)i / (double)(n - 1) * (double)(size - 1));
}

static size_t rows_at_once(uint64_t dim)
{
    return dim > VALUES_MAX / ROWS_AT_ONCE ? 1 : ROWS_AT_ONCE;
}

static bool read_rows(taking *t, uint64_t first, size_t n, tokvec_error *err)
{
    int64_t ids[ROWS_AT_ONCE];
    for (size_t i = 0; i < n; i++)
        ids[i] = (int64_t)(first + i);
    return tokvec_table_read(t->table, ids, n, t->rows, err);
}

/* Adds a probe at a row if the rows there tell something. */
static bool try_probe(taking *t, uint64_t row, tokvec_error *err)
{
    whence_sample *s = t->sample;
    if (row > s->rows - t->probe_rows)
        row = s->rows - t->probe_rows;
    if (s->probe_count > 0 && s->probes[s->probe_count - 1].first / s->dim == row)
        return true;
    if (!read_rows(t, row, (size_t)t->probe_rows, err))
        return false;
    whence_sums sums = {0};
    for (uint64_t i = 0; i < t->probe_rows; i++) {
        const char *at = (const char *)t->rows + i * s->dim * t->value_size;
        add_row(&sums, s->dtype, at, s->dim);
        if (!row_tells(s->dtype, at, s->dim))
            return true;
    }
    if (whence_sums_figures(&sums).constant)
        return true;
    whence_probe *p = &s->probes[s->probe_count++];
    *p = (whence_probe){.first = row * s->dim,
                        .count = (size_t)t->probe_values,
                        .enough =
                            (size_t)(t->needed < t->probe_values ? t->needed : t->probe_values)};
    memcpy(p->values, t->rows, p->count * t->value_size);
    return true;
}

static bool take_probes(taking *t, tokvec_error *err)
{
    whence_sample *s = t->sample;
    uint64_t row = 0, most = s->rows < ROWS_TRIED ? s->rows : ROWS_TRIED;
    for (; s->probe_count == 0 && row < most; row++) {
        if (!try_probe(t, row, err))
            return false;
    }
    uint64_t count = s->rows < WHENCE_PROBES_MAX ? s->rows : WHENCE_PROBES_MAX;
    for (uint64_t i = 0; i < count && s->probe_count < WHENCE_PROBES_MAX; i++) {
        uint64_t at = spread(i, count, s->rows);
        if (at >= row && !try_probe(t, at, err))
            return false;
    }
    return true;
}

static bool take_figures(taking *t, tokvec_error *err)
{
    whence_sample *s = t->sample;
    whence_sums sums = {0};
    uint64_t all = s->dim >= VALUES_MAX ? 1 : VALUES_MAX / s->dim;
    all = all < s->rows ? all : s->rows;
    size_t most = rows_at_once(s->dim);
    int64_t ids[ROWS_AT_ONCE];
    for (uint64_t done = 0; done < all;) {
        size_t n = all - done < most ? (size_t)(all - done) : most;
        for (size_t i = 0; i < n; i++)
            ids[i] = (int64_t)(all == s->rows ? done + i : spread(done + i, all, s->rows));
        if (!tokvec_table_read(t->table, ids, n, t->rows, err))
            return false;
        for (size_t i = 0; i < n; i++)
            add_row(&sums, s->dtype, (const char *)t->rows + i * s->dim * t->value_size, s->dim);
        done += n;
    }
    s->figures = whence_sums_figures(&sums);
    s->bits = s->figures.constant ? 0 : bits_of(s->dtype) * (double)s->rows * (double)s->dim;
    return true;
}

/* How many values a probe has: of a row as many as are of use, of short rows as many rows as tell
 * enough. */
static void size_probe(taking *t)
{
    const whence_sample *s = t->sample;
    t->needed = (uint64_t)(ENOUGH_BITS / bits_of(s->dtype)) + 1;
    uint64_t whole = s->dim < WHOLE_ROW ? s->dim : WHOLE_ROW;
    t->probe_rows = (t->needed + s->dim - 1) / s->dim;
    if (t->probe_rows > s->rows)
        t->probe_rows = s->rows;
    t->probe_values = t->probe_rows == 1 ? whole : t->probe_rows * s->dim;
}

bool whence_sample_take(whence_sample *s, tokvec_table *table, tokvec_error *err)
{
    *s = (whence_sample){.rows = tokvec_table_rows(table),
                         .dim = tokvec_table_dim(table),
                         .dtype = tokvec_table_dtype(table)};
    taking t = {.sample = s, .table = table, .value_size = tokvec_dtype_size(s->dtype)};
    if (s->rows == 0 || s->dim == 0)
        return true;
    size_probe(&t);
    uint64_t room = rows_at_once(s->dim);
    t.rows = calloc((size_t)(room * s->dim), t.value_size);
    if (t.rows == NULL)
        return error_no_memory(err, room * s->dim * t.value_size);
    bool good = take_figures(&t, err) && take_probes(&t, err);
    free(t.rows);
    return good;
}
