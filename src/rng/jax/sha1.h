/* sha1.h - SHA-1 (FIPS 180-4), from which Flax makes the keys of parameters.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_JAX_SHA1_H
#define TOKVEC_RNG_JAX_SHA1_H

#include <stddef.h>
#include <stdint.h>

enum { SHA1_SIZE = 20 };

typedef struct sha1 {
    uint32_t state[5];
    uint64_t length;   /* of all bytes so far */
    uint8_t block[64]; /* its first length % 64 bytes wait */
} sha1;

void sha1_begin(sha1 *h);
void sha1_add(sha1 *h, const void *bytes, size_t n);
void sha1_end(sha1 *h, uint8_t digest[SHA1_SIZE]);

#endif
