/* safetensors.c - Hugging Face's .safetensors files.
 * Eight bytes of length, a JSON header, then the tensors, without holes or overlaps; every
 * check of the reference implementation is made, in its order.
 * SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "base/json.h"
#include "table/weights.h"

#include <stdlib.h>

/* Format: github.com/huggingface/safetensors, README and safetensors/src/tensor.rs. */
enum { LENGTH_SIZE = 8, NDIM_MAX = 64 };
static const uint64_t HEADER_MAX = 100000000;

static const struct {
    const char *code;
    tokvec_dtype dtype;
    const char *name; /* where it is no dtype of a table */
    unsigned bits;
} codes[] = {
    {"F32", TOKVEC_FLOAT32, NULL, 32},
    {"F16", TOKVEC_FLOAT16, NULL, 16},
    {"BF16", TOKVEC_BFLOAT16, NULL, 16},
    {"F64", TOKVEC_FLOAT64, NULL, 64},
    {"F8_E4M3", TOKVEC_FLOAT8_E4M3FN, NULL, 8},
    {"F8_E5M2", TOKVEC_FLOAT8_E5M2, NULL, 8},
    {"F8_E4M3FNUZ", TOKVEC_FLOAT8_E4M3FNUZ, NULL, 8},
    {"F8_E5M2FNUZ", TOKVEC_FLOAT8_E5M2FNUZ, NULL, 8},
    {"F8_E8M0", TOKVEC_FLOAT8_E8M0FNU, NULL, 8},
    {"BOOL", TOKVEC_BOOL, NULL, 8},
    {"I8", TOKVEC_INT8, NULL, 8},
    {"I16", TOKVEC_INT16, NULL, 16},
    {"I32", TOKVEC_INT32, NULL, 32},
    {"I64", TOKVEC_INT64, NULL, 64},
    {"U8", TOKVEC_UINT8, NULL, 8},
    {"U16", TOKVEC_UINT16, NULL, 16},
    {"U32", TOKVEC_UINT32, NULL, 32},
    {"U64", TOKVEC_UINT64, NULL, 64},
    {"F4", TOKVEC_NO_DTYPE, "float4_e2m1fn", 4},
    {"F6_E2M3", TOKVEC_NO_DTYPE, "float6_e2m3fn", 6},
    {"F6_E3M2", TOKVEC_NO_DTYPE, "float6_e3m2fn", 6},
    {"C64", TOKVEC_NO_DTYPE, "complex64", 64},
};

/* What stays the same while a header is read. */
typedef struct reader {
    tokvec_weights *weights;
    uint64_t data; /* offset of the data buffer in the file */
    const cJSON *header;
    tokvec_error *err;
} reader;

#define bad(r, ...) file_map_bad((r)->weights->map, LENGTH_SIZE, (r)->err, __VA_ARGS__)

static bool safetensors_recognise(const file_map *map)
{
    if (map->size <= LENGTH_SIZE || load_le64(map->data) > HEADER_MAX)
        return false;
    return memchr("{ \t\r\n", map->data[LENGTH_SIZE], 5) != NULL;
}

/* A number of bytes, and so many that begin and end as an object: other than a small integer and a
 * letter, no chance. */
static bool safetensors_is_certain(const file_map *map)
{
    uint64_t length = load_le64(map->data);
    if (length < 2 || length > map->size - LENGTH_SIZE)
        return false;
    const uint8_t *header = map->data + LENGTH_SIZE, *end = header + length;
    while (end > header && memchr(" \t\r\n", end[-1], 4) != NULL)
        end--;
    return end > header && header[0] == '{' && end[-1] == '}';
}

/* The member `key` of an entry, which must be there once. */
static const cJSON *member(const reader *r, const cJSON *entry, const char *key)
{
    const cJSON *found = NULL;
    const cJSON *item;
    cJSON_ArrayForEach(item, entry)
    {
        if (strcmp(item->string, key) != 0)
            continue;
        if (found != NULL) {
            bad(r, "tensor '%s' has the member %s twice", entry->string, key);
            return NULL;
        }
        found = item;
    }
    if (found == NULL)
        bad(r, "tensor '%s' has no member %s", entry->string, key);
    return found;
}

static bool read_dtype(const reader *r, const cJSON *entry, tokvec_tensor *t, unsigned *bits)
{
    const cJSON *dtype = member(r, entry, "dtype");
    if (dtype == NULL)
        return false;
    if (!cJSON_IsString(dtype))
        return bad(r, "the dtype of tensor '%s' is not a text", entry->string);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(dtype->valuestring, codes[i].code) == 0) {
            t->dtype = codes[i].dtype;
            t->dtype_name =
                codes[i].name != NULL ? codes[i].name : tokvec_dtype_name(codes[i].dtype);
            *bits = codes[i].bits;
            return true;
        }
    }
    return bad(r, "the dtype '%s' of tensor '%s' is unknown", dtype->valuestring, entry->string);
}

