/* pack_gzip.c - gzip (RFC 1952), by zlib.
 * See pack.h.
 * SPDX-License-Identifier: MIT */
#include "codec/pack.h"

#ifdef TOKVEC_HAVE_ZLIB
#include "base/library.h"

#include <limits.h>
#include <stdlib.h>
#define ZLIB_CONST /* its input is const */
#include <zlib.h>

#define FUNCTIONS(EACH) EACH(deflateInit2_) EACH(deflate) EACH(deflateEnd)
LIBRARY(zlib, "libz.so.1", FUNCTIONS)

static void *gzip_open(tokvec_error *err)
{
    enum { GZIP_HEADER = 16, MEMORY_LEVEL = 8 }; /* of zlib: that header has no name and no time */
    if (!library_load(&zlib_library, err))
        return NULL;
    z_stream *z = calloc(1, sizeof *z);
    if (z != NULL &&
        zlib.deflateInit2_(z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + GZIP_HEADER,
                           MEMORY_LEVEL, Z_DEFAULT_STRATEGY, ZLIB_VERSION, (int)sizeof *z) == Z_OK)
        return z;
    free(z);
    error_no_memory(err, 1 << 18);
    return NULL;
}

static uInt part(size_t n)
{
    return n < UINT_MAX ? (uInt)n : UINT_MAX;
}

static pack_status gzip_step(void *stream, pack_io *io)
{
    z_stream *z = stream;
    uInt offered = part(io->in_size), room = part(io->out_size);
    bool last = io->last && offered == io->in_size;
    z->next_in = io->in;
    z->avail_in = offered;
    z->next_out = io->out;
    z->avail_out = room;
    int status = zlib.deflate(z, last ? Z_FINISH : Z_NO_FLUSH);
    io->in_size = offered - z->avail_in;
    io->out_size = room - z->avail_out;
    return status == Z_STREAM_END ? PACK_END : PACK_MORE;
}

static void gzip_close(void *stream)
{
    zlib.deflateEnd(stream);
    free(stream);
}
#else
static void *gzip_open(tokvec_error *err)
{
    return pack_not_built(&pack_gzip, "zlib", err);
}

static pack_status gzip_step(void *stream, pack_io *io)
{
    (void)stream, (void)io;
    return PACK_NO_MEMORY;
}

static void gzip_close(void *stream)
{
    (void)stream;
}
#endif

const pack_kind pack_gzip = {"gzip", "gz", NULL, gzip_open, gzip_step, gzip_close};
