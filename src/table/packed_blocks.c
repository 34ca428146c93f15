/* packed_blocks.c - codes and factors that are counted through all rows, as a table of values.
 * See packed_table.h.
 * SPDX-License-Identifier: MIT */
#include "table/packed_table.h"

#include <stdlib.h>

typedef struct blocks_state {
    tokvec_table table;
    packed_blocks b;
} blocks_state;

/* Room for what belongs to one row. */
typedef struct scratch {
    uint8_t *codes, *bytes;
    float *factors, *outer, *values;
    int64_t *ids;
} scratch;

/* The elements [first, end) of a part, which reach from row to row of it. */
static bool read_flat(tokvec_table *part, uint64_t first, uint64_t end, const scratch *s, void *out,
                      tokvec_error *err)
{
    const uint64_t width = part->dim;
    size_t n = 0;
    for (uint64_t row = first / width; row < (end + width - 1) / width; row++)
        s->ids[n++] = (int64_t)row;
    return table_prepare(part, s->ids, n, err) && tokvec_table_read(part, s->ids, n, out, err);
}

static bool read_factors(const packed_blocks *b, uint64_t first, uint64_t end, const scratch *s,
                         tokvec_error *err)
{
    if (b->outer == NULL)
        return read_flat(b->factors, first, end, s, s->factors, err);
    const uint64_t from = first / b->outer_block;
    if (!read_flat(b->factors, first, end, s, s->bytes, err) ||
        !read_flat(b->outer, from, (end - 1) / b->outer_block + 1, s, s->outer, err))
        return false;
    for (uint64_t k = first; k < end; k++) {
        float product = b->outer_values[s->bytes[k - first]] * s->outer[k / b->outer_block - from];
        s->factors[k - first] = product + b->offset;
    }
    return true;
}

static bool read_row(const packed_blocks *b, int64_t id, const scratch *s, void *out,
                     tokvec_error *err)
{
    const uint64_t first = (uint64_t)id * b->dim, end = first + b->dim;
    const uint64_t first_factor = first / b->block;
    if (!read_flat(b->codes, first / 2, (end + 1) / 2, s, s->codes, err) ||
        !read_factors(b, first_factor, (end - 1) / b->block + 1, s, err))
        return false;
    for (uint64_t i = first; i < end; i++) {
        uint8_t pair = s->codes[i / 2 - first / 2];
        s->values[i - first] =
            b->values[i % 2 == 0 ? pair >> 4 : pair & 15] * s->factors[i / b->block - first_factor];
    }
    return tokvec_convert(TOKVEC_FLOAT32, s->values, b->dtype, out, (size_t)b->dim, err);
}

static void scratch_close(scratch *s)
{
    free(s->codes);
    free(s->bytes);
    free(s->factors);
    free(s->outer);
    free(s->values);
    free(s->ids);
}

static bool scratch_open(scratch *s, const packed_blocks *b, tokvec_error *err)
{
    /* No part has more elements than values, but for those at both ends. */
    const size_t n = (size_t)b->dim + 2;
    *s = (scratch){.codes = malloc(n),
                   .bytes = malloc(n),
                   .factors = malloc(n * sizeof *s->factors),
                   .outer = malloc(n * sizeof *s->outer),
                   .values = malloc(n * sizeof *s->values),
                   .ids = malloc(n * sizeof *s->ids)};
    if (s->codes != NULL && s->bytes != NULL && s->factors != NULL && s->outer != NULL &&
        s->values != NULL && s->ids != NULL)
        return true;
    scratch_close(s);
    return error_no_memory(err, n);
}

static bool blocks_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                        tokvec_error *err)
{
    const packed_blocks *b = &((const blocks_state *)table)->b;
    const size_t row_bytes = (size_t)b->dim * tokvec_dtype_size(b->dtype);
    scratch s;
    if (!scratch_open(&s, b, err))
        return false;
    bool good = true;
    for (size_t i = 0; good && i < n; i++)
        good = read_row(b, ids[i], &s, (uint8_t *)out + i * row_bytes, err);
    scratch_close(&s);
    return good;
}

static bool blocks_intact(const tokvec_table *table, tokvec_error *err)
{
    const packed_blocks *b = &((const blocks_state *)table)->b;
    return tokvec_table_intact(b->codes, err) && tokvec_table_intact(b->factors, err);
}

static bool blocks_verify(tokvec_table *table, tokvec_error *err)
{
    const packed_blocks *b = &((const blocks_state *)table)->b;
    return table_verify(b->codes, err) && table_verify(b->factors, err) &&
           table_verify(b->outer, err);
}

static void close_parts(const packed_blocks *b)
{
    tokvec_table_close(b->codes);
    tokvec_table_close(b->factors);
    tokvec_table_close(b->outer);
}

static void blocks_close(tokvec_table *table)
{
    close_parts(&((blocks_state *)table)->b);
    free(table);
}

static const table_ops blocks_ops = {
    .read = blocks_read, .intact = blocks_intact, .verify = blocks_verify, .close = blocks_close};

tokvec_table *packed_block_values(const packed_blocks *blocks, tokvec_error *err)
{
    blocks_state *s = calloc(1, sizeof *s);
    if (s == NULL) {
        error_no_memory(err, sizeof *s);
        close_parts(blocks);
        return NULL;
    }
    s->b = *blocks;
    s->table = (tokvec_table){.ops = &blocks_ops,
                              .rows = blocks->rows,
                              .dim = blocks->dim,
                              .dtype = blocks->dtype,
                              .concurrent = table_is_free(blocks->codes) &&
                                            table_is_free(blocks->factors) &&
                                            table_is_free(blocks->outer)};
    return &s->table;
}
