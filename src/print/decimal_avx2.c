/* decimal_avx2.c - decimal.c's float32 texts, eight numbers at a time.
 * The arithmetic has no branch; only the stores, whose places depend on lengths, go one by one.
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
#include "print/decimal_avx2.h"

#ifdef DECIMAL_HAVE_AVX2

#include <immintrin.h>
#include <stdbool.h>
#include <string.h>

#include "print/powers_of_ten.h"

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

/* The shortest digits in the interval around the float: decimal_float32 has the reasons. The
 * number is tens * 10^k, and `digit` at the place below, 0 if none is needed. */
AVX2_INLINE void shortest(__m256i c, __m256i biased, __m256i *tens, __m256i *digit)
{
    __m256i one = all64((uint64_t)1 << PLACES);
    __m256i unit = unit_of(biased);
    __m256i scaled = count(c, unit);
    __m256i rest = _mm256_and_si256(scaled, all64(((uint64_t)1 << PLACES) - 1));
    __m256i to_next = _mm256_sub_epi64(one, rest);

    /* Half a unit, the ends included (2 more) if c is even, else excluded (2 less). */
    __m256i odd = _mm256_and_si256(c, all64(1));
    __m256i limit = _mm256_srli_epi64(unit, 64 - PLACES + 1);
    limit = _mm256_sub_epi64(_mm256_add_epi64(limit, all64(2)), _mm256_slli_epi64(odd, 2));
    __m256i not_below = _mm256_cmpgt_epi64(rest, limit);
    __m256i not_above = _mm256_cmpgt_epi64(to_next, limit);
    *tens = _mm256_srli_epi64(scaled, PLACES);
    *tens = _mm256_add_epi64(_mm256_add_epi64(*tens, all64(1)), not_above);

    __m256i ten = _mm256_add_epi64(_mm256_slli_epi64(rest, 3), _mm256_slli_epi64(rest, 1));
    __m256i half = _mm256_add_epi64(all64(((uint64_t)1 << (PLACES - 1)) - 1),
                                    _mm256_srli_epi64(rest, PLACES - 1));
    *digit = _mm256_srli_epi64(_mm256_add_epi64(ten, half), PLACES);
    *digit = _mm256_and_si256(*digit, _mm256_and_si256(not_below, not_above));
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

/* The place, from 1 to 8, of the last digit in each word that is not 0. */
AVX2_INLINE __m256i last_digit(wide words)
{
    __m256i zero = _mm256_setzero_si256();
    __m256i place = all64(0x0807060504030201);
    __m256i even = _mm256_and_si256(_mm256_cmpgt_epi8(words.even, zero), place);
    __m256i odd = _mm256_and_si256(_mm256_cmpgt_epi8(words.odd, zero), place);
    even = _mm256_max_epu8(even, _mm256_srli_epi64(even, 32));
    odd = _mm256_max_epu8(odd, _mm256_slli_epi64(odd, 32));
    __m256i most = _mm256_blend_epi32(even, odd, 0xaa);
    most = _mm256_max_epu8(most, _mm256_srli_epi32(most, 16));
    most = _mm256_max_epu8(most, _mm256_srli_epi32(most, 8));
    return _mm256_and_si256(most, all32(0xff));
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

/* ---- shortest ------------------------------------------------------------------------------ */

/* Where the 16 bytes of a text come from, for exponents of the first digit from -4 to 12, then for
 * scientific notation; each without and with a sign. A column has nine digits, then: */
enum { M = 13 /* '-' */, Z = 14 /* '0' */, P = 15 /* '.' */ };
enum { LAYOUT_FIRST = -4, LAYOUT_LAST = 12, LAYOUT_SCIENTIFIC };
// clang-format off
_Alignas(16) static const uint8_t layouts[LAYOUT_SCIENTIFIC - LAYOUT_FIRST + 1][2][16] = {
    {{Z, P, Z, Z, Z, 0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z}, {M, Z, P, Z, Z, Z, 0, 1, 2, 3, 4, 5, 6, 7, 8, Z}},
    {{Z, P, Z, Z, 0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z}, {M, Z, P, Z, Z, 0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z}},
    {{Z, P, Z, 0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z}, {M, Z, P, Z, 0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z}},
    {{Z, P, 0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z, Z}, {M, Z, P, 0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z}},
    {{0, P, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z, Z, Z}, {M, 0, P, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z, Z}},
    {{0, 1, P, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z, Z, Z}, {M, 0, 1, P, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z, Z}},
    {{0, 1, 2, P, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z, Z, Z}, {M, 0, 1, 2, P, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z, Z}},
    {{0, 1, 2, 3, P, 4, 5, 6, 7, 8, Z, Z, Z, Z, Z, Z}, {M, 0, 1, 2, 3, P, 4, 5, 6, 7, 8, Z, Z, Z, Z, Z}},
    {{0, 1, 2, 3, 4, P, 5, 6, 7, 8, Z, Z, Z, Z, Z, Z}, {M, 0, 1, 2, 3, 4, P, 5, 6, 7, 8, Z, Z, Z, Z, Z}},
    {{0, 1, 2, 3, 4, 5, P, 6, 7, 8, Z, Z, Z, Z, Z, Z}, {M, 0, 1, 2, 3, 4, 5, P, 6, 7, 8, Z, Z, Z, Z, Z}},
    {{0, 1, 2, 3, 4, 5, 6, P, 7, 8, Z, Z, Z, Z, Z, Z}, {M, 0, 1, 2, 3, 4, 5, 6, P, 7, 8, Z, Z, Z, Z, Z}},
    {{0, 1, 2, 3, 4, 5, 6, 7, P, 8, Z, Z, Z, Z, Z, Z}, {M, 0, 1, 2, 3, 4, 5, 6, 7, P, 8, Z, Z, Z, Z, Z}},
    {{0, 1, 2, 3, 4, 5, 6, 7, 8, P, Z, Z, Z, Z, Z, Z}, {M, 0, 1, 2, 3, 4, 5, 6, 7, 8, P, Z, Z, Z, Z, Z}},
    {{0, 1, 2, 3, 4, 5, 6, 7, 8, Z, P, Z, Z, Z, Z, Z}, {M, 0, 1, 2, 3, 4, 5, 6, 7, 8, Z, P, Z, Z, Z, Z}},
    {{0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, P, Z, Z, Z, Z}, {M, 0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, P, Z, Z, Z}},
    {{0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, P, Z, Z, Z}, {M, 0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, P, Z, Z}},
    {{0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z, P, Z, Z}, {M, 0, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z, P, Z}},
    {{0, P, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z, Z, Z}, {M, 0, P, 1, 2, 3, 4, 5, 6, 7, 8, Z, Z, Z, Z, Z}},
};
// clang-format on

/* The patterns of the first float32 >= 1e-4 and of the first >= 1e16: decimal.c. */
static const int POSITIONAL_FROM = 0x38d1b718, POSITIONAL_TO = 0x5a0e1bca;

/* What the stores of eight texts need. */
typedef struct {
    columns digits;
    _Alignas(32) uint32_t layout[LANES];   /* the row of `layouts`, in bytes */
    _Alignas(32) uint32_t length[LANES];   /* without e+00 */
    _Alignas(32) uint32_t total[LANES];    /* with it, in scientific notation */
    _Alignas(32) uint32_t exponent[LANES]; /* the row of `exponents` */
    unsigned rare;                         /* a bit for every float that is left to decimal.c */
} texts;

/* Shifts leading zeros out of the columns and spreads what is left, with the digit behind. */
AVX2_INLINE __m256i shift_in(__m256i word, __m256i digit, __m256i bits)
{
    __m256i room = _mm256_sub_epi64(all64(64), bits); /* a shift by 64 gives 0 */
    return _mm256_or_si256(_mm256_srlv_epi64(word, bits), _mm256_sllv_epi64(digit, room));
}

AVX2_INLINE void make_texts(__m256i bits, texts *t)
{
    __m256i zero = _mm256_setzero_si256();
    parts p = take_apart(bits);
    wide c = widen(p.c), biased = widen(p.biased), tens, digit;
    shortest(c.even, biased.even, &tens.even, &digit.even);
    shortest(c.odd, biased.odd, &tens.odd, &digit.odd);

    /* Nine digits, of which the first is not 0: a word, and the ninth. */
    __m256i lead = leading_zeros(narrow(tens), 2);
    wide shift = widen(_mm256_slli_epi32(lead, 3));
    wide word = {shift_in(eight_digits(tens.even), digit.even, shift.even),
                 shift_in(eight_digits(tens.odd), digit.odd, shift.odd)};
    wide ninth = {_mm256_and_si256(digit.even, _mm256_cmpeq_epi64(shift.even, zero)),
                  _mm256_and_si256(digit.odd, _mm256_cmpeq_epi64(shift.odd, zero))};
    __m256i ascii = all64(0x3030303030303030), others = all64(0x2e302d3030303030);
    store_columns(_mm256_or_si256(word.even, ascii), _mm256_or_si256(ninth.even, others),
                  &t->digits, 0);
    store_columns(_mm256_or_si256(word.odd, ascii), _mm256_or_si256(ninth.odd, others), &t->digits,
                  1);

    __m256i has_ninth = _mm256_cmpgt_epi32(narrow(ninth), zero);
    __m256i figures = _mm256_max_epi32(last_digit(word), _mm256_and_si256(has_ninth, all32(9)));
    __m256i exponent = _mm256_sub_epi32(_mm256_add_epi32(p.k, all32(7)), lead);
    __m256i scientific = _mm256_or_si256(_mm256_cmpgt_epi32(all32(POSITIONAL_FROM), p.magnitude),
                                         _mm256_cmpgt_epi32(p.magnitude, all32(POSITIONAL_TO - 1)));
    __m256i too_long =
        _mm256_andnot_si256(scientific, _mm256_cmpgt_epi32(exponent, all32(LAYOUT_LAST)));
    __m256i rare = _mm256_or_si256(p.rare, too_long);
    t->rare = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(rare));

    /* 0.0012 has figures - exponent + 1 characters, and so has 1.23, with exponent 0; 12.3 has
     * figures + 1, and 120.0 has exponent + 3. Scientific: 1 or 1.2 before the e. */
    __m256i length = _mm256_sub_epi32(figures, _mm256_min_epi32(exponent, zero));
    length = _mm256_max_epi32(length, _mm256_add_epi32(exponent, all32(2)));
    __m256i before_e = _mm256_add_epi32(figures, _mm256_cmpeq_epi32(figures, all32(1)));
    length = choose(scientific, before_e, length);
    length = _mm256_add_epi32(length, _mm256_add_epi32(p.negative, all32(1)));
    __m256i layout = choose(scientific, all32(LAYOUT_SCIENTIFIC), exponent);
    layout = _mm256_slli_epi32(_mm256_sub_epi32(layout, all32(LAYOUT_FIRST)), 5);
    layout = _mm256_add_epi32(layout, _mm256_slli_epi32(p.negative, 4));
    __m256i total = _mm256_add_epi32(length, _mm256_and_si256(scientific, all32(4)));
    _mm256_store_si256((__m256i *)t->layout, layout);
    _mm256_store_si256((__m256i *)t->length, length);
    _mm256_store_si256((__m256i *)t->total, total);
    _mm256_store_si256((__m256i *)t->exponent, _mm256_sub_epi32(exponent, all32(EXPONENT_FIRST)));
}

/* Stores blocks of a fixed size, each of which overwrites what the one before has too much. */
AVX2_INLINE char *put_text(const texts *t, int i, char *out)
{
    shuffle_store(t->digits.of[i], (const uint8_t *)layouts + t->layout[i], out);
    memcpy(out + t->length[i], exponents[t->exponent[i]], 4);
    return out + t->total[i];
}

__attribute__((target("avx2"))) size_t decimal_avx2_float32s(const float *values, size_t n,
                                                             const char separator[2],
                                                             size_t separator_length, char *out)
{
    const char *start = out;
    uint16_t between;
    memcpy(&between, separator, 2);
    for (size_t at = 0; at + LANES <= n; at += LANES) {
        texts t;
        make_texts(_mm256_loadu_si256((const __m256i *)(const void *)(values + at)), &t);
        for (int i = 0; i < LANES; i++) {
            if (__builtin_expect(t.rare >> i & 1, 0))
                out += decimal_float32(values[at + (size_t)i], out);
            else
                out = put_text(&t, i, out);
            memcpy(out, &between, 2);
            out += separator_length;
        }
    }
    return (size_t)(out - start);
}

/* ---- aligned -------------------------------------------------------------------------------- */

/* A text is made of a column: eight digits, then, in scientific notation, four characters of
 * exponent, then: */
enum { BLANK = 12, MINUS, POINT, COMMA };
static const uint64_t COLUMN_MORE = 0x2c2e2d2000000000; /* " -.," */

/* How a text is made of its column, from right to left: a blank and a comma, four of exponent or
 * none, `precision` digits, the point, `whole` digits, a sign. If it does not fit, anyhow. */
static void text_layout(bool exponent, int precision, int whole, bool negative, size_t width,
                        uint8_t out[16])
{
    uint8_t all[32]; /* more than any text has: the bound is for compilers */
    int at = sizeof all, digit = 8;
    all[--at] = BLANK;
    all[--at] = COMMA;
    for (int i = 11; exponent && i >= 8; i--)
        all[--at] = (uint8_t)i;
    for (int i = 0; i < precision && at > 0; i++)
        all[--at] = (uint8_t)--digit;
    if (at > 0)
        all[--at] = POINT;
    for (int i = 0; i < whole && at > 0; i++)
        all[--at] = (uint8_t)--digit;
    if (negative && at > 0)
        all[--at] = MINUS;
    while (at > 0)
        all[--at] = BLANK;
    memset(out, BLANK, 16);
    memcpy(out, all + sizeof all - (width + 2), width + 2);
}

/* What eight texts are made of, and how. */
typedef struct {
    columns digits;
    _Alignas(32) uint32_t layout[LANES]; /* in bytes, from the first */
    unsigned rare;
} aligned;

AVX2_INLINE void store_aligned(__m256i number, __m256i exponent, __m256i layout, __m256i rare,
                               aligned *t)
{
    wide n = widen(number), e = widen(exponent);
    __m256i ascii = all64(0x3030303030303030), more = all64(COLUMN_MORE);
    store_columns(_mm256_or_si256(eight_digits(n.even), ascii), _mm256_or_si256(e.even, more),
                  &t->digits, 0);
    store_columns(_mm256_or_si256(eight_digits(n.odd), ascii), _mm256_or_si256(e.odd, more),
                  &t->digits, 1);
    _mm256_store_si256((__m256i *)t->layout, _mm256_slli_epi32(layout, 4));
    t->rare = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(rare));
}

