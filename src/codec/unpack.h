/* unpack.h - compressed data as a stream of bytes: gzip, zstd, xz, bzip2, raw deflate.
 * One file for each kind, which has one line in the list of unpack.c. Its library is loaded when
 * the first stream is opened; a build without it knows the kind by its name.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CODEC_UNPACK_H
#define TOKVEC_CODEC_UNPACK_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef enum unpack_status {
    UNPACK_MORE, /* goes on, where there is more input and more room */
    UNPACK_END,  /* of all members, frames or streams, and of the input; each was intact */
    UNPACK_BAD,  /* why says it */
    UNPACK_NO_MEMORY,
} unpack_status;

/* What one call may take and make. */
typedef struct unpack_io {
    const uint8_t *in;
    size_t in_size; /* becomes the number of bytes that were taken */
    bool last;      /* the input ends with these: from then on all that is left is given */
    uint8_t *out;
    size_t out_size; /* becomes the number of bytes that were made */
    const char *why; /* with UNPACK_BAD: what is wrong, as the end of "the gzip data ..." */
} unpack_io;

/* The first member of a kind's own struct. */
typedef struct unpack_stream {
    const struct unpack_kind *kind;
} unpack_stream;

typedef struct unpack_kind {
    const char *name; /* "gzip" */
    /* Whether data begins as of this kind; NULL: nothing tells. */
    bool (*recognise)(const uint8_t *head, size_t size);
    /* NULL and an error if the library cannot be loaded, or there is no memory. Memory: what the
     * kind's window takes, at most 512 MB, and only where the data asks for it. */
    unpack_stream *(*open)(tokvec_error *err);
    unpack_status (*read)(unpack_stream *stream, unpack_io *io);
    /* Goes back to the beginning; false without memory. */
    bool (*restart)(unpack_stream *stream);
    void (*close)(unpack_stream *stream);
} unpack_kind;

extern const unpack_kind unpack_gzip, unpack_zstd, unpack_xz, unpack_bzip2;
extern const unpack_kind unpack_deflate; /* of zip members: one stream, without a checksum */

enum { UNPACK_HEAD = 18 }; /* so many first bytes tell the kind */

/* The kind that data begins as; NULL: none of these. */
const unpack_kind *unpack_kind_of(const uint8_t *head, size_t size);

/* Says that the program was built without that library. Returns false. */
bool unpack_not_built(const unpack_kind *kind, const char *library, tokvec_error *err);

/* Adds which package brings a kind's library to the error of its loading. Returns false. */
bool unpack_hint_package(const char *package, tokvec_error *err);

#endif
