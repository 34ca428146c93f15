/* packed_table.c - codes and scales as a table of values.
 * The parts are tables of what is stored, so that they may lie in any format and in several files;
 * of each only what belongs to the rows asked for is read. See packed_table.h.
 * SPDX-License-Identifier: MIT */
#include "table/packed_table.h"

#include "base/dtype.h"
#include "table/packed_codes.h"

#include <math.h>
#include <stdlib.h>

enum { BLOCK_ROWS = 64, BLOCK_BYTES = 1 << 20 };

typedef struct packed_state {
    tokvec_table table;
    packed_layout layout;
} packed_state;

/* Room for a block of rows of each part, and for one row of numbers. */
typedef struct scratch {
    size_t rows;
    uint8_t *codes, *scales, *biases, *zeros;
    float *values, *scale, *bias, *zero;
    int64_t ids[BLOCK_ROWS];
} scratch;

/* ---- numbers -------------------------------------------------------------------------------- */

static const float e2m1[16] = {0.0f,  0.5f,  1.0f,  1.5f,  2.0f,  3.0f,  4.0f,  6.0f,
                               -0.0f, -0.5f, -1.0f, -1.5f, -2.0f, -3.0f, -4.0f, -6.0f};

/* E4M3 without nan, as MLX decodes it. */
static void widen_e4m3(const uint8_t *in, float *out, size_t n)
{
    dtype_widen(TOKVEC_FLOAT8_E4M3FN, in, out, n);
    for (size_t j = 0; j < n; j++) {
        if ((in[j] & 0x7f) == 0x7f)
            out[j] = in[j] & 0x80 ? -480.0f : 480.0f;
    }
}

static void widen_int8(const uint8_t *in, float *out, size_t n)
{
    for (size_t j = 0; j < n; j++)
        out[j] = (float)(int8_t)in[j];
}

/* Numbers of any dtype as floats. */
static void widen(tokvec_dtype dtype, const uint8_t *in, float *out, size_t n)
{
    if (tokvec_dtype_is_float(dtype) && dtype != TOKVEC_FLOAT64)
        dtype_widen(dtype, in, out, n);
    else if (dtype == TOKVEC_INT8)
        widen_int8(in, out, n);
    else
        tokvec_convert(dtype, in, TOKVEC_FLOAT32, out, n, NULL);
}

/* The code of `bits` bits from bit `at` on; the bytes it lies in are all there. */
static unsigned take_bits(const uint8_t *bytes, uint64_t at, unsigned bits)
{
    unsigned low = bytes[at / 8], shift = (unsigned)(at % 8);
    if (shift + bits > 8)
        low |= (unsigned)bytes[at / 8 + 1] << 8;
    return low >> shift & ((1u << bits) - 1);
}

static void read_codes(const packed_layout *l, const uint8_t *in, float *out)
{
    size_t n = (size_t)l->dim;
    switch (l->code) {
    case CODE_NUMBERS: widen(l->codes->dtype, in, out, n); break;
    case CODE_BITS: packed_codes_stream(in, l->bits, l->offset, out, n); break;
    case CODE_WORDS: packed_codes_words(in, l->bits, l->offset, out, n); break;
    case CODE_E2M1: packed_codes_nibbles(in, e2m1, out, n); break;
    case CODE_E4M3: widen_e4m3(in, out, n);
    }
}

static void read_scales(const packed_layout *l, const uint8_t *in, float *out)
{
    size_t n = (size_t)l->scales.table->dim;
    switch (l->scale) {
    case SCALE_NUMBERS: widen(l->scales.table->dtype, in, out, n); break;
    case SCALE_EXPONENTS: dtype_widen(TOKVEC_FLOAT8_E8M0FNU, in, out, n); break;
    case SCALE_EXPONENTS_INF:
        dtype_widen(TOKVEC_FLOAT8_E8M0FNU, in, out, n);
        for (size_t j = 0; j < n; j++)
            out[j] = in[j] == 255 ? INFINITY : out[j];
        break;
    case SCALE_E4M3: widen_e4m3(in, out, n);
    }
    for (size_t j = 0; l->divides && j < n; j++)
        out[j] /= l->divisor;
}

/* Zero points of row `id`: numbers, or codes that are packed down the rows. */
static void read_zeros(const packed_layout *l, const uint8_t *in, int64_t id, float *out)
{
    size_t n = (size_t)l->zeros.table->dim;
    if (l->code != CODE_WORDS) {
        widen(l->zeros.table->dtype, in, out, n);
        return;
    }
    unsigned at = (unsigned)((uint64_t)id % l->zeros.row_step) * l->bits;
    for (size_t j = 0; j < n; j++)
        out[j] = (float)((int)take_bits(in + 4 * j, at, l->bits) - l->offset);
}

/* Rounds to the nearest of a narrower dtype. */
static void round_to(tokvec_dtype dtype, float *values, uint16_t *room, size_t n)
{
    if (dtype == TOKVEC_FLOAT32)
        return;
    tokvec_convert(TOKVEC_FLOAT32, values, dtype, room, n, NULL);
    dtype_widen(dtype, room, values, n);
}

static void decode(const packed_layout *l, scratch *s, size_t k, int64_t id, void *out)
{
    size_t n = (size_t)l->dim;
    float *v = s->values;
    read_codes(l, s->codes + k * l->codes->dim * tokvec_dtype_size(l->codes->dtype), v);
    if (l->zeros.table != NULL) {
        read_zeros(l, s->zeros + k * l->zeros.table->dim * tokvec_dtype_size(l->zeros.table->dtype),
                   id, s->zero);
        packed_codes_subtract(v, s->zero, l->zeros.col_step, n);
    }
    read_scales(l, s->scales + k * l->scales.table->dim * tokvec_dtype_size(l->scales.table->dtype),
                s->scale);
    packed_codes_multiply(v, s->scale, l->scales.col_step, n);
    if (l->biases.table != NULL) {
        tokvec_table *t = l->biases.table;
        round_to(l->dtype, v, out, n);
        widen(t->dtype, s->biases + k * t->dim * tokvec_dtype_size(t->dtype), s->bias,
              (size_t)t->dim);
        packed_codes_add(v, s->bias, l->biases.col_step, n);
    }
    tokvec_convert(TOKVEC_FLOAT32, v, l->dtype, out, n, NULL);
}