/* value * 10^precision, exact in a double, rounded to an integer, ties to even. `room` is for the
 * sign and the digits before the point. */
AVX2_INLINE void make_fixed(__m256i bits, int precision, double power, int room, aligned *t)
{
    __m256 magnitude = _mm256_castsi256_ps(_mm256_and_si256(bits, all32(0x7fffffff)));
    __m256d low = _mm256_cvtps_pd(_mm256_castps256_ps128(magnitude));
    __m256d high = _mm256_cvtps_pd(_mm256_extractf128_ps(magnitude, 1));
    __m128i low_number = _mm256_cvtpd_epi32(_mm256_mul_pd(low, _mm256_set1_pd(power)));
    __m128i high_number = _mm256_cvtpd_epi32(_mm256_mul_pd(high, _mm256_set1_pd(power)));
    __m256i number = _mm256_set_m128i(high_number, low_number);

    /* What does not fit into 32 bits, nan among it, has become negative. */
    __m256i rare = _mm256_or_si256(_mm256_cmpgt_epi32(_mm256_setzero_si256(), number),
                                   _mm256_cmpgt_epi32(number, all32(99999999)));
    __m256i lead = leading_zeros(number, 7 - precision);
    __m256i negative = _mm256_srli_epi32(bits, 31);
    __m256i before_point = _mm256_add_epi32(_mm256_sub_epi32(all32(8 - precision), lead), negative);
    rare = _mm256_or_si256(rare, _mm256_cmpgt_epi32(before_point, all32(room)));
    __m256i layout = _mm256_add_epi32(_mm256_slli_epi32(lead, 1), negative);
    store_aligned(number, _mm256_setzero_si256(), layout, rare, t);
}

