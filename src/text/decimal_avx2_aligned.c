/* decimal_avx2_aligned.c - aligned texts of float32, eight numbers at a time.
 * See decimal_avx2_aligned.h.
 * SPDX-License-Identifier: MIT */
#include "text/decimal_avx2_aligned.h"

#ifdef DISPATCH_HAVE_AVX2

#include "text/decimal_lanes.h"

#include <string.h>

/* ---- layout -------------------------------------------------------------------------------- */

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
