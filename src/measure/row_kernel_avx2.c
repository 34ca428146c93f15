/* row_kernel_avx2.c - what is summed up of the values of a row, four lanes at a time.
 * See row_kernel_avx2.h. The square of a float32 is exact in float64, so that it makes no
 * difference there that it is added at once.
 * SPDX-License-Identifier: MIT */
#include "measure/row_kernel_avx2.h"

#ifdef DISPATCH_HAVE_AVX2

#include <immintrin.h>
#include <math.h>
#include <stdbool.h>

#define AVX2        __attribute__((target("avx2,fma")))
#define AVX2_INLINE AVX2 __attribute__((always_inline)) static inline

enum { VECTORS = 4 }; /* of the lanes */

AVX2_INLINE void store_lanes(const __m256d *x, double *out)
{
    for (int k = 0; k < VECTORS; k++)
        _mm256_storeu_pd(out + 4 * k, x[k]);
}

AVX2_INLINE double of_lanes(const double *x)
{
    double four[4];
    for (int i = 0; i < 4; i++)
        four[i] = (x[i] + x[4 + i]) + (x[8 + i] + x[12 + i]);
    return (four[0] + four[2]) + (four[1] + four[3]);
}

AVX2_INLINE double value(bool narrow, const void *x, size_t i)
{
    return narrow ? (double)((const float *)x)[i] : ((const double *)x)[i];
}

AVX2_INLINE __m256d values(bool narrow, const void *x, size_t i)
{
    return narrow ? _mm256_cvtps_pd(_mm_loadu_ps((const float *)x + i))
                  : _mm256_loadu_pd((const double *)x + i);
}

/* The second one where the first is NaN. */
AVX2_INLINE double lower(double a, double b)
{
    return _mm_cvtsd_f64(_mm_min_sd(_mm_set1_pd(a), _mm_set1_pd(b)));
}

AVX2_INLINE double higher(double a, double b)
{
    return _mm_cvtsd_f64(_mm_max_sd(_mm_set1_pd(a), _mm_set1_pd(b)));
}

AVX2_INLINE void see(row_sums *s, double v)
{
    s->low = lower(v, s->low);
    s->high = higher(v, s->high);
    s->zeros += v == 0.0;
}

/* ---- the lowest, the highest, zeros: eight float32 or four float64 at a time ---- */

typedef struct extremes {
    __m256 low, high;
    __m256d low64, high64;
    __m256i zeros; /* less than 0 */
} extremes;

AVX2_INLINE extremes no_extremes(void)
{
    return (extremes){_mm256_set1_ps(INFINITY), _mm256_set1_ps(-INFINITY), _mm256_set1_pd(INFINITY),
                      _mm256_set1_pd(-INFINITY), _mm256_setzero_si256()};
}

/* The second operand stays where the first is NaN. */
AVX2_INLINE void see_floats(extremes *e, __m256 v)
{
    e->low = _mm256_min_ps(v, e->low);
    e->high = _mm256_max_ps(v, e->high);
    __m256 zero = _mm256_cmp_ps(v, _mm256_setzero_ps(), _CMP_EQ_OQ);
    e->zeros = _mm256_add_epi32(e->zeros, _mm256_castps_si256(zero));
}

AVX2_INLINE void see_doubles(extremes *e, __m256d v)
{
    e->low64 = _mm256_min_pd(v, e->low64);
    e->high64 = _mm256_max_pd(v, e->high64);
    __m256d zero = _mm256_cmp_pd(v, _mm256_setzero_pd(), _CMP_EQ_OQ);
    e->zeros = _mm256_add_epi64(e->zeros, _mm256_castpd_si256(zero));
}

