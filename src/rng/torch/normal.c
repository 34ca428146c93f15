/* normal.c - the normal distribution as torch.Tensor.normal_ draws it on the CPU.
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
#include "rng/torch/affine.h"
#include "rng/torch/uniform_bits.h"

#include <math.h>
#include <string.h>

enum { HALF = NORMAL_GROUP / 2, PIECE = NORMAL_PIECE };
_Static_assert((int)PIECE *HALF <= (int)ELEMENTARY_MAX, "a piece at once");

static const double two_pi = 6.283185307179586476925286766559;

/* -2 times the natural logarithm of n * 2^-24, n from 1 to 2^24. Everything is computed on every
 * path, so that a compiler can vectorise the loop around it. Cephes reduces its argument by steps
 * of which none rounds; the shorter way to the same numbers is to find the power of two for which
 * x = m * 2^e with m in [sqrt(1/2), sqrt(2)) in the bits of n. The -2 is in the coefficients and
 * in e: it changes no rounding. */
DISPATCH_INLINE float log_cephes(bool fuses, int32_t n)
{
    const int32_t root_half = 0x3f3504f3; /* the bits of sqrt(1/2) */
    int32_t bits = (int32_t)bits_of_float((float)n);
    int32_t octave = (bits - root_half) & (int32_t)0xff800000;
    float x = float_of_bits((uint32_t)(bits - octave)) - 1.0f;
    float e = 48.0f - 2.0f * (float)(octave >> 23);
    float z = x * x;
    float y = -2.0f * 7.0376836292e-2f;
    y = fused(fuses, y, x, -2.0f * -1.1514610310e-1f);
    y = fused(fuses, y, x, -2.0f * 1.1676998740e-1f);
    y = fused(fuses, y, x, -2.0f * -1.2420140846e-1f);
    y = fused(fuses, y, x, -2.0f * 1.4249322787e-1f);
    y = fused(fuses, y, x, -2.0f * -1.6668057665e-1f);
    y = fused(fuses, y, x, -2.0f * 2.0000714765e-1f);
    y = fused(fuses, y, x, -2.0f * -2.4999993993e-1f);
    y = fused(fuses, y, x, -2.0f * 3.3333331174e-1f);
    y = y * x;
    y = fused(fuses, y, z, e * -2.12194440e-4f);
    y = y + z; /* z / 2 is exact */
    y = fused(fuses, x, -2.0f, y);
    return fused(fuses, e, 0.693359375f, y);
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

/* What fill_piece makes: float32, of angles as PyTorch's float32 has them or of such as are
 * rounded from double; or the float32 rounded to 16 bits. */
typedef enum piece_of { PLAIN, WIDE_ANGLES, BRAINS, HALVES } piece_of;

/* The two halves of a piece's groups, x and y, into their places. */
DISPATCH_INLINE void join(const void *x, const void *y, size_t groups, size_t bytes, void *out)
{
    const uint8_t *from_x = x, *from_y = y;
    uint8_t *to = out;
    for (size_t g = 0; g < groups; g++) {
        memcpy(to + 2 * g * HALF * bytes, from_x + g * HALF * bytes, HALF * bytes);
        memcpy(to + (2 * g + 1) * HALF * bytes, from_y + g * HALF * bytes, HALF * bytes);
    }
}

/* Eight float32s or sixteen bfloat16s, whichever vectors the processor has. */
typedef uint32_t wide_lanes __attribute__((vector_size(32)));
typedef uint16_t brain_lanes __attribute__((vector_size(32)));

/* Rounded as bfloat16_of_float rounds, which leaves the result in the upper half of each. */
DISPATCH_INLINE void round_lanes(const float *values, brain_lanes *out)
{
    wide_lanes bits;
    memcpy(&bits, values, sizeof bits);
    bits += 0x7fff + (bits >> 16 & 1);
    *out = (brain_lanes)bits;
}

/* Both halves into their places, rounded to bfloat16. */
DISPATCH_INLINE void join_brains(const float *x, const float *y, size_t groups, uint16_t *out)
{
    for (size_t g = 0; g < groups; g++) {
        brain_lanes a, b;
        round_lanes(x + g * HALF, &a);
        round_lanes(y + g * HALF, &b);
        brain_lanes both = __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23,
                                                   25, 27, 29, 31);
        memcpy(out + g * NORMAL_GROUP, &both, sizeof both);
    }
}

/* At most PIECE groups. Step after step over all of them, in arrays that stay in the L1 cache:
 * each step is a short chain of operations, many of which a processor runs side by side; and the
 * two halves of the groups lie apart, so that vectors can be longer than a half. */
