/* unpack_bzip2.c - bzip2: streams one after the other. The library checks all checksums.
 * See unpack.h.
 * SPDX-License-Identifier: MIT */
#include "codec/unpack.h"

#include <string.h>

/* A stream begins with a block, or is empty. */
static bool bzip2_recognise(const uint8_t *head, size_t size)
{
    return size >= 10 && memcmp(head, "BZh", 3) == 0 && head[3] >= '1' && head[3] <= '9' &&
           (memcmp(head + 4, "1AY&SY", 6) == 0 ||
            memcmp(head + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

#ifdef TOKVEC_HAVE_BZIP2
#include "base/library.h"

#include <bzlib.h>
#include <limits.h>
#include <stdlib.h>

#define FUNCTIONS(EACH) EACH(BZ2_bzDecompressInit) EACH(BZ2_bzDecompress) EACH(BZ2_bzDecompressEnd)
LIBRARY(bzip2, "libbz2.so.1.0", FUNCTIONS)

typedef struct bzip2_stream {
    unpack_stream base;
    bz_stream z;
    bool ready; /* z is initialised: a stream has begun, or may */
    bool later; /* it is not the first one */
    bool began; /* it has had input */
} bzip2_stream;

/* Gets ready for a stream. */
static bool begin(bzip2_stream *s, bool later)
{
    if (s->ready)
        bzip2.BZ2_bzDecompressEnd(&s->z);
    memset(&s->z, 0, sizeof s->z);
    s->ready = bzip2.BZ2_bzDecompressInit(&s->z, 0, 0) == BZ_OK;
    s->later = later;
    s->began = false;
    return s->ready;
}

static bool bzip2_restart(unpack_stream *stream)
{
    return begin((bzip2_stream *)stream, false);
}

static unpack_stream *bzip2_open(tokvec_error *err)
{
    if (!library_load(&bzip2_library, err)) {
        unpack_hint_package("libbz2-1.0", err);
        return NULL;
    }
    bzip2_stream *s = calloc(1, sizeof *s);
    if (s == NULL || !begin(s, false)) {
        free(s);
        error_no_memory(err, sizeof *s);
        return NULL;
    }
    s->base.kind = &unpack_bzip2;
    return &s->base;
}

static void bzip2_close(unpack_stream *stream)
{
    bzip2_stream *s = (bzip2_stream *)stream;
    if (s->ready)
        bzip2.BZ2_bzDecompressEnd(&s->z);
    free(s);
}

static unsigned part(size_t n)
{
    return n < UINT_MAX ? (unsigned)n : UINT_MAX;
}

static unpack_status read_streams(bzip2_stream *s, unpack_io *io, size_t *in_left, size_t *out_left)
{
    for (;;) {
        if (io->last && *in_left == 0 && s->later && !s->began)
            return UNPACK_END;
        unsigned offered = part(*in_left), room = part(*out_left);
        s->z.next_in = (char *)(uintptr_t)(io->in + (io->in_size - *in_left)); /* is only read */
        s->z.avail_in = offered;
        s->z.next_out = (char *)io->out + (io->out_size - *out_left);
        s->z.avail_out = room;
        int status = s->ready ? bzip2.BZ2_bzDecompress(&s->z) : BZ_MEM_ERROR;
        s->began = s->began || offered > s->z.avail_in;
        *in_left -= offered - s->z.avail_in;
        *out_left -= room - s->z.avail_out;
        if (status == BZ_MEM_ERROR)
            return UNPACK_NO_MEMORY;
        if (status == BZ_STREAM_END) {
            if (!begin(s, true))
                return UNPACK_NO_MEMORY;
            if (*in_left == 0 && !io->last)
                return UNPACK_MORE;
        } else if (status != BZ_OK) {
            io->why = s->later && status == BZ_DATA_ERROR_MAGIC ? "is followed by other bytes"
                                                                : "is damaged";
            return UNPACK_BAD;
        } else if (*out_left == 0 || !io->last || *in_left > 0) {
            return UNPACK_MORE;
        } else {
            io->why = "is cut short";
            return UNPACK_BAD;
        }
    }
}

static unpack_status bzip2_read(unpack_stream *stream, unpack_io *io)
{
    size_t in_left = io->in_size, out_left = io->out_size;
    unpack_status status = read_streams((bzip2_stream *)stream, io, &in_left, &out_left);
    io->in_size -= in_left;
    io->out_size -= out_left;
    return status;
}

#else

static unpack_stream *bzip2_open(tokvec_error *err)
{
    unpack_not_built(&unpack_bzip2, "libbz2", err);
    return NULL;
}

/* There is no stream to call these with. */
#define bzip2_read    NULL
#define bzip2_restart NULL
#define bzip2_close   NULL
#endif

const unpack_kind unpack_bzip2 = {
    .name = "bzip2",
    .recognise = bzip2_recognise,
    .open = bzip2_open,
    .read = bzip2_read,
    .restart = bzip2_restart,
    .close = bzip2_close,
};
