/* polar.c - normal values by the polar method.
 * See polar.h. G. Marsaglia and T. A. Bray, "A Convenient Method for Generating Normal Variables",
 * SIAM Review 6(3), 1964: a point in a square is a pair of values if it is in the circle.
 * SPDX-License-Identifier: MIT */
#include "rng/numpy/polar.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "rng/elementary.h"

#include <math.h>

/* Of the first draw 27 bits, of the second 26. An integer below 2^52, put under the exponent of
 * 2^52, is that number and 2^52; nothing here is rounded. */
DISPATCH_INLINE double uniform(const uint32_t *draws)
{
    const double one = 0x1p52;
    uint64_t first = draws[0] >> 5, second = draws[1] >> 6;
    double high = double_of_bits(first | bits_of_double(one)) - one;
    double low = double_of_bits(second | bits_of_double(one)) - one;
    return high * 0x1p-27 + low * 0x1p-53;
}

DISPATCH_INLINE void uniforms(const uint32_t *restrict draws, size_t n, double *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = uniform(draws + 2 * i);
}

DISPATCH_VARIANTS(uniforms, (const uint32_t *restrict draws, size_t n, double *restrict out),
                  (draws, n, out))

void polar_uniform(const uint32_t *draws, size_t n, double *out)
{
    DISPATCH(uniforms, (draws, n, out));
}

/* The points of n attempts, and the squares of their distances from the centre. */
DISPATCH_INLINE void points(const uint32_t *restrict draws, size_t n, double *restrict x,
                            double *restrict square)
{
    for (size_t i = 0; i < 2 * n; i++)
        x[i] = 2.0 * uniform(draws + 2 * i) - 1.0;
    for (size_t i = 0; i < n; i++)
        square[i] = x[2 * i] * x[2 * i] + x[2 * i + 1] * x[2 * i + 1];
}

DISPATCH_VARIANTS(points,
                  (const uint32_t *restrict draws, size_t n, double *restrict x,
                   double *restrict square),
                  (draws, n, x, square))

/* 1 if the point is in the circle, and not at its centre. */
DISPATCH_INLINE uint64_t is_inside(double square)
{
    return (uint64_t)(square < 1.0) & (uint64_t)(square != 0.0);
}

size_t polar_count(const uint32_t *draws, size_t n)
{
    double x[2 * POLAR_MOST], square[POLAR_MOST];
    uint64_t count = 0;
    DISPATCH(points, (draws, n, x, square));
    for (size_t i = 0; i < n; i++)
        count += is_inside(square[i]);
    return (size_t)count;
}

/* Leaves only the points that are inside; how many. */
static size_t keep_inside(size_t n, double *x, double *square)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        double s = square[i], x0 = x[2 * i], x1 = x[2 * i + 1];
        square[kept] = s;
        x[2 * kept] = x0;
        x[2 * kept + 1] = x1;
        kept += is_inside(s);
    }
    return kept;
}

/* The second number of a point is the first value. */
DISPATCH_INLINE void pairs(const double *restrict x, const double *restrict square,
                           const double *restrict log_of, size_t n, double *restrict out)
{
    for (size_t i = 0; i < n; i++) {
        double factor = sqrt(-2.0 * log_of[i] / square[i]);
        out[2 * i] = factor * x[2 * i + 1];
        out[2 * i + 1] = factor * x[2 * i];
    }
}

DISPATCH_VARIANTS(pairs,
                  (const double *restrict x, const double *restrict square,
                   const double *restrict log_of, size_t n, double *restrict out),
                  (x, square, log_of, n, out))

_Static_assert((int)POLAR_MOST <= (int)ELEMENTARY_MAX, "one call of elementary_log is enough");

size_t polar_make(const uint32_t *draws, size_t n, double *out)
{
    double x[2 * POLAR_MOST], square[POLAR_MOST], log_of[POLAR_MOST];
    DISPATCH(points, (draws, n, x, square));
    size_t kept = keep_inside(n, x, square);
    elementary_log(square, kept, log_of);
    DISPATCH(pairs, (x, square, log_of, kept, out));
    return 2 * kept;
}
