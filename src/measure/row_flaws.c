/* row_flaws.c - which rows of a table hold nothing that was learnt, or no numbers.
 * See row_flaws.h. The bits of a float without its sign rise with its absolute value, and those of
 * positive ones, as signed integers, with the value: two largest integers tell all about a row.
 * SPDX-License-Identifier: MIT */
#include "measure/row_flaws.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/dispatch.h"
#include "base/error.h"

#include <stdlib.h>

/* Of the values of a row: the largest integers of their bits, signed and without the sign. */
typedef struct row_extent {
    int64_t top, most;
} row_extent;

#define EXTENT(bits)                                                                            \
    DISPATCH_INLINE void extent##bits(const void *row, size_t n, row_extent *out)               \
    {                                                                                           \
        const uint##bits##_t *x = row;                                                          \
        int##bits##_t top = INT##bits##_MIN, most = 0;                                          \
        for (size_t i = 0; i < n; i++) {                                                        \
            const int##bits##_t value = (int##bits##_t)x[i];                                    \
            const int##bits##_t size = (int##bits##_t)(x[i] & (uint##bits##_t)INT##bits##_MAX); \
            top = value > top ? value : top;                                                    \
            most = size > most ? size : most;                                                   \
        }                                                                                       \
        *out = (row_extent){top, most};                                                         \
    }                                                                                           \
    DISPATCH_VARIANTS(extent##bits, (const void *row, size_t n, row_extent *out), (row, n, out))

EXTENT(16)
EXTENT(32)
EXTENT(64)

static row_extent extent_of(size_t value_size, const void *row, size_t n)
{
    row_extent e;
    if (value_size == 2)
        DISPATCH(extent16, (row, n, &e));
    else if (value_size == 4)
        DISPATCH(extent32, (row, n, &e));
    else
        DISPATCH(extent64, (row, n, &e));
    return e;
}

/* Counts what is not finite in a row that has some. */
static uint8_t count_nonfinite(row_flaws *f, const uint8_t *row, size_t n)
{
    uint64_t nan = 0, inf = 0;
    for (size_t i = 0; i < n; i++) {
        const uint8_t *at = row + i * f->value_size;
        int64_t size = f->value_size == 2   ? load_le16(at) & INT16_MAX
                       : f->value_size == 4 ? load_le32(at) & INT32_MAX
                                            : (int64_t)(load_le64(at) & INT64_MAX);
        nan += size > f->inf_bits;
        inf += size == f->inf_bits;
    }
    f->nan += nan;
    f->inf += inf;
    return (uint8_t)((nan > 0 ? ROW_NAN : 0) | (inf > 0 ? ROW_INF : 0));
}

static bool is_kernel_dtype(tokvec_dtype dtype)
{
    return tokvec_dtype_is_float(dtype) && tokvec_dtype_size(dtype) > 1;
}

/* Values of other dtypes, as float64, a few at a time. What rounding does to large integers makes
 * none of them zero, nor changes a sign. */
static bool extent_converted(row_flaws *f, const uint8_t *row, row_extent *out, uint8_t *flag,
                             tokvec_error *err)
{
    enum { AT_ONCE = 256 };
    double values[AT_ONCE];
    *out = (row_extent){INT64_MIN, 0};
    const size_t size = tokvec_dtype_size(f->base.dtype);
    for (size_t i = 0; i < f->dim; i += AT_ONCE) {
        size_t n = f->dim - i < AT_ONCE ? f->dim - i : AT_ONCE;
        if (!tokvec_convert(f->base.dtype, row + i * size, TOKVEC_FLOAT64, values, n, err))
            return false;
        row_extent e = extent_of(sizeof *values, values, n);
        out->top = e.top > out->top ? e.top : out->top;
        out->most = e.most > out->most ? e.most : out->most;
        if (e.most >= f->inf_bits)
            *flag |= count_nonfinite(f, (const uint8_t *)values, n);
    }
    return true;
}

static bool look_at(row_flaws *f, const uint8_t *row, uint8_t *flag, tokvec_error *err)
{
    row_extent e;
    *flag = 0;
    if (!is_kernel_dtype(f->base.dtype)) {
        if (!extent_converted(f, row, &e, flag, err))
            return false;
    } else {
        e = extent_of(f->value_size, row, f->dim);
        if (e.most >= f->inf_bits)
            *flag = count_nonfinite(f, row, f->dim);
    }
    if (e.most == 0)
        *flag |= ROW_ZERO;
    else if (e.top <= f->tiny_bits && !(*flag & ROW_NAN))
        *flag |= ROW_UNTRAINED | (e.most <= f->tiny_bits ? ROW_TINY : 0);
    return true;
}

static bool flaws_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    row_flaws *f = (row_flaws *)c;
    const size_t bytes = f->dim * tokvec_dtype_size(f->base.dtype);
    for (size_t i = 0; i < block->n && f->dim > 0; i++) {
        const uint8_t *row = (const uint8_t *)block->data + i * bytes;
        if (!look_at(f, row, &f->flags[block->ids[i]], err))
            return false;
        if (f->hashes != NULL)
            f->hashes[block->ids[i]] = row_hash_of(f->key, row, bytes);
    }
    return true;
}

