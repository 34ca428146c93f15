/* dot_lanes.h - the order in which a row is summed: in LANES sums side by side.
 * For functions that are compiled for several processors (base/dispatch.h).
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_DOT_LANES_H
#define TOKVEC_MEASURE_DOT_LANES_H

#include "base/dispatch.h"

#include <stddef.h>

enum { DOT_LANES = 16 };

/* Four lanes, anywhere in an array of values of 64 bits. */
#define DOT_FOUR __attribute__((vector_size(32), aligned(8), may_alias))
typedef double dot_four DOT_FOUR;

typedef struct dot_sums {
    dot_four a, b, c, d;
} dot_sums;

/* Adds the products of DOT_LANES values, each in its lane. */
DISPATCH_INLINE void dot_add(dot_sums *s, const double *x, const double *y)
{
    const dot_four *p = (const dot_four *)x, *q = (const dot_four *)y;
    s->a += p[0] * q[0];
    s->b += p[1] * q[1];
    s->c += p[2] * q[2];
    s->d += p[3] * q[3];
}

DISPATCH_INLINE double dot_total(const dot_sums *s)
{
    dot_four sum = (s->a + s->b) + (s->c + s->d);
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

#endif
