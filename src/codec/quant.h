/* quant.h - the tensor types of GGUF, and decoding rows of quantised ones.
 * A quantised row is a run of blocks; each decodes alone, to float32, with ggml's own bits.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CODEC_QUANT_H
#define TOKVEC_CODEC_QUANT_H

#include "tokvec.h"

/* Decodes n blocks. in needs no alignment; in and out do not overlap. */
typedef void quant_decoder(const uint8_t *restrict in, size_t n, float *restrict out);

typedef struct quant_type {
    const char *name;      /* ggml's */
    uint32_t elements;     /* of a block; a row is a whole number of blocks */
    uint32_t bytes;        /* of a block */
    tokvec_dtype dtype;    /* of the rows as they are read */
    quant_decoder *decode; /* NULL: not quantised, the elements lie ready */
    bool has_big_endian;   /* there is an agreed form of the type in big-endian files */
    int16_t halves[2];     /* where in a block its float16 fields are, -1 for none: what differs
                              in a big-endian file */
} quant_type;

/* The type of that number in a file, or NULL: unknown, or removed from ggml. */
const quant_type *quant_find(uint32_t number);

/* Decodes n blocks out of a file of either byte order. */
void quant_decode(const quant_type *type, bool big_endian, const uint8_t *in, size_t n, float *out);

#endif
