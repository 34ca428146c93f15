/* zip_stream.c - the content of deflated zip members.
 * See zip.h.
 * SPDX-License-Identifier: MIT */
#include "codec/zip.h"

#include "codec/deflate.h"

#include <stdint.h>
#include <stdlib.h>

struct zip_stream {
    const file_map *map;
    const zip_member *member;
    uint64_t data;            /* of the packed bytes in the file */
    uint64_t taken, position; /* packed bytes read, bytes of content given out */
    uint32_t crc;
    deflate_stream *deflated;
};

static bool bad(const zip_stream *s, tokvec_error *err, const char *what)
{
    return file_map_bad(s->map, s->data + s->taken, err, "the zip member '%.*s': %s",
                        (int)s->member->name_length, s->member->name, what);
}

zip_stream *zip_stream_open(const file_map *map, const zip_member *member, uint64_t data,
                            tokvec_error *err)
{
    deflate_stream *deflated = deflate_open(err);
    if (deflated == NULL) {
        if (err != NULL && err->code == TOKVEC_UNSUPPORTED)
            error_where(err, "%s, byte %llu", map->path, (unsigned long long)data);
        return NULL;
    }
    zip_stream *s = calloc(1, sizeof *s);
    if (s == NULL) {
        deflate_close(deflated);
        error_no_memory(err, sizeof *s);
        return NULL;
    }
    *s = (zip_stream){.map = map, .member = member, .data = data, .deflated = deflated};
    return s;
}

void zip_stream_close(zip_stream *s)
{
    if (s == NULL)
        return;
    deflate_close(s->deflated);
    free(s);
}

uint64_t zip_stream_position(const zip_stream *s)
{
    return s->position;
}

void zip_stream_rewind(zip_stream *s)
{
    s->taken = s->position = 0;
    s->crc = 0;
    deflate_restart(s->deflated);
}

/* Inflates up to n bytes; *n becomes the number of those that it made. */
static deflate_status inflate_some(zip_stream *s, uint8_t *to, size_t *n)
{
    enum { PIECE = 1 << 20 };
    uint64_t left = s->member->packed - s->taken;
    size_t in = (size_t)(left < PIECE ? left : PIECE);
    *n = *n < PIECE ? *n : PIECE;
    if (!file_want(s->map, s->data + s->taken, in, NULL))
        in = 0; /* as if the file were cut, until file_map_intact is asked */
    deflate_status status =
        deflate_read(s->deflated, s->map->data + s->data + s->taken, &in, to, n);
    s->taken += in;
    return status;
}

/* After the last byte: the deflated data ends there too, and what came out is what went in. */
static bool check_end(zip_stream *s, deflate_status status, tokvec_error *err)
{
    uint8_t more;
    size_t made = 0;
    while (status == DEFLATE_MORE && made == 0) {
        uint64_t taken = s->taken;
        made = 1;
        status = inflate_some(s, &more, &made);
        if (s->taken == taken)
            break;
    }
    if (status == DEFLATE_NO_MEMORY)
        return error_no_memory(err, DEFLATE_WINDOW);
    if (status != DEFLATE_END || made > 0)
        return bad(s, err, "its content is longer than the directory says, or damaged");
    if (s->crc != s->member->crc)
        return bad(s, err, "its CRC-32 is not that of its content");
    return true;
}

bool zip_stream_read(zip_stream *s, void *out, size_t n, tokvec_error *err)
{
    uint8_t *to = out;
    while (n > 0) {
        uint64_t taken = s->taken;
        size_t made = n;
        deflate_status status = inflate_some(s, to, &made);
        deflate_crc32(&s->crc, to, made, NULL); /* zlib is loaded: it has made this */
        s->position += made;
        to += made;
        n -= made;
        if (status == DEFLATE_NO_MEMORY)
            return error_no_memory(err, DEFLATE_WINDOW);
        if (status == DEFLATE_DAMAGED)
            return bad(s, err, "its deflated data is damaged");
        if (n > 0 && (status == DEFLATE_END || (made == 0 && s->taken == taken)))
            return bad(s, err, "its content is shorter than the directory says");
        if (n == 0 && s->position == s->member->size)
            return check_end(s, status, err);
    }
    return true;
}

bool zip_check_stored(const file_map *map, const zip_member *m, uint64_t data, tokvec_error *err)
{
    uint32_t crc = 0;
    for (uint64_t at = data, stop = data + m->packed, end; at < stop; at = end) {
        end = file_piece(map, at, err);
        end = end < stop ? end : stop;
        if (end == at || !deflate_crc32(&crc, map->data + at, (size_t)(end - at), err))
            return false;
    }
    if (!file_map_intact(map, err))
        return false;
    return crc == m->crc || file_map_bad(map, data, err,
                                         "the zip member '%.*s': its CRC-32 is not that of its "
                                         "content",
                                         (int)m->name_length, m->name);
}
bool zip_content(const zip_archive *zip, const zip_member *m, const uint8_t **bytes, uint64_t *at,
                 uint8_t **owned, tokvec_error *err)
{
    *owned = NULL;
    if (!zip_locate(zip, m, at, err))
        return false;
    *bytes = zip->map->data + *at;
    if (!zip_is_deflated(m))
        return file_want(zip->map, *at, m->size, err);
    zip_stream *stream = zip_stream_open(zip->map, m, *at, err);
    uint8_t *content = m->size < PTRDIFF_MAX ? malloc((size_t)m->size + 1) : NULL;
    bool good = stream != NULL && content != NULL;
    if (stream != NULL && content == NULL)
        error_no_memory(err, m->size);
    good = good && zip_stream_read(stream, content, (size_t)m->size, err);
    zip_stream_close(stream);
    if (!good)
        free(content);
    else
        *bytes = *owned = content;
    return good;
}
