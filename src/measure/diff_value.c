/* diff_value.c - two values that are compared.
 * See diff_value.h.
 * SPDX-License-Identifier: MIT */
#include "measure/diff_value.h"

#include <math.h>
#include <string.h>

static double real_of(tokvec_dtype dtype, element e)
{
    if (tokvec_dtype_is_float(dtype))
        return e.real;
    return e.negative ? -(double)e.magnitude : (double)e.magnitude;
}

/* x + y, which may take 65 bits, correctly rounded: the bit that is shifted out sticks. */
static double sum_of(uint64_t x, uint64_t y)
{
    uint64_t sum;
    if (!__builtin_add_overflow(x, y, &sum))
        return (double)sum;
    return 2 * (double)(UINT64_C(1) << 63 | sum >> 1 | (sum & 1));
}

static double between_integers(element x, element y)
{
    if (x.negative != y.negative)
        return sum_of(x.magnitude, y.magnitude);
    return (double)(x.magnitude > y.magnitude ? x.magnitude - y.magnitude
                                              : y.magnitude - x.magnitude);
}

/* What an integer has more than the float64 next to it: a few bits at the most. */
static double beyond_float64(element e)
{
    const double too_much = 0x1p64;
    double rounded = (double)e.magnitude;
    int64_t more = rounded < too_much ? (int64_t)(e.magnitude - (uint64_t)rounded)
                                      : -(int64_t)(UINT64_MAX - e.magnitude) - 1;
    return e.negative ? -(double)more : (double)more;
}

/* Never 0 where they are not equal: for that, the next float64 to the integer would have to be
 * another one than the float, and yet as far from it as from the integer. */
static double between_mixed(tokvec_dtype of_x, element x, tokvec_dtype of_y, element y)
{
    double more = tokvec_dtype_is_float(of_x) ? 0 : beyond_float64(x);
    double less = tokvec_dtype_is_float(of_y) ? 0 : beyond_float64(y);
    double apart = real_of(of_x, x) - real_of(of_y, y);
    return fabs(apart + (more - less));
}

static double distance(const diff_rule *rule, element x, element y)
{
    bool x_float = tokvec_dtype_is_float(rule->a), y_float = tokvec_dtype_is_float(rule->b);
    if (!x_float && !y_float)
        return between_integers(x, y);
    if (x_float && y_float)
        return x.real == y.real ? 0 : fabs(x.real - y.real); /* infinities of one sign, too */
    return between_mixed(rule->a, x, rule->b, y);
}

static bool same_bits(const diff_rule *rule, const void *a, const void *b, size_t i)
{
    size_t size = tokvec_dtype_size(rule->a);
    return memcmp((const char *)a + i * size, (const char *)b + i * size, size) == 0;
}

static bool is_close(const diff_rule *rule, const diff_value *v)
{
    return isfinite(v->distance) && isfinite(v->b) &&
           v->distance <= rule->atol + rule->rtol * fabs(v->b);
}

diff_value diff_value_at(const diff_rule *rule, const void *a, const void *b, size_t i)
{
    element x = dtype_element(rule->a, a, i), y = dtype_element(rule->b, b, i);
    diff_value v = {.a = real_of(rule->a, x), .b = real_of(rule->b, y)};
    bool same = rule->bits ? same_bits(rule, a, b, i) : rule->equal_nan && isnan(v.a) && isnan(v.b);
    v.distance = same ? 0 : distance(rule, x, y);
    if (rule->bits)
        v.different = !same;
    else
        v.different = v.distance != 0 && !is_close(rule, &v);
    return v;
}
