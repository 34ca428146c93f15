/* decimal_avx2.c - the shortest texts of float32, eight numbers at a time.
 * See decimal_avx2.h. The arithmetic has no branch; only the stores, whose places depend on
 * lengths, go one by one.
 * SPDX-License-Identifier: MIT */
#include "text/decimal_avx2.h"

#ifdef DISPATCH_HAVE_AVX2

#include "text/decimal.h"
#include "text/decimal_lanes.h"

#include <string.h>

/* ---- digits -------------------------------------------------------------------------------- */

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

/* ---- texts ------------------------------------------------------------------------------ */

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

#endif
