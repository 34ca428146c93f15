/* uniform_bits.h - the uniforms that PyTorch makes of its generator's 32-bit outputs.
 * Inline, for loops that are compiled for several processors.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_UNIFORM_BITS_H
#define TOKVEC_RNG_TORCH_UNIFORM_BITS_H

#include "base/bytes.h"
#include "base/dispatch.h"

/* The low 24 bits, of which the uniform is a 2^-24th: in [0, 1). */
DISPATCH_INLINE int32_t uniform_of24(uint32_t draw)
{
    return (int32_t)(draw & 0xffffffu);
}

/* random64() is two draws, the first the high half; its low 53 bits make the uniform. Vectors do
 * not convert such integers; but one below 2^52, put under the exponent of 2^52, is that number and
 * 2^52. */
DISPATCH_INLINE double uniform_of53(const uint32_t *draws)
{
    const double one = 0x1p52;
    uint64_t pair = load_le64(draws), exponent = bits_of_double(one);
    double high = double_of_bits((pair & 0x1fffff) | exponent);
    double low = double_of_bits(pair >> 32 | exponent);
    return (high - one) * 0x1p-21 + (low - one) * 0x1p-53;
}

#endif
