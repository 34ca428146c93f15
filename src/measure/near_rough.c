/* near_rough.c - products of vectors in float32.
 * See near_rough.h.
 * SPDX-License-Identifier: MIT */
#include "measure/near_rough.h"

#include "base/dispatch.h"

#include <string.h>

#ifdef DISPATCH_HAVE_AVX2
#include <immintrin.h>
#endif

#define LEVEL baseline
#define TARGET
#define LANES          4
#define TILE_ROWS      6
#define FUSED(a, b, c) ((a) * (b) + (c))
#define SPLAT(x)       ((vector){x, x, x, x})
#include "measure/near_lanes.h"

#ifdef DISPATCH_HAVE_AVX2
#define LEVEL          avx2
#define TARGET         __attribute__((target("avx2,fma")))
#define LANES          8
#define TILE_ROWS      6
#define FUSED(a, b, c) _mm256_fmadd_ps(a, b, c)
#define SPLAT(x)       _mm256_set1_ps(x)
#include "measure/near_lanes.h"

#define LEVEL          avx512
#define TARGET         __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")))
#define LANES          16
#define TILE_ROWS      8
#define FUSED(a, b, c) _mm512_fmadd_ps(a, b, c)
#define SPLAT(x)       _mm512_set1_ps(x)
#include "measure/near_lanes.h"
#endif

near_shape near_rough_shape(void)
{
#ifdef DISPATCH_HAVE_AVX2
    if (dispatch_level() == DISPATCH_AVX512)
        return (near_shape){STEP_avx512, PANEL_avx512, 8};
    if (dispatch_level() == DISPATCH_AVX2)
        return (near_shape){STEP_avx2, PANEL_avx2, 6};
#endif
    return (near_shape){STEP_baseline, PANEL_baseline, 6};
}

void near_rough_sums(tokvec_dtype dtype, const void *row, const float *query, size_t n,
                     near_sums *sums)
{
    DISPATCH(sums, (dtype, row, query, n, sums));
}

void near_rough_query(tokvec_dtype dtype, const float *values, size_t n, float *query)
{
    near_shape shape = near_rough_shape();
    size_t filled = (n + shape.step - 1) / shape.step * shape.step;
    memset(query, 0, filled * sizeof *query);
    for (size_t i = 0; i < n; i++) {
        size_t in = i % shape.panel; /* two vectors too */
        bool halves = dtype != TOKVEC_FLOAT32;
        query[i - in + (halves ? in / 2 + in % 2 * (shape.panel / 2) : in)] = values[i];
    }
}

bool near_rough_tile(const near_tile *tile, float *scores)
{
    bool any;
    DISPATCH(tile, (tile, scores, &any));
    return any;
}

DISPATCH_INLINE void narrow(const double *in, size_t n, float *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (float)in[i];
}

DISPATCH_VARIANTS(narrow, (const double *in, size_t n, float *out), (in, n, out))

void near_rough_narrow(const double *in, size_t n, float *out)
{
    DISPATCH(narrow, (in, n, out));
}
