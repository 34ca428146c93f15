/* jax_values.c - JAX's values out of random bits.
 * See jax_values.h. Which operations are fused, and in which order they stand, was found by
 * comparison with jaxlib 0.4.13 to 0.10.2. The polynomials: log1p and log those of the Cephes
 * library (S. Moshier); erf_inv: M. Giles, "Approximating the erfinv function", 2010.
 * Compiled with -ffp-contract=off: only what says so is fused.
 * SPDX-License-Identifier: MIT */
#include "rng/jax/jax_values.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "rng/elementary.h"
#include "rng/fused.h"
#include "rng/libm.h"

#include <math.h>

_Static_assert((int)JAX_PIECE <= (int)ELEMENTARY_MAX, "a piece at once");

/* ---------------------------------------------------------------- float32 */

DISPATCH_INLINE void uniform32(bool fuses, const jax_uniform *how, const uint32_t *restrict draws,
                               size_t n, float *restrict out)
{
    const float one = (float)how->one, range = (float)how->range, add = (float)how->add;
    const float low = (float)how->low;
    for (size_t i = 0; i < n; i++) {
        float f = float_of_bits(draws[i] >> 9 | 0x3f800000) - one;
        float value = fused(fuses, f, range, add);
        out[i] = value > low ? value : low;
    }
}

DISPATCH_VARIANTS(uniform32,
                  (const jax_uniform *how, const uint32_t *restrict draws, size_t n,
                   float *restrict out),
                  (fuses, how, draws, n, out))

void jax_uniform_float32(const jax_uniform *how, const uint32_t *draws, size_t n, float *out)
{
    DISPATCH(uniform32, (how, draws, n, out));
}

/* The steps of polynomials, written out so that a compiler can vectorise the loops around them. */
#define LOG1P_32(STEP)                                                        \
    STEP(0x1.e2035ap+3f, 0x1.fe818ap-2f)                                      \
    STEP(0x1.4c30b6p+6f, 0x1.a509f4p+2f)                                      \
    STEP(0x1.bb865ap+7f, 0x1.de9738p+4f)                                      \
    STEP(0x1.351946p+8f, 0x1.e798ecp+5f) STEP(0x1.b0db14p+7f, 0x1.c8e75ap+5f) \
        STEP(0x1.e0f304p+5f, 0x1.40a202p+4f)
#define ERF_INV_32(STEP)                                                           \
    STEP(0x1.70966cp-22f, 0x1.a76ad6p-14f)                                         \
    STEP(-0x1.d8e6aep-19f, 0x1.61b8e4p-10f)                                        \
    STEP(-0x1.26b582p-18f, -0x1.e17bcep-9f)                                        \
    STEP(0x1.ca65b6p-13f, 0x1.7824f6p-8f) STEP(-0x1.48a81p-10f, -0x1.f38baep-8f)   \
        STEP(-0x1.11c9dep-8f, 0x1.354afcp-7f) STEP(0x1.f91ec6p-3f, 0x1.006db6p+0f) \
            STEP(0x1.805c5ep+0f, 0x1.6a9efcp+1f)

/* log(1 + n) for -0.41421360 < n <= 0. */
DISPATCH_INLINE float log1p_small_32(bool fuses, bool old, float n)
{
    float q = 1.0f, p = 0x1.7bc096p-15f;
#define STEP(a, b)             \
    q = fused(fuses, q, n, a); \
    p = fused(fuses, p, n, b);
    LOG1P_32(STEP)
#undef STEP
    float d = p / q, square = n * n, cube = n * square;
    float t = old ? fused(fuses, d, cube, -(0.5f * square)) : cube * d - 0.5f * square;
    return n + t;
}

/* log(y) for normal y up to 1: of f * 2^e with f from sqrt(1/2) to sqrt(2), less 1. */
DISPATCH_INLINE float log_32(bool fuses, float y)
{
    const float root_half = 0x1.6a09e6p-1f;
    uint32_t bits = bits_of_float(y);
    float e = (float)((int32_t)(bits >> 23) - 126);
    float m = float_of_bits((bits & 0x7fffff) | 0x3f000000);
    float f = (m - 1.0f) + (m < root_half ? m : 0.0f);
    e -= m < root_half ? 1.0f : 0.0f;
    float z = f * f, cube = z * f;
    float a = fused(fuses, fused(fuses, f, 0x1.204376p-4f, -0x1.d7a37p-4f), f, 0x1.de4a34p-4f);
    float b = fused(fuses, fused(fuses, f, -0x1.fcba9ep-4f, 0x1.23d37ep-3f), f, -0x1.555cap-3f);
    float c = fused(fuses, fused(fuses, f, 0x1.999d58p-3f, -0x1.fffff8p-3f), f, 0x1.555554p-2f);
    b = fused(fuses, cube, a, b);
    b = fused(fuses, b, cube, c);
    float t = fused(fuses, cube, b, e * -0x1.bd0106p-13f);
    return fused(fuses, e, 0x1.63p-1f, (f - 0.5f * z) + t);
}

