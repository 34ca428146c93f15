/* json.c - the formats json (one object) and jsonl (one object a row).
 * JSON has no nan and no infinities: they become null, and the caller warns of them.
 * SPDX-License-Identifier: MIT */
#include "print/writer.h"

#include "print/values.h"
#include "text/put.h"

/* Nested brackets around items that come in row-major order: call before and after item `index`
 * of shape[0] x ... x shape[ndim-1] with `print` in between. A new line begins before an item of
 * the innermost list if `lines`. */
static void open_brackets(sink *out, const uint64_t *shape, unsigned ndim, uint64_t index)
{
    uint64_t span = 1;
    unsigned opened = 0;
    for (unsigned i = ndim; i-- > 0;) {
        span *= shape[i];
        if (index % span != 0)
            break;
        opened++;
    }
    for (unsigned i = 0; i < opened; i++)
        sink_char(out, '[');
}

/* Returns true if this was the last item of all. */
static bool close_brackets(sink *out, const uint64_t *shape, unsigned ndim, uint64_t index)
{
    uint64_t span = 1;
    unsigned closed = 0;
    for (unsigned i = ndim; i-- > 0;) {
        span *= shape[i];
        if ((index + 1) % span != 0)
            break;
        sink_char(out, ']');
        closed++;
    }
    return closed == ndim;
}

/* Lists that hold nothing, for a shape with a dimension 0: all levels down to that dimension. */
static void empty_lists(sink *out, const uint64_t *shape, unsigned ndim)
{
    if (ndim == 0 || shape[0] == 0) {
        sink_text(out, "[]");
        return;
    }
    uint64_t count = 1; /* of innermost lists, each of which is empty */
    unsigned levels = 0;
    for (; shape[levels] != 0; levels++)
        count *= shape[levels];
    for (uint64_t i = 0; i < count && !out->failed; i++) {
        open_brackets(out, shape, levels, i);
        sink_text(out, "[]");
        if (!close_brackets(out, shape, levels, i))
            sink_text(out, ", ");
    }
}

static void print_source(sink *out, const result *what)
{
    sink_char(out, '{');
    for (unsigned i = 0; i < what->source_count; i++) {
        const fact *f = &what->source[i];
        sink_text(out, i == 0 ? "\"" : ", \"");
        sink_text(out, f->name);
        sink_text(out, "\": ");
        if (f->is_number)
            sink_text(out, f->text);
        else
            put_json_string(out, f->text);
    }
    sink_char(out, '}');
}

static void print_id(sink *out, const result *what, int64_t id)
{
    int64_t shown;
    if (writer_result_id(what, id, &shown))
        put_int(out, shown);
    else
        sink_text(out, "null");
}

/* The token of an ID, or null. */
static bool print_token(sink *out, const result *what, int64_t id, tokvec_error *err)
{
    tokvec_text token;
    if (!what->label(what->label_context, id, &token, err))
        return false;
    if (token.bytes == NULL)
        sink_text(out, "null");
    else
        put_json_text(out, token.bytes, token.length);
    return true;
}

/* The IDs that the vector of an ID was made of. */
static void print_members(sink *out, const result *what, int64_t id)
{
    enum { AT_ONCE = 512 };
    int64_t ids[AT_ONCE];
    uint64_t count = 1;
    sink_char(out, '[');
    for (uint64_t at = 0; at < count && !out->failed; at++) {
        if (at % AT_ONCE == 0)
            count = what->members(what->members_context, id, at, AT_ONCE, ids);
        if (at == count)
            break; /* it is made of nothing */
        sink_text(out, at > 0 ? ", " : "");
        if (ids[at % AT_ONCE] >= 0)
            put_int(out, ids[at % AT_ONCE]);
        else
            sink_text(out, "null");
    }
    sink_char(out, ']');
}

/* All IDs, or with `tokens` all tokens, nested as the shape is. */
static bool print_ids(sink *out, const result *what, bool tokens, tokvec_error *err)
{
    unsigned ndim = what->ndim - 1;
    if (what->rows == 0) {
        empty_lists(out, what->shape, ndim);
        return true;
    }
    enum { AT_ONCE = 512 };
    int64_t ids[AT_ONCE];
    for (uint64_t row = 0; row < what->rows && !out->failed; row++) {
        if (row % AT_ONCE == 0) {
            uint64_t left = what->rows - row;
            what->ids(what->ids_context, row, left < AT_ONCE ? (size_t)left : AT_ONCE, ids);
        }
        open_brackets(out, what->shape, ndim, row);
        if (what->members != NULL)
            print_members(out, what, ids[row % AT_ONCE]);
        else if (!tokens)
            print_id(out, what, ids[row % AT_ONCE]);
        else if (!print_token(out, what, ids[row % AT_ONCE], err))
            return false;
        if (!close_brackets(out, what->shape, ndim, row))
            sink_text(out, ", ");
    }
    return true;
}

