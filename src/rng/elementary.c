/* elementary.c - logarithm, sine and cosine of many doubles, with the C library's bits.
 * The C library computes one at a time. Here vectors of them are computed to some 60 bits, which
 * settles how nearly all are rounded: glibc's results are at most 0.519 (log) and 0.55 (sin, cos)
 * units in the last place from the true value, so its sources say; where the true value is farther
 * than the excess over a half from the middle between two doubles, both must round alike. The
 * rest, one number in twenty and one angle in five, the C library decides.
 * Numbers of twice the precision are kept as sums of two (T. J. Dekker, "A Floating-Point
 * Technique for Extending the Available Precision", Numer. Math. 18, 1971).
 * SPDX-License-Identifier: MIT */
#include "rng/elementary.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "rng/libm.h"

#include <math.h>
#include <stdint.h>

/* high + low, low below half a unit in the last place of high */
typedef struct twofold {
    double high, low;
} twofold;

/* a + b, where a is the larger (by its exponent) or 0. */
DISPATCH_INLINE twofold sum(double a, double b)
{
    double high = a + b;
    return (twofold){high, a - high + b};
}

DISPATCH_INLINE twofold product(twofold a, twofold b)
{
    double high = a.high * b.high;
    double low = fma(a.high, b.high, -high);
    return (twofold){high, low + (a.high * b.low + a.low * b.high)};
}

/* Whether a result's rounding is left to the C library: whether it would be another one if the
 * low half were larger by a factor. With 1 + 1/8 the middle is nearer than 0.056 units then, with
 * 1 + 1/16 nearer than 0.029. */
DISPATCH_INLINE uint64_t doubtful(twofold value, double factor)
{
    return fma(value.low, factor, value.high) != value.high;
}

/* ---------------------------------------------------------------- sine and cosine */

/* sin(r) for |r| <= pi/4, with z = r * r: r + r z (-1/3! + z (1/5! - ...)). Only the first two
 * terms weigh enough to need both halves. */
DISPATCH_INLINE twofold sine_of(twofold r, twofold z)
{
    double y = 1.0 / 355687428096000.0;
    y = fma(y, z.high, -1.0 / 1307674368000.0);
    y = fma(y, z.high, 1.0 / 6227020800.0);
    y = fma(y, z.high, -1.0 / 39916800.0);
    y = fma(y, z.high, 1.0 / 362880.0);
    y = fma(y, z.high, -1.0 / 5040.0);
    y = fma(y, z.high, 1.0 / 120.0);
    twofold c = sum(-0x1.5555555555555p-3, y * z.high); /* -1/6 */
    c.low -= 0x1.5555555555555p-57;
    twofold rest = product(product(r, z), c);
    twofold s = sum(r.high, rest.high);
    return sum(s.high, s.low + (rest.low + r.low));
}

/* cos(r): 1 - z/2 + z^2/4! - z^3 (1/6! - ...) */
DISPATCH_INLINE twofold cosine_of(twofold z)
{
    double y = -1.0 / 6402373705728000.0;
    y = fma(y, z.high, 1.0 / 20922789888000.0);
    y = fma(y, z.high, -1.0 / 87178291200.0);
    y = fma(y, z.high, 1.0 / 479001600.0);
    y = fma(y, z.high, -1.0 / 3628800.0);
    y = fma(y, z.high, 1.0 / 40320.0);
    y = fma(y, z.high, -1.0 / 720.0);
    const twofold c = {0x1.5555555555555p-5, 0x1.5555555555555p-59}; /* 1/24 */
    twofold square = product(z, z);
    twofold fourth = product(square, c);
    double rest = y * (square.high * z.high) + fourth.low - 0.5 * z.low;
    twofold s = sum(1.0, -0.5 * z.high);
    twofold t = sum(s.high, fourth.high);
    return sum(t.high, t.low + (s.low + rest));
}

DISPATCH_INLINE void sincos_estimate(const double *x, size_t n, double *sine, double *cosine,
                                     uint64_t *doubt)
{
    for (size_t i = 0; i < n; i++) {
        /* The number of quarter turns, rounded, in the low bits of a double. */
        double shifted = fma(x[i], 0x1.45f306dc9c883p-1, 0x1.8p52);
        double turns = shifted - 0x1.8p52;
        uint64_t q = bits_of_double(shifted);
        /* x - turns * pi / 2: the first product and difference are exact. */
        double t = fma(turns, -0x1.921fb54442d18p+0, x[i]);
        double p = turns * 0x1.1a62633145c07p-54;
        double p_low = fma(turns, 0x1.1a62633145c07p-54, -p);
        twofold r = sum(t, -p);
        r.low -= p_low + turns * -0x1.f1976b7ed8fbcp-110;
        twofold z = product(r, r);
        twofold s = sine_of(r, z);
        twofold c = cosine_of(z);
        uint64_t small = fabs(r.high) < 0x1p-20; /* sum() needs t to be the larger */
        doubt[i] = doubtful(s, 1.125) | doubtful(c, 1.125) | small;
        uint64_t swap = (bits_of_double(s.high) ^ bits_of_double(c.high)) & (0 - (q & 1));
        sine[i] = double_of_bits(bits_of_double(s.high) ^ swap ^ (q << 62 & UINT64_C(1) << 63));
        cosine[i] =
            double_of_bits(bits_of_double(c.high) ^ swap ^ ((q + 1) << 62 & UINT64_C(1) << 63));
    }
}

