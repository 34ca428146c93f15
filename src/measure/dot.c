/* dot.c - products of two rows of float64.
 * See dot.h.
 * SPDX-License-Identifier: MIT */
#include "measure/dot.h"

#include "measure/dot_lanes.h"

#include <math.h>
#include <string.h>

DISPATCH_INLINE void multiply(const double *x, const double *y, size_t n, double *out)
{
    dot_sums sums = {0};
    size_t i = 0;
    for (; i + DOT_LANES <= n; i += DOT_LANES)
        dot_add(&sums, x + i, y + i);
    if (i < n) {
        double rest[2][DOT_LANES] = {{0}};
        memcpy(rest[0], x + i, (n - i) * sizeof *x);
        memcpy(rest[1], y + i, (n - i) * sizeof *y);
        dot_add(&sums, rest[0], rest[1]);
    }
    *out = dot_total(&sums);
}
DISPATCH_VARIANTS(multiply, (const double *x, const double *y, size_t n, double *out),
                  (x, y, n, out))

double dot_product(const double *x, const double *y, size_t n)
{
    double sum;
    DISPATCH(multiply, (x, y, n, &sum));
    return sum;
}

double dot_length(const double *x, size_t n)
{
    return sqrt(dot_product(x, x, n));
}
