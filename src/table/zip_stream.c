/* zip_stream.c - the content of deflated zip members.
 * See zip.h. Needs zlib; without it, an error says so.
 * SPDX-License-Identifier: MIT */
#include "table/zip.h"

#include "base/bytes.h"

#include <stdlib.h>

#ifdef TOKVEC_HAVE_ZLIB
#include <zlib.h>

struct zip_stream {
    const file_map *map;
    const zip_member *member;
    uint64_t data;            /* of the packed bytes in the file */
    uint64_t taken, position; /* packed bytes read, bytes of content given out */
    uint32_t crc;
    z_stream z;
};

static bool bad(const zip_stream *s, tokvec_error *err, const char *what)
{
    return file_map_bad(s->map, s->data + s->taken, err, "the zip member '%.*s': %s",
                        (int)s->member->name_length, s->member->name, what);
}

zip_stream *zip_stream_open(const file_map *map, const zip_member *member, uint64_t data,
                            tokvec_error *err)
{
    zip_stream *s = calloc(1, sizeof *s);
    if (s == NULL || inflateInit2(&s->z, -MAX_WBITS) != Z_OK) {
        free(s);
        error_no_memory(err, 1 << MAX_WBITS);
        return NULL;
    }
    s->map = map;
    s->member = member;
    s->data = data;
    return s;
}

void zip_stream_close(zip_stream *s)
{
    if (s == NULL)
        return;
    inflateEnd(&s->z);
    free(s);
}

uint64_t zip_stream_position(const zip_stream *s)
{
    return s->position;
}

bool zip_stream_rewind(zip_stream *s, tokvec_error *err)
{
    s->taken = s->position = 0;
    s->crc = 0;
    s->z.avail_in = 0;
    return inflateReset(&s->z) == Z_OK || bad(s, err, "cannot begin again");
}

/* After the last byte: the deflated data ends there too, and what came out is what went in. */
static bool check_end(zip_stream *s, tokvec_error *err)
{
    uint8_t more;
    s->z.next_out = &more;
    s->z.avail_out = 1;
    s->z.next_in = (Bytef *)(uintptr_t)(s->map->data + s->data + s->taken);
    s->z.avail_in = (uInt)(s->member->packed - s->taken < UINT32_MAX ? s->member->packed - s->taken
                                                                     : UINT32_MAX);
    int status = inflate(&s->z, Z_SYNC_FLUSH);
    if (status == Z_MEM_ERROR)
        return error_no_memory(err, 1 << MAX_WBITS);
    if (status != Z_STREAM_END || s->z.avail_out != 1)
        return bad(s, err, "its content is longer than the directory says, or damaged");
    if (s->crc != s->member->crc)
        return bad(s, err, "its CRC-32 is not that of its content");
    return true;
}

bool zip_stream_read(zip_stream *s, void *out, size_t n, tokvec_error *err)
{
    enum { PIECE = 1 << 20 };
    uint8_t *to = out;
    while (n > 0) {
        uint64_t left = s->member->packed - s->taken;
        uInt offered = (uInt)(left < PIECE ? left : PIECE), wanted = (uInt)(n < PIECE ? n : PIECE);
        s->z.next_in = (Bytef *)(uintptr_t)(s->map->data + s->data + s->taken);
        s->z.avail_in = offered;
        s->z.next_out = to;
        s->z.avail_out = wanted;
        int status = inflate(&s->z, Z_SYNC_FLUSH);
        size_t made = wanted - s->z.avail_out;
        s->taken += offered - s->z.avail_in;
        s->crc = (uint32_t)crc32(s->crc, to, (uInt)made);
        s->position += made;
        to += made;
        n -= made;
        if (status == Z_MEM_ERROR)
            return error_no_memory(err, 1 << MAX_WBITS);
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
            return bad(s, err, "its deflated data is damaged");
        if (n > 0 && made == 0 && s->z.avail_in == offered)
            return bad(s, err, "its content is shorter than the directory says");
        if (n > 0 && status == Z_STREAM_END)
            return bad(s, err, "its content is shorter than the directory says");
        if (n == 0 && s->position == s->member->size && status != Z_STREAM_END)
            return check_end(s, err);
        if (n == 0 && s->position == s->member->size && s->crc != s->member->crc)
            return bad(s, err, "its CRC-32 is not that of its content");
    }
    return true;
}

#else

zip_stream *zip_stream_open(const file_map *map, const zip_member *member, uint64_t data,
                            tokvec_error *err)
{
    error_set(err, TOKVEC_UNSUPPORTED, "the zip member '%.*s' is compressed",
              (int)member->name_length, member->name);
    error_where(err, "%s, byte %llu", map->path, (unsigned long long)data);
    error_hint(err, "this tokvec was built without zlib; build it with, or store uncompressed");
    return NULL;
}

void zip_stream_close(zip_stream *s)
{
    (void)s;
}

uint64_t zip_stream_position(const zip_stream *s)
{
    (void)s;
    return 0;
}

bool zip_stream_rewind(zip_stream *s, tokvec_error *err)
{
    (void)s;
    return error_set(err, TOKVEC_UNSUPPORTED, "no zlib");
}

bool zip_stream_read(zip_stream *s, void *out, size_t n, tokvec_error *err)
{
    (void)out;
    (void)n;
    return zip_stream_rewind(s, err);
}

#endif

bool zip_content(const zip_archive *zip, const zip_member *m, const uint8_t **bytes, uint64_t *at,
                 uint8_t **owned, tokvec_error *err)
{
    *owned = NULL;
    if (!zip_locate(zip, m, at, err))
        return false;
    *bytes = zip->map->data + *at;
    if (!zip_is_deflated(m))
        return true;
    zip_stream *stream = zip_stream_open(zip->map, m, *at, err);
    uint8_t *content = malloc((size_t)m->size + 1);
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