/* number / divisor, for number < 10^8 in 64-bit lanes and a divisor from 10^3 to 10^6. */
typedef struct {
    int divisor, shift;
    uint64_t reciprocal;
} division;

static division division_by(int divisor)
{
    int shift = 27 + 32 - __builtin_clz((unsigned)divisor); /* numbers are below 2^27 */
    return (division){divisor, shift, ((uint64_t)1 << shift) / (uint64_t)divisor + 1};
}

/* Rounds eight digits and whatever follows them to the first few; possibly carrying over to 10...0.
 */
AVX2_INLINE __m256i round_digits(__m256i eight, __m256i more, division by)
{
    __m256i kept = _mm256_mul_epu32(eight, all64(by.reciprocal));
    kept = _mm256_srl_epi64(kept, _mm_cvtsi32_si128(by.shift));
    __m256i rest = _mm256_sub_epi64(eight, _mm256_mul_epu32(kept, all64((uint64_t)by.divisor)));
    /* Half to even: more than half, half and more, or half and odd. */
    __m256i odd = _mm256_and_si256(kept, all64(1));
    __m256i twice = _mm256_add_epi64(_mm256_slli_epi64(rest, 1), _mm256_or_si256(odd, more));
    __m256i up = _mm256_cmpgt_epi64(twice, all64((uint64_t)by.divisor));
    return _mm256_sub_epi64(kept, up);
}

