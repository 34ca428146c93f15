/* row_kernel.c - what is summed up of the values of a row: for any processor.
 * See row_kernel.h.
 * SPDX-License-Identifier: MIT */
#include "measure/row_kernel.h"

#include "measure/row_kernel_avx2.h"

#include <math.h>
#include <stdbool.h>

/* The lanes' sum, in the order in which vectors of four are added. */
static double of_lanes(const double *x)
{
    double four[4];
    for (int i = 0; i < 4; i++)
        four[i] = (x[i] + x[4 + i]) + (x[8 + i] + x[12 + i]);
    return (four[0] + four[2]) + (four[1] + four[3]);
}

/* The value at i of an array of one of the two types. */
DISPATCH_INLINE double value(bool narrow, const void *x, size_t i)
{
    return narrow ? (double)((const float *)x)[i] : ((const double *)x)[i];
}

DISPATCH_INLINE void see(row_sums *s, double v)
{
    s->low = v < s->low ? v : s->low;
    s->high = v > s->high ? v : s->high;
    s->zeros += v == 0.0;
}

DISPATCH_INLINE void sum(bool narrow, const void *x, size_t n, row_sums *out)
{
    double sums[ROW_LANES] = {0}, squares[ROW_LANES] = {0};
    row_sums s = {.low = INFINITY, .high = -INFINITY};
    size_t i = 0;
    for (; n - i >= ROW_LANES; i += ROW_LANES) {
        for (size_t k = 0; k < ROW_LANES; k++) {
            double v = value(narrow, x, i + k);
            sums[k] += v;
            squares[k] += v * v;
            see(&s, v);
        }
    }
    for (size_t k = 0; i + k < n; k++) {
        double v = value(narrow, x, i + k);
        sums[k] += v;
        squares[k] += v * v;
        see(&s, v);
    }
    s.sum = of_lanes(sums);
    s.squares = of_lanes(squares);
    *out = s;
}

DISPATCH_INLINE void spread(bool narrow, const void *x, size_t n, double centre, row_spread *out)
{
    double sums[ROW_LANES] = {0}, squares[ROW_LANES] = {0};
    size_t i = 0;
    for (; n - i >= ROW_LANES; i += ROW_LANES) {
        for (size_t k = 0; k < ROW_LANES; k++) {
            double v = value(narrow, x, i + k) - centre;
            sums[k] += v;
            squares[k] += v * v;
        }
    }
    for (size_t k = 0; i + k < n; k++) {
        double v = value(narrow, x, i + k) - centre;
        sums[k] += v;
        squares[k] += v * v;
    }
    *out = (row_spread){of_lanes(sums), of_lanes(squares)};
}

/* Of the variants only those for x86-64 are worth a source of their own. */
#ifdef DISPATCH_HAVE_AVX2
#define OR_AVX2(call)                        \
    if (dispatch_level() >= DISPATCH_AVX2) { \
        row_avx2_##call;                     \
        return;                              \
    }
#else
#define OR_AVX2(call)
#endif

void row_sum_float32(const float *x, size_t n, row_sums *out)
{
    OR_AVX2(sum_float32(x, n, out))
    sum(true, x, n, out);
}

void row_sum_float64(const double *x, size_t n, row_sums *out)
{
    OR_AVX2(sum_float64(x, n, out))
    sum(false, x, n, out);
}

void row_spread_float32(const float *x, size_t n, double centre, row_spread *out)
{
    OR_AVX2(spread_float32(x, n, centre, out))
    spread(true, x, n, centre, out);
}

void row_spread_float64(const double *x, size_t n, double centre, row_spread *out)
{
    OR_AVX2(spread_float64(x, n, centre, out))
    spread(false, x, n, centre, out);
}
