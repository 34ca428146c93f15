/* quant_iq.c - decoding the IQ types: blocks of 256 elements, most by way of a grid.
 * A grid entry gives a run of 8 or 4 elements at once. Each index is as wide as its grid is
 * long, so that no bits of a file reach outside one.
 * SPDX-License-Identifier: MIT */
#include "codec/quant_block.h"
#include "codec/quant_tables.h"

/* The eighth sign is not stored: it makes the number of minus signs even. */
INLINE unsigned eight_signs(unsigned seven)
{
    unsigned folded = seven ^ seven >> 4;
    return seven | (0x6996u >> (folded & 15) & 1) << 7;
}

/* A multiplication, so that a zero takes the sign too. */
INLINE float with_sign(float value, unsigned signs, int i)
{
    return value * (float)(1 - 2 * (int)(signs >> i & 1));
}

/* ---- IQ2: runs of 8, 16 bits of grid each --------------------------------------------------- */

INLINE void iq2_run(unsigned entry, unsigned signs, float factor, float *restrict out)
{
    for (int i = 0; i < 8; i++) {
        float value = (float)quant_iq2_value(entry >> 2 * i & 3);
        out[i] = with_sign(factor * value, signs, i);
    }
}

INLINE float iq2_factor(float d, unsigned scale)
{
    return d * (0.5f + (float)(int)scale) * 0.25f;
}

/* d, then for 32 elements: 4 indices, 4 times 7 signs and a scale of 4 bits */
INLINE void iq2_xxs_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    for (int g = 0; g < 8; g++) {
        const uint8_t *index = in + 2 + 8 * g;
        uint32_t word = load_le32(index + 4);
        float factor = iq2_factor(d, word >> 28);
        for (int c = 0; c < 4; c++)
            iq2_run(quant_iq2xxs_grid[index[c]], eight_signs(word >> 7 * c & 127), factor,
                    out + 32 * g + 8 * c);
    }
}

/* d, indices of 9 bits with 7 signs, scales of 4 bits */
INLINE void iq2_xs_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    for (int e = 0; e < 32; e++) {
        unsigned code = load_le16(in + 2 + 2 * e);
        unsigned scale = in[66 + e / 4] >> 4 * (e % 4 / 2) & 15;
        iq2_run(quant_iq2xs_grid[code & 511], eight_signs(code >> 9), iq2_factor(d, scale),
                out + 8 * e);
    }
}

/* d, low bits of the indices, signs, ninth and tenth bits, scales of 4 bits */
INLINE void iq2_s_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    for (int e = 0; e < 32; e++) {
        unsigned index = in[2 + e] | ((unsigned)in[66 + e / 4] >> 2 * (e % 4) & 3) << 8;
        unsigned scale = in[74 + e / 4] >> 4 * (e % 4 / 2) & 15;
        iq2_run(quant_iq2s_grid[index], in[34 + e], iq2_factor(d, scale), out + 8 * e);
    }
}

/* ---- IQ3: runs of 4, 12 bits of grid each; two runs share a byte of signs ------------------- */

/* d, indices, then for 32 elements: 4 times 7 signs and a scale of 4 bits */
INLINE void iq3_xxs_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    for (int e = 0; e < 32; e++) {
        uint32_t word = load_le32(in + 66 + 4 * (e / 4));
        float factor = d * (0.5f + (float)(int)(word >> 28)) * 0.5f;
        unsigned signs = eight_signs(word >> 7 * (e % 4) & 127);
        uint32_t runs =
            quant_iq3xxs_grid[in[2 + 2 * e]] | (uint32_t)quant_iq3xxs_grid[in[3 + 2 * e]] << 12;
        for (int i = 0; i < 8; i++) {
            float value = (float)quant_iq3xxs_value(runs >> 3 * i & 7);
            out[8 * e + i] = with_sign(factor * value, signs, i);
        }
    }
}

