/* near_cut.h - which rows need no second look: a bound on what sums in float32 are wrong by.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_NEAR_CUT_H
#define TOKVEC_MEASURE_NEAR_CUT_H

#include "measure/near_exact.h"
#include "measure/near_rough.h"

/* Let q be a query and a a row, each of n values; u = 2^-24, half the distance of floats at 1; d
 * the dot product and s the row's sum of squares as near_rough.h gives them, of floats nearest to
 * the values, q divided by its length except for l2. A row reaches a query if, in float32,
 *
 *     d * factor + term >= cut
 *
 * with factor and term of the row, cut of the query and the score that is to be reached. No row
 * that has this score fails to:
 *
 * Any order of sums, fused or not, has |d - a.q| <= g |a||q| and |s - a.a| <= g a.a, where
 * g = n u / (1 - n u) <= 1.02 n u, as n u <= 1/64 (Higham, Accuracy and Stability of Numerical
 * Algorithms, 3.1). Rounding q and a, to which |d| <= |a||q| applies, adds 3 u |a||q| at most.
 * So, |x| standing for a length, and with e = 3 (n + 32) u:
 *
 * cosine, |q| = 1. The factor 1 / sqrt(s) is 1 / |a| up to a part of g / 2 * 1.03 + 3 u. Hence
 *     d * factor >= cosine - g - 3 u - (g / 2 * 1.03 + 3 u) * 1.05 - u >= cosine - e.
 *     Term e, cut the least cosine that is wanted.
 * dot, |q| = 1. d >= a.q - (g + 3 u) |a|, and sqrt(s) >= |a| (1 - g). Term e sqrt(s), which is
 *     (g + 3 u) |a| and more; cut as before, divided by the length.
 * l2. A distance of c at most means 2 a.q >= a.a + q.q - c c, and 2 |a||q| <= a.a + q.q, so
 *     2 d >= (1 - g - 3 u) (a.a + q.q) - c c >= (1 - 2.1 g - 4 u) s + (1 - g - 3 u) q.q - c c.
 *     Term -(1 - e) s / 2, cut ((1 - e) q.q - c c) / 2.
 *
 * What is left of e, 0.4 n u and more than 50 u, is above what else is rounded: the factor, the
 * term, the product and the sum of the test (some u of the quantities above), and the scores in
 * float64, which are wrong by less than n 2^-52 of them. Cuts are rounded down. Rows have
 * 2^-60 <= s <= 2^120, so nothing overflows, and each of the n products that underflows adds 2^-149
 * at most, which is nothing beside 2^-24 |a||q|, or beside the bound of l2, whose queries have
 * squares in the same range. Other rows and queries are not left out at all. */
enum { NEAR_CUT_DIM_MAX = 1 << 18 };

typedef struct near_cut_row {
    float factor, term; /* NaN: the row cannot be judged, and does not reach any query */
} near_cut_row;

/* Of a row of n values and its sum of squares, by near_rough_sums of that dtype. */
near_cut_row near_cut_of_row(near_metric by, tokvec_dtype dtype, size_t n, float squares);

typedef struct near_cut_query {
    bool judged;   /* else no row reaches it, and all are to be looked at */
    double length; /* that it is divided by */
    double squares;
} near_cut_query;

/* Makes the floats of a query of any number of values. */
near_cut_query near_cut_of_query(near_metric by, const near_vector *v, float *floats);

/* The cut for a query of n values and rows with a key, as by near_exact_key and rounded, of `least`
 * or more. */
float near_cut_at(near_metric by, const near_cut_query *q, size_t n, float least);

#endif
