/* near_exact.c - how near two vectors are, in float64.
 * See near_exact.h.
 * SPDX-License-Identifier: MIT */
#include "measure/near_exact.h"

#include "base/dispatch.h"
#include "measure/dot.h"

#include <math.h>

enum {
    LANES = 16,
    FAR = 800, /* a sum of squares from 2^-800 to 2^800 has lost nothing */
};

/* ---------------------------------------------------------------- sums */

/* Value i goes to lane i % LANES; the lanes are added in halves. */
DISPATCH_INLINE double sum_lanes(double lanes[LANES])
{
    for (size_t half = LANES / 2; half > 0; half /= 2) {
        for (size_t l = 0; l < half; l++)
            lanes[l] += lanes[l + half];
    }
    return lanes[0];
}

DISPATCH_INLINE void sum_differences(const double *a, const double *b, size_t n, double *sum)
{
    double lanes[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        for (size_t l = 0; l < LANES; l++)
            lanes[l] += (a[i + l] - b[i + l]) * (a[i + l] - b[i + l]);
    }
    for (size_t l = 0; i + l < n; l++)
        lanes[l] += (a[i + l] - b[i + l]) * (a[i + l] - b[i + l]);
    *sum = sum_lanes(lanes);
}

DISPATCH_VARIANTS(sum_differences, (const double *a, const double *b, size_t n, double *sum),
                  (a, b, n, sum))

/* ---------------------------------------------------------------- vectors */

static bool within_reach(double squares)
{
    return squares >= ldexp(1, -FAR) && squares <= ldexp(1, FAR);
}

near_kind near_exact_ready(near_vector *v, double *values, size_t n, near_metric by)
{
    double squares = dot_product(values, values, n), largest = 0;
    *v = (near_vector){values, n, sqrt(squares)};
    if (within_reach(squares))
        return NEAR_USUAL;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i]))
            return NEAR_NOT_FINITE;
        largest = fabs(values[i]) > largest ? fabs(values[i]) : largest;
    }
    if (by != NEAR_COSINE)
        return NEAR_USUAL;
    if (largest == 0)
        return NEAR_ZERO;
    int exponent;
    (void)frexp(largest, &exponent);
    for (size_t i = 0; i < n; i++)
        values[i] = scalbn(values[i], -exponent);
    v->root = sqrt(dot_product(values, values, n));
    return NEAR_USUAL;
}

/* ---------------------------------------------------------------- keys */

/* Where products overflow: half the exponent of each factor does not. What is lost below is nothing
 * beside what overflowed. */
static double dot_by_parts(const near_vector *a, const near_vector *b)
{
    enum { DOWN = 520 };
    double sum = 0;
    for (size_t i = 0; i < a->n; i++)
        sum += scalbn(a->values[i], -DOWN) * scalbn(b->values[i], -DOWN);
    return scalbn(sum, 2 * DOWN);
}

static double dot(const near_vector *a, const near_vector *b)
{
    double sum = dot_product(a->values, b->values, a->n);
    return isfinite(sum) ? sum : dot_by_parts(a, b);
}

/* A sum that overflows or underflows has a root that as a float32 is infinite, or 0, all the same.
 */
static double distance(const near_vector *a, const near_vector *b)
{
    double sum;
    DISPATCH(sum_differences, (a->values, b->values, a->n, &sum));
    return sqrt(sum);
}

double near_exact_key(near_metric by, const near_vector *a, const near_vector *b)
{
    switch (by) {
    case NEAR_COSINE: return dot_product(a->values, b->values, a->n) / (a->root * b->root);
    case NEAR_DOT: return dot(a, b);
    case NEAR_L2: break;
    }
    return -distance(a, b);
}