/* One half of make_scientific: the digits, and by how many they began after the first of eight. */
AVX2_INLINE __m256i rounded(__m256i c, __m256i biased, division by, __m256i *lead)
{
    __m256i scaled = count(c, unit_of(biased));
    scaled = _mm256_add_epi64(scaled, all64(2)); /* the tolerance: integers stay whole */
    __m256i whole = _mm256_srli_epi64(scaled, PLACES);
    __m256i rest = _mm256_and_si256(scaled, all64(((uint64_t)1 << PLACES) - 1));
    __m256i more = _mm256_srli_epi64(_mm256_cmpgt_epi64(rest, all64(4)), 63);
    __m256i below_8 = _mm256_cmpgt_epi64(all64(10000000), whole);
    __m256i below_7 = _mm256_cmpgt_epi64(all64(1000000), whole);
    __m256i power = choose(below_7, all64(100), choose(below_8, all64(10), all64(1)));
    *lead = _mm256_sub_epi64(_mm256_sub_epi64(_mm256_setzero_si256(), below_8), below_7);
    return round_digits(_mm256_mul_epu32(whole, power), more, by);
}

AVX2_INLINE void make_scientific(__m256i bits, division by, int room, aligned *t)
{
    parts p = take_apart(bits);
    wide c = widen(p.c), biased = widen(p.biased), number, lead;
    number.even = rounded(c.even, biased.even, by, &lead.even);
    number.odd = rounded(c.odd, biased.odd, by, &lead.odd);
    __m256i digits = narrow(number);
    __m256i exponent = _mm256_sub_epi32(_mm256_add_epi32(p.k, all32(7)), narrow(lead));

    int ten = 100000000 / by.divisor; /* 9.99... may have become 10 */
    __m256i carried = _mm256_cmpeq_epi32(digits, all32(ten));
    digits = choose(carried, all32(ten / 10), digits);
    exponent = _mm256_sub_epi32(exponent, carried);

    __m256i rare = _mm256_or_si256(_mm256_cmpeq_epi32(p.biased, _mm256_setzero_si256()),
                                   _mm256_cmpeq_epi32(p.biased, all32(255)));
    exponent = _mm256_andnot_si256(rare, _mm256_sub_epi32(exponent, all32(EXPONENT_FIRST)));
    __m256i text = _mm256_i32gather_epi32((const int *)(const void *)exponents, exponent, 4);
    rare = _mm256_or_si256(rare, _mm256_cmpgt_epi32(p.negative, all32(room - 1)));
    store_aligned(digits, text, p.negative, rare, t);
}

