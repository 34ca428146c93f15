/* unpack_gzip.c - gzip (RFC 1952): members one after the other, then perhaps zero bytes; and what
 * is inside of them, raw deflate (RFC 1951). zlib checks headers, checksums and lengths.
 * See unpack.h.
 * SPDX-License-Identifier: MIT */
#include "codec/unpack.h"

#include <string.h>

static bool gzip_recognise(const uint8_t *head, size_t size)
{
    return size >= 3 && memcmp(head, "\x1f\x8b\x08", 3) == 0;
}

#ifdef TOKVEC_HAVE_ZLIB
#include "base/library.h"

#include <limits.h>
#include <stdlib.h>
#define ZLIB_CONST /* its input is const */
#include <zlib.h>

#define FUNCTIONS(EACH) EACH(inflateInit2_) EACH(inflate) EACH(inflateReset) EACH(inflateEnd)
LIBRARY(zlib, "libz.so.1", FUNCTIONS)

enum { GZIP = 16 }; /* in place of raw data, for inflateInit2 */

typedef enum place { IN_MEMBER, BETWEEN, PADDING } place;

typedef struct gzip_stream {
    unpack_stream base;
    z_stream z;
    place place;
    bool later; /* there was a member before this one */
} gzip_stream;

static unpack_stream *open_stream(const unpack_kind *kind, int window, tokvec_error *err)
{
    if (!library_load(&zlib_library, err)) {
        unpack_hint_package("zlib1g", err);
        return NULL;
    }
    gzip_stream *s = calloc(1, sizeof *s);
    if (s == NULL || zlib.inflateInit2_(&s->z, window, ZLIB_VERSION, (int)sizeof s->z) != Z_OK) {
        free(s);
        error_no_memory(err, sizeof *s);
        return NULL;
    }
    s->base.kind = kind;
    return &s->base;
}

static unpack_stream *gzip_open(tokvec_error *err)
{
    return open_stream(&unpack_gzip, MAX_WBITS + GZIP, err);
}

static unpack_stream *deflate_open_stream(tokvec_error *err)
{
    return open_stream(&unpack_deflate, -MAX_WBITS, err);
}

static void gzip_close(unpack_stream *stream)
{
    gzip_stream *s = (gzip_stream *)stream;
    zlib.inflateEnd(&s->z);
    free(s);
}

static bool gzip_restart(unpack_stream *stream)
{
    gzip_stream *s = (gzip_stream *)stream;
    s->place = IN_MEMBER;
    s->later = false;
    return zlib.inflateReset(&s->z) == Z_OK;
}

static uInt part(size_t n)
{
    return n < UINT_MAX ? (uInt)n : UINT_MAX;
}

static const char *why(const gzip_stream *s)
{
    const char *message = s->z.msg == NULL ? "" : s->z.msg;
    if (strstr(message, "data check") != NULL)
        return "is damaged: its CRC-32 is not that of its content";
    if (strstr(message, "length check") != NULL)
        return "is damaged: its length is not that of its content";
    if (strstr(message, "header crc") != NULL)
        return "is damaged: the CRC of its header is wrong";
    if (s->later && strstr(message, "incorrect header") != NULL)
        return "is followed by other bytes";
    return "is damaged";
}

/* Inflates in a member. Counts down what is left of input and room. */
static unpack_status inflate_some(gzip_stream *s, unpack_io *io, size_t *in_left, size_t *out_left)
{
    uInt offered = part(*in_left), room = part(*out_left);
    s->z.next_in = io->in + (io->in_size - *in_left);
    s->z.avail_in = offered;
    s->z.next_out = io->out + (io->out_size - *out_left);
    s->z.avail_out = room;
    int status = zlib.inflate(&s->z, Z_NO_FLUSH);
    *in_left -= offered - s->z.avail_in;
    *out_left -= room - s->z.avail_out;
    if (status == Z_MEM_ERROR)
        return UNPACK_NO_MEMORY;
    if (status == Z_STREAM_END)
        return UNPACK_END;
    if (status == Z_OK || status == Z_BUF_ERROR) {
        if (!io->last || *in_left > 0 || *out_left == 0)
            return UNPACK_MORE;
        io->why = "is cut short";
        return UNPACK_BAD;
    }
    io->why = why(s);
    return UNPACK_BAD;
}

/* Behind a member: whether another begins, or zeros. */
static unpack_status between(gzip_stream *s, unpack_io *io, size_t *in_left)
{
    const uint8_t *at = io->in + (io->in_size - *in_left), *end = io->in + io->in_size;
    if (*at != 0 && s->place == BETWEEN) {
        s->place = IN_MEMBER;
        s->later = true;
        return zlib.inflateReset(&s->z) == Z_OK ? UNPACK_MORE : UNPACK_NO_MEMORY;
    }
    s->place = PADDING;
    while (at < end && *at == 0)
        at++;
    *in_left = (size_t)(end - at);
    if (at == end)
        return UNPACK_MORE;
    io->why = "is followed by other bytes";
    return UNPACK_BAD;
}

static unpack_status read_members(gzip_stream *s, unpack_io *io, size_t *in_left, size_t *out_left)
{
    for (;;) {
        unpack_status status = UNPACK_MORE;
        if (s->place == IN_MEMBER) {
            status = inflate_some(s, io, in_left, out_left);
            if (status != UNPACK_END)
                return status;
            s->place = BETWEEN;
        }
        if (*in_left == 0)
            return io->last ? UNPACK_END : UNPACK_MORE;
        status = between(s, io, in_left);
        if (status != UNPACK_MORE)
            return status;
    }
}

static unpack_status gzip_read(unpack_stream *stream, unpack_io *io)
{
    size_t in_left = io->in_size, out_left = io->out_size;
    unpack_status status = read_members((gzip_stream *)stream, io, &in_left, &out_left);
    io->in_size -= in_left;
    io->out_size -= out_left;
    return status;
}

static unpack_status deflate_read_stream(unpack_stream *stream, unpack_io *io)
{
    gzip_stream *s = (gzip_stream *)stream;
    size_t in_left = io->in_size, out_left = io->out_size;
    unpack_status status = inflate_some(s, io, &in_left, &out_left);
    if (status == UNPACK_END && (in_left > 0 || !io->last)) {
        io->why = "ends before its bytes do";
        status = UNPACK_BAD;
    }
    io->in_size -= in_left;
    io->out_size -= out_left;
    return status;
}

#else

static unpack_stream *gzip_open(tokvec_error *err)
{
    unpack_not_built(&unpack_gzip, "zlib", err);
    return NULL;
}

static unpack_stream *deflate_open_stream(tokvec_error *err)
{
    unpack_not_built(&unpack_deflate, "zlib", err);
    return NULL;
}

/* There is no stream to call these with. */
#define gzip_read           NULL
#define gzip_restart        NULL
#define gzip_close          NULL
#define deflate_read_stream NULL
#endif

const unpack_kind unpack_gzip = {
    .name = "gzip",
    .recognise = gzip_recognise,
    .open = gzip_open,
    .read = gzip_read,
    .restart = gzip_restart,
    .close = gzip_close,
};

const unpack_kind unpack_deflate = {
    .name = "deflate",
    .open = deflate_open_stream,
    .read = deflate_read_stream,
    .restart = gzip_restart,
    .close = gzip_close,
};
