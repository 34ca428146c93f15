/* inflated.c - a matrix in a deflated zip member as a table.
 * A read goes through the member once, from where the last one stopped if it can, and picks out
 * the elements of all its rows as they come by. Memory: one window, whatever the matrix's size.
 * Where rows do not follow one another, as in Fortran order, every read would go through all of the
 * member; from the second read on such a one is kept in memory.
 * SPDX-License-Identifier: MIT */
#include "table/inflated.h"

#include "table/table.h"

#include <stdlib.h>

enum { WINDOW = 1 << 16, KEPT_MAX = 1 << 30 };

typedef struct inflated_state {
    tokvec_table table;
    const file_map *map;
    const zip_member *member;
    zip_stream *stream;
    matrix_view view;
    bool scattered;     /* rows do not follow one another */
    bool used;          /* by a read before */
    uint64_t window_at; /* of the window in the member's content */
    size_t window_size;
    uint8_t *window, *kept; /* one of these two; kept: NULL, or all of the content */
    uint8_t small[WINDOW];
} inflated_state;

/* One read on its way. */
typedef struct request {
    const int64_t *ids;
    size_t n;
    uint8_t *out;
    uint64_t first, end; /* bytes of the content that it needs */
} request;

/* Copies what the window has of one row. An element may lie across two windows. */
static void pick_row(const inflated_state *t, int64_t id, uint8_t *out)
{
    const matrix_view *v = &t->view;
    size_t size = tokvec_dtype_size(v->dtype);
    uint64_t start = layout_row(v, (uint64_t)id), end = t->window_at + t->window_size;
    uint64_t j = 0;
    if (start + size <= t->window_at) {
        if (v->col_stride == 0)
            return;
        j = (t->window_at - start - size) / v->col_stride + 1;
    }
    for (; j < v->dim; j++) {
        uint64_t at = start + j * v->col_stride;
        if (at >= end)
            break;
        for (size_t b = 0; b < size; b++) {
            if (at + b >= t->window_at && at + b < end)
                out[j * size + b] = t->window[at + b - t->window_at];
        }
    }
}

static void reverse_elements(uint8_t *out, size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++, out += size) {
        for (size_t b = 0; b < size / 2; b++) {
            uint8_t byte = out[b];
            out[b] = out[size - 1 - b];
            out[size - 1 - b] = byte;
        }
    }
}

/* The bytes from the first element to the last of all the rows wanted. */
static void find_range(const inflated_state *t, request *r)
{
    const matrix_view *v = &t->view;
    uint64_t span = (v->dim - 1) * v->col_stride + tokvec_dtype_size(v->dtype);
    r->first = UINT64_MAX;
    r->end = 0;
    for (size_t i = 0; i < r->n; i++) {
        uint64_t start = layout_row(v, (uint64_t)r->ids[i]);
        r->first = start < r->first ? start : r->first;
        r->end = start + span > r->end ? start + span : r->end;
    }
}

static bool next_window(inflated_state *t, tokvec_error *err)
{
    t->window_at = zip_stream_position(t->stream);
    uint64_t left = t->member->size - t->window_at;
    t->window_size = (size_t)(left < WINDOW ? left : WINDOW);
    if (zip_stream_read(t->stream, t->window, t->window_size, err))
        return true;
    t->window_at = UINT64_MAX; /* what is in the window is of no use; begin again */
    t->window_size = 0;
    return false;
}

/* Makes all of the content the window. */
static bool keep(inflated_state *t, tokvec_error *err)
{
    size_t size = (size_t)t->member->size;
    t->window_at = t->window_size = 0;
    uint8_t *content = malloc(size + 1);
    if (content == NULL)
        return error_no_memory(err, size);
    zip_stream_rewind(t->stream);
    if (!zip_stream_read(t->stream, content, size, err)) {
        free(content);
        return false;
    }
    t->window = t->kept = content;
    t->window_size = size;
    return true;
}

static bool go_through(inflated_state *t, const request *r, tokvec_error *err)
{
    size_t row_bytes = (size_t)t->view.dim * tokvec_dtype_size(t->view.dtype);
    if (r->first < t->window_at) {
        t->window_at = t->window_size = 0;
        zip_stream_rewind(t->stream);
    }
    for (;;) {
        if (t->window_at + t->window_size > r->first) {
            for (size_t i = 0; i < r->n; i++)
                pick_row(t, r->ids[i], r->out + i * row_bytes);
        }
        if (t->window_at + t->window_size >= r->end)
            return true;
        if (!next_window(t, err))
            return false;
    }
}

static bool inflated_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                          tokvec_error *err)
{
    inflated_state *t = (inflated_state *)table;
    request r = {.ids = ids, .n = n, .out = out};
    size_t size = tokvec_dtype_size(table->dtype);
    if (n == 0 || table->dim == 0)
        return true;
    find_range(t, &r);
    if (t->scattered && t->used && t->kept == NULL && !keep(t, err))
        return file_map_intact(t->map, err) && false;
    t->used = true;
    if (!go_through(t, &r, err))
        return file_map_intact(t->map, err) && false;
    if (t->view.big_endian)
        reverse_elements(out, n * (size_t)table->dim, size);
    return file_map_intact(t->map, err);
}

static bool inflated_intact(const tokvec_table *table, tokvec_error *err)
{
    return file_map_intact(((const inflated_state *)table)->map, err);
}

static void inflated_close(tokvec_table *table)
{
    free(((inflated_state *)table)->kept);
    zip_stream_close(((inflated_state *)table)->stream);
    free(table);
}

static const table_ops inflated_ops = {
    .read = inflated_read, .intact = inflated_intact, .close = inflated_close};

/* Whether a row begins before the one before it ends, so that reads cannot go on from one another.
 */
static bool is_scattered(const matrix_view *v)
{
    uint64_t span = v->dim == 0 ? 0 : (v->dim - 1) * v->col_stride + tokvec_dtype_size(v->dtype);
    return v->rows > 1 && (v->axes > 0 || v->row_stride < span);
}

static void refuse_scattered(const file_map *map, const zip_member *member, tokvec_error *err)
{
    error_set(
        err, TOKVEC_UNSUPPORTED,
        "an array whose rows do not follow one another (Fortran order) is compressed, and has "
        "%llu bytes, more than %d",
        (unsigned long long)member->size, KEPT_MAX);
    error_where(err, "%s", map->path);
    error_hint(err, "save it without compression, or in C order");
}

tokvec_table *inflated_table(const file_map *map, const zip_member *member, uint64_t data,
                             const matrix_view *view, tokvec_error *err)
{
    bool scattered = is_scattered(view);
    if (scattered && member->size > KEPT_MAX) {
        refuse_scattered(map, member, err);
        return NULL;
    }
    inflated_state *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    t->stream = zip_stream_open(map, member, data, err);
    if (t->stream == NULL) {
        free(t);
        return NULL;
    }
    t->table = (tokvec_table){.ops = &inflated_ops,
                              .rows = view->rows,
                              .dim = view->dim,
                              .dtype = view->dtype,
                              .passes = true};
    t->map = map;
    t->member = member;
    t->view = *view;
    t->window = t->small;
    t->scattered = scattered;
    return &t->table;
}
