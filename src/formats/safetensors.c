/* safetensors.c - Hugging Face's .safetensors files.
 * Eight bytes of length, a JSON header, then the tensors, without holes or overlaps; every
 * check of the reference implementation is made, in its order.
 * SPDX-License-Identifier: MIT */
#include "table/weights.h"

#include "base/bytes.h"
#include "base/utf8_copy.h"
#include "text/json_scan.h"

#include <stdlib.h>

/* Format: github.com/huggingface/safetensors, README and safetensors/src/tensor.rs. */
enum { LENGTH_SIZE = 8, NDIM_MAX = 64 };
static const uint64_t HEADER_MAX = 100000000;

static const struct {
    const char *code;
    tokvec_dtype dtype;
    const char *name; /* where it is not a dtype of a table */
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

/* The reading of a header, which is gone through twice: to check that it is JSON, and to take what
 * it says. Nothing is kept but the tensors. */
typedef struct reader {
    tokvec_weights *weights;
    json_scanner header;
    uint64_t data; /* offset of the data buffer in the file */
    tokvec_error *err;
} reader;

#define bad(r, ...) file_map_bad((r)->weights->map, LENGTH_SIZE, (r)->err, __VA_ARGS__)

/* A number of bytes, and so many that begin and end as an object: other than a small integer and a
 * letter, no chance. */
static bool has_whole_header(const file_map *map)
{
    uint64_t length = load_le64(map->data);
    if (length < 2 || length > map->size - LENGTH_SIZE)
        return false;
    uint64_t end = LENGTH_SIZE + length;
    while (end > LENGTH_SIZE && file_want(map, end - 1, 1, NULL) &&
           memchr(" \t\r\n", map->data[end - 1], 4) != NULL)
        end--;
    return end > LENGTH_SIZE && map->data[LENGTH_SIZE] == '{' && map->data[end - 1] == '}';
}

static format_grade safetensors_recognise(const file_map *map)
{
    if (file_head(map, LENGTH_SIZE + 1) <= LENGTH_SIZE || load_le64(map->data) > HEADER_MAX ||
        memchr("{ \t\r\n", map->data[LENGTH_SIZE], 5) == NULL)
        return GRADE_NO;
    return has_whole_header(map) ? GRADE_CERTAIN : GRADE_LIKELY;
}

/* A text without its escapes, as tensors' names are kept. The caller frees it; NULL and an error
 * without memory. */
static char *text_of(const json_raw *raw, tokvec_error *err)
{
    char *plain = malloc(raw->length + 4);
    if (plain == NULL) {
        error_no_memory(err, raw->length);
        return NULL;
    }
    char *text = utf8_copy(plain, json_unescape(raw, plain), err);
    free(plain);
    return text;
}

/* True if a text is that word, however it is written. */
static bool is_word(const json_raw *raw, const char *word)
{
    char plain[128];
    if (!raw->escaped || raw->length > sizeof plain - 4)
        return json_raw_is(raw, word);
    const json_raw unescaped = {plain, json_unescape(raw, plain), false};
    return json_raw_is(&unescaped, word);
}

/* After a loop over members or elements: it ended with the last, not with a fault. */
static bool is_whole(reader *r)
{
    const json_fault *fault = &r->header.fault;
    return fault->what == NULL || file_map_bad(r->weights->map, LENGTH_SIZE + fault->offset, r->err,
                                               "the header: %s", fault->what);
}

/* What the entry of a tensor says. */
enum { DTYPE, SHAPE, OFFSETS, MEMBER_COUNT };
static const char *const members[MEMBER_COUNT] = {"dtype", "shape", "data_offsets"};

typedef struct entry {
    tokvec_tensor tensor; /* with a shape of: */
    uint64_t shape[NDIM_MAX], offsets[2];
    unsigned bits; /* of an element */
    bool there[MEMBER_COUNT];
} entry;

static bool read_dtype(reader *r, entry *e)
{
    json_raw code;
    if (json_peek(&r->header) != '"')
        return bad(r, "the dtype of tensor '%s' is not a text", e->tensor.name);
    if (!json_string_raw(&r->header, &code))
        return is_whole(r);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (is_word(&code, codes[i].code)) {
            e->tensor.dtype = codes[i].dtype;
            e->tensor.dtype_name =
                codes[i].name != NULL ? codes[i].name : tokvec_dtype_name(codes[i].dtype);
            e->bits = codes[i].bits;
            return true;
        }
    }
    return bad(r, "the dtype '%.*s' of tensor '%s' is unknown",
               code.length < 100 ? (int)code.length : 100, code.bytes, e->tensor.name);
}

