/* onehot.c - the lookup as a matrix product.
 * See onehot.h.
 * SPDX-License-Identifier: MIT */
#include "rows/onehot.h"

#include "base/dtype.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One element of a sum, whichever the dtype asks for. */
typedef union sum {
    double real;
    uint64_t integer;
} sum;

typedef struct product {
    tokvec_table *table;
    tokvec_dtype dtype;
    size_t dim, row_bytes;
    sum *sums;     /* n rows */
    uint8_t *rows; /* of the table, ROWS_AT_ONCE */
} product;

enum { ROWS_AT_ONCE = 64 };

/* sums += factor * row */
static void add_row(const product *p, double factor, const void *row, sum *sums)
{
    if (tokvec_dtype_is_float(p->dtype)) {
        for (size_t j = 0; j < p->dim; j++)
            sums[j].real += factor * dtype_element(p->dtype, row, j).real;
        return;
    }
    for (size_t j = 0; j < p->dim; j++) {
        element e = dtype_element(p->dtype, row, j);
        sums[j].integer += (uint64_t)factor * (e.negative ? 0 - e.magnitude : e.magnitude);
    }
}

static bool multiply(product *p, const int64_t *ids, size_t n, tokvec_error *err)
{
    int64_t block[ROWS_AT_ONCE];
    uint64_t rows = tokvec_table_rows(p->table);
    for (uint64_t first = 0; first < rows; first += ROWS_AT_ONCE) {
        size_t count = rows - first < ROWS_AT_ONCE ? (size_t)(rows - first) : ROWS_AT_ONCE;
        for (size_t k = 0; k < count; k++)
            block[k] = (int64_t)(first + k);
        if (!tokvec_table_read(p->table, block, count, p->rows, err))
            return false;
        for (size_t i = 0; i < n; i++) {
            for (size_t k = 0; k < count; k++) {
                double one_hot = ids[i] == block[k] ? 1.0 : 0.0;
                add_row(p, one_hot, p->rows + k * p->row_bytes, p->sums + i * p->dim);
            }
        }
    }
    return true;
}

/* The 8-bit float of that value: all but nan are exact. */
static uint8_t narrow_to_8_bits(tokvec_dtype dtype, double value)
{
    uint8_t nan_code = 0;
    for (unsigned code = 0; code < 256; code++) {
        uint8_t byte = (uint8_t)code;
        double real = dtype_element(dtype, &byte, 0).real;
        if (real == value && signbit(real) == signbit(value))
            return byte;
        if (isnan(real))
            nan_code = byte;
    }
    return nan_code;
}

/* The sums in the table's dtype, which holds them: each is one of its own values, or nan. */
static bool narrow(const product *p, size_t n, void *out, tokvec_error *err)
{
    size_t size = tokvec_dtype_size(p->dtype);
    if (tokvec_dtype_is_float(p->dtype) && size > 1)
        return tokvec_convert(TOKVEC_FLOAT64, p->sums, p->dtype, out, n * p->dim, err);
    for (size_t i = 0; i < n * p->dim; i++) {
        uint8_t *to = (uint8_t *)out + i * size;
        if (tokvec_dtype_is_float(p->dtype))
            *to = narrow_to_8_bits(p->dtype, p->sums[i].real);
        else
            memcpy(to, &p->sums[i].integer, size); /* the low bytes: little-endian */
    }
    return true;
}

static bool count_changed(product *p, const int64_t *ids, size_t n, const uint8_t *out,
                          uint64_t *changed, tokvec_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (!tokvec_table_read(p->table, &ids[i], 1, p->rows, err))
            return false;
        *changed += memcmp(p->rows, out + i * p->row_bytes, p->row_bytes) != 0;
    }
    return true;
}

bool onehot_read(void *context, const int64_t *ids, size_t n, void *out, tokvec_error *err)
{
    onehot *o = context;
    product p = {.table = o->table, .dtype = tokvec_table_dtype(o->table)};
    p.dim = (size_t)tokvec_table_dim(o->table);
    p.row_bytes = p.dim * tokvec_dtype_size(p.dtype);
    _Static_assert(sizeof(sum) == sizeof(double), "sums are converted as an array of doubles");
    p.sums = calloc(n * p.dim + 1, sizeof *p.sums);
    p.rows = malloc(ROWS_AT_ONCE * p.row_bytes + 1);
    bool good = p.sums != NULL && p.rows != NULL;
    if (!good)
        error_no_memory(err, n * p.dim * sizeof *p.sums);
    good = good && multiply(&p, ids, n, err) && narrow(&p, n, out, err) &&
           count_changed(&p, ids, n, out, &o->changed, err);
    free(p.sums);
    free(p.rows);
    return good;
}
