/* quant_block.h - what the decoders of quantised blocks have in common.
 * The list of all quantised types, float16 scales, and the loop over blocks.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CODEC_QUANT_BLOCK_H
#define TOKVEC_CODEC_QUANT_BLOCK_H

#include "base/bytes.h"

#include <stddef.h>

#define INLINE static inline __attribute__((always_inline))

/* X(name, ggml's name, number, elements, bytes, big-endian form, first float16, second): for each
 * type the bytes are the sizes of the fields in their order. There is a big-endian form where
 * the fields are float16 and bytes; where bits are packed into wider fields nobody has laid one
 * down. The formulas are in the order of this list in quant_plain.c, quant_k.c and quant_iq.c;
 * all are those of ggml (github.com/ggml-org/ggml, MIT licence), version 0.21.0. */
#define QUANT_TYPES(X)                                           \
    X(q4_0, "Q4_0", 2, 32, 2 + 16, true, 0, -1)                  \
    X(q4_1, "Q4_1", 3, 32, 2 + 2 + 16, true, 0, 2)               \
    X(q5_0, "Q5_0", 6, 32, 2 + 4 + 16, false, 0, -1)             \
    X(q5_1, "Q5_1", 7, 32, 2 + 2 + 4 + 16, false, 0, 2)          \
    X(q8_0, "Q8_0", 8, 32, 2 + 32, true, 0, -1)                  \
    X(q8_1, "Q8_1", 9, 32, 2 + 2 + 32, true, 0, 2)               \
    X(iq4_nl, "IQ4_NL", 20, 32, 2 + 16, true, 0, -1)             \
    X(mxfp4, "MXFP4", 39, 32, 1 + 16, true, -1, -1)              \
    X(nvfp4, "NVFP4", 40, 64, 4 + 32, true, -1, -1)              \
    X(q1_0, "Q1_0", 41, 128, 2 + 16, true, 0, -1)                \
    X(q2_0, "Q2_0", 42, 64, 2 + 16, true, 0, -1)                 \
    X(q2_k, "Q2_K", 10, 256, 16 + 64 + 2 + 2, true, 80, 82)      \
    X(q3_k, "Q3_K", 11, 256, 32 + 64 + 12 + 2, true, 108, -1)    \
    X(q4_k, "Q4_K", 12, 256, 2 + 2 + 12 + 128, true, 0, 2)       \
    X(q5_k, "Q5_K", 13, 256, 2 + 2 + 12 + 32 + 128, true, 0, 2)  \
    X(q6_k, "Q6_K", 14, 256, 128 + 64 + 16 + 2, true, 208, -1)   \
    X(q8_k, "Q8_K", 15, 256, 4 + 256 + 32, false, -1, -1)        \
    X(tq1_0, "TQ1_0", 34, 256, 48 + 4 + 2, true, 52, -1)         \
    X(tq2_0, "TQ2_0", 35, 256, 64 + 2, true, 64, -1)             \
    X(iq2_xxs, "IQ2_XXS", 16, 256, 2 + 64, false, 0, -1)         \
    X(iq2_xs, "IQ2_XS", 17, 256, 2 + 64 + 8, false, 0, -1)       \
    X(iq2_s, "IQ2_S", 22, 256, 2 + 32 + 32 + 8 + 8, true, 0, -1) \
    X(iq3_xxs, "IQ3_XXS", 18, 256, 2 + 64 + 32, false, 0, -1)    \
    X(iq3_s, "IQ3_S", 21, 256, 2 + 64 + 8 + 32 + 4, true, 0, -1) \
    X(iq1_s, "IQ1_S", 19, 256, 2 + 32 + 16, false, 0, -1)        \
    X(iq1_m, "IQ1_M", 29, 256, 32 + 16 + 8, false, -1, -1)       \
    X(iq4_xs, "IQ4_XS", 23, 256, 2 + 2 + 4 + 128, false, 0, -1)

#define QUANT_DECLARE(name, text, number, elements, bytes, big, first, second) \
    enum { name##_elements = (elements), name##_bytes = (bytes) };             \
    void quant_##name(const uint8_t *restrict in, size_t n, float *restrict out);
QUANT_TYPES(QUANT_DECLARE)
#undef QUANT_DECLARE

/* Makes quant_NAME out of NAME_block, which decodes one block: the loop over blocks. All of them
 * are fast enough as compiled for any x86-64, 3 to 30 GB of float32 a second, so that there are
 * no variants for newer processors (see tests/bench/bench_quant.c). */
#define QUANT_DECODER(name)                                                      \
    void quant_##name(const uint8_t *restrict in, size_t n, float *restrict out) \
    {                                                                            \
        for (; n > 0; n--, in += name##_bytes, out += name##_elements)           \
            name##_block(in, out);                                               \
    }

/* A float16 as ggml widens it: exact, and a NaN comes out quiet. */
INLINE float quant_half_bits(uint16_t half)
{
    uint32_t sign = (uint32_t)(half & 0x8000) << 16;
    uint32_t magnitude = half & 0x7fff;
    if (magnitude > 0x7c00)
        return float_of_bits(sign | 0x7fc00000u | magnitude << 13);
    if (magnitude == 0x7c00)
        return float_of_bits(sign | 0x7f800000u);
    if (magnitude >= 0x400)
        return float_of_bits(sign | ((magnitude << 13) + ((127u - 15u) << 23)));
    float value = (float)(int32_t)magnitude * 0x1p-24f;
    return sign != 0 ? -value : value;
}

INLINE float quant_half(const uint8_t *bytes)
{
    return quant_half_bits(load_le16(bytes));
}

/* ggml's non-linear 4-bit codes. */
INLINE float quant_nl(unsigned code)
{
    static const int8_t values[16] = {-127, -104, -83, -65, -49, -35, -22, -10,
                                      1,    13,   25,  38,  53,  69,  89,  113};
    return (float)values[code];
}

#endif
