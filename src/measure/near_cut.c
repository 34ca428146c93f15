/* near_cut.c - which rows need no second look.
 * See near_cut.h.
 * SPDX-License-Identifier: MIT */
#include "measure/near_cut.h"

#include "base/bytes.h"

#include <math.h>

/* e of near_cut.h. */
static double margin(size_t n)
{
    return 3 * ((double)n + 32) * 0x1p-24;
}

static bool within_reach(double squares)
{
    return squares >= 0x1p-60 && squares <= 0x1p120;
}

near_cut_row near_cut_of_row(near_metric by, tokvec_dtype dtype, size_t n, float squares)
{
    float e = (float)margin(n);
    if (!within_reach((double)squares) || (dtype == TOKVEC_FLOAT16 && squares >= 0x1p31F))
        return (near_cut_row){NAN, NAN};
    switch (by) {
    case NEAR_COSINE: return (near_cut_row){1 / sqrtf(squares), e};
    case NEAR_DOT: return (near_cut_row){1, e * sqrtf(squares)};
    case NEAR_L2: break;
    }
    return (near_cut_row){1, (e - 1) * squares / 2};
}

near_cut_query near_cut_of_query(near_metric by, const near_vector *v, float *floats)
{
    const double far = 0x1p400;
    near_cut_query q = {.length = by == NEAR_L2 ? 1 : v->root, .squares = v->root * v->root};
    q.judged = v->n <= NEAR_CUT_DIM_MAX && q.length >= 1 / far && q.length <= far &&
               (by != NEAR_L2 || within_reach(q.squares));
    for (size_t i = 0; i < v->n; i++)
        floats[i] = q.judged ? (float)(v->values[i] / q.length) : 0;
    return q;
}

/* Keys are rounded to float: those of `least` or more are above the float before it. */
float near_cut_at(near_metric by, const near_cut_query *q, size_t n, float least)
{
    if (!q->judged)
        return INFINITY;
    double before = (double)float_below(least), cut = before;
    if (by == NEAR_DOT)
        cut = before / q->length;
    if (by == NEAR_L2)
        cut = ((1 - margin(n)) * q->squares - before * before) / 2;
    return float_below((float)cut);
}
