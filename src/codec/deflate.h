/* deflate.h - raw deflated data (RFC 1951) as a stream of bytes.
 * By zlib, which is loaded when the first stream is opened; in a build without it, opening fails.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CODEC_DEFLATE_H
#define TOKVEC_CODEC_DEFLATE_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

enum { DEFLATE_WINDOW = 1 << 15 }; /* the bytes that may be repeated */

typedef struct deflate_stream deflate_stream;

/* The caller releases it with deflate_close. NULL and an error if there is no memory or no zlib.
 * Memory: the window and some tables. */
deflate_stream *deflate_open(tokvec_error *err);
void deflate_close(deflate_stream *stream); /* NULL is allowed */

/* Goes back to the beginning of a deflated text. */
void deflate_restart(deflate_stream *stream);

typedef enum deflate_status {
    DEFLATE_MORE, /* goes on, where there is more input and more room */
    DEFLATE_END,  /* this was the last byte */
    DEFLATE_DAMAGED,
    DEFLATE_NO_MEMORY, /* zlib makes its window with the first output */
} deflate_status;

/* Inflates what it can: of *in bytes of input and *out bytes of room, which become the numbers of
 * those that it took and made. */
deflate_status deflate_read(deflate_stream *stream, const uint8_t *input, size_t *in,
                            uint8_t *output, size_t *out);

/* Carries the CRC-32 of zip archives on (0: of no bytes) over that many more bytes. False and an
 * error if zlib, which computes it, cannot be loaded. */
bool deflate_crc32(uint32_t *crc, const uint8_t *bytes, size_t size, tokvec_error *err);

#endif
