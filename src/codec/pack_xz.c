/* pack_xz.c - xz, by liblzma.
 * See pack.h.
 * SPDX-License-Identifier: MIT */
#include "codec/pack.h"

#ifdef TOKVEC_HAVE_LZMA
#include "base/library.h"

#include <lzma.h>
#include <stdlib.h>

#define FUNCTIONS(EACH) EACH(lzma_easy_encoder) EACH(lzma_code) EACH(lzma_end)
LIBRARY(xz, "liblzma.so.5", FUNCTIONS)

static void *xz_open(tokvec_error *err)
{
    enum { LEVEL = 6 };
    if (!library_load(&xz_library, err))
        return NULL;
    lzma_stream *z = calloc(1, sizeof *z);
    if (z != NULL && xz.lzma_easy_encoder(z, LEVEL, LZMA_CHECK_CRC64) == LZMA_OK)
        return z;
    free(z);
    error_no_memory(err, 1 << 26);
    return NULL;
}

static pack_status xz_step(void *stream, pack_io *io)
{
    lzma_stream *z = stream;
    z->next_in = io->in;
    z->avail_in = io->in_size;
    z->next_out = io->out;
    z->avail_out = io->out_size;
    lzma_ret status = xz.lzma_code(z, io->last ? LZMA_FINISH : LZMA_RUN);
    io->in_size -= z->avail_in;
    io->out_size -= z->avail_out;
    if (status == LZMA_STREAM_END)
        return PACK_END;
    /* Nothing could be done in this call. */
    return status == LZMA_OK || status == LZMA_BUF_ERROR ? PACK_MORE : PACK_NO_MEMORY;
}

static void xz_close(void *stream)
{
    xz.lzma_end(stream);
    free(stream);
}
#else
static void *xz_open(tokvec_error *err)
{
    return pack_not_built(&pack_xz, "liblzma", err);
}

static pack_status xz_step(void *stream, pack_io *io)
{
    (void)stream, (void)io;
    return PACK_NO_MEMORY;
}

static void xz_close(void *stream)
{
    (void)stream;
}
#endif

const pack_kind pack_xz = {"xz", "xz", NULL, xz_open, xz_step, xz_close};