/* Clones write to the same arrays, each about its own rows. */
static bool flaws_clone(consumer *clone)
{
    row_flaws *f = (row_flaws *)clone;
    f->nan = f->inf = 0;
    return true;
}

static bool flaws_finish(consumer *c, consumer *clone, tokvec_error *err)
{
    row_flaws *f = (row_flaws *)c, *from = (row_flaws *)clone;
    (void)err;
    f->nan += from->nan;
    f->inf += from->inf;
    from->nan = from->inf = 0;
    return true;
}

/* Infinity and the bound for untrained rows, as the kernels see them. */
static bool set_bounds(row_flaws *f, tokvec_dtype dtype, tokvec_error *err)
{
    const double bounds[2] = {__builtin_inf(), 1e-16};
    uint64_t bits[2] = {0, 0}, as_bits[2] = {0, 0};
    if (!tokvec_convert(TOKVEC_FLOAT64, bounds, dtype, bits, 2, err))
        return false;
    for (size_t i = 0; i < 2; i++)
        memcpy(&as_bits[i], (uint8_t *)bits + i * f->value_size, f->value_size);
    f->inf_bits = (int64_t)as_bits[0];
    f->tiny_bits = (int64_t)as_bits[1];
    return true;
}

bool row_flaws_begin(row_flaws *f, const tokvec_table *table, const row_hash_key *key,
                     tokvec_error *err)
{
    const tokvec_dtype dtype = tokvec_table_dtype(table);
    const tokvec_dtype seen = is_kernel_dtype(dtype) ? dtype : TOKVEC_FLOAT64;
    const uint64_t rows = tokvec_table_rows(table);
    *f = (row_flaws){.base = {.size = sizeof *f,
                              .dtype = dtype,
                              .clone = flaws_clone,
                              .rows = flaws_rows,
                              .finish = flaws_finish},
                     .dim = (size_t)tokvec_table_dim(table),
                     .value_size = tokvec_dtype_size(seen),
                     .key = key};
    if (!set_bounds(f, seen, err))
        return false;
    bool fit = rows < SIZE_MAX / sizeof *f->hashes;
    f->flags = fit ? calloc((size_t)rows + 1, sizeof *f->flags) : NULL;
    if (key != NULL && fit)
        f->hashes = array_large((size_t)(rows + 1) * sizeof *f->hashes);
    if (f->flags != NULL && (f->hashes != NULL || key == NULL))
        return true;
    row_flaws_end(f);
    return error_no_memory(err, fit ? rows * (sizeof *f->hashes + 1) : UINT64_MAX);
}

void row_flaws_end(row_flaws *f)
{
    free(f->flags);
    free(f->hashes);
    f->flags = NULL;
    f->hashes = NULL;
}