/* A list of at most `room` integers; their number, or -1. */
static int read_integers(reader *r, const entry *e, const char *key, uint64_t *out, int room)
{
    if (json_peek(&r->header) != '[') {
        bad(r, "%s of tensor '%s' is not a list", key, e->tensor.name);
        return -1;
    }
    int n = 0;
    json_enter(&r->header, '[');
    for (bool first = true; json_more(&r->header, ']', &first);) {
        int digit = json_peek(&r->header);
        if (n == room || digit < '0' || digit > '9') {
            bad(r, "%s of tensor '%s' is not a list of at most %d integers", key, e->tensor.name,
                room);
            return -1;
        }
        if (!json_unsigned(&r->header, &out[n++]))
            break;
    }
    return is_whole(r) ? n : -1;
}

static bool read_member(reader *r, entry *e, int member)
{
    if (e->there[member])
        return bad(r, "tensor '%s': the member %s is repeated", e->tensor.name, members[member]);
    e->there[member] = true;
    if (member == DTYPE)
        return read_dtype(r, e);
    if (member == SHAPE) {
        int ndim = read_integers(r, e, members[member], e->shape, NDIM_MAX);
        e->tensor.ndim = ndim < 0 ? 0 : (unsigned)ndim;
        return ndim >= 0;
    }
    int count = read_integers(r, e, members[member], e->offsets, 2);
    return count == 2 ||
           (count >= 0 && bad(r, "data_offsets of tensor '%s' is not a pair", e->tensor.name));
}