/* d, low bits of the indices, ninth bits, signs, scales of 4 bits */
INLINE void iq3_s_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    for (int e = 0; e < 32; e++) {
        unsigned high = (unsigned)in[66 + e / 4] >> 2 * (e % 4);
        unsigned scale = in[106 + e / 8] >> 4 * (e / 4 % 2) & 15;
        float factor = d * (float)(int)(1 + 2 * scale);
        uint32_t runs = quant_iq3s_grid[in[2 + 2 * e] | (high & 1) << 8] |
                        (uint32_t)quant_iq3s_grid[in[3 + 2 * e] | (high >> 1 & 1) << 8] << 12;
        for (int i = 0; i < 8; i++) {
            float value = (float)quant_iq3s_value(runs >> 3 * i & 7);
            out[8 * e + i] = with_sign(factor * value, in[74 + e], i);
        }
    }
}

/* ---- IQ1: runs of 8 of -1, 0, 1, all moved by an eighth ------------------------------------- */

INLINE void iq1_run(unsigned entry, bool down, float factor, float *restrict out)
{
    float delta = down ? -0.125f : 0.125f;
    for (int i = 0; i < 8; i++)
        out[i] = factor * ((float)quant_iq1_value(entry >> 2 * i & 3) + delta);
}

/* d, low bits of the indices, then for 32 elements: 4 times 3 high bits, scale, delta */
INLINE void iq1_s_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    for (int e = 0; e < 32; e++) {
        unsigned high = load_le16(in + 34 + 2 * (e / 4));
        unsigned index = in[2 + e] | (high >> 3 * (e % 4) & 7) << 8;
        float factor = d * (float)(int)(2 * (high >> 12 & 7) + 1);
        iq1_run(quant_iq1s_grid[index], high >> 15 != 0, factor, out + 8 * e);
    }
}

/* low bits of the indices, for 8 elements a nibble of 3 high bits and delta, then 4 words of
 * four scales of 3 bits for 16 elements; what is left of the words is d */
INLINE void iq1_m_block(const uint8_t *restrict in, float *restrict out)
{
    unsigned half = 0;
    for (int w = 0; w < 4; w++)
        half |= (unsigned)(load_le16(in + 48 + 2 * w) >> 12) << 4 * w;
    float d = quant_half_bits((uint16_t)half);
    for (int e = 0; e < 32; e++) {
        unsigned nibble = in[32 + e / 2] >> 4 * (e % 2) & 15;
        unsigned index = in[e] | (nibble & 7) << 8;
        unsigned scale = load_le16(in + 48 + 2 * (e / 8)) >> 3 * (e / 2 % 4) & 7;
        iq1_run(quant_iq1s_grid[index], nibble >> 3 != 0, d * (float)(int)(2 * scale + 1),
                out + 8 * e);
    }
}

/* ---- IQ4 ------------------------------------------------------------------------------------ */

/* d, high bits of the scales, low bits of the scales, codes */
INLINE void iq4_xs_block(const uint8_t *restrict in, float *restrict out)
{
    float d = quant_half(in);
    unsigned high = load_le16(in + 2);
    for (int g = 0; g < 8; g++) {
        unsigned scale = ((unsigned)in[4 + g / 2] >> 4 * (g % 2) & 15) | (high >> 2 * g & 3) << 4;
        float factor = d * (float)((int)scale - 32);
        const uint8_t *codes = in + 8 + 16 * g;
        for (int i = 0; i < 16; i++) {
            out[32 * g + i] = factor * quant_nl(codes[i] & 15);
            out[32 * g + i + 16] = factor * quant_nl(codes[i] >> 4);
        }
    }
}

QUANT_DECODER(iq2_xxs)
QUANT_DECODER(iq2_xs)
QUANT_DECODER(iq2_s)
QUANT_DECODER(iq3_xxs)
QUANT_DECODER(iq3_s)
QUANT_DECODER(iq1_s)
QUANT_DECODER(iq1_m)
QUANT_DECODER(iq4_xs)
