/* twofold.h - numbers of twice a double's precision, as sums of two doubles.
 * After T. J. Dekker, "A Floating-Point Technique for Extending the Available Precision", Numer.
 * Math. 18, 1971.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TWOFOLD_H
#define TOKVEC_RNG_TWOFOLD_H

#include "base/dispatch.h"

/* high + low, low at most half a unit in the last place of high */
typedef struct twofold {
    double high, low;
} twofold;

/* a + b, exactly, where a is the larger (by its exponent) or 0. */
DISPATCH_INLINE twofold twofold_of(double a, double b)
{
    double high = a + b;
    return (twofold){high, a - high + b};
}

/* a + b, exactly. */
DISPATCH_INLINE twofold twofold_sum(double a, double b)
{
    double high = a + b, part = high - a;
    return (twofold){high, (a - (high - part)) + (b - part)};
}

/* a * b, exactly, also without an instruction for it (`fuses`, see base/dispatch.h); for numbers
 * and products that are far from the ends of a double's range. */
DISPATCH_INLINE twofold twofold_product(int fuses, double a, double b)
{
    double high = a * b;
    if (fuses)
        return (twofold){high, __builtin_fma(a, b, -high)};
    const double split = 0x1p27 + 1.0; /* halves of 26 bits, whose products are exact */
    double a_big = a * split, b_big = b * split;
    double a_high = a_big - (a_big - a), b_high = b_big - (b_big - b);
    double a_low = a - a_high, b_low = b - b_high;
    return (twofold){high,
                     ((a_high * b_high - high) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

DISPATCH_INLINE twofold twofold_add(twofold a, twofold b)
{
    twofold s = twofold_sum(a.high, b.high);
    return twofold_of(s.high, s.low + (a.low + b.low));
}

DISPATCH_INLINE twofold twofold_multiply(int fuses, twofold a, twofold b)
{
    twofold p = twofold_product(fuses, a.high, b.high);
    return twofold_of(p.high, p.low + (a.high * b.low + a.low * b.high));
}

DISPATCH_INLINE twofold twofold_divide(int fuses, twofold a, twofold b)
{
    double q = a.high / b.high;
    twofold p = twofold_product(fuses, q, b.high);
    double rest = ((a.high - p.high) - p.low) + (a.low - q * b.low);
    return twofold_of(q, rest / b.high);
}

#endif
