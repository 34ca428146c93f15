/* gguf_values.c - stepping through the key/value pairs of a GGUF file.
 * Every length and count is compared with what is left of the file before it is used, also when
 * the pairs are gone through again: another program may have changed the file under the map.
 * SPDX-License-Identifier: MIT */
#include "formats/gguf/gguf.h"

#include "base/bytes.h"
#include "base/utf8.h"

#include <stdlib.h>

enum {
    KEY_MAX = 65535,
    DEPTH_MAX = 4,  /* arrays in arrays; no file is known to have any */
    STRING_MIN = 8, /* its length */
    ARRAY_MIN = 12, /* its element type and count */
};

static const struct {
    const char *name;
    uint64_t size; /* of a value, at least */
} types[GGUF_TYPE_COUNT] = {
    [GGUF_UINT8] = {"uint8", 1},
    [GGUF_INT8] = {"int8", 1},
    [GGUF_UINT16] = {"uint16", 2},
    [GGUF_INT16] = {"int16", 2},
    [GGUF_UINT32] = {"uint32", 4},
    [GGUF_INT32] = {"int32", 4},
    [GGUF_FLOAT32] = {"float32", 4},
    [GGUF_BOOL] = {"bool", 1},
    [GGUF_STRING] = {"string", STRING_MIN},
    [GGUF_ARRAY] = {"array", ARRAY_MIN},
    [GGUF_UINT64] = {"uint64", 8},
    [GGUF_INT64] = {"int64", 8},
    [GGUF_FLOAT64] = {"float64", 8},
};

const char *gguf_type_name(gguf_type type)
{
    return types[type].name;
}

bool gguf_text_is(tokvec_text text, const char *wanted)
{
    return text.length == strlen(wanted) && memcmp(text.bytes, wanted, text.length) == 0;
}

/* ---- single fields -------------------------------------------------------------------------- */

static uint64_t left_in_file(const gguf_cursor *cursor)
{
    return cursor->map->size - cursor->at;
}

/* A number of `size` bytes in the file's byte order. */
static bool take_number(gguf_cursor *cursor, uint64_t size, uint64_t *out, const char *field)
{
    if (left_in_file(cursor) < size)
        return file_map_bad(cursor->map, cursor->at, cursor->err, "the file is cut in %s", field);
    if (!file_want(cursor->map, cursor->at, size, cursor->err))
        return false;
    const uint8_t *bytes = cursor->map->data + cursor->at;
    uint64_t value = 0;
    for (uint64_t i = 0; i < size; i++)
        value = value << 8 | bytes[cursor->big_endian ? i : size - 1 - i];
    cursor->at += size;
    *out = value;
    return true;
}

bool gguf_take_u32(gguf_cursor *cursor, uint32_t *out, const char *field)
{
    uint64_t value = 0;
    if (!take_number(cursor, 4, &value, field))
        return false;
    *out = (uint32_t)value;
    return true;
}

bool gguf_take_u64(gguf_cursor *cursor, uint64_t *out, const char *field)
{
    return take_number(cursor, 8, out, field);
}

bool gguf_take_text(gguf_cursor *cursor, tokvec_text *out, const char *field)
{
    uint64_t start = cursor->at;
    uint64_t length = 0;
    if (!gguf_take_u64(cursor, &length, field))
        return false;
    if (length > left_in_file(cursor))
        return file_map_bad(cursor->map, start, cursor->err,
                            "the length of %s, %llu bytes, goes past the end of the file", field,
                            (unsigned long long)length);
    if (!file_want(cursor->map, cursor->at, length, cursor->err))
        return false;
    *out = (tokvec_text){(const char *)cursor->map->data + cursor->at, (size_t)length};
    cursor->at += length;
    return true;
}

static bool take_type(gguf_cursor *cursor, gguf_type *out, const char *field)
{
    uint64_t start = cursor->at;
    uint32_t type = 0;
    if (!gguf_take_u32(cursor, &type, field))
        return false;
    if (type >= GGUF_TYPE_COUNT)
        return file_map_bad(cursor->map, start, cursor->err, "%s is %u, which is not a known type",
                            field, type);
    *out = (gguf_type)type;
    return true;
}

/* ---- values --------------------------------------------------------------------------------- */

/* A tokenizer has some 100,000 strings and the length of each says where the next begins: this
 * loop is the time that opening a file takes. */
static bool skip_strings(gguf_cursor *cursor, uint64_t count)
{
    const uint8_t *data = cursor->map->data;
    uint64_t size = cursor->map->size;
    uint64_t at = cursor->at;
    for (uint64_t i = 0; i < count; i++) {
        if (size - at < STRING_MIN)
            return file_map_bad(cursor->map, at, cursor->err,
                                "the file is cut in an array of strings");
        if (!file_want(cursor->map, at, STRING_MIN, cursor->err))
            return false;
        uint64_t length = load_le64(data + at);
        if (cursor->big_endian)
            length = __builtin_bswap64(length);
        if (length > size - at - STRING_MIN)
            return file_map_bad(cursor->map, at, cursor->err,
                                "the length of string %llu of an array, %llu bytes, goes past the "
                                "end of the file",
                                (unsigned long long)i, (unsigned long long)length);
        at += STRING_MIN + length;
    }
    cursor->at = at;
    return true;
}

static bool take_array(gguf_cursor *cursor, unsigned depth, gguf_value *out);

