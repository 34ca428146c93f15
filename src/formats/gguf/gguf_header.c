/* gguf_header.c - the beginning of a GGUF file: magic, version, counts, key/value pairs.
 * Checked once, in full, when the file is opened; see gguf.h.
 * SPDX-License-Identifier: MIT */
#include "formats/gguf/gguf.h"

#include "base/array.h"
#include "base/bytes.h"

#include <stdlib.h>

/* Format: github.com/ggml-org/ggml, docs/gguf.md and src/gguf.cpp. */
enum {
    VERSION_MAX = 3,
    PAIR_MIN = 14, /* a key of one byte and a value of one byte */
    ALIGNMENT_DEFAULT = 32,
};

/* The formats before GGUF, as their magic stands in the file. */
static const char *old_format(const file_map *map)
{
    static const struct {
        const char *magic, *name;
    } old[] = {{"lmgg", "GGML"}, {"fmgg", "GGMF"}, {"tjgg", "GGJT"}, {"algg", "GGLA"},
               {"GGML", "GGML"}, {"GGMF", "GGMF"}, {"GGJT", "GGJT"}, {"GGLA", "GGLA"}};
    for (size_t i = 0; i < sizeof old / sizeof *old; i++) {
        if (file_head(map, 4) == 4 && memcmp(map->data, old[i].magic, 4) == 0)
            return old[i].name;
    }
    return NULL;
}

/* "FUGG" is what llama.cpp's converter makes of the magic of big-endian files. */
static bool has_magic(const file_map *map)
{
    return file_head(map, 4) == 4 &&
           (memcmp(map->data, "GGUF", 4) == 0 || memcmp(map->data, "FUGG", 4) == 0);
}

bool gguf_recognise(const file_map *map)
{
    return has_magic(map) || old_format(map) != NULL;
}

static bool refuse_old(const file_map *map, const char *name, tokvec_error *err)
{
    error_set(err, TOKVEC_UNSUPPORTED, "the file is of a GGML format (%s), which GGUF has replaced",
              name);
    error_where(err, "%s, byte 0", map->path);
    return error_hint(err, "convert the model to GGUF with the tools of llama.cpp");
}

/* Magic, version and counts. */
static bool read_start(gguf_part *part, tokvec_error *err)
{
    const file_map *map = part->map;
    if (old_format(map) != NULL)
        return refuse_old(map, old_format(map), err);
    if (!has_magic(map))
        return file_map_bad(map, 0, err, "the file does not begin with the magic of GGUF");
    if (map->size < GGUF_HEADER_SIZE)
        return file_map_bad(map, map->size, err, "the file is cut in its header of 24 bytes");
    if (!file_want(map, 0, GGUF_HEADER_SIZE, err))
        return false;
    uint32_t version = load_le32(map->data + 4);
    part->big_endian = (version & 0xffff) == 0 && version != 0;
    if (part->big_endian)
        version = __builtin_bswap32(version);
    if (version < 2 || version > VERSION_MAX)
        return file_map_bad(map, 4, err, "version %u of GGUF is %s; 2 and 3 are known", version,
                            version == 1 ? "out of use since 2023" : "unknown");
    gguf_cursor cursor = {.map = map, .at = 8, .big_endian = part->big_endian, .err = err};
    if (!gguf_take_u64(&cursor, &part->tensor_count, "the number of tensors") ||
        !gguf_take_u64(&cursor, &part->pair_count, "the number of key/value pairs"))
        return false;
    uint64_t left = map->size - GGUF_HEADER_SIZE;
    if (part->tensor_count > left / GGUF_INFO_MIN)
        return file_map_bad(map, 8, err, "the number of tensors, %llu, is more than fits the file",
                            (unsigned long long)part->tensor_count);
    if (part->pair_count > left / PAIR_MIN)
        return file_map_bad(map, 16, err,
                            "the number of key/value pairs, %llu, is more than fits the file",
                            (unsigned long long)part->pair_count);
    return true;
}

