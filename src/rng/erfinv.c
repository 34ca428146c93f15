/* erfinv.c - the inverse of the error function.
 * Near a node x the error function is erf(x) + erf'(x) S(w), with S(w) the integral from 0 to w of
 * exp(-2 x t - t^2): a short series. The w for which that gives y is found by Newton's method in
 * doubles, and what is left then is computed once in numbers of twice the precision. Near 1, where
 * erf has no digits left, erfc takes its place: 1 - y is exact there.
 * See erfinv.h.
 * SPDX-License-Identifier: MIT */
#include "rng/erfinv.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "rng/erfinv_nodes.h"

#include <math.h>
#include <stdbool.h>

enum {
    TERMS = 20,  /* of the series: the next is below 2^-95 of the sum */
    EXACTER = 8, /* of them, those that need both halves: the rest is below 2^-37 of the sum */
};

/* The coefficients c of exp(-2 x t - t^2) = c0 + c1 t + ...: (n + 1) c(n+1) = -2 (x cn + c(n-1)).
 */
typedef struct series {
    double x;
    double c[TERMS];
} series;

static const double inverses[TERMS + 1] = {
    0.0,      1.0,      1.0 / 2,  1.0 / 3,  1.0 / 4,  1.0 / 5,  1.0 / 6,
    1.0 / 7,  1.0 / 8,  1.0 / 9,  1.0 / 10, 1.0 / 11, 1.0 / 12, 1.0 / 13,
    1.0 / 14, 1.0 / 15, 1.0 / 16, 1.0 / 17, 1.0 / 18, 1.0 / 19, 1.0 / 20};

DISPATCH_INLINE void make_series(double x, series *s)
{
    s->x = x;
    s->c[0] = 1.0;
    s->c[1] = -2.0 * x;
    for (int n = 1; n + 1 < TERMS; n++)
        s->c[n + 1] = -2.0 * inverses[n + 1] * (x * s->c[n] + s->c[n - 1]);
}

/* exp(-2 x w - w^2) */
DISPATCH_INLINE double integrand(const series *s, double w)
{
    double y = s->c[TERMS - 1];
    for (int n = TERMS - 2; n >= 0; n--)
        y = y * w + s->c[n];
    return y;
}

/* S(w), from its term `first` on and without w^(first+1). */
DISPATCH_INLINE double integral(const series *s, double w, int first)
{
    double y = s->c[TERMS - 1] * inverses[TERMS];
    for (int n = TERMS - 2; n >= first; n--)
        y = y * w + s->c[n] * inverses[n + 1];
    return y;
}

/* S(w) - d */
DISPATCH_INLINE double residue(int fuses, const series *s, double w, twofold d)
{
    twofold c[EXACTER] = {{1.0, 0.0}, {-2.0 * s->x, 0.0}}, t = {w, 0.0}, x = {s->x, 0.0};
    for (int n = 1; n + 1 < EXACTER; n++) {
        twofold sum = twofold_add(twofold_multiply(fuses, x, c[n]), c[n - 1]);
        twofold twice = {-2.0 * sum.high, -2.0 * sum.low};
        c[n + 1] = twofold_divide(fuses, twice, (twofold){n + 1.0, 0.0});
    }
    twofold y = {integral(s, w, EXACTER), 0.0};
    for (int n = EXACTER - 1; n >= 0; n--) {
        twofold term = twofold_divide(fuses, c[n], (twofold){n + 1.0, 0.0});
        y = twofold_add(twofold_multiply(fuses, y, t), term);
    }
    y = twofold_multiply(fuses, y, t);
    return (y.high - d.high) + (y.low - d.low);
}

/* The node nearest to the x for which erf(x) = y, 0 <= y < 1. */
DISPATCH_INLINE int nearest_node(double y)
{
    bool near = y < erfinv_nodes[ERFINV_SPLIT - 1].until; /* else 1 - y is exact */
    int from = near ? 0 : ERFINV_SPLIT, to = near ? ERFINV_SPLIT - 1 : ERFINV_NODES - 1;
    double level = near ? y : y - 1.0;
    while (from < to) {
        int middle = (from + to) / 2;
        double until = erfinv_nodes[middle].until;
        if (level < (near ? until : -until))
            to = middle;
        else
            from = middle + 1;
    }
    return from;
}

/* (y - erf(x)) / erf'(x) of a node. */
DISPATCH_INLINE twofold distance(int fuses, int node, double y)
{
    twofold level = erfinv_nodes[node].level;
    twofold rest = node < ERFINV_SPLIT
                       ? twofold_add((twofold){y, 0.0}, (twofold){-level.high, -level.low})
                       : twofold_add(level, (twofold){y - 1.0, 0.0});
    return twofold_divide(fuses, rest, erfinv_nodes[node].slope);
}

/* The w for which S(w) = d, to some 50 bits: from the series of S's inverse by two steps. */
DISPATCH_INLINE double solve(const series *s, double d)
{
    double x = s->x, square = x * x;
    double cubic = (4.0 * square + 1.0) * (1.0 / 3),
           quartic = (12.0 * square + 7.0) * x * (1.0 / 6);
    double w = ((quartic * d + cubic) * d + x) * d * d + d;
    for (int i = 0; i < 2; i++)
        w -= (integral(s, w, 0) * w - d) / integrand(s, w);
    return w;
}

/* For 0 <= y < 1; `exact`: correctly rounded, else to some 50 bits. */
DISPATCH_INLINE double inverse(int fuses, double y, bool exact)
{
    series s;
    int node = nearest_node(y);
    double x = (double)node / ERFINV_STEPS;
    make_series(x, &s);
    twofold d = distance(fuses, node, y);
    double w = solve(&s, d.high);
    if (!exact)
        return x + w;
    twofold sum = twofold_of(x, w);
    double step = -residue(fuses, &s, w, d) / integrand(&s, w);
    return sum.high + (sum.low + step);
}

DISPATCH_INLINE double with_sign_of(double y, double x)
{
    const uint64_t sign = UINT64_C(1) << 63;
    return double_of_bits((bits_of_double(x) & ~sign) | (bits_of_double(y) & sign));
}

DISPATCH_INLINE double inverse_of(int fuses, double y, bool exact)
{
    double size = with_sign_of(0.0, y);
    if (size < 1.0)
        return with_sign_of(y, inverse(fuses, size, exact));
    return size > 1.0 ? (double)NAN : y / 0.0; /* NaN stays NaN */
}

DISPATCH_INLINE void invert_float32(int fuses, size_t n, float *values)
{
    for (size_t i = 0; i < n; i++)
        values[i] = (float)inverse_of(fuses, (double)values[i], false);
}

DISPATCH_INLINE void invert_float64(int fuses, size_t n, double *values)
{
    for (size_t i = 0; i < n; i++)
        values[i] = inverse_of(fuses, values[i], true);
}

DISPATCH_VARIANTS(invert_float32, (size_t n, float *values), (fuses, n, values))
DISPATCH_VARIANTS(invert_float64, (size_t n, double *values), (fuses, n, values))

void erfinv_float32(size_t n, float *values)
{
    DISPATCH(invert_float32, (n, values));
}

void erfinv_float64(size_t n, double *values)
{
    DISPATCH(invert_float64, (n, values));
}
