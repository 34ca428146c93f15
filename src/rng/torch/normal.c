/* normal.c - the normal distribution as torch.Tensor.normal_(0, 1) draws it on the CPU.
 * The order of operations, and which of them are fused, was found by comparison with PyTorch
 * 1.13; the polynomials are those of the Cephes library (S. Moshier), logf, sinf and cosf.
 * Compiled with -ffp-contract=off: only what says so is fused.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/normal.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "rng/elementary.h"
#include "rng/fused.h"
#include "rng/libm.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { HALF = NORMAL_GROUP / 2, PIECE = NORMAL_PIECE };
_Static_assert((int)PIECE *HALF <= (int)ELEMENTARY_MAX, "a piece at once");

/* Natural logarithm of n * 2^-24, n from 1 to 2^24. Everything is computed on every path, so that
 * a compiler can vectorise the loop around it. Cephes reduces its argument by steps of which none
 * rounds; the shorter way to the same numbers is to find the power of two for which
 * x = m * 2^e with m in [sqrt(1/2), sqrt(2)) in the bits of n. */
DISPATCH_INLINE float log_cephes(bool fuses, int32_t n)
{
    const int32_t root_half = 0x3f3504f3; /* the bits of sqrt(1/2) */
    int32_t bits = (int32_t)bits_of_float((float)n);
    int32_t octave = (bits - root_half) & (int32_t)0xff800000;
    float x = float_of_bits((uint32_t)(bits - octave)) - 1.0f;
    float e = (float)(octave >> 23) - 24.0f;
    float z = x * x;
    float y = 7.0376836292e-2f;
    y = fused(fuses, y, x, -1.1514610310e-1f);
    y = fused(fuses, y, x, 1.1676998740e-1f);
    y = fused(fuses, y, x, -1.2420140846e-1f);
    y = fused(fuses, y, x, 1.4249322787e-1f);
    y = fused(fuses, y, x, -1.6668057665e-1f);
    y = fused(fuses, y, x, 2.0000714765e-1f);
    y = fused(fuses, y, x, -2.4999993993e-1f);
    y = fused(fuses, y, x, 3.3333331174e-1f);
    y = y * x;
    y = fused(fuses, y, z, e * -2.12194440e-4f);
    y = fused(fuses, z, -0.5f, y); /* as y - z * 0.5f, since the half is exact */
    x = x + y;
    return fused(fuses, e, 0.693359375f, x);
}

/* Sine and cosine of x >= 0, by octants. */
DISPATCH_INLINE void sincos_cephes(bool fuses, float x, float *sine, float *cosine)
{
    int32_t j = ((int32_t)(x * 1.27323954473516f) + 1) & ~1;
    float f = (float)j;
    uint32_t sine_sign = (uint32_t)j << 29 & 0x80000000u;
    uint32_t cosine_sign = (uint32_t)(j + 2) << 29 & 0x80000000u;
    x = fused(fuses, f, -0.78515625f, x);
    x = fused(fuses, f, -2.4187564849853515625e-4f, x);
    x = fused(fuses, f, -3.77489497744594108e-8f, x);
    float z = x * x;
    float y = fused(fuses, 2.443315711809948e-5f, z, -1.388731625493765e-3f);
    y = fused(fuses, y, z, 4.166664568298827e-2f);
    y = y * z;
    y = fused(fuses, y, z, z * -0.5f);
    float c = y + 1.0f;
    y = fused(fuses, -1.9515295891e-4f, z, 8.3321608736e-3f);
    y = fused(fuses, y, z, -1.6666654611e-1f);
    y = y * z;
    float s = fused(fuses, y, x, x);
    int swap = (j & 2) != 0;
    *sine = float_of_bits(bits_of_float(swap ? c : s) ^ sine_sign);
    *cosine = float_of_bits(bits_of_float(swap ? s : c) ^ cosine_sign);
}

/* The draw's low 24 bits, of which the uniform is a 2^-24th: in [0, 1). */
DISPATCH_INLINE int32_t uniform24(uint32_t draw)
{
    return (int32_t)(draw & 0xffffffu);
}

/* At most PIECE groups. Step after step over all of them, in arrays that stay in the L1 cache:
 * each step is a short chain of operations, many of which a processor runs side by side; and the
 * two halves of the groups lie apart, so that vectors can be longer than a half. */
DISPATCH_INLINE void fill_piece(bool fuses, const uint32_t *draws, size_t groups,
                                float *restrict out)
{
    int32_t u1[PIECE * HALF], u2[PIECE * HALF];
    float radius[PIECE * HALF], x[PIECE * HALF], y[PIECE * HALF];
    size_t n = groups * HALF;
    for (size_t g = 0; g < groups; g++) {
        for (size_t j = 0; j < HALF; j++) {
            u1[g * HALF + j] = 0x1000000 - uniform24(draws[g * NORMAL_GROUP + j]);
            u2[g * HALF + j] = uniform24(draws[g * NORMAL_GROUP + HALF + j]);
        }
    }
    for (size_t i = 0; i < n; i++)
        radius[i] = sqrtf(-2.0f * log_cephes(fuses, u1[i]));
    for (size_t i = 0; i < n; i++) {
        float sine, cosine;
        sincos_cephes(fuses, 6.28318530717958647692f * 0x1p-24f * (float)u2[i], &sine, &cosine);
        /* PyTorch scales by std 1 and adds mean 0, which turns -0 into +0. */
        x[i] = fused(fuses, radius[i], cosine, 0.0f);
        y[i] = fused(fuses, radius[i], sine, 0.0f);
    }
    for (size_t g = 0; g < groups; g++) {
        memcpy(out + g * NORMAL_GROUP, x + g * HALF, HALF * sizeof *out);
        memcpy(out + g * NORMAL_GROUP + HALF, y + g * HALF, HALF * sizeof *out);
    }
}