static bool json_begin(writer *w, tokvec_error *err)
{
    const result *what = w->what;
    sink_text(w->out, "{\"source\": ");
    print_source(w->out, what);
    sink_text(w->out, ",\n \"dtype\": ");
    put_json_string(w->out, tokvec_dtype_name(what->dtype));
    sink_text(w->out, ",\n \"shape\": [");
    for (unsigned i = 0; i < what->ndim; i++) {
        if (i > 0)
            sink_text(w->out, ", ");
        put_uint(w->out, what->shape[i]);
    }
    sink_text(w->out, "],\n \"ids\": ");
    print_ids(w->out, what, false, err);
    if (what->label != NULL) {
        sink_text(w->out, ",\n \"tokens\": ");
        if (!print_ids(w->out, what, true, err))
            return false;
    }
    sink_text(w->out, ",\n \"vectors\": ");
    if (what->rows == 0)
        empty_lists(w->out, what->shape, what->ndim);
    return true;
}

static bool json_rows(writer *w, const int64_t *ids, size_t n, const void *data, tokvec_error *err)
{
    (void)ids;
    (void)err;
    const result *what = w->what;
    size_t row_bytes = (size_t)what->dim * tokvec_dtype_size(what->dtype);
    unsigned ndim = what->ndim - 1;
    for (size_t i = 0; i < n; i++) {
        uint64_t row = w->row + i;
        if (row > 0)
            sink_text(w->out, "\n  ");
        open_brackets(w->out, what->shape, ndim, row);
        sink_char(w->out, '[');
        values_json(w->out, what->dtype, (const char *)data + i * row_bytes, (size_t)what->dim,
                    &w->nulls);
        sink_char(w->out, ']');
        if (!close_brackets(w->out, what->shape, ndim, row))
            sink_char(w->out, ',');
    }
    return true;
}

static bool json_end(writer *w, tokvec_error *err)
{
    (void)err;
    sink_text(w->out, "}\n");
    return true;
}

static bool jsonl_begin(writer *w, tokvec_error *err)
{
    (void)w;
    (void)err;
    return true;
}

static bool jsonl_rows(writer *w, const int64_t *ids, size_t n, const void *data, tokvec_error *err)
{
    const result *what = w->what;
    size_t row_bytes = (size_t)what->dim * tokvec_dtype_size(what->dtype);
    for (size_t i = 0; i < n; i++) {
        sink_text(w->out, "{\"id\": ");
        print_id(w->out, what, ids[i]);
        if (what->label != NULL) {
            sink_text(w->out, ", \"token\": ");
            if (!print_token(w->out, what, ids[i], err))
                return false;
        }
        if (what->members != NULL) {
            sink_text(w->out, ", \"ids\": ");
            print_members(w->out, what, ids[i]);
        }
        sink_text(w->out, ", \"vector\": [");
        values_json(w->out, what->dtype, (const char *)data + i * row_bytes, (size_t)what->dim,
                    &w->nulls);
        sink_text(w->out, "]}\n");
    }
    return true;
}

static bool jsonl_end(writer *w, tokvec_error *err)
{
    (void)w;
    (void)err;
    return true;
}

const writer_format json_format = {
    .name = "json",
    .help = "one object: source, dtype, shape, ids, tokens, vectors",
    .suffixes = {"json"},
    .labels = LABELS_TEXT,
    .members = true,
    .parallel = true,
    .size = sizeof(writer),
    .begin = json_begin,
    .rows = json_rows,
    .end = json_end,
};

const writer_format jsonl_format = {
    .name = "jsonl",
    .help = "one object a row: id, token, vector",
    .suffixes = {"jsonl", "ndjson"},
    .labels = LABELS_TEXT,
    .members = true,
    .streams = true,
    .parallel = true,
    .size = sizeof(writer),
    .begin = jsonl_begin,
    .rows = jsonl_rows,
    .end = jsonl_end,
};
