/* decimal_lanes.h - eight float32 values in the lanes of vectors, and their digits.
 * For the files of decimal texts that use AVX2 alone.
 * SPDX-License-Identifier: MIT
 *
 * A float is c * 2^q with 2^23 <= c < 2^24. Counted in 10^k, with k = floor(log10(2^q)) + 1, it is
 * c * unit, and unit, from a table, is in [0.1, 1). The product has 24 binary places before the
 * point and 40 after it, the last of which is off by one at most. Numbers that meet a limit exactly
 * and numbers that miss it are much farther apart, so comparisons leave 2 in the last place as
 * tolerance. That they are right for every float32 was found by trying them all (tests/exhaustive).
 *
 * Eight floats are one vector of 32-bit lanes. Where 64 bits are needed, the floats of even index
 * and those of odd index form a vector each, in which lane j has the floats 2j and 2j + 1. */
#ifndef TOKVEC_TEXT_DECIMAL_LANES_H
#define TOKVEC_TEXT_DECIMAL_LANES_H

#include <immintrin.h>
#include <stdint.h>

#include "text/powers_of_ten.h"

#define AVX2_INLINE __attribute__((target("avx2"), always_inline)) static inline

enum { LANES = 8, PLACES = 40 /* binary, after the point */ };

/* ---- vectors ------------------------------------------------------------------------------- */

typedef struct {
    __m256i even, odd; /* 64-bit lanes */
} wide;

AVX2_INLINE __m256i all32(int value)
{
    return _mm256_set1_epi32(value);
}

AVX2_INLINE __m256i all64(uint64_t value)
{
    return _mm256_set1_epi64x((long long)value);
}

AVX2_INLINE wide widen(__m256i v)
{
    return (wide){_mm256_and_si256(v, all64(0xffffffff)), _mm256_srli_epi64(v, 32)};
}

AVX2_INLINE __m256i narrow(wide v)
{
    return _mm256_blend_epi32(v.even, _mm256_slli_epi64(v.odd, 32), 0xaa);
}

AVX2_INLINE __m256i choose(__m256i mask, __m256i yes, __m256i no)
{
    return _mm256_blendv_epi8(no, yes, mask);
}

/* ---- counting in powers of ten ------------------------------------------------------------- */

typedef struct {
    __m256i magnitude, negative; /* the bits without the sign, and the sign as 0 or 1 */
    __m256i biased, c;
    __m256i k;
    __m256i rare; /* mask: zero, subnormal, infinite, nan, or a power of two */
} parts;

AVX2_INLINE parts take_apart(__m256i bits)
{
    parts p;
    p.magnitude = _mm256_and_si256(bits, all32(0x7fffffff));
    p.negative = _mm256_srli_epi32(bits, 31);
    p.biased = _mm256_srli_epi32(p.magnitude, 23);
    __m256i fraction = _mm256_and_si256(bits, all32(0x7fffff));
    p.c = _mm256_or_si256(fraction, all32(0x800000));
    __m256i q = _mm256_sub_epi32(p.biased, all32(150));
    p.k = _mm256_srai_epi32(_mm256_mullo_epi32(q, all32(1262611)), 22); /* floor(log10(2^q)) */
    p.k = _mm256_add_epi32(p.k, all32(1));
    __m256i zero = _mm256_setzero_si256();
    p.rare = _mm256_or_si256(_mm256_cmpeq_epi32(fraction, zero),
                             _mm256_or_si256(_mm256_cmpeq_epi32(p.biased, zero),
                                             _mm256_cmpeq_epi32(p.biased, all32(255))));
    return p;
}

AVX2_INLINE __m256i unit_of(__m256i biased)
{
    return _mm256_i64gather_epi64((const long long *)float32_units, biased, 8);
}

/* c * unit with PLACES binary places. */
AVX2_INLINE __m256i count(__m256i c, __m256i unit)
{
    __m256i low = _mm256_srli_epi64(_mm256_mul_epu32(c, unit), 64 - PLACES);
    __m256i high = _mm256_mul_epu32(c, _mm256_srli_epi64(unit, 32));
    return _mm256_add_epi64(_mm256_slli_epi64(high, PLACES - 32), low);
}

/* ---- digits -------------------------------------------------------------------------------- */

