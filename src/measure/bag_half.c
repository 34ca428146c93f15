/* bag_half.c - sums of rows of float16, by the processor's own widening.
 * See bag_half.h. Processors with AVX2 have F16C, too. A product of two float16 is exact in
 * float32, so it may be fused with the addition, and be one with a weight of 1.
 * SPDX-License-Identifier: MIT */
#include "measure/bag_half.h"

#ifdef DISPATCH_HAVE_AVX2

#include "measure/bag_ahead.h"

#include <immintrin.h>
#include <stdint.h>

enum { LANES = 8 };

#define HALF_INLINE static inline __attribute__((always_inline, target("avx2,fma,f16c")))

HALF_INLINE __m256 add_lanes(__m256 sum, const uint16_t *row, float weight)
{
    __m256 wide = _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(const void *)row));
    return _mm256_fmadd_ps(wide, _mm256_set1_ps(weight), sum);
}

HALF_INLINE float add_one(float sum, const uint16_t *element, float weight)
{
    return __builtin_fmaf(_cvtsh_ss(*element), weight, sum);
}

HALF_INLINE float weight_of(const double *weights, size_t i)
{
    return weights == NULL ? 1 : (float)weights[i];
}

__attribute__((target("avx2,fma,f16c"))) static void
add_four(float *restrict sum, const void *const *rows, const float *w, size_t dim)
{
    const uint16_t *a = rows[0], *b = rows[1], *c = rows[2], *d = rows[3];
    size_t j = 0;
    for (; j + LANES <= dim; j += LANES) {
        __m256 x = add_lanes(_mm256_loadu_ps(sum + j), a + j, w[0]);
        x = add_lanes(x, b + j, w[1]);
        x = add_lanes(x, c + j, w[2]);
        _mm256_storeu_ps(sum + j, add_lanes(x, d + j, w[3]));
    }
    for (; j < dim; j++) {
        float x = add_one(add_one(sum[j], a + j, w[0]), b + j, w[1]);
        sum[j] = add_one(add_one(x, c + j, w[2]), d + j, w[3]);
    }
}

__attribute__((target("avx2,fma,f16c"))) static void
add_row(float *restrict sum, const uint16_t *row, float weight, size_t dim)
{
    size_t j = 0;
    for (; j + LANES <= dim; j += LANES)
        _mm256_storeu_ps(sum + j, add_lanes(_mm256_loadu_ps(sum + j), row + j, weight));
    for (; j < dim; j++)
        sum[j] = add_one(sum[j], row + j, weight);
}

__attribute__((target("avx2,fma,f16c"))) void bag_half_add(float *sum, const void *const *rows,
                                                           const double *weights, size_t n,
                                                           size_t ahead, size_t dim)
{
    size_t i = 0;
    for (; i + BAG_AT_ONCE <= n; i += BAG_AT_ONCE) {
        float w[BAG_AT_ONCE];
        bag_ahead(rows + i, BAG_AT_ONCE, n + ahead - i, dim * sizeof(uint16_t));
        for (size_t k = 0; k < BAG_AT_ONCE; k++)
            w[k] = weight_of(weights, i + k);
        add_four(sum, rows + i, w, dim);
    }
    for (; i < n; i++) {
        bag_ahead(rows + i, 1, n + ahead - i, dim * sizeof(uint16_t));
        add_row(sum, rows[i], weight_of(weights, i), dim);
    }
}

#endif
