/* unpack_zstd.c - zstd (RFC 8878): frames and skippable frames, one after the other. The library
 * checks what checksums there are.
 * See unpack.h.
 * SPDX-License-Identifier: MIT */
#include "codec/unpack.h"

#include "base/bytes.h"

#include <string.h>

static bool is_frame(const uint8_t *at)
{
    return memcmp(at, "\x28\xb5\x2f\xfd", 4) == 0;
}

static bool is_skippable(const uint8_t *at)
{
    return (at[0] & 0xf0) == 0x50 && memcmp(at + 1, "\x2a\x4d\x18", 3) == 0;
}

/* A skippable frame comes first in files of lz4 too: then what follows it tells, if it is seen. */
static bool zstd_recognise(const uint8_t *head, size_t size)
{
    if (size < 8 || is_frame(head) || !is_skippable(head))
        return size >= 4 && is_frame(head);
    uint64_t next = 8 + (uint64_t)load_le32(head + 4);
    return next + 4 > size || is_frame(head + next) || is_skippable(head + next);
}

#ifdef TOKVEC_HAVE_ZSTD
#include "base/library.h"

#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#define FUNCTIONS(EACH)         \
    EACH(ZSTD_createDStream)    \
    EACH(ZSTD_freeDStream)      \
    EACH(ZSTD_decompressStream) \
    EACH(ZSTD_DCtx_reset) EACH(ZSTD_DCtx_setParameter) EACH(ZSTD_isError) EACH(ZSTD_getErrorCode)
LIBRARY(zstd, "libzstd.so.1", FUNCTIONS)

enum { WINDOW_LOG = 27 }; /* 128 MB: what zstd itself takes without being told to */

typedef struct zstd_stream {
    unpack_stream base;
    ZSTD_DStream *z;
    bool inside; /* a frame has begun and not ended */
} zstd_stream;

static unpack_stream *zstd_open(tokvec_error *err)
{
    if (!library_load(&zstd_library, err)) {
        unpack_hint_package("libzstd1", err);
        return NULL;
    }
    zstd_stream *s = calloc(1, sizeof *s);
    ZSTD_DStream *z = s == NULL ? NULL : zstd.ZSTD_createDStream();
    if (z == NULL ||
        zstd.ZSTD_isError(zstd.ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, WINDOW_LOG))) {
        if (z != NULL)
            zstd.ZSTD_freeDStream(z);
        free(s);
        error_no_memory(err, sizeof *s);
        return NULL;
    }
    *s = (zstd_stream){.base.kind = &unpack_zstd, .z = z, .inside = true};
    return &s->base;
}

static void zstd_close(unpack_stream *stream)
{
    zstd_stream *s = (zstd_stream *)stream;
    zstd.ZSTD_freeDStream(s->z);
    free(s);
}

static bool zstd_restart(unpack_stream *stream)
{
    zstd_stream *s = (zstd_stream *)stream;
    s->inside = true;
    return !zstd.ZSTD_isError(zstd.ZSTD_DCtx_reset(s->z, ZSTD_reset_session_only));
}

static const char *why(ZSTD_ErrorCode code, bool inside)
{
    switch (code) {
    case ZSTD_error_prefix_unknown: return inside ? "is damaged" : "is followed by other bytes";
    case ZSTD_error_checksum_wrong: return "is damaged: its checksum is not that of its content";
    case ZSTD_error_frameParameter_windowTooLarge: return "needs a window of more than 128 MB";
    case ZSTD_error_dictionary_wrong: return "needs a dictionary";
    default: return "is damaged";
    }
}

static unpack_status zstd_read(unpack_stream *stream, unpack_io *io)
{
    zstd_stream *s = (zstd_stream *)stream;
    ZSTD_inBuffer in = {io->in, io->in_size, 0};
    ZSTD_outBuffer out = {io->out, io->out_size, 0};
    unpack_status status = UNPACK_MORE;
    /* What the library holds back for want of room comes without input. */
    while (status == UNPACK_MORE && (in.pos < in.size || s->inside)) {
        size_t taken = in.pos, made = out.pos;
        bool inside = s->inside;
        size_t left = zstd.ZSTD_decompressStream(s->z, &out, &in);
        if (zstd.ZSTD_isError(left)) {
            ZSTD_ErrorCode code = zstd.ZSTD_getErrorCode(left);
            io->why = why(code, inside);
            status = code == ZSTD_error_memory_allocation ? UNPACK_NO_MEMORY : UNPACK_BAD;
            break;
        }
        s->inside = left != 0;
        if (out.pos == out.size || (in.pos == taken && out.pos == made))
            break;
    }
    if (status == UNPACK_MORE && io->last && in.pos == in.size && out.pos < out.size) {
        io->why = "is cut short";
        status = s->inside ? UNPACK_BAD : UNPACK_END;
    }
    io->in_size = in.pos;
    io->out_size = out.pos;
    return status;
}

#else

static unpack_stream *zstd_open(tokvec_error *err)
{
    unpack_not_built(&unpack_zstd, "libzstd", err);
    return NULL;
}

/* There is no stream to call these with. */
#define zstd_read    NULL
#define zstd_restart NULL
#define zstd_close   NULL
#endif

const unpack_kind unpack_zstd = {
    .name = "zstd",
    .recognise = zstd_recognise,
    .open = zstd_open,
    .read = zstd_read,
    .restart = zstd_restart,
    .close = zstd_close,
};
