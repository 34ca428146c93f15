/* normal.c - the normal distribution as torch.Tensor.normal_(0, 1) draws it on the CPU.
 * The order of operations, and which of them are fused, was found by comparison with PyTorch
 * 1.13; the polynomials are those of the Cephes library (S. Moshier), logf, sinf and cosf.
 * Compiled with -ffp-contract=off: only what says fmaf is fused.
 * SPDX-License-Identifier: MIT */
#include "rng/normal.h"

#include "rng/dispatch.h"

#include <math.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

enum { HALF = NORMAL_GROUP / 2 };

INLINE uint32_t bits_of(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

INLINE float float_of(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Natural logarithm of x in (0, 1], x not subnormal. Everything is computed on every path and
 * chosen at the end by masks, so that a compiler can vectorise the loop around it. */
INLINE float log_cephes(float x)
{
    uint32_t bits = bits_of(x);
    float e = (float)((int32_t)(bits >> 23) - 126);
    x = float_of((bits & 0x007fffffu) | 0x3f000000u); /* in [0.5, 1) */
    int small = x < 0.707106781186547524f;
    e = e - (small ? 1.0f : 0.0f);
    float t = small ? x : 0.0f;
    x = x - 1.0f;
    x = x + t;
    float z = x * x;
    float y = 7.0376836292e-2f;
    y = fmaf(y, x, -1.1514610310e-1f);
    y = fmaf(y, x, 1.1676998740e-1f);
    y = fmaf(y, x, -1.2420140846e-1f);
    y = fmaf(y, x, 1.4249322787e-1f);
    y = fmaf(y, x, -1.6668057665e-1f);
    y = fmaf(y, x, 2.0000714765e-1f);
    y = fmaf(y, x, -2.4999993993e-1f);
    y = fmaf(y, x, 3.3333331174e-1f);
    y = y * x;
    y = fmaf(y, z, e * -2.12194440e-4f);
    y = y - z * 0.5f;
    x = x + y;
    return fmaf(e, 0.693359375f, x);
}

/* Sine and cosine of x >= 0, by octants. */
INLINE void sincos_cephes(float x, float *sine, float *cosine)
{
    int32_t j = (int32_t)(x * 1.27323954473516f);
    j = (j + 1) & ~1;
    float f = (float)j;
    uint32_t sine_sign = (uint32_t)(j & 4) << 29;
    uint32_t cosine_sign = (uint32_t)(~(j - 2) & 4) << 29;
    x = fmaf(f, -0.78515625f, x);
    x = fmaf(f, -2.4187564849853515625e-4f, x);
    x = fmaf(f, -3.77489497744594108e-8f, x);
    float z = x * x;
    float y = fmaf(2.443315711809948e-5f, z, -1.388731625493765e-3f);
    y = fmaf(y, z, 4.166664568298827e-2f);
    y = y * z;
    y = fmaf(y, z, -(z * 0.5f));
    float c = y + 1.0f;
    y = fmaf(-1.9515295891e-4f, z, 8.3321608736e-3f);
    y = fmaf(y, z, -1.6666654611e-1f);
    y = y * z;
    float s = fmaf(y, x, x);
    int swap = (j & 2) != 0;
    *sine = float_of(bits_of(swap ? c : s) ^ sine_sign);
    *cosine = float_of(bits_of(swap ? s : c) ^ cosine_sign);
}

/* (word & (2^24 - 1)) * 2^-24, in [0, 1). */
INLINE float uniform24(uint32_t word)
{
    return (float)(int32_t)(mt19937_temper(word) & 0xffffffu) * 0x1p-24f;
}

INLINE void fill_float32(const uint32_t *words, size_t groups, float *out)
{
    for (size_t g = 0; g < groups; g++) {
        const uint32_t *w = words + g * NORMAL_GROUP;
        float *d = out + g * NORMAL_GROUP;
        for (int j = 0; j < HALF; j++) {
            float u1 = 1.0f - uniform24(w[j]);
            float u2 = uniform24(w[j + HALF]);
            float radius = sqrtf(-2.0f * log_cephes(u1));
            float sine, cosine;
            sincos_cephes(6.28318530717958647692f * u2, &sine, &cosine);
            /* PyTorch scales by std 1 and adds mean 0, which turns -0 into +0. */
            d[j] = fmaf(radius * cosine, 1.0f, 0.0f);
            d[j + HALF] = fmaf(radius * sine, 1.0f, 0.0f);
        }
    }
}

DISPATCH_VARIANTS(void, fill_float32, (const uint32_t *words, size_t groups, float *out),
                  (words, groups, out))

void normal_float32(const uint32_t *words, size_t groups, float *out)
{
    DISPATCH(fill_float32, (words, groups, out));
}

/* random64() is two outputs, the first the high half; its low 53 bits make the uniform. */
static double uniform53(const uint32_t *words)
{
    uint64_t high = mt19937_temper(words[0]);
    uint64_t low = mt19937_temper(words[1]);
    return (double)((high << 32 | low) & ((UINT64_C(1) << 53) - 1)) * 0x1p-53;
}

static const double two_pi = 6.283185307179586476925286766559;

void normal_float64(const uint32_t *words, size_t groups, double *out)
{
    for (size_t g = 0; g < groups; g++) {
        const uint32_t *w = words + g * 2 * NORMAL_GROUP;
        double *d = out + g * NORMAL_GROUP;
        for (int j = 0; j < HALF; j++) {
            double u1 = 1.0 - uniform53(w + 2 * j);
            double u2 = uniform53(w + 2 * (j + HALF));
            double radius = sqrt(-2.0 * log(u1));
            double theta = two_pi * u2;
            d[j] = radius * cos(theta) * 1.0 + 0.0;
            d[j + HALF] = radius * sin(theta) * 1.0 + 0.0;
        }
    }
}

/* log1p(-u2) as in PyTorch 2.x; 1.13 has log(1 - u2), which float32 hardly ever shows. */
void normal_small(const mt19937 *first_block, size_t n, double *out)
{
    const uint32_t *w = first_block->word;
    for (size_t i = 0; i < n; i += 2, w += 4) {
        double u1 = uniform53(w);
        double u2 = uniform53(w + 2);
        double radius = sqrt(-2.0 * log1p(-u2));
        double theta = two_pi * u1;
        out[i] = radius * cos(theta) * 1.0 + 0.0;
        if (i + 1 < n)
            out[i + 1] = radius * sin(theta) * 1.0 + 0.0;
    }
}
