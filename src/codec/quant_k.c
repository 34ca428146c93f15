/* quant_k.c - decoding the K types and the ternary types: blocks of 256 elements.
 * The same exactness as in quant_plain.c: products are exact, a minimum costs one rounding.
 * SPDX-License-Identifier: MIT */
#include "codec/quant_block.h"

/* scales and minimums by nibbles, codes of two bits, d, dmin */
INLINE void q2_k_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in + 80);
    float dmin = quant_half(in + 82);
    for (int k = 0; k < 16; k++) { /* runs of 16 with one scale */
        const uint8_t *codes = in + 16 + 32 * (k / 8) + 16 * (k % 2);
        int shift = 2 * (k % 8 / 2);
        float scale = d * (float)(in[k] & 15);
        float minimum = dmin * (float)(in[k] >> 4);
        for (int i = 0; i < 16; i++)
            out[16 * k + i] = scale * (float)(codes[i] >> shift & 3) - minimum;
    }
}

/* third bits, codes of two bits, scales of six bits, d */
INLINE void q3_k_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in + 108);
    const uint8_t *scales = in + 96;
    for (int k = 0; k < 16; k++) {
        const uint8_t *codes = in + 32 + 32 * (k / 8) + 16 * (k % 2);
        const uint8_t *high = in + 16 * (k % 2);
        int shift = 2 * (k % 8 / 2);
        int low = k < 8 ? scales[k] & 15 : scales[k - 8] >> 4;
        int scale = low | (scales[8 + k % 4] >> 2 * (k / 4) & 3) << 4;
        float factor = d * (float)(scale - 32);
        for (int i = 0; i < 16; i++) {
            int code = (codes[i] >> shift & 3) | (high[i] >> k / 2 & 1) << 2;
            out[16 * k + i] = factor * (float)(code - 4);
        }
    }
}

/* The scale and the minimum of 32 elements, 6 bits each, 8 of both in 12 bytes. */
INLINE void scale_and_minimum(const uint8_t *packed, int b, int *scale, int *minimum)
{
    if (b < 4) {
        *scale = packed[b] & 63;
        *minimum = packed[b + 4] & 63;
    } else {
        *scale = (packed[b + 4] & 15) | packed[b - 4] >> 6 << 4;
        *minimum = packed[b + 4] >> 4 | packed[b] >> 6 << 4;
    }
}

/* d, dmin, scales and minimums, codes */
INLINE void q4_k_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    float dmin = quant_half(in + 2);
    for (int b = 0; b < 8; b++) {
        const uint8_t *codes = in + 16 + 32 * (b / 2);
        int shift = 4 * (b % 2);
        int scale, minimum;
        scale_and_minimum(in + 4, b, &scale, &minimum);
        float factor = d * (float)scale;
        float offset = dmin * (float)minimum;
        for (int i = 0; i < 32; i++)
            out[32 * b + i] = factor * (float)(codes[i] >> shift & 15) - offset;
    }
}

/* d, dmin, scales and minimums, fifth bits, codes */
INLINE void q5_k_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    float dmin = quant_half(in + 2);
    const uint8_t *high = in + 16;
    for (int b = 0; b < 8; b++) {
        const uint8_t *codes = in + 48 + 32 * (b / 2);
        int shift = 4 * (b % 2);
        int scale, minimum;
        scale_and_minimum(in + 4, b, &scale, &minimum);
        float factor = d * (float)scale;
        float offset = dmin * (float)minimum;
        for (int i = 0; i < 32; i++) {
            int code = (codes[i] >> shift & 15) | (high[i] >> b & 1) << 4;
            out[32 * b + i] = factor * (float)code - offset;
        }
    }
}

/* codes, fifth and sixth bits, scales, d */
INLINE void q6_k_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in + 208);
    for (int k = 0; k < 16; k++) {
        int p = k % 8 / 2; /* which quarter of 128 elements */
        const uint8_t *codes = in + 64 * (k / 8) + 32 * (p % 2) + 16 * (k % 2);
        const uint8_t *high = in + 128 + 32 * (k / 8) + 16 * (k % 2);
        float factor = d * (float)(int8_t)in[192 + k];
        for (int i = 0; i < 16; i++) {
            int code = (codes[i] >> 4 * (p / 2) & 15) | (high[i] >> 2 * p & 3) << 4;
            out[16 * k + i] = factor * (float)(code - 32);
        }
    }
}

/* d as float32, codes, sums for ggml's matrix product */
INLINE void q8_k_block(const uint8_t *restrict in, float *restrict out)
{
    float d = float_of_bits(load_le32(in));
    for (int i = 0; i < 256; i++)
        out[i] = (float)(int8_t)in[4 + i] * d;
}

/* The digit after the first t of a byte, which stands for a fraction of 256 in base 3. */
INLINE int digit(uint8_t byte, unsigned power_of_3)
{
    return (int)((byte * power_of_3 & 255) * 3 >> 8);
}

/* five digits a byte (48 bytes), four digits a byte (4 bytes), d */
INLINE void tq1_0_block(const uint8_t *restrict in, float *restrict out)
{
    static const unsigned power[5] = {1, 3, 9, 27, 81};
    float d = quant_half(in + 52);
    for (int t = 0; t < 5; t++) {
        for (int i = 0; i < 32; i++)
            out[32 * t + i] = (float)(digit(in[i], power[t]) - 1) * d;
        for (int i = 0; i < 16; i++)
            out[160 + 16 * t + i] = (float)(digit(in[32 + i], power[t]) - 1) * d;
    }
    for (int i = 0; i < 16; i++)
        out[240 + i] = (float)(digit(in[48 + i % 4], power[i / 4]) - 1) * d;
}

/* codes of two bits, d */
INLINE void tq2_0_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in + 64);
    for (int b = 0; b < 8; b++) {
        for (int i = 0; i < 32; i++)
            out[32 * b + i] = (float)((in[32 * (b / 4) + i] >> 2 * (b % 4) & 3) - 1) * d;
    }
}

QUANT_DECODER(q2_k)
QUANT_DECODER(q3_k)
QUANT_DECODER(q4_k)
QUANT_DECODER(q5_k)
QUANT_DECODER(q6_k)
QUANT_DECODER(q8_k)
QUANT_DECODER(tq1_0)
QUANT_DECODER(tq2_0)
