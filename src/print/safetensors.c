/* safetensors.c - the format safetensors (Hugging Face).
 * Two tensors: `embeddings`, the rows, and `ids`, the token IDs they belong to, -1
 * for none; where the rows
 * came from is in __metadata__.
 * SPDX-License-Identifier: MIT */
#include "print/writer.h"

#include "base/bytes.h"
#include "text/put.h"

#include <stdio.h>
#include <stdlib.h>

/* Format: github.com/huggingface/safetensors. Its own writer puts wide types first, so that each
 * tensor is aligned to its elements: here the IDs, unless the rows are uint64. */

/* What the format calls each dtype. */
static const char *const codes[TOKVEC_DTYPE_COUNT] = {
    [TOKVEC_FLOAT32] = "F32",
    [TOKVEC_FLOAT64] = "F64",
    [TOKVEC_FLOAT16] = "F16",
    [TOKVEC_BFLOAT16] = "BF16",
    [TOKVEC_FLOAT8_E4M3FN] = "F8_E4M3",
    [TOKVEC_FLOAT8_E5M2] = "F8_E5M2",
    [TOKVEC_FLOAT8_E4M3FNUZ] = "F8_E4M3FNUZ",
    [TOKVEC_FLOAT8_E5M2FNUZ] = "F8_E5M2FNUZ",
    [TOKVEC_FLOAT8_E8M0FNU] = "F8_E8M0",
    [TOKVEC_BOOL] = "BOOL",
    [TOKVEC_INT8] = "I8",
    [TOKVEC_INT16] = "I16",
    [TOKVEC_INT32] = "I32",
    [TOKVEC_INT64] = "I64",
    [TOKVEC_UINT8] = "U8",
    [TOKVEC_UINT16] = "U16",
    [TOKVEC_UINT32] = "U32",
    [TOKVEC_UINT64] = "U64",
};

/* ---- the header ----------------------------------------------------------------------------- */

/* A text being written to memory that is known to suffice. */
typedef struct pen {
    char *start, *at;
} pen;

static void put(pen *p, const char *text)
{
    size_t length = strlen(text);
    memcpy(p->at, text, length);
    p->at += length;
}

static void put_number(pen *p, uint64_t value)
{
    p->at += sprintf(p->at, "%llu", (unsigned long long)value);
}

/* ,"KEY":"VALUE" */
static void put_pair(pen *p, const char *key, const char *value)
{
    put(p, ",\"");
    put(p, key);
    put(p, "\":\"");
    for (const char *end = value + strlen(value); value < end;)
        p->at += put_json_character(&value, (size_t)(end - value), p->at);
    put(p, "\"");
}

/* Values must be texts. "pt" says that the layout is that of PyTorch; some readers insist. */
static void put_metadata(pen *p, const result *what)
{
    put(p, "{\"__metadata__\":{\"format\":\"pt\"");
    for (unsigned i = 0; i < what->source_count; i++)
        put_pair(p, what->source[i].name, what->source[i].text);
    put(p, "}");
}

static void put_tensor(pen *p, const char *name, const char *code, const uint64_t *shape,
                       unsigned ndim, uint64_t begin, uint64_t bytes)
{
    put(p, ",\"");
    put(p, name);
    put(p, "\":{\"dtype\":\"");
    put(p, code);
    put(p, "\",\"shape\":[");
    for (unsigned i = 0; i < ndim; i++) {
        if (i > 0)
            put(p, ",");
        put_number(p, shape[i]);
    }
    put(p, "],\"data_offsets\":[");
    put_number(p, begin);
    put(p, ",");
    put_number(p, begin + bytes);
    put(p, "]}");
}

/* Bytes that suffice for the header of a result. */
static size_t header_room(const result *what)
{
    enum { FIXED = 1000, CHARACTER = 6, DIMENSION = 2 * 21 };
    size_t texts = 0;
    for (unsigned i = 0; i < what->source_count; i++)
        texts += strlen(what->source[i].name) + strlen(what->source[i].text);
    return FIXED + CHARACTER * texts + DIMENSION * (size_t)what->ndim;
}

static bool ids_first(const result *what)
{
    return what->dtype != TOKVEC_UINT64;
}

/* The header without its length, padded to a multiple of 8 bytes; the caller has made the room. */
static size_t write_header(char *out, const result *what, uint64_t id_bytes, uint64_t row_bytes)
{
    pen p = {out, out};
    put_metadata(&p, what);
    if (ids_first(what))
        put_tensor(&p, "ids", codes[TOKVEC_INT64], what->shape, what->ndim - 1, 0, id_bytes);
    put_tensor(&p, "embeddings", codes[what->dtype], what->shape, what->ndim,
               ids_first(what) ? id_bytes : 0, row_bytes);
    if (!ids_first(what))
        put_tensor(&p, "ids", codes[TOKVEC_INT64], what->shape, what->ndim - 1, row_bytes,
                   id_bytes);
    put(&p, "}");
    while ((p.at - p.start) % 8 != 0)
        put(&p, " ");
    return (size_t)(p.at - p.start);
}

/* ---- the data ------------------------------------------------------------------------------- */

static void write_ids(writer *w)
{
    enum { AT_ONCE = 512 };
    int64_t ids[AT_ONCE];
    for (uint64_t first = 0; first < w->what->rows; first += AT_ONCE) {
        uint64_t left = w->what->rows - first;
        size_t n = left < AT_ONCE ? (size_t)left : AT_ONCE;
        w->what->ids(w->what->ids_context, first, n, ids);
        for (size_t i = 0; i < n; i++)
            writer_result_id(w->what, ids[i], &ids[i]);
        sink_write(w->out, ids, n * sizeof *ids);
    }
}

static bool safetensors_begin(writer *w, tokvec_error *err)
{
    const result *what = w->what;
    uint64_t id_bytes, row_bytes, all;
    if (!mul_u64(what->rows, sizeof(int64_t), &id_bytes) ||
        !mul_u64(what->rows, what->dim, &row_bytes) ||
        !mul_u64(row_bytes, tokvec_dtype_size(what->dtype), &row_bytes) ||
        !add_u64(id_bytes, row_bytes, &all)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "the result needs more than 2^64 bytes");
        return error_hint(err, "ask for fewer token IDs");
    }
    size_t room = header_room(what);
    char *header = malloc(room);
    if (header == NULL)
        return error_no_memory(err, room);
    uint64_t length = write_header(header, what, id_bytes, row_bytes);
    sink_write(w->out, &length, sizeof length); /* the machine is little-endian, see bytes.h */
    sink_write(w->out, header, (size_t)length);
    free(header);
    if (ids_first(what))
        write_ids(w);
    return true;
}

static bool safetensors_rows(writer *w, const int64_t *ids, size_t n, const void *data,
                             tokvec_error *err)
{
    (void)ids;
    (void)err;
    sink_write(w->out, data, n * (size_t)w->what->dim * tokvec_dtype_size(w->what->dtype));
    return true;
}

static bool safetensors_end(writer *w, tokvec_error *err)
{
    (void)err;
    if (!ids_first(w->what))
        write_ids(w);
    return true;
}

const writer_format safetensors_writer_format = {
    .name = "safetensors",
    .help = "tensors 'embeddings' and 'ids', in the table's dtype",
    .suffixes = {"safetensors"},
    .suffix_binds = true,
    .binary = true,
    .size = sizeof(writer),
    .begin = safetensors_begin,
    .rows = safetensors_rows,
    .end = safetensors_end,
};
