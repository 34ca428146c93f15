/* pcg64_vectors.c - many outputs of PCG64, by vectors.
 * See pcg64_vectors.h. The 128 bits of a state are four digits of 32 bits, d0 the lowest,
 * multiplied by the factor's digits f0 .. f3 as one does on paper. SPDX-License-Identifier: MIT */
#include "rng/numpy/pcg64_vectors.h"

#ifdef DISPATCH_HAVE_AVX2
#include <immintrin.h>

#define INLINE static inline __attribute__((always_inline, target("avx2")))

enum { WIDTH = 4, VECTORS = PCG64_VECTOR_LANES / WIDTH };

/* Four states. */
typedef struct states {
    __m256i low, high;
} states;

/* Of a leap, in each of four lanes. */
typedef struct leap_digits {
    __m256i f0, f1, f2;
    __m256i f3_f2, f1_f0; /* two digits, the first one low */
    __m256i sum0, sum1, sum_high;
} leap_digits;

INLINE leap_digits digits_of(pcg64_leap leap)
{
    uint64_t low = (uint64_t)leap.factor, high = (uint64_t)(leap.factor >> 64);
    uint64_t sum = (uint64_t)leap.sum;
    return (leap_digits){
        .f0 = _mm256_set1_epi64x((long long)(low & 0xffffffff)),
        .f1 = _mm256_set1_epi64x((long long)(low >> 32)),
        .f2 = _mm256_set1_epi64x((long long)(high & 0xffffffff)),
        .f3_f2 = _mm256_set1_epi64x((long long)(high >> 32 | high << 32)),
        .f1_f0 = _mm256_set1_epi64x((long long)(low >> 32 | low << 32)),
        .sum0 = _mm256_set1_epi64x((long long)(sum & 0xffffffff)),
        .sum1 = _mm256_set1_epi64x((long long)(sum >> 32)),
        .sum_high = _mm256_set1_epi64x((long long)(uint64_t)(leap.sum >> 64)),
    };
}

/* The lower digit of each pair. */
INLINE __m256i lower(__m256i x)
{
    return _mm256_blend_epi32(x, _mm256_setzero_si256(), 0xaa);
}

INLINE __m256i upper(__m256i x)
{
    return _mm256_srli_epi64(x, 32);
}

INLINE __m256i add(__m256i x, __m256i y)
{
    return _mm256_add_epi64(x, y);
}

INLINE states after(const leap_digits *l, states s)
{
    __m256i d1 = upper(s.low);
    __m256i d0_f1 = _mm256_mul_epu32(s.low, l->f1), d1_f0 = _mm256_mul_epu32(d1, l->f0);
    /* The digits 0 and 1, with what they carry: no sum here exceeds 64 bits. */
    __m256i first = add(_mm256_mul_epu32(s.low, l->f0), l->sum0);
    __m256i second = add(add(upper(first), l->sum1), add(lower(d0_f1), lower(d1_f0)));
    __m256i carry = add(upper(second), add(upper(d0_f1), upper(d1_f0)));
    /* What counts from digit 2 on, and the products that count in digit 3 only, of which the lower
     * halves do: d0 f3 + d2 f1 in the lower digit of each pair, d1 f2 + d3 f0 in the upper one. */
    __m256i third = add(add(_mm256_mul_epu32(d1, l->f1), _mm256_mul_epu32(s.low, l->f2)),
                        _mm256_mul_epu32(s.high, l->f0));
    __m256i fourth =
        _mm256_add_epi32(_mm256_mullo_epi32(s.low, l->f3_f2), _mm256_mullo_epi32(s.high, l->f1_f0));
    fourth = _mm256_add_epi32(fourth, _mm256_slli_epi64(fourth, 32));
    fourth = _mm256_blend_epi32(_mm256_setzero_si256(), fourth, 0xaa);
    return (states){
        .low = _mm256_blend_epi32(first, _mm256_slli_epi64(second, 32), 0xaa),
        .high = add(add(third, fourth), add(carry, l->sum_high)),
    };
}

INLINE void output(states s, uint64_t *out)
{
    __m256i folded = _mm256_xor_si256(s.high, s.low), turn = _mm256_srli_epi64(s.high, 58);
    __m256i rest = _mm256_sub_epi64(_mm256_set1_epi64x(64), turn);
    __m256i turned =
        _mm256_or_si256(_mm256_srlv_epi64(folded, turn), _mm256_sllv_epi64(folded, rest));
    _mm256_storeu_si256((__m256i *)(void *)out, turned);
}

__attribute__((target("avx2"))) size_t
pcg64_fill_vectors(pcg64_leap step, pcg64_leap lanes, pcg64_state *state, size_t n, uint64_t *out)
{
    enum { LANES = PCG64_VECTOR_LANES };
    if (n < LANES)
        return 0;
    uint64_t low[LANES], high[LANES];
    for (size_t k = 0; k < LANES; k++) {
        *state = pcg64_after(step, *state);
        low[k] = (uint64_t)*state;
        high[k] = (uint64_t)(*state >> 64);
    }
    states s[VECTORS];
    for (size_t v = 0; v < VECTORS; v++) {
        s[v].low = _mm256_loadu_si256((const __m256i *)(const void *)(low + v * WIDTH));
        s[v].high = _mm256_loadu_si256((const __m256i *)(const void *)(high + v * WIDTH));
    }
    const leap_digits leap = digits_of(lanes);
    size_t made = 0;
    for (;;) {
        for (size_t v = 0; v < VECTORS; v++)
            output(s[v], out + made + v * WIDTH);
        made += LANES;
        if (n - made < LANES)
            break;
        for (size_t v = 0; v < VECTORS; v++)
            s[v] = after(&leap, s[v]);
    }
    const states *last = &s[VECTORS - 1];
    uint64_t last_low = (uint64_t)_mm256_extract_epi64(last->low, WIDTH - 1);
    uint64_t last_high = (uint64_t)_mm256_extract_epi64(last->high, WIDTH - 1);
    *state = (pcg64_state)last_high << 64 | last_low;
    return made;
}
#else
typedef int pcg64_vectors_nothing; /* a file must not be empty */
#endif
