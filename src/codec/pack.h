/* pack.h - output that is compressed on its way out: gzip, zstd, xz, bzip2.
 * One file for each kind, which has one line in the list of pack.c. Its library is loaded when it
 * is needed; a build without it knows the kind by its suffix. Levels are those of the kind's own
 * tool; nothing but the content decides the bytes: no name, no time. SPDX-License-Identifier: MIT
 */
#ifndef TOKVEC_CODEC_PACK_H
#define TOKVEC_CODEC_PACK_H

#include "io/sink.h"

typedef enum pack_status {
    PACK_MORE, /* goes on, where there is more input or more room */
    PACK_END,  /* all is packed and put out, after the last input */
    PACK_NO_MEMORY,
} pack_status;

/* What one call may take and make. */
typedef struct pack_io {
    const uint8_t *in;
    size_t in_size; /* becomes the number of bytes that were taken */
    bool last;      /* the content ends with these */
    uint8_t *out;
    size_t out_size; /* becomes the number of bytes that were made */
} pack_io;

typedef struct pack_kind {
    const char *name;   /* "gzip" */
    const char *suffix; /* of file names, without the dot: "gz" */
    const char *other;  /* another, that is read as well: "zstd"; or NULL */
    /* NULL and an error if the library cannot be loaded, or there is no memory. */
    void *(*open)(tokvec_error *err);
    pack_status (*step)(void *stream, pack_io *io);
    void (*close)(void *stream);
} pack_kind;

extern const pack_kind pack_gzip, pack_zstd, pack_xz, pack_bzip2;

/* The kind that a path's suffix names, in letters of either case, and how long the suffix is with
 * its dot; NULL: it names none. */
const pack_kind *pack_kind_of(const char *path, size_t *suffix);

/* Compresses what is going to be written to a sink. False and an error if that cannot be. */
bool pack_sink(sink *out, const pack_kind *kind, tokvec_error *err);

/* Says that the program was built without that library. Returns NULL. */
void *pack_not_built(const pack_kind *kind, const char *library, tokvec_error *err);

#endif