bool decimal_avx2_can_align(decimal_notation notation, int precision)
{
    return precision >= 1 && precision <= (notation == DECIMAL_SCIENTIFIC ? 4 : 7);
}

__attribute__((target("avx2"))) bool decimal_avx2_aligned(const float *values, size_t n,
                                                          decimal_notation notation, int precision,
                                                          size_t width, char *out)
{
    bool scientific = notation == DECIMAL_SCIENTIFIC;
    _Alignas(16) uint8_t layout[7][2][16];
    int power = 1;
    for (int i = 0; i < precision; i++)
        power *= 10;
    for (int i = 0; i < (scientific ? 1 : 8 - precision); i++) {
        int whole = scientific ? 1 : 8 - precision - i;
        text_layout(scientific, precision, whole, false, width, layout[i][0]);
        text_layout(scientific, precision, whole, true, width, layout[i][1]);
    }
    division by = division_by(scientific ? 10000000 / power : 1000);
    int room = (int)width - 1 - precision - (scientific ? 4 : 0);
    if (room < 1)
        return false;
    for (size_t at = 0; at + LANES <= n; at += LANES) {
        aligned t;
        __m256i bits = _mm256_loadu_si256((const __m256i *)(const void *)(values + at));
        if (scientific)
            make_scientific(bits, by, room, &t);
        else
            make_fixed(bits, precision, (double)power, room, &t);
        for (int i = 0; i < LANES; i++, out += width + 2) {
            if (__builtin_expect(!(t.rare >> i & 1), 1))
                shuffle_store(t.digits.of[i], (const uint8_t *)layout + t.layout[i], out);
            else if (!decimal_aligned_one(values[at + (size_t)i], notation, precision, width, out))
                return false;
        }
    }
    return true;
}

#endif
