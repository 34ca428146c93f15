/* gguf_values.c - stepping through the key/value pairs of a GGUF file.
 * Every length and count is compared with what is left of the file before it is used, also when
 * the pairs are gone through again: another program may have changed the file under the map.
 * SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "base/utf8.h"
#include "table/gguf.h"

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

static uint64_t left_in_file(const gguf_walk *walk)
{
    return walk->map->size - walk->at;
}

/* A number of `size` bytes in the file's byte order. */
static bool take_number(gguf_walk *walk, uint64_t size, uint64_t *out, const char *field)
{
    if (left_in_file(walk) < size)
        return file_map_bad(walk->map, walk->at, walk->err, "the file is cut in %s", field);
    const uint8_t *bytes = walk->map->data + walk->at;
    uint64_t value = 0;
    for (uint64_t i = 0; i < size; i++)
        value = value << 8 | bytes[walk->big_endian ? i : size - 1 - i];
    walk->at += size;
    *out = value;
    return true;
}

bool gguf_take_u32(gguf_walk *walk, uint32_t *out, const char *field)
{
    uint64_t value = 0;
    if (!take_number(walk, 4, &value, field))
        return false;
    *out = (uint32_t)value;
    return true;
}

bool gguf_take_u64(gguf_walk *walk, uint64_t *out, const char *field)
{
    return take_number(walk, 8, out, field);
}

bool gguf_take_text(gguf_walk *walk, tokvec_text *out, const char *field)
{
    uint64_t start = walk->at;
    uint64_t length = 0;
    if (!gguf_take_u64(walk, &length, field))
        return false;
    if (length > left_in_file(walk))
        return file_map_bad(walk->map, start, walk->err,
                            "the length of %s, %llu bytes, goes past the end of the file", field,
                            (unsigned long long)length);
    *out = (tokvec_text){(const char *)walk->map->data + walk->at, (size_t)length};
    walk->at += length;
    return true;
}

static bool take_type(gguf_walk *walk, gguf_type *out, const char *field)
{
    uint64_t start = walk->at;
    uint32_t type = 0;
    if (!gguf_take_u32(walk, &type, field))
        return false;
    if (type >= GGUF_TYPE_COUNT)
        return file_map_bad(walk->map, start, walk->err, "%s is %u, which no type has", field,
                            type);
    *out = (gguf_type)type;
    return true;
}

/* ---- values --------------------------------------------------------------------------------- */

/* A tokenizer has some 100,000 strings and the length of each says where the next begins: this
 * loop is the time that opening a file takes. */
static bool skip_strings(gguf_walk *walk, uint64_t count)
{
    const uint8_t *data = walk->map->data;
    uint64_t size = walk->map->size;
    uint64_t at = walk->at;
    for (uint64_t i = 0; i < count; i++) {
        if (size - at < STRING_MIN)
            return file_map_bad(walk->map, at, walk->err, "the file is cut in an array of strings");
        uint64_t length = load_le64(data + at);
        if (walk->big_endian)
            length = __builtin_bswap64(length);
        if (length > size - at - STRING_MIN)
            return file_map_bad(walk->map, at, walk->err,
                                "the length of string %llu of an array, %llu bytes, goes past the "
                                "end of the file",
                                (unsigned long long)i, (unsigned long long)length);
        at += STRING_MIN + length;
    }
    walk->at = at;
    return true;
}

static bool take_array(gguf_walk *walk, unsigned depth, gguf_value *out);

static bool skip_elements(gguf_walk *walk, unsigned depth, const gguf_value *array)
{
    gguf_type type = array->as.array.type;
    uint64_t count = array->as.array.count;
    if (type == GGUF_STRING)
        return skip_strings(walk, count);
    if (type != GGUF_ARRAY) {
        walk->at += count * types[type].size;
        return true;
    }
    gguf_value inner = {.offset = 0};
    for (uint64_t i = 0; i < count; i++) {
        if (!take_array(walk, depth + 1, &inner))
            return false;
    }
    return true;
}

