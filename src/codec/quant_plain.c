/* quant_plain.c - decoding the quantised types with blocks of 32, 64 or 128 elements.
 * Every product is exact in float32 and at most one sum is rounded, so that neither the order of
 * factors nor fusing changes a bit; a zero code times a negative scale is -0.
 * SPDX-License-Identifier: MIT */
#include "codec/quant_block.h"

/* ---- 32 elements: the low nibbles of 16 bytes, then the high ones --------------------------- */

/* d, codes */
INLINE void q4_0_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    const uint8_t *codes = in + 2;
    for (int i = 0; i < 16; i++) {
        out[i] = (float)((codes[i] & 15) - 8) * d;
        out[i + 16] = (float)((codes[i] >> 4) - 8) * d;
    }
}

/* d, minimum, codes */
INLINE void q4_1_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    float m = quant_half(in + 2);
    const uint8_t *codes = in + 4;
    for (int i = 0; i < 16; i++) {
        out[i] = (float)(codes[i] & 15) * d + m;
        out[i + 16] = (float)(codes[i] >> 4) * d + m;
    }
}

/* The code of 5 bits whose fifth is bit i of `high`. */
INLINE int five_bits(int nibble, uint32_t high, int i)
{
    return nibble | (int)(high >> i & 1) << 4;
}

/* d, fifth bits, codes */
INLINE void q5_0_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    uint32_t high = load_le32(in + 2);
    const uint8_t *codes = in + 6;
    for (int i = 0; i < 16; i++) {
        out[i] = (float)(five_bits(codes[i] & 15, high, i) - 16) * d;
        out[i + 16] = (float)(five_bits(codes[i] >> 4, high, i + 16) - 16) * d;
    }
}

/* d, minimum, fifth bits, codes */
INLINE void q5_1_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    float m = quant_half(in + 2);
    uint32_t high = load_le32(in + 4);
    const uint8_t *codes = in + 8;
    for (int i = 0; i < 16; i++) {
        out[i] = (float)five_bits(codes[i] & 15, high, i) * d + m;
        out[i + 16] = (float)five_bits(codes[i] >> 4, high, i + 16) * d + m;
    }
}

INLINE void scale_bytes(const uint8_t *restrict codes, float d, float *restrict out)
{
    for (int i = 0; i < 32; i++)
        out[i] = (float)(int8_t)codes[i] * d;
}

/* d, codes */
INLINE void q8_0_block(const uint8_t *restrict in, float *restrict out)
{
    scale_bytes(in + 2, quant_half(in), out);
}

/* d, a sum for ggml's matrix product, codes */
INLINE void q8_1_block(const uint8_t *restrict in, float *restrict out)
{
    scale_bytes(in + 4, quant_half(in), out);
}

/* d, codes */
INLINE void iq4_nl_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    const uint8_t *codes = in + 2;
    for (int i = 0; i < 16; i++) {
        out[i] = d * quant_nl(codes[i] & 15);
        out[i + 16] = d * quant_nl(codes[i] >> 4);
    }
}

/* Twice the value of an E2M1 float; the scales below are halved to match. Code 8 is +0. */
INLINE float fp4(unsigned code)
{
    static const int8_t values[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};
    return (float)values[code];
}

/* exponent, codes */
INLINE void mxfp4_block(const uint8_t *restrict in, float *restrict out)
{
    /* 2^(e - 128); the two smallest are subnormal. 255 is no NaN here. */
    float d = float_of_bits(in[0] < 2 ? 0x00200000u << in[0] : (uint32_t)(in[0] - 1) << 23);
    const uint8_t *codes = in + 1;
    for (int i = 0; i < 16; i++) {
        out[i] = fp4(codes[i] & 15) * d;
        out[i + 16] = fp4(codes[i] >> 4) * d;
    }
}

/* ---- 64 and 128 elements -------------------------------------------------------------------- */

/* Half the value of an E4M3 float without its sign, which ggml ignores. */
INLINE float nvfp4_scale(uint8_t byte)
{
    uint32_t exponent = byte >> 3 & 15;
    uint32_t mantissa = byte & 7;
    if (byte == 0x7f)
        return 0.0f;
    if (exponent == 0)
        return (float)(int32_t)mantissa * 0x1p-10f;
    return float_of_bits((exponent + 119) << 23 | mantissa << 20);
}

/* scales, codes; each scale is for 16 elements, whose codes are 8 bytes */
INLINE void nvfp4_block(const uint8_t *restrict in, float *restrict out)
{
    for (int k = 0; k < 4; k++) {
        float d = nvfp4_scale(in[k]);
        const uint8_t *codes = in + 4 + 8 * k;
        for (int i = 0; i < 8; i++) {
            out[16 * k + i] = fp4(codes[i] & 15) * d;
            out[16 * k + i + 8] = fp4(codes[i] >> 4) * d;
        }
    }
}

/* d, codes of one bit */
INLINE void q1_0_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    for (int k = 0; k < 16; k++) {
        for (int i = 0; i < 8; i++)
            out[8 * k + i] = (float)(2 * (in[2 + k] >> i & 1) - 1) * d;
    }
}

/* d, codes of two bits */
INLINE void q2_0_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    for (int k = 0; k < 16; k++) {
        for (int i = 0; i < 4; i++)
            out[4 * k + i] = (float)((in[2 + k] >> 2 * i & 3) - 1) * d;
    }
}

QUANT_DECODER(q4_0)
QUANT_DECODER(q4_1)
QUANT_DECODER(q5_0)
QUANT_DECODER(q5_1)
QUANT_DECODER(q8_0)
QUANT_DECODER(q8_1)
QUANT_DECODER(iq4_nl)
QUANT_DECODER(mxfp4)
QUANT_DECODER(nvfp4)
QUANT_DECODER(q1_0)
QUANT_DECODER(q2_0)