/* ---- the parts ------------------------------------------------------------------------------ */

/* The rows of a part that belong to those ids. */
static bool read_part(const packed_grid *part, const int64_t *ids, size_t n, scratch *s,
                      uint8_t *out, tokvec_error *err)
{
    if (part->table == NULL)
        return true;
    for (size_t i = 0; i < n; i++)
        s->ids[i] = (int64_t)((uint64_t)ids[i] / part->row_step);
    return table_prepare(part->table, s->ids, n, err) &&
           tokvec_table_read(part->table, s->ids, n, out, err);
}

static bool take_bytes(uint8_t **out, const tokvec_table *table, size_t rows)
{
    size_t bytes = table == NULL ? 0 : (size_t)table->dim * tokvec_dtype_size(table->dtype);
    *out = bytes > SIZE_MAX / (rows + 1) ? NULL : malloc(rows * bytes + 1);
    return *out != NULL;
}

static bool take_floats(float **out, uint64_t n)
{
    *out = n > SIZE_MAX / sizeof **out - 1 ? NULL : malloc(((size_t)n + 1) * sizeof **out);
    return *out != NULL;
}

static uint64_t columns(const packed_grid *part)
{
    return part->table == NULL ? 0 : part->table->dim;
}

static bool scratch_open(scratch *s, const packed_layout *l, size_t n, tokvec_error *err)
{
    uint64_t row = l->dim * sizeof(float);
    size_t fit = row == 0 ? BLOCK_ROWS : (size_t)(BLOCK_BYTES / row) + 1;
    *s = (scratch){.rows = n < BLOCK_ROWS ? n : BLOCK_ROWS};
    if (s->rows > fit)
        s->rows = fit;
    return (take_bytes(&s->codes, l->codes, s->rows) &&
            take_bytes(&s->scales, l->scales.table, s->rows) &&
            take_bytes(&s->biases, l->biases.table, s->rows) &&
            take_bytes(&s->zeros, l->zeros.table, s->rows) && take_floats(&s->values, l->dim) &&
            take_floats(&s->scale, columns(&l->scales)) &&
            take_floats(&s->bias, columns(&l->biases)) &&
            take_floats(&s->zero, columns(&l->zeros))) ||
           error_no_memory(err, s->rows * row);
}

static void scratch_close(scratch *s)
{
    free(s->codes);
    free(s->scales);
    free(s->biases);
    free(s->zeros);
    free(s->values);
    free(s->scale);
    free(s->bias);
    free(s->zero);
}

static bool packed_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                        tokvec_error *err)
{
    const packed_layout *l = &((packed_state *)table)->layout;
    const packed_grid codes = {l->codes, 1, 1};
    size_t row_bytes = (size_t)l->dim * tokvec_dtype_size(l->dtype);
    scratch s;
    bool good = scratch_open(&s, l, n, err);
    for (size_t done = 0; good && done < n; done += s.rows) {
        size_t count = n - done < s.rows ? n - done : s.rows;
        const int64_t *block = ids + done;
        good = read_part(&codes, block, count, &s, s.codes, err) &&
               read_part(&l->scales, block, count, &s, s.scales, err) &&
               read_part(&l->biases, block, count, &s, s.biases, err) &&
               read_part(&l->zeros, block, count, &s, s.zeros, err);
        for (size_t k = 0; good && k < count; k++)
            decode(l, &s, k, block[k], (uint8_t *)out + (done + k) * row_bytes);
    }
    scratch_close(&s);
    return good;
}

static bool packed_intact(const tokvec_table *table, tokvec_error *err)
{
    const packed_layout *l = &((const packed_state *)table)->layout;
    return tokvec_table_intact(l->codes, err) && tokvec_table_intact(l->scales.table, err);
}

static bool packed_verify(tokvec_table *table, tokvec_error *err)
{
    const packed_layout *l = &((packed_state *)table)->layout;
    return table_verify(l->codes, err) && table_verify(l->scales.table, err) &&
           table_verify(l->biases.table, err) && table_verify(l->zeros.table, err);
}

void packed_layout_close(const packed_layout *l)
{
    tokvec_table_close(l->codes);
    tokvec_table_close(l->scales.table);
    tokvec_table_close(l->biases.table);
    tokvec_table_close(l->zeros.table);
}

static void packed_close(tokvec_table *table)
{
    packed_layout_close(&((packed_state *)table)->layout);
    free(table);
}

static const table_ops packed_ops = {
    .read = packed_read, .intact = packed_intact, .verify = packed_verify, .close = packed_close};

tokvec_table *packed_values(const packed_layout *layout, tokvec_error *err)
{
    packed_state *p = calloc(1, sizeof *p);
    if (p == NULL) {
        error_no_memory(err, sizeof *p);
        packed_layout_close(layout);
        return NULL;
    }
    p->layout = *layout;
    p->table = (tokvec_table){
        .ops = &packed_ops,
        .rows = layout->codes->rows,
        .dim = layout->dim,
        .dtype = layout->dtype,
        .concurrent = table_is_free(layout->codes) && table_is_free(layout->scales.table) &&
                      table_is_free(layout->biases.table) && table_is_free(layout->zeros.table)};
    return &p->table;
}
