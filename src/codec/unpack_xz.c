/* unpack_xz.c - xz: streams one after the other, with padding. The library checks all checksums.
 * See unpack.h.
 * SPDX-License-Identifier: MIT */
#include "codec/unpack.h"

#include <string.h>

static bool xz_recognise(const uint8_t *head, size_t size)
{
    return size >= 6 && memcmp(head, "\xfd\x37zXZ\0", 6) == 0;
}

#ifdef TOKVEC_HAVE_LZMA
#include "base/library.h"

#include <lzma.h>
#include <stdlib.h>

#define FUNCTIONS(EACH) EACH(lzma_stream_decoder) EACH(lzma_code) EACH(lzma_end)
LIBRARY(xz, "liblzma.so.5", FUNCTIONS)

#define MEMORY_MOST (UINT64_C(512) << 20) /* xz -9 needs 65 MB */

typedef struct xz_stream {
    unpack_stream base;
    lzma_stream z;
    bool began;
} xz_stream;

static bool xz_restart(unpack_stream *stream)
{
    xz_stream *s = (xz_stream *)stream;
    s->began = false;
    return xz.lzma_stream_decoder(&s->z, MEMORY_MOST, LZMA_CONCATENATED) == LZMA_OK;
}

static unpack_stream *xz_open(tokvec_error *err)
{
    static const lzma_stream fresh = LZMA_STREAM_INIT;
    if (!library_load(&xz_library, err)) {
        unpack_hint_package("liblzma5", err);
        return NULL;
    }
    xz_stream *s = calloc(1, sizeof *s);
    if (s != NULL) {
        s->base.kind = &unpack_xz;
        s->z = fresh;
    }
    if (s == NULL || !xz_restart(&s->base)) {
        free(s);
        error_no_memory(err, sizeof *s);
        return NULL;
    }
    return &s->base;
}

static void xz_close(unpack_stream *stream)
{
    xz_stream *s = (xz_stream *)stream;
    xz.lzma_end(&s->z);
    free(s);
}

static unpack_status xz_read(unpack_stream *stream, unpack_io *io)
{
    xz_stream *s = (xz_stream *)stream;
    s->z.next_in = io->in;
    s->z.avail_in = io->in_size;
    s->z.next_out = io->out;
    s->z.avail_out = io->out_size;
    lzma_ret status = LZMA_OK;
    while (status == LZMA_OK && s->z.avail_out > 0 && (s->z.avail_in > 0 || io->last))
        status = xz.lzma_code(&s->z, io->last ? LZMA_FINISH : LZMA_RUN);
    io->in_size -= s->z.avail_in;
    io->out_size -= s->z.avail_out;
    bool began = s->began;
    s->began = began || io->out_size > 0;
    switch (status) {
    case LZMA_OK: return UNPACK_MORE;
    case LZMA_STREAM_END: return UNPACK_END;
    case LZMA_MEM_ERROR: return UNPACK_NO_MEMORY;
    case LZMA_BUF_ERROR: io->why = "is cut short"; break;
    case LZMA_MEMLIMIT_ERROR: io->why = "needs more than 512 MB to be unpacked"; break;
    case LZMA_FORMAT_ERROR: io->why = began ? "is followed by other bytes" : "is damaged"; break;
    case LZMA_OPTIONS_ERROR: io->why = "is damaged, or of a newer kind"; break;
    default: io->why = "is damaged, or followed by other bytes"; break;
    }
    return UNPACK_BAD;
}

#else

static unpack_stream *xz_open(tokvec_error *err)
{
    unpack_not_built(&unpack_xz, "liblzma", err);
    return NULL;
}

/* There is no stream to call these with. */
#define xz_read    NULL
#define xz_restart NULL
#define xz_close   NULL
#endif

const unpack_kind unpack_xz = {
    .name = "xz",
    .recognise = xz_recognise,
    .open = xz_open,
    .read = xz_read,
    .restart = xz_restart,
    .close = xz_close,
};
