/* packed_bnb.c - what bitsandbytes has packed to 4 bits.
 * The shape of the matrix and how it is packed stand in JSON, in a tensor of its own. See packed.h.
 * SPDX-License-Identifier: MIT */
#include "model/packed.h"

#include "model/packed_parts.h"
#include "text/json.h"

#include <math.h>
#include <string.h>

enum { STATE_BYTES_MAX = 1 << 12 };

static packed_part state_part(const packed *p)
{
    return p->parts[PART_QUANT_STATE_NF4] != SIZE_MAX ? PART_QUANT_STATE_NF4 : PART_QUANT_STATE_FP4;
}

/* The JSON of the quantisation, for the caller to release; NULL if it is none. */
static cJSON *read_state(tokvec_weights *weights, const packed *p, tokvec_error *err)
{
    const packed_part part = state_part(p);
    const tokvec_tensor *t = packed_parts_get(weights, p, part);
    char text[STATE_BYTES_MAX];
    json_fault fault;
    if (t == NULL || t->ndim != 1 || t->shape[0] > sizeof text) {
        packed_parts_misfit(weights, p, part, err);
        return NULL;
    }
    if (!packed_parts_read(weights, p, part, TOKVEC_UINT8, t->shape[0], text, err))
        return NULL;
    cJSON *state = json_parse(text, (size_t)t->shape[0], 0, &fault, err);
    if (state == NULL && fault.what != NULL)
        packed_parts_misfit(weights, p, part, err);
    return state;
}

/* A whole number of 1 to 2^31 - 1; 0 if it is none. */
static uint64_t natural(const cJSON *item)
{
    double d = json_is_number(item) ? item->valuedouble : 0;
    return d >= 1 && d < 0x1p31 && d == floor(d) ? (uint64_t)d : 0;
}

/* What the JSON says, as far as it makes sense by itself. */
static bool take_state(const cJSON *state, bool nested, packed_blocks *b)
{
    const cJSON *shape = json_get(state, "shape"), *offset = json_get(state, "nested_offset");
    const char *dtype = json_characters(json_get(state, "dtype"));
    if (json_is_list(shape) && json_count(shape) == 2) {
        b->rows = natural(shape->child);
        b->dim = natural(shape->child->next);
    }
    b->block = natural(json_get(state, "blocksize"));
    b->dtype = dtype == NULL ? TOKVEC_NO_DTYPE : tokvec_dtype_from_name(dtype);
    if (nested) {
        b->outer_block = natural(json_get(state, "nested_blocksize"));
        b->offset = json_is_number(offset) ? (float)offset->valuedouble : NAN;
    }
    bool known =
        b->dtype == TOKVEC_FLOAT16 || b->dtype == TOKVEC_BFLOAT16 || b->dtype == TOKVEC_FLOAT32;
    return known && b->rows > 0 && b->dim > 0 && b->block > 0 &&
           (nested ? b->outer_block > 0 && isfinite(b->offset)
                   : json_get(state, "nested_offset") == NULL);
}

/* Opens a part of `count` elements, as rows of the width that a row of the matrix has of them; of
 * one where that differs from row to row. */
static tokvec_table *open_flat(tokvec_weights *weights, const packed *p, size_t index,
                               packed_part part, tokvec_dtype dtype, uint64_t count, uint64_t rows,
                               bool even, tokvec_error *err)
{
    const tokvec_tensor *t = &weights->tensors[index];
    if (t->dtype != dtype || t->bytes / tokvec_dtype_size(dtype) != count) {
        packed_parts_misfit(weights, p, part, err);
        return NULL;
    }
    return weights_flat_table(weights, index, even ? count / rows : 1, err);
}

static bool open_parts(tokvec_weights *weights, const packed *p, bool nested, packed_blocks *b,
                       tokvec_error *err)
{
    const uint64_t n = b->rows * b->dim, factors = packed_parts_count(n, b->block);
    b->codes = open_flat(weights, p, p->codes, state_part(p), TOKVEC_UINT8,
                         packed_parts_count(n, 2), b->rows, b->dim % 2 == 0, err);
    if (b->codes == NULL ||
        !packed_parts_read(weights, p, PART_QUANT_MAP, TOKVEC_FLOAT32, 16, b->values, err))
        return false;
    b->factors = open_flat(weights, p, p->parts[PART_ABSMAX], PART_ABSMAX,
                           nested ? TOKVEC_UINT8 : TOKVEC_FLOAT32, factors, b->rows,
                           b->dim % b->block == 0, err);
    if (b->factors == NULL || !nested)
        return b->factors != NULL;
    if (!packed_parts_read(weights, p, PART_NESTED_QUANT_MAP, TOKVEC_FLOAT32, 256, b->outer_values,
                           err))
        return false;
    b->outer =
        open_flat(weights, p, p->parts[PART_NESTED_ABSMAX], PART_NESTED_ABSMAX, TOKVEC_FLOAT32,
                  packed_parts_count(factors, b->outer_block), b->rows, false, err);
    return b->outer != NULL;
}

tokvec_table *packed_open_bnb4(tokvec_weights *weights, const packed *p, tokvec_error *err)
{
    const bool nested = packed_parts_get(weights, p, PART_NESTED_ABSMAX) != NULL;
    packed_blocks b = {.dim = 0};
    cJSON *state = read_state(weights, p, err);
    if (state == NULL)
        return NULL;
    bool good =
        take_state(state, nested, &b) || packed_parts_misfit(weights, p, state_part(p), err);
    json_free(state);
    if (good && open_parts(weights, p, nested, &b, err))
        return packed_block_values(&b, err);
    tokvec_table_close(b.codes);
    tokvec_table_close(b.factors);
    tokvec_table_close(b.outer);
    return NULL;
}