/* An array at `depth` (that of a pair is 1), which is stepped over. */
static bool take_array(gguf_walk *walk, unsigned depth, gguf_value *out)
{
    uint64_t start = walk->at;
    if (depth > DEPTH_MAX)
        return file_map_bad(walk->map, start, walk->err, "arrays are nested more than %d deep",
                            DEPTH_MAX);
    if (!take_type(walk, &out->as.array.type, "the element type of an array"))
        return false;
    start = walk->at;
    if (!gguf_take_u64(walk, &out->as.array.count, "the count of an array"))
        return false;
    if (out->as.array.count > left_in_file(walk) / types[out->as.array.type].size)
        return file_map_bad(walk->map, start, walk->err,
                            "the count of an array, %llu elements of type %s, goes past the end of "
                            "the file",
                            (unsigned long long)out->as.array.count,
                            gguf_type_name(out->as.array.type));
    out->type = GGUF_ARRAY;
    out->offset = walk->at;
    return skip_elements(walk, depth, out);
}

static double real_of(gguf_type type, uint64_t bits)
{
    if (type == GGUF_FLOAT32) {
        uint32_t low = (uint32_t)bits;
        float value;
        memcpy(&value, &low, sizeof value);
        return (double)value;
    }
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static bool take_scalar(gguf_walk *walk, gguf_value *out)
{
    uint64_t bits = 0;
    uint64_t size = types[out->type].size;
    if (!take_number(walk, size, &bits, "a value"))
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
static bool take_value(gguf_walk *walk, unsigned depth, gguf_value *out)
{
    if (out->type == GGUF_ARRAY)
        return take_array(walk, depth, out);
    if (out->type != GGUF_STRING) {
        out->offset = walk->at;
        return take_scalar(walk, out);
    }
    if (!gguf_take_text(walk, &out->as.text, "a string"))
        return false;
    out->offset = walk->at - out->as.text.length;
    return true;
}

/* ---- going through -------------------------------------------------------------------------- */

bool gguf_take_pair(gguf_walk *walk, tokvec_text *key, gguf_value *value)
{
    uint64_t start = walk->at;
    if (!gguf_take_text(walk, key, "a key"))
        return false;
    if (key->length == 0 || key->length > KEY_MAX)
        return file_map_bad(walk->map, start, walk->err,
                            "the length of a key is %llu instead of 1 to %d bytes",
                            (unsigned long long)key->length, KEY_MAX);
    return take_type(walk, &value->type, "the type of a value") && take_value(walk, 1, value);
}

bool gguf_next_pair(gguf_walk *walk, tokvec_text *key, gguf_value *value)
{
    if (walk->left == 0 || !gguf_take_pair(walk, key, value))
        return false;
    walk->left--;
    return true;
}

gguf_walk gguf_elements(const gguf_walk *walk, const gguf_value *array)
{
    gguf_walk inner = *walk;
    inner.at = array->offset;
    inner.left = array->as.array.count;
    inner.element = array->as.array.type;
    inner.depth = walk->depth + 1;
    return inner;
}

bool gguf_next_element(gguf_walk *walk, gguf_value *value)
{
    value->type = walk->element;
    if (walk->left == 0 || !take_value(walk, walk->depth + 1, value))
        return false;
    walk->left--;
    return true;
}

static const gguf_model *model_of(const tokvec_weights *weights)
{
    return weights->detail;
}

gguf_walk gguf_pairs(const tokvec_weights *weights)
{
    const gguf_part *part = &model_of(weights)->parts[0];
    return (gguf_walk){.map = part->map,
                       .at = GGUF_HEADER_SIZE,
                       .left = part->pair_count,
                       .big_endian = part->big_endian};
}

bool gguf_tokens(const tokvec_weights *weights, gguf_walk *tokens)
{
    if (weights->format != &gguf_format)
        return false;
    const gguf_model *model = model_of(weights);
    for (size_t i = 0; i < model->count; i++) {
        const gguf_part *part = &model->parts[i];
        if (part->tokens_at == 0)
            continue;
        *tokens = (gguf_walk){.map = part->map,
                              .at = part->tokens_at,
                              .left = part->token_count,
                              .element = GGUF_STRING,
                              .big_endian = part->big_endian,
                              .depth = 1};
        return true;
    }
    return false;
}