/* The members of an entry, each of which must be there once; what else is there does not matter. */
static bool read_members(reader *r, entry *e)
{
    if (json_peek(&r->header) != '{')
        return bad(r, "the entry of tensor '%s' is not an object", e->tensor.name);
    json_enter(&r->header, '{');
    for (bool first = true; json_more(&r->header, '}', &first);) {
        json_raw key;
        int member = 0;
        if (!json_key(&r->header, &key))
            break;
        while (member < MEMBER_COUNT && !is_word(&key, members[member]))
            member++;
        if (member < MEMBER_COUNT && !read_member(r, e, member))
            return false;
        if (member == MEMBER_COUNT && !json_skip(&r->header))
            break;
    }
    if (!is_whole(r))
        return false;
    for (int member = 0; member < MEMBER_COUNT; member++) {
        if (!e->there[member])
            return bad(r, "tensor '%s' has no member %s", e->tensor.name, members[member]);
    }
    return true;
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
static uint64_t shortage(const reader *r)
{
    reader all = {.weights = r->weights, .data = r->data};
    uint64_t end = 0, there = r->weights->map->size - r->data;
    all.header =
        (json_scanner){.text = r->header.text, .size = r->header.size, .flags = r->header.flags};
    json_enter(&all.header, '{');
    for (bool first = true; json_more(&all.header, '}', &first);) {
        entry e = {.tensor = {.name = ""}};
        json_raw key;
        if (!json_key(&all.header, &key))
            break;
        if (is_word(&key, "__metadata__") ? !json_skip(&all.header) : !read_members(&all, &e))
            break;
        end = e.offsets[1] > end ? e.offsets[1] : end;
    }
    return end > there ? end - there : 0;
}

static bool read_entry(reader *r, const char *name)
{
    entry e = {.tensor = {.name = name}};
    tokvec_tensor *t = &e.tensor;
    uint64_t bytes = 0;
    t->shape = e.shape;
    if (!read_members(r, &e))
        return false;
    if (e.offsets[1] < e.offsets[0])
        return bad(r, "the data of tensor '%s' ends before it begins", name);
    if (e.offsets[1] > r->weights->map->size - r->data)
        return bad(r, "the data of tensor '%s' lies outside the file, which is %llu bytes short",
                   name, (unsigned long long)shortage(r));
    if (!shape_bytes(r, t, e.bits, &bytes))
        return false;
    if (bytes != e.offsets[1] - e.offsets[0])
        return bad(r, "tensor '%s' has %llu bytes where its shape needs %llu", name,
                   (unsigned long long)(e.offsets[1] - e.offsets[0]), (unsigned long long)bytes);
    t->offset = r->data + e.offsets[0];
    t->bytes = bytes;
    return weights_add(r->weights, t, layout_contiguous(t), r->err);
}

/* A member of __metadata__ on its way to the visitor. */
static bool show_pair(reader *r, const json_raw *key, const json_raw *value, tokvec_visitor *visit,
                      void *context)
{
    char *name = text_of(key, r->err);
    char *text = name == NULL ? NULL : text_of(value, r->err);
    if (text != NULL) {
        const tokvec_value pair = {name, TOKVEC_VALUE_TEXT, "string", {.text = text}};
        visit(context, &pair);
    }
    bool good = text != NULL;
    free(name);
    free(text);
    return good;
}

/* __metadata__, of which all values are texts; the visitor may be NULL. */
static bool read_metadata(reader *r, tokvec_visitor *visit, void *context)
{
    if (json_peek(&r->header) != '{')
        return bad(r, "__metadata__ is not an object");
    json_enter(&r->header, '{');
    for (bool first = true; json_more(&r->header, '}', &first);) {
        json_raw key, value;
        if (!json_key(&r->header, &key))
            break;
        if (json_peek(&r->header) != '"')
            return bad(r, "__metadata__ has the value '%.*s', which is not a text",
                       key.length < 100 ? (int)key.length : 100, key.bytes);
        if (!json_string_raw(&r->header, &value))
            break;
        if (visit != NULL && !show_pair(r, &key, &value, visit, context))
            return false;
    }
    return is_whole(r);
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

/* Finds the header, and checks that it is JSON; the scanner then stands at its beginning. */
static bool start(reader *r)
{
    const file_map *map = r->weights->map;
    if (map->size < LENGTH_SIZE)
        return file_map_bad(map, 0, r->err, "the file is cut in the header's length");
    if (!file_want(map, 0, LENGTH_SIZE, r->err))
        return false;
    uint64_t length = load_le64(map->data);
    if (length > HEADER_MAX)
        return file_map_bad(map, 0, r->err, "the header's length of %llu is over %llu",
                            (unsigned long long)length, (unsigned long long)HEADER_MAX);
    if (length > map->size - LENGTH_SIZE)
        return file_map_bad(map, 0, r->err,
                            "the header's length of %llu goes past the end of the file, which is "
                            "%llu bytes short at least",
                            (unsigned long long)length,
                            (unsigned long long)(length - (map->size - LENGTH_SIZE)));
    if (!file_want(map, LENGTH_SIZE, length, r->err))
        return false;
    const json_scanner header = {
        .text = map->data + LENGTH_SIZE, .size = (size_t)length, .flags = JSON_UNSIGNED_ONLY};
    r->data = LENGTH_SIZE + length;
    r->header = header;
    if (!json_skip(&r->header) || !json_end(&r->header))
        return is_whole(r);
    r->header = header;
    return json_enter(&r->header, '{') || bad(r, "the header is not a JSON object");
}

static bool read_named(reader *r, const json_raw *key)
{
    char *name = text_of(key, r->err);
    bool good = name != NULL && read_entry(r, name);
    free(name);
    return good;
}

static bool safetensors_read_header(tokvec_weights *weights, tokvec_error *err)
{
    reader r = {.weights = weights, .err = err};
    bool metadata = false;
    if (!start(&r))
        return false;
    for (bool first = true; json_more(&r.header, '}', &first);) {
        json_raw key;
        if (!json_key(&r.header, &key))
            break;
        if (!is_word(&key, "__metadata__")) {
            if (!read_named(&r, &key))
                return false;
            continue;
        }
        if (metadata)
            return bad(&r, "__metadata__ is repeated");
        metadata = true;
        if (!read_metadata(&r, NULL, NULL))
            return false;
    }
    return is_whole(&r) && check_all(&r);
}

static bool safetensors_metadata(tokvec_weights *weights, tokvec_visitor *visit, void *context,
                                 tokvec_error *err)
{
    reader r = {.weights = weights, .err = err};
    if (!start(&r))
        return false;
    for (bool first = true; json_more(&r.header, '}', &first);) {
        json_raw key;
        if (!json_key(&r.header, &key))
            break;
        if (is_word(&key, "__metadata__"))
            return read_metadata(&r, visit, context);
        if (!json_skip(&r.header))
            break;
    }
    return is_whole(&r);
}

/* What tokvec writes: the rows are the tensor embeddings, their IDs the tensor ids beside it, and
 * there is no other. */
static bool safetensors_number(tokvec_weights *weights, size_t index, tokvec_table *table,
                               tokvec_error *err)
{
    const tokvec_tensor *rows = &weights->tensors[index], *ids = &weights->tensors[1 - index % 2];
    if (weights->count != 2 || strcmp(rows->name, "embeddings") != 0 ||
        strcmp(ids->name, "ids") != 0 || ids->dtype != TOKVEC_INT64 ||
        ids->ndim + 1 != rows->ndim ||
        memcmp(ids->shape, rows->shape, ids->ndim * sizeof *ids->shape) != 0 || table->rows == 0)
        return true;
    if (!file_want(weights->map, ids->offset, table->rows * sizeof(int64_t), err))
        return false;
    int64_t *numbers = calloc((size_t)table->rows, sizeof *numbers);
    if (numbers == NULL)
        return error_no_memory(err, table->rows * sizeof *numbers);
    for (uint64_t i = 0; i < table->rows; i++) {
        int64_t id = (int64_t)load_le64(weights->map->data + ids->offset + i * sizeof id);
        numbers[i] = id < 0 ? NUMBERING_NO_ID : id;
    }
    if (file_map_intact(weights->map, err))
        return numbering_new(numbers, table->rows, &table->numbering, err);
    free(numbers);
    return false;
}

const weights_format safetensors_format = {
    .name = "safetensors",
    .suffixes = {".safetensors"},
    .recognise = safetensors_recognise,
    .read_header = safetensors_read_header,
    .metadata = safetensors_metadata,
    .number = safetensors_number,
};