/* A list of at most `room` integers; their number, or -1. The JSON reader has made sure that
 * every number is an unsigned integer that a double holds exactly. */
static int read_integers(const reader *r, const cJSON *entry, const char *key, uint64_t *out,
                         int room)
{
    const cJSON *list = member(r, entry, key);
    if (list == NULL)
        return -1;
    if (!cJSON_IsArray(list)) {
        bad(r, "%s of tensor '%s' is not a list", key, entry->string);
        return -1;
    }
    int n = 0;
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        if (!cJSON_IsNumber(item) || n == room) {
            bad(r, "%s of tensor '%s' is not a list of at most %d integers", key, entry->string,
                room);
            return -1;
        }
        out[n++] = (uint64_t)item->valuedouble;
    }
    return n;
}

/* The bytes that a shape takes: the product from left to right, in bits, must not overflow. */
static bool shape_bytes(const reader *r, const tokvec_tensor *t, unsigned bits, uint64_t *bytes)
{
    uint64_t count = 1;
    for (unsigned i = 0; i < t->ndim; i++) {
        if (!mul_u64(count, t->shape[i], &count))
            return bad(r, "the shape of tensor '%s' needs more than 2^64 elements", t->name);
    }
    if (!mul_u64(count, bits, &count))
        return bad(r, "the shape of tensor '%s' needs more than 2^64 bits", t->name);
    if (count % 8 != 0)
        return bad(r, "tensor '%s' does not end at a whole byte", t->name);
    *bytes = count / 8;
    return true;
}

/* How many bytes the file lacks, by the last end that an entry of the header names. */
static uint64_t shortage(const reader *r, const cJSON *header)
{
    uint64_t end = 0, there = r->weights->map->size - r->data;
    const cJSON *entry;
    cJSON_ArrayForEach(entry, header)
    {
        const cJSON *pair = cJSON_GetObjectItemCaseSensitive(entry, "data_offsets");
        const cJSON *last = cJSON_GetArrayItem(pair, 1);
        if (cJSON_IsNumber(last) && last->valuedouble >= 0 && last->valuedouble <= 0x1p53 &&
            (uint64_t)last->valuedouble > end)
            end = (uint64_t)last->valuedouble;
    }
    return end > there ? end - there : 0;
}

static bool read_entry(const reader *r, const cJSON *entry)
{
    uint64_t shape[NDIM_MAX], offsets[2], bytes = 0;
    unsigned bits = 0;
    tokvec_tensor t = {.name = entry->string, .shape = shape};
    if (!cJSON_IsObject(entry))
        return bad(r, "the entry of tensor '%s' is not an object", entry->string);
    if (!read_dtype(r, entry, &t, &bits))
        return false;
    int ndim = read_integers(r, entry, "shape", shape, NDIM_MAX);
    if (ndim < 0)
        return false;
    t.ndim = (unsigned)ndim;
    int count = read_integers(r, entry, "data_offsets", offsets, 2);
    if (count < 0)
        return false;
    if (count != 2)
        return bad(r, "data_offsets of tensor '%s' is not a pair", t.name);
    if (offsets[1] < offsets[0])
        return bad(r, "the data of tensor '%s' ends before it begins", t.name);
    if (offsets[1] > r->weights->map->size - r->data)
        return bad(r, "the data of tensor '%s' lies outside the file, which is %llu bytes short",
                   t.name, (unsigned long long)shortage(r, r->header));
    if (!shape_bytes(r, &t, bits, &bytes))
        return false;
    if (bytes != offsets[1] - offsets[0])
        return bad(r, "tensor '%s' has %llu bytes where its shape needs %llu", t.name,
                   (unsigned long long)(offsets[1] - offsets[0]), (unsigned long long)bytes);
    t.offset = r->data + offsets[0];
    t.bytes = bytes;
    return weights_add(r->weights, &t, layout_contiguous(&t), r->err);
}

static bool check_metadata(const reader *r, const cJSON *metadata)
{
    const cJSON *item;
    if (!cJSON_IsObject(metadata))
        return bad(r, "__metadata__ is not an object");
    cJSON_ArrayForEach(item, metadata)
    {
        if (!cJSON_IsString(item))
            return bad(r, "__metadata__ has the value '%s', which is not a text", item->string);
    }
    return true;
}