/* Everything is computed on every path, so that a compiler can vectorise the loop around it. */
DISPATCH_INLINE float erf_inv_32(bool fuses, bool old, float u)
{
    float n = -(u * u);
    float small = log1p_small_32(fuses, old, n), large = log_32(fuses, 1.0f + n);
    float l = -(n > -0x1.a8279ap-2f ? small : large);
    bool near = l < 5.0f;
    float w = near ? l - 2.5f : sqrtf(l) - 3.0f;
    float p = near ? 0x1.e2cb1p-26f : -0x1.a3e136p-13f;
#define STEP(a, b) p = fused(fuses, p, w, near ? a : b);
    ERF_INV_32(STEP)
#undef STEP
    return p * u;
}

DISPATCH_INLINE void erf_inv_each_32(bool fuses, bool old, const float *restrict u, size_t n,
                                     float *restrict out)
{
    if (old) {
        for (size_t i = 0; i < n; i++)
            out[i] = erf_inv_32(fuses, true, u[i]);
    } else {
        for (size_t i = 0; i < n; i++)
            out[i] = erf_inv_32(fuses, false, u[i]);
    }
}

DISPATCH_VARIANTS(erf_inv_each_32,
                  (bool old, const float *restrict u, size_t n, float *restrict out),
                  (fuses, old, u, n, out))

void jax_erf_inv_float32(bool old, const float *u, size_t n, float *out)
{
    DISPATCH(erf_inv_each_32, (old, u, n, out));
}

/* ---------------------------------------------------------------- float64 */

/* a * b + c, rounded once: without an instruction for it by the C library. */
DISPATCH_INLINE double fused_64(bool fuses, double a, double b, double c)
{
    return fuses ? __builtin_fma(a, b, c) : libm_fma(a, b, c);
}

DISPATCH_INLINE void uniform64(bool fuses, const jax_uniform *how, const uint32_t *restrict draws,
                               size_t n, double *restrict out)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t bits = (uint64_t)draws[2 * i + 1] << 32 | draws[2 * i];
        double f = double_of_bits(bits >> 12 | UINT64_C(0x3ff) << 52) - how->one;
        double value = fused_64(fuses, f, how->range, how->add);
        out[i] = value > how->low ? value : how->low;
    }
}

DISPATCH_VARIANTS(uniform64,
                  (const jax_uniform *how, const uint32_t *restrict draws, size_t n,
                   double *restrict out),
                  (fuses, how, draws, n, out))

void jax_uniform_float64(const jax_uniform *how, const uint32_t *draws, size_t n, double *out)
{
    DISPATCH(uniform64, (how, draws, n, out));
}

#define LOG1P_64(STEP)                               \
    STEP(0x1.e20359e903e37p+3, 0x1.fe818a0fe1a83p-2) \
    STEP(0x1.4c30b52213498p+6, 0x1.a509f46f4fa53p+2) \
    STEP(0x1.bb86590fcfb56p+7, 0x1.de9738b8cb9c9p+4) \
    STEP(0x1.351945dc908a5p+8, 0x1.e798eb86c3351p+5) \
    STEP(0x1.b0db13e48e066p+7, 0x1.c8e7597479a1p+5)  \
    STEP(0x1.e0f304466448ep+5, 0x1.40a202d99830ap+4)
#define ERF_INV_64(STEP)                                                                          \
    STEP(-0x1.8ddf93324d327p-63)                                                                  \
    STEP(0x1.7b83eef0b7c9fp-60)                                                                   \
    STEP(0x1.9ba72cd589b91p-57)                                                                   \
    STEP(-0x1.33689090a6b96p-53) STEP(0x1.82e11898132ep-56) STEP(0x1.de4acfd9e26bap-48)           \
        STEP(-0x1.6d33eed66c487p-45) STEP(-0x1.6f2167040d8e2p-44) STEP(0x1.72a22c2d77e2p-39)      \
            STEP(-0x1.c8859c4e5c0afp-37) STEP(-0x1.dc583d118a561p-35) STEP(0x1.20f47ccf46b3cp-30) \
                STEP(-0x1.1a9e38dc84d6p-28) STEP(-0x1.f36cd6d3d46a9p-26)                          \
                    STEP(0x1.c6b4f5d03b787p-22) STEP(-0x1.6e8a5434ae8a2p-20)                      \
                        STEP(-0x1.d1d1f7b8736f6p-17) STEP(0x1.879c2a212f024p-13)                  \
                            STEP(-0x1.845769484fca8p-11) STEP(-0x1.8b6c33114f909p-8)              \
                                STEP(0x1.ebd80d9b13e28p-3) STEP(0x1.a755e7c99ae86p+0)