static bool read_alignment(gguf_part *part, const gguf_value *value, tokvec_error *err)
{
    if (value->type != GGUF_UINT32)
        return file_map_bad(part->map, value->offset, err,
                            "general.alignment is of type %s instead of uint32",
                            gguf_type_name(value->type));
    uint64_t alignment = value->as.natural;
    if (alignment == 0 || (alignment & (alignment - 1)) != 0)
        return file_map_bad(part->map, value->offset, err,
                            "general.alignment is %llu instead of a power of two",
                            (unsigned long long)alignment);
    part->alignment = alignment;
    return true;
}

/* A count that writers have stored as integers of several types. */
static bool read_count(const gguf_part *part, const char *key, const gguf_value *value, bool *has,
                       uint64_t *out, tokvec_error *err)
{
    switch (value->type) {
    case GGUF_UINT8:
    case GGUF_UINT16:
    case GGUF_UINT32:
    case GGUF_UINT64: *out = value->as.natural; break;
    case GGUF_INT8:
    case GGUF_INT16:
    case GGUF_INT32:
    case GGUF_INT64:
        if (value->as.integer < 0)
            return file_map_bad(part->map, value->offset, err, "%s is negative", key);
        *out = (uint64_t)value->as.integer;
        break;
    default:
        return file_map_bad(part->map, value->offset, err, "%s is of type %s instead of an integer",
                            key, gguf_type_name(value->type));
    }
    *has = true;
    return true;
}

/* Keeps what the reader itself needs of a pair. */
static bool keep_pair(gguf_part *part, tokvec_text key, const gguf_value *value, tokvec_error *err)
{
    if (gguf_text_is(key, "general.alignment"))
        return read_alignment(part, value, err);
    if (gguf_text_is(key, "split.no"))
        return read_count(part, "split.no", value, &part->has_split_no, &part->split_no, err);
    if (gguf_text_is(key, "split.count"))
        return read_count(part, "split.count", value, &part->has_split_count, &part->split_count,
                          err);
    if (gguf_text_is(key, "split.tensors.count"))
        return read_count(part, "split.tensors.count", value, &part->has_split_tensors,
                          &part->split_tensors, err);
    if (gguf_text_is(key, "tokenizer.ggml.tokens") && value->type == GGUF_ARRAY &&
        value->as.array.type == GGUF_STRING) {
        part->tokens_at = value->offset;
        part->token_count = value->as.array.count;
    }
    return true;
}

static int by_text(const void *a, const void *b)
{
    const tokvec_text *x = a, *y = b;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    return memcmp(x->bytes, y->bytes, x->length);
}

/* A key that is repeated would let two readers see two different models. */
static bool check_keys(const gguf_part *part, tokvec_text *keys, size_t n, tokvec_error *err)
{
    if (n > 1)
        qsort(keys, n, sizeof *keys, by_text);
    for (size_t i = 1; i < n; i++) {
        if (by_text(&keys[i - 1], &keys[i]) != 0)
            continue;
        const char *later = keys[i].bytes > keys[i - 1].bytes ? keys[i].bytes : keys[i - 1].bytes;
        uint64_t offset = (uint64_t)((const uint8_t *)later - part->map->data);
        return file_map_bad(part->map, offset, err, "the key '%.*s' is repeated",
                            (int)keys[i].length, keys[i].bytes);
    }
    return true;
}

bool gguf_read_pairs(gguf_part *part, tokvec_error *err)
{
    part->alignment = ALIGNMENT_DEFAULT;
    if (!read_start(part, err))
        return false;
    gguf_cursor cursor = {
        .map = part->map, .at = GGUF_HEADER_SIZE, .big_endian = part->big_endian, .err = err};
    tokvec_text *keys = NULL;
    size_t capacity = 0;
    bool good = true;
    for (size_t i = 0; good && i < part->pair_count; i++) {
        gguf_value value;
        good = array_reserve(&keys, &capacity, i + 1, sizeof *keys, err) &&
               gguf_take_pair(&cursor, &keys[i], &value) && keep_pair(part, keys[i], &value, err);
    }
    good = good && check_keys(part, keys, (size_t)part->pair_count, err);
    free(keys);
    part->tensors_at = cursor.at;
    return good;
}