static int by_offset(const void *a, const void *b)
{
    const tokvec_tensor *x = *(const tokvec_tensor *const *)a;
    const tokvec_tensor *y = *(const tokvec_tensor *const *)b;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return x->bytes < y->bytes ? -1 : x->bytes > y->bytes;
}

/* The tensors in order of offset must follow one another, from the data's first byte to the
 * file's last: no hole, no overlap, nothing after them. */
static bool check_coverage(const reader *r, const tokvec_tensor **sorted, size_t n)
{
    qsort(sorted, n, sizeof *sorted, by_offset);
    uint64_t end = r->data;
    for (size_t i = 0; i < n; i++) {
        if (sorted[i]->offset != end)
            return bad(r, "the data of tensor '%s' begins at byte %llu instead of %llu",
                       sorted[i]->name, (unsigned long long)sorted[i]->offset,
                       (unsigned long long)end);
        end += sorted[i]->bytes;
    }
    if (end != r->weights->map->size)
        return file_map_bad(r->weights->map, end, r->err,
                            "%llu bytes after the last tensor belong to none",
                            (unsigned long long)(r->weights->map->size - end));
    return true;
}

static bool check_all(const reader *r)
{
    size_t n = r->weights->count;
    const tokvec_tensor **sorted = malloc((n + 1) * sizeof *sorted);
    if (sorted == NULL)
        return error_no_memory(r->err, n * sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &r->weights->tensors[i];
    bool good = weights_check_names(r->weights, r->err) && check_coverage(r, sorted, n);
    free(sorted);
    return good;
}

static bool read_entries(const reader *r, const cJSON *header)
{
    if (!cJSON_IsObject(header))
        return bad(r, "the header is not a JSON object");
    bool metadata = false;
    const cJSON *entry;
    cJSON_ArrayForEach(entry, header)
    {
        if (strcmp(entry->string, "__metadata__") == 0) {
            if (metadata)
                return bad(r, "__metadata__ stands twice");
            metadata = true;
            if (!check_metadata(r, entry))
                return false;
        } else if (!read_entry(r, entry)) {
            return false;
        }
    }
    return check_all(r);
}

/* The header as JSON, for the caller to delete; *data is where the tensors begin. */
static cJSON *parse_header(const file_map *map, uint64_t *data, tokvec_error *err)
{
    if (map->size < LENGTH_SIZE) {
        file_map_bad(map, 0, err, "the file is cut in the header's length");
        return NULL;
    }
    uint64_t length = load_le64(map->data);
    if (length > HEADER_MAX) {
        file_map_bad(map, 0, err, "the header's length of %llu is over %llu",
                     (unsigned long long)length, (unsigned long long)HEADER_MAX);
        return NULL;
    }
    if (length > map->size - LENGTH_SIZE) {
        file_map_bad(map, 0, err,
                     "the header's length of %llu goes past the end of the file, which is %llu "
                     "bytes short at least",
                     (unsigned long long)length,
                     (unsigned long long)(length - (map->size - LENGTH_SIZE)));
        return NULL;
    }
    json_fault fault = {"", 0};
    cJSON *header = json_parse((const char *)map->data + LENGTH_SIZE, (size_t)length,
                               JSON_UNSIGNED_ONLY, &fault);
    if (header == NULL)
        file_map_bad(map, LENGTH_SIZE + fault.offset, err, "the header: %s", fault.what);
    *data = LENGTH_SIZE + length;
    return header;
}

static bool safetensors_read_header(tokvec_weights *weights, tokvec_error *err)
{
    reader r = {.weights = weights, .err = err};
    cJSON *header = parse_header(weights->map, &r.data, err);
    r.header = header;
    bool good = header != NULL && read_entries(&r, header);
    cJSON_Delete(header);
    return good;
}

static bool safetensors_metadata(tokvec_weights *weights, tokvec_visitor *visit, void *context,
                                 tokvec_error *err)
{
    uint64_t data;
    cJSON *header = parse_header(weights->map, &data, err);
    const cJSON *item;
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(header, "__metadata__"))
    {
        tokvec_value value = {item->string, TOKVEC_TEXT, "string", {.text = item->valuestring}};
        if (cJSON_IsString(item))
            visit(context, &value);
    }
    cJSON_Delete(header);
    return header != NULL;
}

const weights_format safetensors_format = {
    .name = "safetensors",
    .suffixes = {".safetensors"},
    .recognise = safetensors_recognise,
    .is_certain = safetensors_is_certain,
    .read_header = safetensors_read_header,
    .metadata = safetensors_metadata,
};