AVX2_INLINE void see_extremes(bool narrow, const extremes *e, row_sums *s)
{
    float lows[8], highs[8];
    double low[4], high[4];
    int32_t zeros[8];
    _mm256_storeu_ps(lows, e->low);
    _mm256_storeu_ps(highs, e->high);
    _mm256_storeu_pd(low, e->low64);
    _mm256_storeu_pd(high, e->high64);
    _mm256_storeu_si256((__m256i *)zeros, e->zeros);
    for (int i = 0; i < (narrow ? 8 : 4); i++) {
        double l = narrow ? (double)lows[i] : low[i], h = narrow ? (double)highs[i] : high[i];
        s->low = lower(l, s->low);
        s->high = higher(h, s->high);
        s->zeros += (uint32_t)-zeros[narrow ? i : 2 * i];
    }
}

/* ---- kernels ---- */

AVX2_INLINE void sum(bool narrow, const void *x, size_t n, row_sums *out)
{
    __m256d sums[VECTORS], squares[VECTORS];
    extremes seen = no_extremes();
    row_sums s = {.low = INFINITY, .high = -INFINITY};
    size_t i = 0;
    for (int k = 0; k < VECTORS; k++)
        sums[k] = squares[k] = _mm256_setzero_pd();
    for (; n - i >= ROW_LANES; i += ROW_LANES) {
#pragma GCC unroll 4
        for (int k = 0; k < VECTORS; k++) {
            size_t at = i + 4 * (size_t)k;
            __m256d v = values(narrow, x, at);
            sums[k] = _mm256_add_pd(sums[k], v);
            squares[k] = narrow ? _mm256_fmadd_pd(v, v, squares[k])
                                : _mm256_add_pd(squares[k], _mm256_mul_pd(v, v));
            if (!narrow)
                see_doubles(&seen, v);
            else if (k % 2 == 0)
                see_floats(&seen, _mm256_loadu_ps((const float *)x + at));
        }
    }
    double lanes[ROW_LANES], of_squares[ROW_LANES];
    store_lanes(sums, lanes);
    store_lanes(squares, of_squares);
    see_extremes(narrow, &seen, &s);
    for (size_t k = 0; i + k < n; k++) {
        double v = value(narrow, x, i + k);
        lanes[k] += v;
        of_squares[k] += v * v;
        see(&s, v);
    }
    s.sum = of_lanes(lanes);
    s.squares = of_lanes(of_squares);
    *out = s;
}

AVX2_INLINE void spread(bool narrow, const void *x, size_t n, double centre, row_spread *out)
{
    __m256d sums[VECTORS], squares[VECTORS], middle = _mm256_set1_pd(centre);
    size_t i = 0;
    for (int k = 0; k < VECTORS; k++)
        sums[k] = squares[k] = _mm256_setzero_pd();
    for (; n - i >= ROW_LANES; i += ROW_LANES) {
#pragma GCC unroll 4
        for (int k = 0; k < VECTORS; k++) {
            __m256d v = _mm256_sub_pd(values(narrow, x, i + 4 * (size_t)k), middle);
            sums[k] = _mm256_add_pd(sums[k], v);
            squares[k] = _mm256_add_pd(squares[k], _mm256_mul_pd(v, v));
        }
    }
    double lanes[ROW_LANES], of_squares[ROW_LANES];
    store_lanes(sums, lanes);
    store_lanes(squares, of_squares);
    for (size_t k = 0; i + k < n; k++) {
        double v = value(narrow, x, i + k) - centre;
        lanes[k] += v;
        of_squares[k] += v * v;
    }
    *out = (row_spread){of_lanes(lanes), of_lanes(of_squares)};
}

AVX2 void row_avx2_sum_float32(const float *x, size_t n, row_sums *out)
{
    sum(true, x, n, out);
}

AVX2 void row_avx2_sum_float64(const double *x, size_t n, row_sums *out)
{
    sum(false, x, n, out);
}

AVX2 void row_avx2_spread_float32(const float *x, size_t n, double centre, row_spread *out)
{
    spread(true, x, n, centre, out);
}

AVX2 void row_avx2_spread_float64(const double *x, size_t n, double centre, row_spread *out)
{
    spread(false, x, n, centre, out);
}

#endif