static const double far_64[] = {
    0x1.3040f87dbd932p-29,  0x1.85cbe52878635p-24,  -0x1.2777453dd3955p-22, 0x1.395abcd554c6cp-26,
    0x1.936388a3790adp-20,  -0x1.0d5db812b5083p-18, 0x1.8860cd5d652f6p-19,  0x1.a29a0cacdfb23p-17,
    -0x1.8cef1f80281f2p-15, 0x1.1e684d0b9188ap-14,  0x1.932cd54c8a222p-16,  -0x1.7448a89ef8aa3p-12,
    0x1.f3cc55ad40c25p-11,  -0x1.ba924132f38b1p-10, 0x1.468eeca533cf8p-9,   -0x1.ebadabb891bbdp-9,
    0x1.5ffcfe5b76afcp-8,   0x1.0158a6d641d39p+0,   0x1.8abcc380d5a48p+1};
static const double farthest_64[] = {
    -0x1.dcec3a7785389p-36, -0x1.18feec0e38727p-32, 0x1.9e6bf2dda45e3p-30,  -0x1.0468fb24e2f5fp-28,
    0x1.05ac6a8fba182p-27,  -0x1.0102e495fb9cp-26,  0x1.f4c20e1334af8p-26,  -0x1.22d220fdf9c3ep-24,
    0x1.ebc8bb824cb54p-23,  -0x1.0a8d40ea372ccp-20, 0x1.2fbd29d093d2bp-18,  -0x1.4a3497e1e0facp-16,
    0x1.3ebf4eb00938fp-14,  -0x1.c2f36a8fc5d53p-13, -0x1.22ea5df04047cp-13, 0x1.02a30d1fba0dcp+0,
    0x1.3664ddd1ad7fbp+2};
enum { FAR = sizeof far_64 / sizeof *far_64, FARTHEST = sizeof farthest_64 / sizeof *farthest_64 };

DISPATCH_INLINE double log1p_small_64(bool fuses, bool old, double n)
{
    double q = 1.0, p = 0x1.7bc0962b395cap-15;
#define STEP(a, b)                \
    q = fused_64(fuses, q, n, a); \
    p = fused_64(fuses, p, n, b);
    LOG1P_64(STEP)
#undef STEP
    double d = p / q, square = n * n, cube = n * square;
    double t = old ? fused_64(fuses, d, cube, -(0.5 * square)) : cube * d - 0.5 * square;
    return n + t;
}

DISPATCH_INLINE double polynomial(bool fuses, const double *factor, int count, double w)
{
    double p = factor[0];
    for (int i = 1; i < count; i++)
        p = fused_64(fuses, p, w, factor[i]);
    return p;
}

/* l[i] is log(1 - u * u), and becomes -log1p(-(u * u)); out[i] is right where that is below 6.25.
 */
DISPATCH_INLINE void erf_inv_near(bool fuses, bool old, const double *restrict u, size_t n,
                                  double *restrict l, double *restrict out)
{
    for (size_t i = 0; i < n; i++) {
        double minus = -(u[i] * u[i]);
        double small = log1p_small_64(fuses, old, minus);
        l[i] = -(minus > -0x1.a827999fcef32p-2 ? small : l[i]);
        double w = l[i] - 3.125, p = -0x1.135d2e746e627p-68;
#define STEP(a) p = fused_64(fuses, p, w, a);
        ERF_INV_64(STEP)
#undef STEP
        out[i] = p * u[i];
    }
}

DISPATCH_INLINE void erf_inv_far(bool fuses, const double *restrict u, size_t n,
                                 const double *restrict l, double *restrict out)
{
    for (size_t i = 0; i < n; i++) {
        if (l[i] < 6.25)
            continue;
        double root = sqrt(l[i]);
        double p = l[i] < 16.0 ? polynomial(fuses, far_64, FAR, root - 3.25)
                               : polynomial(fuses, farthest_64, FARTHEST, root - 5.0);
        out[i] = p * u[i];
    }
}

DISPATCH_INLINE void erf_inv_each_64(bool fuses, bool old, const double *restrict u, size_t n,
                                     double *restrict l, double *restrict out)
{
    if (old)
        erf_inv_near(fuses, true, u, n, l, out);
    else
        erf_inv_near(fuses, false, u, n, l, out);
    erf_inv_far(fuses, u, n, l, out);
}

DISPATCH_VARIANTS(erf_inv_each_64,
                  (bool old, const double *restrict u, size_t n, double *restrict l,
                   double *restrict out),
                  (fuses, old, u, n, l, out))

void jax_erf_inv_float64(bool old, const double *u, size_t n, double *out)
{
    double l[JAX_PIECE];
    for (size_t i = 0; i < n; i++)
        out[i] = 1.0 - u[i] * u[i];
    elementary_log(out, n, l);
    DISPATCH(erf_inv_each_64, (old, u, n, l, out));
}
