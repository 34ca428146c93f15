/* pack_bzip2.c - bzip2, by libbz2.
 * See pack.h.
 * SPDX-License-Identifier: MIT */
#include "codec/pack.h"

#ifdef TOKVEC_HAVE_BZIP2
#include "base/library.h"

#include <bzlib.h>
#include <limits.h>
#include <stdlib.h>

#define FUNCTIONS(EACH) EACH(BZ2_bzCompressInit) EACH(BZ2_bzCompress) EACH(BZ2_bzCompressEnd)
LIBRARY(bzip2, "libbz2.so.1.0", FUNCTIONS)

static void *bzip2_open(tokvec_error *err)
{
    enum { BLOCK = 9 };
    if (!library_load(&bzip2_library, err))
        return NULL;
    bz_stream *z = calloc(1, sizeof *z);
    if (z != NULL && bzip2.BZ2_bzCompressInit(z, BLOCK, 0, 0) == BZ_OK)
        return z;
    free(z);
    error_no_memory(err, 1 << 23);
    return NULL;
}

static pack_status bzip2_step(void *stream, pack_io *io)
{
    bz_stream *z = stream;
    unsigned offered = io->in_size < UINT_MAX ? (unsigned)io->in_size : UINT_MAX;
    unsigned room = (unsigned)io->out_size;
    bool last = io->last && offered == io->in_size;
    z->next_in = (char *)(uintptr_t)io->in; /* which it does not change */
    z->avail_in = offered;
    z->next_out = (char *)io->out;
    z->avail_out = room;
    int status = last || offered > 0 ? bzip2.BZ2_bzCompress(z, last ? BZ_FINISH : BZ_RUN) : BZ_OK;
    io->in_size = offered - z->avail_in;
    io->out_size = room - z->avail_out;
    return status == BZ_STREAM_END ? PACK_END : PACK_MORE;
}

static void bzip2_close(void *stream)
{
    bzip2.BZ2_bzCompressEnd(stream);
    free(stream);
}
#else
static void *bzip2_open(tokvec_error *err)
{
    return pack_not_built(&pack_bzip2, "libbz2", err);
}

static pack_status bzip2_step(void *stream, pack_io *io)
{
    (void)stream, (void)io;
    return PACK_NO_MEMORY;
}

static void bzip2_close(void *stream)
{
    (void)stream;
}
#endif

const pack_kind pack_bzip2 = {"bzip2", "bz2", NULL, bzip2_open, bzip2_step, bzip2_close};
