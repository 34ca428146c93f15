/* mapped.c - a matrix in a mapped file as a table.
 * Rows are copied when they are asked for; where they lie ready they are not even copied.
 * SPDX-License-Identifier: MIT */
#include "table/mapped.h"

#include "base/dispatch.h"
#include "codec/zip.h"
#include "table/table.h"

#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

enum { ROWS_AHEAD = 8 };

typedef struct mapped_table_state {
    tokvec_table table;
    const file_map *map;
    matrix_view view;
    bool plain;               /* rows are contiguous and in the machine's byte order */
    const zip_member *member; /* whose CRC-32 is to be checked, or NULL */
    uint64_t member_at;       /* its content in the file */
} mapped_state;

/* Copies n elements that lie `stride` bytes apart, turned round if they are big-endian. */
static void gather(const uint8_t *in, uint64_t stride, size_t size, bool swap, size_t n,
                   uint8_t *out)
{
    for (size_t i = 0; i < n; i++, in += stride, out += size) {
        for (size_t b = 0; b < size; b++)
            out[b] = in[swap ? size - 1 - b : b];
    }
}

/* Starts the loading of a row that will be copied soon: what takes long is finding its pages, and
 * the processor itself goes on along a row once it has been touched. It does not where rows are
 * stored past the cache, hence another step there. */
static inline void prefetch(const uint8_t *row, size_t bytes, size_t step)
{
    enum { ENOUGH = 1 << 14 };
    for (size_t at = 0; at < bytes && at < ENOUGH; at += step)
        __builtin_prefetch(row + at);
}

#if defined(__x86_64__) && defined(__GNUC__)
/* Whether that many rows are stored past the cache. They would not stay in it, and need not be
 * loaded into it first. */
static bool past_cache(size_t n, size_t row_bytes, const void *out)
{
    enum { TOO_MUCH = 1 << 25, VECTOR = 32 };
    return row_bytes % VECTOR == 0 && (uintptr_t)out % VECTOR == 0 && n >= TOO_MUCH / row_bytes &&
           dispatch_level() != DISPATCH_BASELINE;
}

__attribute__((target("avx2"))) static void store_rows(const uint8_t *first, uint64_t stride,
                                                       const int64_t *ids, size_t n,
                                                       size_t row_bytes, uint8_t *out)
{
    enum { AHEAD = 4, LINE = 64 };
    for (size_t i = 0; i < n; i++) {
        if (i + AHEAD < n)
            prefetch(first + (uint64_t)ids[i + AHEAD] * stride, row_bytes, LINE);
        const __m256i *row = (const __m256i *)(const void *)(first + (uint64_t)ids[i] * stride);
        for (size_t k = 0; k < row_bytes / sizeof *row; k++, out += sizeof *row)
            _mm256_stream_si256((__m256i *)(void *)out, _mm256_loadu_si256(row + k));
    }
    _mm_sfence();
}
#endif

/* Asks for rows before they are copied. */
static bool want_rows(const mapped_state *m, const int64_t *ids, size_t n, tokvec_error *err)
{
    const matrix_view *v = &m->view;
    uint64_t span = (v->dim - 1) * v->col_stride + tokvec_dtype_size(v->dtype);
    bool good = true;
    for (size_t i = 0; good && i < n && !file_is_whole(m->map); i++)
        good = file_want(m->map, layout_row(v, (uint64_t)ids[i]), span, err);
    return good;
}

static bool mapped_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                        tokvec_error *err)
{
    const mapped_state *m = (const mapped_state *)table;
    const matrix_view *v = &m->view;
    size_t size = tokvec_dtype_size(v->dtype);
    size_t row_bytes = (size_t)v->dim * size;
    if (row_bytes == 0)
        return true;
    if (!want_rows(m, ids, n, err))
        return false;
#if defined(__x86_64__) && defined(__GNUC__)
    if (m->plain && past_cache(n, row_bytes, out)) {
        store_rows(m->map->data + v->offset, v->row_stride, ids, n, row_bytes, out);
        return file_map_intact(m->map, err);
    }
#endif
    for (size_t i = 0; i < n; i++) {
        if (m->plain && i + ROWS_AHEAD < n)
            prefetch(m->map->data + layout_row(v, (uint64_t)ids[i + ROWS_AHEAD]), row_bytes, 1024);
        const uint8_t *row = m->map->data + layout_row(v, (uint64_t)ids[i]);
        uint8_t *to = (uint8_t *)out + i * row_bytes;
        if (m->plain)
            memcpy(to, row, row_bytes);
        else
            gather(row, v->col_stride, size, v->big_endian, (size_t)v->dim, to);
    }
    return file_map_intact(m->map, err);
}

static const void *mapped_row(const tokvec_table *table, int64_t id)
{
    const mapped_state *m = (const mapped_state *)table;
    const uint8_t *first = m->map->data + m->view.offset;
    size_t size = tokvec_dtype_size(m->view.dtype);
    if (!m->plain || !file_is_whole(m->map) || m->view.dim == 0 || (uintptr_t)first % size != 0)
        return NULL;
    return first + (uint64_t)id * m->view.row_stride;
}

static bool mapped_file(const tokvec_table *table, int *fd, const void **data, size_t *size)
{
    const file_map *map = ((const mapped_state *)table)->map;
    *fd = map->fd;
    *data = map->data;
    *size = (size_t)map->size;
    return map->fd >= 0;
}

static bool mapped_intact(const tokvec_table *table, tokvec_error *err)
{
    return file_map_intact(((const mapped_state *)table)->map, err);
}

static bool mapped_verify(tokvec_table *table, tokvec_error *err)
{
    mapped_state *m = (mapped_state *)table;
    if (m->member == NULL)
        return true;
    if (!zip_check_stored(m->map, m->member, m->member_at, err))
        return false;
    m->member = NULL;
    return true;
}

bool mapped_check(tokvec_table *table, const zip_member *member, uint64_t data, tokvec_error *err)
{
    enum { SMALL = 1 << 20 };
    mapped_state *m = (mapped_state *)table;
    m->member = member;
    m->member_at = data;
    return member->size > SMALL || mapped_verify(table, err);
}

static void mapped_close(tokvec_table *table)
{
    free(table);
}

static const table_ops mapped_ops = {.read = mapped_read,
                                     .row = mapped_row,
                                     .file = mapped_file,
                                     .intact = mapped_intact,
                                     .verify = mapped_verify,
                                     .close = mapped_close};

tokvec_table *mapped_table(const file_map *map, const matrix_view *view, tokvec_error *err)
{
    mapped_state *m = calloc(1, sizeof *m);
    if (m == NULL) {
        error_no_memory(err, sizeof *m);
        return NULL;
    }
    size_t size = tokvec_dtype_size(view->dtype);
    m->table = (tokvec_table){.ops = &mapped_ops,
                              .rows = view->rows,
                              .dim = view->dim,
                              .dtype = view->dtype,
                              .concurrent = true};
    m->map = map;
    m->view = *view;
    m->plain = view->axes == 0 && (view->col_stride == size || view->dim <= 1) &&
               (view->row_stride == view->dim * size || view->rows <= 1) &&
               !(view->big_endian && size > 1);
    return &m->table;
}
