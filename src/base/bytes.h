/* bytes.h - numbers out of byte buffers, bits of floats, and arithmetic that cannot wrap.
 * Everything that comes from a file goes through these; a struct is never cast onto a buffer.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_BYTES_H
#define TOKVEC_BASE_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if !defined(__BYTE_ORDER__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "tokvec is written for little-endian machines (x86-64, arm64, riscv64)"
#endif

static inline uint16_t load_le16(const void *bytes)
{
    uint16_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static inline uint32_t load_le32(const void *bytes)
{
    uint32_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static inline uint64_t load_le64(const void *bytes)
{
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

/* The bits of a float, and the float of some bits. Inline also in code for one kind of processor.
 */
#define BITS_INLINE static inline __attribute__((always_inline))

BITS_INLINE uint32_t bits_of_float(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

BITS_INLINE float float_of_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

BITS_INLINE uint64_t bits_of_double(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

BITS_INLINE double double_of_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The largest float below x; what has none below, -inf and nan, stays. */
BITS_INLINE float float_below(float x)
{
    uint32_t bits = bits_of_float(x);
    if (x != x || bits == 0xff800000u)
        return x;
    if (x == 0.0F)
        return -0x1p-149F;
    return float_of_bits(x > 0.0F ? bits - 1 : bits + 1);
}

/* *out = a + b or a * b; false (and *out of no use) if that needs more than 64 bits. */
static inline bool add_u64(uint64_t a, uint64_t b, uint64_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}

static inline bool mul_u64(uint64_t a, uint64_t b, uint64_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}

/* The float32 of a 16-bit float's bits, exactly, without a branch: for loops that are compiled for
 * several processors. Of IEEE binary16 the exponent is moved by a multiplication, which also puts
 * subnormals right; what was all ones in the exponent is set back to all ones. */
BITS_INLINE float float_of_float16(uint16_t half)
{
    float scaled = float_of_bits((uint32_t)(half & 0x7fff) << 13) * 0x1p112f;
    uint32_t special = (half & 0x7c00) == 0x7c00 ? 0x7f800000u : 0;
    return float_of_bits(bits_of_float(scaled) | special | (uint32_t)(half & 0x8000) << 16);
}

BITS_INLINE float float_of_bfloat16(uint16_t brain)
{
    return float_of_bits((uint32_t)brain << 16);
}

/* The bits of the nearest 16-bit float, ties to even, without a branch as well. Of nans a bfloat16
 * takes those that arithmetic makes, whose last 22 bits are 0. */
BITS_INLINE uint16_t bfloat16_of_float(float value)
{
    uint32_t bits = bits_of_float(value);
    return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

/* What is subnormal in 16 bits is rounded by adding 1/2, whose last place is theirs. */
BITS_INLINE uint16_t float16_of_float(float value)
{
    uint32_t bits = bits_of_float(value), magnitude = bits & 0x7fffffff;
    uint32_t small = bits_of_float(float_of_bits(magnitude) + 0.5F) - 0x3f000000;
    uint32_t half = (magnitude - 0x38000000 + 0xfff + (magnitude >> 13 & 1)) >> 13;
    uint32_t most = magnitude > 0x7f800000 ? 0x7e00 : 0x7c00;
    half = half < most ? half : most;
    return (uint16_t)((magnitude < 0x38800000 ? small : half) | (bits >> 16 & 0x8000));
}

#endif
