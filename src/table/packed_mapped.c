/* packed_mapped.c - rows that several IDs share, as model2vec keeps them.
 * See packed_table.h.
 * SPDX-License-Identifier: MIT */
#include "table/packed_table.h"

#include "base/dispatch.h"
#include "base/dtype.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_ROWS = 64, BLOCK_BYTES = 1 << 18 };

typedef struct mapped_rows {
    tokvec_table table;
    tokvec_table *vectors, *mapping, *weights;
} mapped_rows;

/* Room for a block of rows. */
typedef struct scratch {
    size_t rows;
    int64_t at[BLOCK_ROWS]; /* of the vectors */
    double weights[BLOCK_ROWS];
    uint64_t bytes[BLOCK_ROWS]; /* as a part has them */
    uint8_t *vectors;
    double *values; /* of one row */
} scratch;

static bool read_rows(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                      tokvec_error *err)
{
    return table_prepare(table, ids, n, err) && tokvec_table_read(table, ids, n, out, err);
}

/* The rows of the vectors that IDs have. */
static bool find_rows(const mapped_rows *m, const int64_t *ids, size_t n, scratch *s,
                      tokvec_error *err)
{
    if (m->mapping == NULL) {
        memcpy(s->at, ids, n * sizeof *ids);
        return true;
    }
    if (!read_rows(m->mapping, ids, n, s->bytes, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        element e = dtype_element(m->mapping->dtype, s->bytes, i);
        s->at[i] = (int64_t)e.magnitude;
        if (!e.negative && e.magnitude < m->vectors->rows)
            continue;
        error_set(err, TOKVEC_BAD_FILE,
                  "the mapping gives token ID %lld the row %s%llu, but there are %llu rows",
                  (long long)ids[i], e.negative ? "-" : "", (unsigned long long)e.magnitude,
                  (unsigned long long)m->vectors->rows);
        return error_hint(err, "the file is damaged: fetch it again");
    }
    return true;
}

/* Products of two floats are exact in double. */
DISPATCH_INLINE void weigh_floats(const float *restrict row, double weight, float *restrict out,
                                  size_t n)
{
    for (size_t j = 0; j < n; j++)
        out[j] = (float)((double)row[j] * weight);
}
DISPATCH_VARIANTS(weigh_floats,
                  (const float *restrict row, double weight, float *restrict out, size_t n),
                  (row, weight, out, n))

/* Multiplies a row by the weight of its ID. */
static bool weigh(const mapped_rows *m, const uint8_t *row, double weight, scratch *s, void *out,
                  tokvec_error *err)
{
    const size_t n = (size_t)m->table.dim;
    if (m->vectors->dtype == TOKVEC_FLOAT32) {
        DISPATCH(weigh_floats, ((const float *)(const void *)row, weight, out, n));
        return true;
    }
    if (!tokvec_convert(m->vectors->dtype, row, TOKVEC_FLOAT64, s->values, n, err))
        return false;
    for (size_t j = 0; j < n; j++) {
        if (m->table.dtype == TOKVEC_FLOAT64)
            ((double *)out)[j] = s->values[j] * weight;
        else
            ((float *)out)[j] = (float)(s->values[j] * weight);
    }
    return true;
}

static bool read_block(const mapped_rows *m, const int64_t *ids, size_t n, scratch *s, uint8_t *out,
                       tokvec_error *err)
{
    const size_t row = (size_t)m->table.dim * tokvec_dtype_size(m->table.dtype);
    const size_t stored = (size_t)m->table.dim * tokvec_dtype_size(m->vectors->dtype);
    if (!find_rows(m, ids, n, s, err))
        return false;
    if (m->weights == NULL)
        return read_rows(m->vectors, s->at, n, out, err);
    bool good = read_rows(m->weights, ids, n, s->bytes, err) &&
                tokvec_convert(m->weights->dtype, s->bytes, TOKVEC_FLOAT64, s->weights, n, err) &&
                read_rows(m->vectors, s->at, n, s->vectors, err);
    for (size_t i = 0; good && i < n; i++)
        good = weigh(m, s->vectors + i * stored, s->weights[i], s, out + i * row, err);
    return good;
}

/* Vectors that are not weighed are read to where they belong at once. */
static bool scratch_open(scratch *s, const mapped_rows *m, tokvec_error *err)
{
    const size_t row = (size_t)m->table.dim * sizeof *s->values;
    const size_t fit = row == 0 ? BLOCK_ROWS : BLOCK_BYTES / row + 1;
    *s = (scratch){.rows = fit < BLOCK_ROWS ? fit : BLOCK_ROWS};
    if (m->weights == NULL)
        return true;
    s->vectors = malloc(s->rows * row + 1);
    s->values = malloc(row + 1);
    return (s->vectors != NULL && s->values != NULL) || error_no_memory(err, s->rows * row);
}

static bool mapped_rows_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                             tokvec_error *err)
{
    const mapped_rows *m = (const mapped_rows *)table;
    const size_t row = (size_t)table->dim * tokvec_dtype_size(table->dtype);
    scratch s;
    bool good = scratch_open(&s, m, err);
    for (size_t done = 0; good && done < n; done += s.rows) {
        size_t count = n - done < s.rows ? n - done : s.rows;
        good = read_block(m, ids + done, count, &s, (uint8_t *)out + done * row, err);
    }
    free(s.vectors);
    free(s.values);
    return good;
}

static void mapped_rows_close(tokvec_table *table)
{
    mapped_rows *m = (mapped_rows *)table;
    tokvec_table_close(m->vectors);
    tokvec_table_close(m->mapping);
    tokvec_table_close(m->weights);
    free(m);
}

static bool mapped_rows_verify(tokvec_table *table, tokvec_error *err)
{
    const mapped_rows *m = (const mapped_rows *)table;
    return table_verify(m->vectors, err) && table_verify(m->mapping, err) &&
           table_verify(m->weights, err);
}

static const table_ops mapped_rows_ops = {
    .read = mapped_rows_read, .verify = mapped_rows_verify, .close = mapped_rows_close};

tokvec_table *packed_mapped(tokvec_table *vectors, tokvec_table *mapping, tokvec_table *weights,
                            tokvec_dtype dtype, tokvec_error *err)
{
    mapped_rows *m = calloc(1, sizeof *m);
    if (m == NULL) {
        error_no_memory(err, sizeof *m);
        tokvec_table_close(vectors);
        tokvec_table_close(mapping);
        tokvec_table_close(weights);
        return NULL;
    }
    m->table = (tokvec_table){.ops = &mapped_rows_ops,
                              .rows = mapping != NULL ? mapping->rows : vectors->rows,
                              .dim = vectors->dim,
                              .dtype = dtype,
                              .concurrent = table_is_free(vectors) && table_is_free(mapping) &&
                                            table_is_free(weights)};
    m->vectors = vectors;
    m->mapping = mapping;
    m->weights = weights;
    return &m->table;
}