DISPATCH_INLINE void fill_float32(bool fuses, const uint32_t *draws, size_t groups, float *out)
{
    for (; groups > PIECE; groups -= PIECE) {
        fill_piece(fuses, draws, PIECE, out);
        draws += PIECE * NORMAL_GROUP;
        out += PIECE * NORMAL_GROUP;
    }
    fill_piece(fuses, draws, groups, out);
}

DISPATCH_VARIANTS(fill_float32, (const uint32_t *draws, size_t groups, float *out),
                  (fuses, draws, groups, out))

void normal_float32(const uint32_t *draws, size_t groups, float *out)
{
    DISPATCH(fill_float32, (draws, groups, out));
}

/* random64() is two draws, the first the high half; its low 53 bits make the uniform. */
static double uniform53(const uint32_t *draws)
{
    uint64_t both = (uint64_t)draws[0] << 32 | draws[1];
    return (double)(both & ((UINT64_C(1) << 53) - 1)) * 0x1p-53;
}

static const double two_pi = 6.283185307179586476925286766559;

/* The same from two draws that lie side by side, without conversions that vectors do
 * not have: an integer below 2^52, put under the exponent of 2^52, is that number and 2^52. */
DISPATCH_INLINE double uniform53_pair(const uint32_t *draws)
{
    const double one = 0x1p52;
    uint64_t pair = load_le64(draws), exponent = bits_of_double(one);
    double high = double_of_bits((pair & 0x1fffff) | exponent);
    double low = double_of_bits(pair >> 32 | exponent);
    return (high - one) * 0x1p-21 + (low - one) * 0x1p-53;
}

DISPATCH_INLINE void make_uniforms(const uint32_t *draws, size_t groups, double *u1, double *theta)
{
    for (size_t g = 0; g < groups; g++) {
        const uint32_t *w = draws + g * 2 * NORMAL_GROUP;
        for (size_t j = 0; j < HALF; j++)
            u1[g * HALF + j] = 1.0 - uniform53_pair(w + 2 * j);
        for (size_t j = 0; j < HALF; j++)
            theta[g * HALF + j] = two_pi * uniform53_pair(w + 2 * HALF + 2 * j);
    }
}

DISPATCH_VARIANTS(make_uniforms,
                  (const uint32_t *draws, size_t groups, double *restrict u1,
                   double *restrict theta),
                  (draws, groups, u1, theta))

DISPATCH_INLINE void multiply(const double *log_of, const double *sine, const double *cosine,
                              size_t groups, double *out)
{
    for (size_t g = 0; g < groups; g++) {
        double *d = out + g * NORMAL_GROUP;
        for (size_t j = 0; j < HALF; j++) {
            double radius = sqrt(-2.0 * log_of[g * HALF + j]);
            d[j] = radius * cosine[g * HALF + j] + 0.0;
            d[HALF + j] = radius * sine[g * HALF + j] + 0.0;
        }
    }
}

DISPATCH_VARIANTS(multiply,
                  (const double *restrict log_of, const double *restrict sine,
                   const double *restrict cosine, size_t groups, double *restrict out),
                  (log_of, sine, cosine, groups, out))

/* At most PIECE groups. */
static void fill_piece64(const uint32_t *draws, size_t groups, double *out)
{
    double u1[PIECE * HALF], theta[PIECE * HALF], log_of[PIECE * HALF];
    double sine[PIECE * HALF], cosine[PIECE * HALF];
    if (groups == 0)
        return;
    DISPATCH(make_uniforms, (draws, groups, u1, theta));
    elementary_log(u1, groups * HALF, log_of);
    elementary_sincos(theta, groups * HALF, sine, cosine);
    DISPATCH(multiply, (log_of, sine, cosine, groups, out));
}

void normal_float64(const uint32_t *draws, size_t groups, double *out)
{
    for (; groups > PIECE; groups -= PIECE) {
        fill_piece64(draws, PIECE, out);
        draws += PIECE * 2 * NORMAL_GROUP;
        out += PIECE * NORMAL_GROUP;
    }
    fill_piece64(draws, groups, out);
}

void normal_small(const uint32_t *draws, size_t n, double *out)
{
    const uint32_t *w = draws;
    for (size_t i = 0; i < n; i += 2, w += 4) {
        double u1 = uniform53(w);
        double u2 = uniform53(w + 2);
        double radius = sqrt(-2.0 * libm_log1p(-u2));
        double sine, cosine;
        libm_sincos(two_pi * u1, &sine, &cosine);
        out[i] = radius * cosine + 0.0;
        if (i + 1 < n)
            out[i + 1] = radius * sine + 0.0;
    }
}