/* Without fma(), or where nothing is known of it, all are left to the C library. */
static void sincos_estimate_baseline(const double *restrict x, size_t n, double *restrict sine,
                                     double *restrict cosine, uint64_t *restrict doubt)
{
    (void)x;
    (void)sine;
    (void)cosine;
    memset(doubt, 1, n * sizeof *doubt);
}

DISPATCH_FUSED_VARIANTS(sincos_estimate,
                        (const double *restrict x, size_t n, double *restrict sine,
                         double *restrict cosine, uint64_t *restrict doubt),
                        (x, n, sine, cosine, doubt))

void elementary_sincos(const double *x, size_t n, double *sine, double *cosine)
{
    uint64_t doubt[ELEMENTARY_MAX];
    DISPATCH(sincos_estimate, (x, n, sine, cosine, doubt));
    for (size_t i = 0; i < n; i++) {
        if (doubt[i] != 0)
            libm_sincos(x[i], &sine[i], &cosine[i]);
    }
}

/* ---------------------------------------------------------------- logarithm */

/* log(m) / 2 for m from sqrt(1/2) to sqrt(2): the inverse hyperbolic tangent of
 * s = (m - 1) / (m + 1), which is s + s z (1/3 + z (1/5 + ...)) with z = s * s. */
DISPATCH_INLINE twofold half_log_of(double m)
{
    double f = m - 1.0;
    twofold d = sum(1.0, m);
    double inverse = 1.0 / d.high;
    twofold s = {f * inverse, 0.0};
    s.low = (fma(-s.high, d.high, f) - s.high * d.low) * inverse;
    s = sum(s.high, s.low);
    twofold z = product(s, s);
    double y = 1.0 / 23;
    y = fma(y, z.high, 1.0 / 21);
    y = fma(y, z.high, 1.0 / 19);
    y = fma(y, z.high, 1.0 / 17);
    y = fma(y, z.high, 1.0 / 15);
    y = fma(y, z.high, 1.0 / 13);
    y = fma(y, z.high, 1.0 / 11);
    y = fma(y, z.high, 1.0 / 9);
    y = fma(y, z.high, 1.0 / 7);
    y = fma(y, z.high, 1.0 / 5);
    twofold c = sum(0x1.5555555555555p-2, y * z.high); /* 1/3 */
    c.low += 0x1.5555555555555p-56;
    twofold rest = product(product(s, z), c);
    twofold t = sum(s.high, rest.high);
    return sum(t.high, t.low + (rest.low + s.low));
}

DISPATCH_INLINE void log_estimate(const double *x, size_t n, double *out, uint64_t *doubt)
{
    const uint64_t root_half = 0x3fe6a09e667f3bcd; /* the bits of sqrt(1/2) */
    const uint64_t bias = UINT64_C(1024) << 52;    /* so that the exponent shifts as unsigned */
    for (size_t i = 0; i < n; i++) {
        /* x = m * 2^e */
        uint64_t octave = (bits_of_double(x[i]) - root_half) & UINT64_C(0xfff0000000000000);
        double m = double_of_bits(bits_of_double(x[i]) - octave);
        double e =
            double_of_bits(bits_of_double(0x1p52) | (octave + bias) >> 52) - (0x1p52 + 1024.0);
        twofold h = half_log_of(m);
        /* The first half of log(2) has 42 bits, so that its product is exact. */
        twofold s = sum(e * 0x1.62e42fefa38p-1, 2.0 * h.high);
        twofold value = sum(s.high, s.low + (2.0 * h.low + e * 0x1.ef35793c7673p-45));
        out[i] = value.high;
        doubt[i] = doubtful(value, 1.0625);
    }
}

static void log_estimate_baseline(const double *restrict x, size_t n, double *restrict out,
                                  uint64_t *restrict doubt)
{
    (void)x;
    (void)out;
    memset(doubt, 1, n * sizeof *doubt);
}

DISPATCH_FUSED_VARIANTS(log_estimate,
                        (const double *restrict x, size_t n, double *restrict out,
                         uint64_t *restrict doubt),
                        (x, n, out, doubt))

void elementary_log(const double *x, size_t n, double *out)
{
    uint64_t doubt[ELEMENTARY_MAX];
    DISPATCH(log_estimate, (x, n, out, doubt));
    for (size_t i = 0; i < n; i++) {
        if (doubt[i] != 0)
            out[i] = libm_log(x[i]);
    }
}
