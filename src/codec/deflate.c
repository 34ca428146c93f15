/* deflate.c - raw deflated data (RFC 1951) as a stream of bytes.
 * See deflate.h.
 * SPDX-License-Identifier: MIT */
#include "codec/deflate.h"

#ifdef TOKVEC_HAVE_ZLIB
#include "base/library.h"

#include <limits.h>
#include <stdlib.h>
#define ZLIB_CONST /* its input is const */
#include <zlib.h>

#define FUNCTIONS(EACH) \
    EACH(inflateInit2_) EACH(inflate) EACH(inflateReset) EACH(inflateEnd) EACH(crc32)
LIBRARY(zlib, "libz.so.1", FUNCTIONS)

struct deflate_stream {
    z_stream z;
};

deflate_stream *deflate_open(tokvec_error *err)
{
    if (!library_load(&zlib_library, err))
        return NULL;
    deflate_stream *s = calloc(1, sizeof *s);
    if (s == NULL ||
        zlib.inflateInit2_(&s->z, -MAX_WBITS, ZLIB_VERSION, (int)sizeof s->z) != Z_OK) {
        free(s);
        error_no_memory(err, DEFLATE_WINDOW);
        return NULL;
    }
    return s;
}

void deflate_close(deflate_stream *s)
{
    if (s == NULL)
        return;
    zlib.inflateEnd(&s->z);
    free(s);
}

void deflate_restart(deflate_stream *s)
{
    zlib.inflateReset(&s->z); /* which fails only for what is not a stream */
}

static uInt part(size_t n)
{
    return n < UINT_MAX ? (uInt)n : UINT_MAX;
}

deflate_status deflate_read(deflate_stream *s, const uint8_t *input, size_t *in, uint8_t *output,
                            size_t *out)
{
    uInt offered = part(*in), room = part(*out);
    s->z.next_in = input;
    s->z.avail_in = offered;
    s->z.next_out = output;
    s->z.avail_out = room;
    int status = zlib.inflate(&s->z, Z_SYNC_FLUSH);
    *in = offered - s->z.avail_in;
    *out = room - s->z.avail_out;
    switch (status) {
    case Z_OK:
    case Z_BUF_ERROR: return DEFLATE_MORE;
    case Z_STREAM_END: return DEFLATE_END;
    case Z_MEM_ERROR: return DEFLATE_NO_MEMORY;
    default: return DEFLATE_DAMAGED;
    }
}

bool deflate_crc32(uint32_t *crc, const uint8_t *bytes, size_t size, tokvec_error *err)
{
    if (!library_load(&zlib_library, err))
        return false;
    for (size_t n; size > 0; bytes += n, size -= n) {
        n = part(size);
        *crc = (uint32_t)zlib.crc32(*crc, bytes, (uInt)n);
    }
    return true;
}

#else

deflate_stream *deflate_open(tokvec_error *err)
{
    error_set(err, TOKVEC_UNSUPPORTED, "the data is compressed (deflate)");
    error_hint(err, "this tokvec was built without zlib; build it with, or store uncompressed");
    return NULL;
}

/* There is no stream to call these with. */

void deflate_close(deflate_stream *s)
{
    (void)s;
}

void deflate_restart(deflate_stream *s)
{
    (void)s;
}

deflate_status deflate_read(deflate_stream *s, const uint8_t *input, size_t *in, uint8_t *output,
                            size_t *out)
{
    (void)s;
    (void)input;
    (void)output;
    *in = *out = 0;
    return DEFLATE_DAMAGED;
}

bool deflate_crc32(uint32_t *crc, const uint8_t *bytes, size_t size, tokvec_error *err)
{
    static const uint32_t POLYNOMIAL = 0xedb88320; /* of IEEE 802.3, its bits turned round */
    uint32_t rest = ~*crc;
    (void)err;
    for (size_t i = 0; i < size; i++) {
        rest ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            rest = rest >> 1 ^ (POLYNOMIAL & (0 - (rest & 1)));
    }
    *crc = ~rest;
    return true;
}

#endif
