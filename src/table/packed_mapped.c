/* packed_mapped.c - rows that several IDs share, as model2vec keeps them.
 * See packed_table.h.
 * SPDX-License-Identifier: MIT */
#include "table/packed_table.h"

#include "base/dtype.h"

#include <stdlib.h>

typedef struct mapped_rows {
    tokvec_table table;
    tokvec_table *vectors, *mapping, *weights;
} mapped_rows;

static bool read_one(tokvec_table *table, int64_t id, void *out, tokvec_error *err)
{
    return table_prepare(table, &id, 1, err) && tokvec_table_read(table, &id, 1, out, err);
}

/* The row of the vectors that an ID has. */
static bool find_row(const mapped_rows *m, int64_t id, int64_t *row, tokvec_error *err)
{
    uint8_t bytes[8];
    *row = id;
    if (m->mapping == NULL)
        return true;
    if (!read_one(m->mapping, id, bytes, err))
        return false;
    element e = dtype_element(m->mapping->dtype, bytes, 0);
    *row = (int64_t)e.magnitude;
    if (!e.negative && e.magnitude < m->vectors->rows)
        return true;
    error_set(err, TOKVEC_BAD_FILE,
              "the mapping gives token ID %lld the row %s%llu, but there are %llu rows",
              (long long)id, e.negative ? "-" : "", (unsigned long long)e.magnitude,
              (unsigned long long)m->vectors->rows);
    return error_hint(err, "the file is damaged: fetch it again");
}

/* Multiplies a row by the weight of its ID. Products of two floats are exact in double. */
static bool weigh(const mapped_rows *m, int64_t id, const uint8_t *row, void *out,
                  tokvec_error *err)
{
    uint8_t bytes[8];
    double weight;
    if (!read_one(m->weights, id, bytes, err) ||
        !tokvec_convert(m->weights->dtype, bytes, TOKVEC_FLOAT64, &weight, 1, err))
        return false;
    for (size_t j = 0; j < m->table.dim; j++) {
        double value;
        if (!tokvec_convert(m->vectors->dtype, row + j * tokvec_dtype_size(m->vectors->dtype),
                            TOKVEC_FLOAT64, &value, 1, err))
            return false;
        value *= weight;
        if (m->table.dtype == TOKVEC_FLOAT64)
            ((double *)out)[j] = value;
        else
            ((float *)out)[j] = (float)value;
    }
    return true;
}

static bool mapped_rows_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                             tokvec_error *err)
{
    mapped_rows *m = (mapped_rows *)table;
    size_t bytes = (size_t)table->dim * tokvec_dtype_size(table->dtype);
    size_t stored = (size_t)table->dim * tokvec_dtype_size(m->vectors->dtype);
    uint8_t *row = malloc(stored + 1);
    bool good = row != NULL || error_no_memory(err, stored);
    for (size_t i = 0; good && i < n; i++) {
        uint8_t *to = (uint8_t *)out + i * bytes;
        int64_t at;
        good = find_row(m, ids[i], &at, err) &&
               read_one(m->vectors, at, m->weights == NULL ? to : row, err) &&
               (m->weights == NULL || weigh(m, ids[i], row, to, err));
    }
    free(row);
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

static const table_ops mapped_rows_ops = {.read = mapped_rows_read, .close = mapped_rows_close};

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
                              .dtype = dtype};
    m->vectors = vectors;
    m->mapping = mapping;
    m->weights = weights;
    return &m->table;
}
