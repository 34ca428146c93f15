/* sha256.h - SHA-256 by libcrypto, which is loaded when the first one is begun.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_SHA256_H
#define TOKVEC_MEASURE_SHA256_H

#include "tokvec.h"

enum { SHA256_BYTES = 32, SHA256_HEX = 2 * SHA256_BYTES };

/* Begun by sha256_begin, released by sha256_end; bytes may be added between them, any number of
 * times. */
typedef struct sha256 {
    struct evp_md_ctx_st *context; /* libcrypto's */
} sha256;

/* Fails, in one line, where libcrypto is missing. Then nothing is to be released. */
bool sha256_begin(sha256 *s, tokvec_error *err);
bool sha256_add(sha256 *s, const void *bytes, size_t n, tokvec_error *err);

/* Writes the digest as text, in small letters and with a final NUL; not if hex is NULL. */
bool sha256_end(sha256 *s, char hex[SHA256_HEX + 1], tokvec_error *err);

#endif