/* decimal.c's eight_digits for every value < 10^8 in 64-bit lanes. */
AVX2_INLINE __m256i eight_digits(__m256i value)
{
    __m256i high = _mm256_srli_epi64(_mm256_mul_epu32(value, all64(3518437209)), 45);
    __m256i low = _mm256_sub_epi64(value, _mm256_mul_epu32(high, all64(10000)));
    __m256i fours = _mm256_or_si256(high, _mm256_slli_epi64(low, 32));
    __m256i hundreds =
        _mm256_srli_epi32(_mm256_mulhi_epu16(fours, _mm256_set1_epi16(5243)), 3); /* / 2^19 */
    low = _mm256_sub_epi16(fours, _mm256_mullo_epi16(hundreds, _mm256_set1_epi16(100)));
    __m256i twos = _mm256_or_si256(hundreds, _mm256_slli_epi32(low, 16));
    __m256i tens = _mm256_mulhi_epu16(twos, _mm256_set1_epi16(6554));
    low = _mm256_sub_epi16(twos, _mm256_mullo_epi16(tens, _mm256_set1_epi16(10)));
    return _mm256_or_si256(tens, _mm256_slli_epi16(low, 8));
}

/* How many of value's eight digits are leading zeros, up to `most` of them. */
AVX2_INLINE __m256i leading_zeros(__m256i value, int most)
{
    __m256i zeros = _mm256_setzero_si256();
    int power = 10000000;
    for (int i = 0; i < most; i++, power /= 10)
        zeros = _mm256_sub_epi32(zeros, _mm256_cmpgt_epi32(all32(power), value));
    return zeros;
}

/* Sixteen bytes a float: its word of digits, and eight more. */
typedef struct {
    _Alignas(32) char of[LANES][16];
} columns;

AVX2_INLINE void store_columns(__m256i words, __m256i more, columns *out, int first)
{
    __m256i low = _mm256_unpacklo_epi64(words, more);
    __m256i high = _mm256_unpackhi_epi64(words, more);
    _mm_store_si128((__m128i *)out->of[first], _mm256_castsi256_si128(low));
    _mm_store_si128((__m128i *)out->of[first + 2], _mm256_castsi256_si128(high));
    _mm_store_si128((__m128i *)out->of[first + 4], _mm256_extracti128_si256(low, 1));
    _mm_store_si128((__m128i *)out->of[first + 6], _mm256_extracti128_si256(high, 1));
}

AVX2_INLINE void shuffle_store(const char column[16], const uint8_t control[16], char *out)
{
    __m128i bytes = _mm_load_si128((const __m128i *)column);
    bytes = _mm_shuffle_epi8(bytes, _mm_load_si128((const __m128i *)control));
    _mm_storeu_si128((__m128i *)out, bytes);
}

/* The texts e-38 to e+38. */
enum { EXPONENT_FIRST = -38, EXPONENT_LAST = 38 };
#define E(sign, tens, ones)                   \
    {                                         \
        'e', sign, '0' + (tens), '0' + (ones) \
    }
// clang-format off
static const char exponents[EXPONENT_LAST - EXPONENT_FIRST + 1][4] = {
    E('-', 3, 8), E('-', 3, 7), E('-', 3, 6), E('-', 3, 5), E('-', 3, 4), E('-', 3, 3),
    E('-', 3, 2), E('-', 3, 1), E('-', 3, 0), E('-', 2, 9), E('-', 2, 8), E('-', 2, 7),
    E('-', 2, 6), E('-', 2, 5), E('-', 2, 4), E('-', 2, 3), E('-', 2, 2), E('-', 2, 1),
    E('-', 2, 0), E('-', 1, 9), E('-', 1, 8), E('-', 1, 7), E('-', 1, 6), E('-', 1, 5),
    E('-', 1, 4), E('-', 1, 3), E('-', 1, 2), E('-', 1, 1), E('-', 1, 0), E('-', 0, 9),
    E('-', 0, 8), E('-', 0, 7), E('-', 0, 6), E('-', 0, 5), E('-', 0, 4), E('-', 0, 3),
    E('-', 0, 2), E('-', 0, 1), E('+', 0, 0), E('+', 0, 1), E('+', 0, 2), E('+', 0, 3),
    E('+', 0, 4), E('+', 0, 5), E('+', 0, 6), E('+', 0, 7), E('+', 0, 8), E('+', 0, 9),
    E('+', 1, 0), E('+', 1, 1), E('+', 1, 2), E('+', 1, 3), E('+', 1, 4), E('+', 1, 5),
    E('+', 1, 6), E('+', 1, 7), E('+', 1, 8), E('+', 1, 9), E('+', 2, 0), E('+', 2, 1),
    E('+', 2, 2), E('+', 2, 3), E('+', 2, 4), E('+', 2, 5), E('+', 2, 6), E('+', 2, 7),
    E('+', 2, 8), E('+', 2, 9), E('+', 3, 0), E('+', 3, 1), E('+', 3, 2), E('+', 3, 3),
    E('+', 3, 4), E('+', 3, 5), E('+', 3, 6), E('+', 3, 7), E('+', 3, 8),
};
#undef E
// clang-format on

#endif