DISPATCH_INLINE void fill_piece(bool fuses, piece_of kind, const uint32_t *draws, size_t groups,
                                float std, float mean, void *out)
{
    int32_t u1[PIECE * HALF], u2[PIECE * HALF];
    float radius[PIECE * HALF], x[PIECE * HALF], y[PIECE * HALF];
    uint16_t half_x[PIECE * HALF], half_y[PIECE * HALF];
    size_t n = groups * HALF;
    for (size_t g = 0; g < groups; g++) {
        for (size_t j = 0; j < HALF; j++) {
            u1[g * HALF + j] = 0x1000000 - uniform_of24(draws[g * NORMAL_GROUP + j]);
            u2[g * HALF + j] = uniform_of24(draws[g * NORMAL_GROUP + HALF + j]);
        }
    }
    for (size_t i = 0; i < n; i++)
        radius[i] = sqrtf(log_cephes(fuses, u1[i]));
    for (size_t i = 0; i < n; i++) {
        float sine, cosine, theta = (float)two_pi * 0x1p-24f * (float)u2[i];
        if (kind == WIDE_ANGLES)
            theta = (float)(two_pi * 0x1p-24 * (double)u2[i]);
        sincos_cephes(fuses, theta, &sine, &cosine);
        float a = fused(fuses, radius[i] * cosine, std, mean);
        float b = fused(fuses, radius[i] * sine, std, mean);
        if (kind != HALVES) {
            x[i] = a;
            y[i] = b;
        } else {
            half_x[i] = float16_of_float(a);
            half_y[i] = float16_of_float(b);
        }
    }
    if (kind == BRAINS)
        join_brains(x, y, groups, out);
    else if (kind == HALVES)
        join(half_x, half_y, groups, sizeof *half_x, out);
    else
        join(x, y, groups, sizeof *x, out);
}

/* One function for each kind, with variants: f(draws, groups, std, mean, out). */
#define FILL(f, kind)                                                                              \
    DISPATCH_INLINE void f(bool fuses, const uint32_t *draws, size_t groups, float std,            \
                           float mean, void *out)                                                  \
    {                                                                                              \
        fill_piece(fuses, kind, draws, groups, std, mean, out);                                    \
    }                                                                                              \
    DISPATCH_VARIANTS(f, (const uint32_t *draws, size_t groups, float std, float mean, void *out), \
                      (fuses, draws, groups, std, mean, out))
FILL(fill_plain, PLAIN)
FILL(fill_wide, WIDE_ANGLES)
FILL(fill_brains, BRAINS)
FILL(fill_halves, HALVES)

/* Calls one of them for each piece. */
#define FILL_PIECES(f, draws, groups, scale, out)                                                  \
    for (size_t done = 0; done < (groups); done += PIECE) {                                        \
        size_t part = (groups)-done < PIECE ? (groups)-done : PIECE;                               \
        DISPATCH(f, ((draws) + done * NORMAL_GROUP, part, (float)(scale).std, (float)(scale).mean, \
                     (out) + done * NORMAL_GROUP));                                                \
    }

void normal_float32(const uint32_t *draws, size_t groups, normal_scale scale, float *out)
{
    FILL_PIECES(fill_plain, draws, groups, scale, out)
}

void normal_float32_wide(const uint32_t *draws, size_t groups, normal_scale scale, float *out)
{
    FILL_PIECES(fill_wide, draws, groups, scale, out)
}

void normal_bfloat16(const uint32_t *draws, size_t groups, normal_scale scale, uint16_t *out)
{
    FILL_PIECES(fill_brains, draws, groups, scale, out)
}

void normal_float16(const uint32_t *draws, size_t groups, normal_scale scale,
                    uint16_t *out){FILL_PIECES(fill_halves, draws, groups, scale, out)}

DISPATCH_INLINE void make_uniforms(const uint32_t *draws, size_t groups, double *u1, double *theta)
{
    for (size_t g = 0; g < groups; g++) {
        const uint32_t *w = draws + g * 2 * NORMAL_GROUP;
        for (size_t j = 0; j < HALF; j++)
            u1[g * HALF + j] = 1.0 - uniform_of53(w + 2 * j);
        for (size_t j = 0; j < HALF; j++)
            theta[g * HALF + j] = two_pi * uniform_of53(w + 2 * HALF + 2 * j);
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
            d[j] = radius * cosine[g * HALF + j];
            d[HALF + j] = radius * sine[g * HALF + j];
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

void normal_float64(const uint32_t *draws, size_t groups, normal_scale scale, double *out)
{
    while (groups > 0) {
        size_t part = groups < PIECE ? groups : PIECE;
        fill_piece64(draws, part, out);
        affine_float64(out, part * NORMAL_GROUP, scale.std, scale.mean);
        draws += part * 2 * NORMAL_GROUP;
        out += part * NORMAL_GROUP;
        groups -= part;
    }
}

void normal_small(const uint32_t *draws, size_t n, bool plain_log, double *out)
{
    const uint32_t *w = draws;
    for (size_t i = 0; i < n; i += 2, w += 4) {
        double u1 = uniform_of53(w);
        double u2 = uniform_of53(w + 2);
        double radius = sqrt(-2.0 * (plain_log ? libm_log(1.0 - u2) : libm_log1p(-u2)));
        double sine, cosine;
        libm_sincos(two_pi * u1, &sine, &cosine);
        out[i] = radius * cosine;
        if (i + 1 < n)
            out[i + 1] = radius * sine;
    }
}