static bool skip_elements(gguf_cursor *cursor, unsigned depth, const gguf_value *array)
{
    gguf_type type = array->as.array.type;
    uint64_t count = array->as.array.count;
    if (type == GGUF_STRING)
        return skip_strings(cursor, count);
    if (type != GGUF_ARRAY) {
        cursor->at += count * types[type].size;
        return true;
    }
    gguf_value inner = {.offset = 0};
    for (uint64_t i = 0; i < count; i++) {
        if (!take_array(cursor, depth + 1, &inner))
            return false;
    }
    return true;
}

/* An array at `depth` (that of a pair is 1), which is stepped over. */
static bool take_array(gguf_cursor *cursor, unsigned depth, gguf_value *out)
{
    uint64_t start = cursor->at;
    if (depth > DEPTH_MAX)
        return file_map_bad(cursor->map, start, cursor->err, "arrays are nested more than %d deep",
                            DEPTH_MAX);
    if (!take_type(cursor, &out->as.array.type, "the element type of an array"))
        return false;
    start = cursor->at;
    if (!gguf_take_u64(cursor, &out->as.array.count, "the count of an array"))
        return false;
    if (out->as.array.count > left_in_file(cursor) / types[out->as.array.type].size)
        return file_map_bad(cursor->map, start, cursor->err,
                            "the count of an array, %llu elements of type %s, goes past the end of "
                            "the file",
                            (unsigned long long)out->as.array.count,
                            gguf_type_name(out->as.array.type));
    out->type = GGUF_ARRAY;
    out->offset = cursor->at;
    return skip_elements(cursor, depth, out);
}

static double real_of(gguf_type type, uint64_t bits)
{
    return type == GGUF_FLOAT32 ? (double)float_of_bits((uint32_t)bits) : double_of_bits(bits);
}

static bool take_scalar(gguf_cursor *cursor, gguf_value *out)
{
    uint64_t bits = 0;
    uint64_t size = types[out->type].size;
    if (!take_number(cursor, size, &bits, "a value"))
        return false;
    switch (out->type) {
    case GGUF_INT8:
    case GGUF_INT16:
    case GGUF_INT32:
    case GGUF_INT64: {
        uint64_t sign = (uint64_t)1 << (8 * size - 1);
        out->as.integer = (int64_t)((bits ^ sign) - sign);
        return true;
    }
    case GGUF_FLOAT32:
    case GGUF_FLOAT64: out->as.real = real_of(out->type, bits); return true;
    case GGUF_BOOL: out->as.truth = bits != 0; return true;
    default: out->as.natural = bits; return true;
    }
}

/* A value of out->type. */
static bool take_value(gguf_cursor *cursor, unsigned depth, gguf_value *out)
{
    if (out->type == GGUF_ARRAY)
        return take_array(cursor, depth, out);
    if (out->type != GGUF_STRING) {
        out->offset = cursor->at;
        return take_scalar(cursor, out);
    }
    if (!gguf_take_text(cursor, &out->as.text, "a string"))
        return false;
    out->offset = cursor->at - out->as.text.length;
    return true;
}

/* ---- going through -------------------------------------------------------------------------- */

bool gguf_take_pair(gguf_cursor *cursor, tokvec_text *key, gguf_value *value)
{
    uint64_t start = cursor->at;
    if (!gguf_take_text(cursor, key, "a key"))
        return false;
    if (key->length == 0 || key->length > KEY_MAX)
        return file_map_bad(cursor->map, start, cursor->err,
                            "the length of a key is %llu instead of 1 to %d bytes",
                            (unsigned long long)key->length, KEY_MAX);
    return take_type(cursor, &value->type, "the type of a value") && take_value(cursor, 1, value);
}

bool gguf_next_pair(gguf_cursor *cursor, tokvec_text *key, gguf_value *value)
{
    if (cursor->left == 0 || !gguf_take_pair(cursor, key, value))
        return false;
    cursor->left--;
    return true;
}

gguf_cursor gguf_elements(const gguf_cursor *cursor, const gguf_value *array)
{
    gguf_cursor inner = *cursor;
    inner.at = array->offset;
    inner.left = array->as.array.count;
    inner.element = array->as.array.type;
    inner.depth = cursor->depth + 1;
    return inner;
}

bool gguf_next_element(gguf_cursor *cursor, gguf_value *value)
{
    value->type = cursor->element;
    if (cursor->left == 0 || !take_value(cursor, cursor->depth + 1, value))
        return false;
    cursor->left--;
    return true;
}

static const gguf_model *model_of(const tokvec_weights *weights)
{
    return weights->detail;
}

gguf_cursor gguf_pairs(const tokvec_weights *weights)
{
    const gguf_part *part = &model_of(weights)->parts[0];
    return (gguf_cursor){.map = part->map,
                         .at = GGUF_HEADER_SIZE,
                         .left = part->pair_count,
                         .big_endian = part->big_endian};
}

bool gguf_tokens(const tokvec_weights *weights, gguf_cursor *tokens)
{
    if (weights->format != &gguf_format)
        return false;
    const gguf_model *model = model_of(weights);
    for (size_t i = 0; i < model->count; i++) {
        const gguf_part *part = &model->parts[i];
        if (part->tokens_at == 0)
            continue;
        *tokens = (gguf_cursor){.map = part->map,
                                .at = part->tokens_at,
                                .left = part->token_count,
                                .element = GGUF_STRING,
                                .big_endian = part->big_endian,
                                .depth = 1};
        return true;
    }
    return false;
}
