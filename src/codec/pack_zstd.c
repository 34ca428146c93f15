/* pack_zstd.c - zstd (RFC 8878), by libzstd: one frame with a checksum, as the tool writes it.
 * See pack.h.
 * SPDX-License-Identifier: MIT */
#include "codec/pack.h"

#ifdef TOKVEC_HAVE_ZSTD
#include "base/library.h"

#include <zstd.h>

#define FUNCTIONS(EACH)   \
    EACH(ZSTD_createCCtx) \
    EACH(ZSTD_freeCCtx) EACH(ZSTD_CCtx_setParameter) EACH(ZSTD_compressStream2) EACH(ZSTD_isError)
LIBRARY(zstd, "libzstd.so.1", FUNCTIONS)

static void *zstd_open(tokvec_error *err)
{
    enum { LEVEL = 3 };
    if (!library_load(&zstd_library, err))
        return NULL;
    ZSTD_CCtx *z = zstd.ZSTD_createCCtx();
    if (z != NULL &&
        !zstd.ZSTD_isError(zstd.ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, LEVEL)) &&
        !zstd.ZSTD_isError(zstd.ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1)))
        return z;
    zstd.ZSTD_freeCCtx(z);
    error_no_memory(err, 1 << 20);
    return NULL;
}

static pack_status zstd_step(void *stream, pack_io *io)
{
    ZSTD_inBuffer in = {io->in, io->in_size, 0};
    ZSTD_outBuffer out = {io->out, io->out_size, 0};
    size_t left =
        zstd.ZSTD_compressStream2(stream, &out, &in, io->last ? ZSTD_e_end : ZSTD_e_continue);
    io->in_size = in.pos;
    io->out_size = out.pos;
    if (zstd.ZSTD_isError(left)) /* of what can go wrong here the only thing */
        return PACK_NO_MEMORY;
    return io->last && left == 0 ? PACK_END : PACK_MORE;
}

static void zstd_close(void *stream)
{
    zstd.ZSTD_freeCCtx(stream);
}
#else
static void *zstd_open(tokvec_error *err)
{
    return pack_not_built(&pack_zstd, "libzstd", err);
}

static pack_status zstd_step(void *stream, pack_io *io)
{
    (void)stream, (void)io;
    return PACK_NO_MEMORY;
}

static void zstd_close(void *stream)
{
    (void)stream;
}
#endif

const pack_kind pack_zstd = {"zstd", "zst", "zstd", zstd_open, zstd_step, zstd_close};
