/* diff_row.c - two rows that are compared.
 * See diff_row.h. Rows whose bytes are the same are all but done with; others go through sums in
 * float64; and where those cannot be trusted, value by value.
 * SPDX-License-Identifier: MIT */
#include "measure/diff_row.h"

#include "measure/diff_same.h"
#include "measure/diff_sums.h"

#include <math.h>
#include <string.h>

/* Between these no product of two sums of squares leaves the range of float64, and what may have
 * been lost below that range does not count. */
static bool is_moderate(double squares)
{
    return squares >= 0x1p-500 && squares <= 0x1p500;
}

/* ---------------------------------------------------------------- the same bytes */

static bool compare_same(const diff_rule *rule, const void *a, const void *b, size_t dim,
                         diff_row *row, exact_sum *same)
{
    double squares;
    if (rule->a != rule->b || !diff_same(rule->b, a, b, dim, &row->undefined, &squares))
        return false;
    bool zero = row->undefined == dim;
    if (!zero && !is_moderate(squares))
        return false;
    exact_add(same, squares);
    row->cosine = zero ? NAN : 1;
    return true;
}

/* ---------------------------------------------------------------- sums */

static double cosine_of(double ab, double aa, double bb)
{
    double cosine = ab / sqrt(aa * bb);
    return cosine > 1 ? 1 : cosine < -1 ? -1 : cosine;
}

#define COUNT_DIFFERENT(type)                                           \
    for (size_t i = 0; i < dim; i++) /* aligned, as tables give them */ \
    count += ((const type *)a)[i] != ((const type *)b)[i]

static uint64_t different_bits(const void *a, const void *b, size_t size, size_t dim)
{
    uint64_t count = 0;
    switch (size) {
    case 1: COUNT_DIFFERENT(uint8_t); break;
    case 2: COUNT_DIFFERENT(uint16_t); break;
    case 4: COUNT_DIFFERENT(uint32_t); break;
    default: COUNT_DIFFERENT(uint64_t);
    }
    return count;
}

static bool compare_sums(const diff_rule *rule, const void *a, const void *b, size_t dim,
                         diff_row *row, diff_totals *totals)
{
    diff_sums s = {.absolute = {0}};
    diff_sums_add(&s, rule->a, a, rule->b, b, dim, rule->atol, rule->rtol);
    double ab = diff_sums_total(s.ab), aa = diff_sums_total(s.aa), bb = diff_sums_total(s.bb);
    double off = diff_sums_total(s.squares);
    double largest = diff_sums_largest(s.largest);
    if (!is_moderate(aa) || !is_moderate(bb) || (largest > 0 && !is_moderate(off)))
        return false;
    row->different = rule->bits ? different_bits(a, b, tokvec_dtype_size(rule->a), dim)
                                : (uint64_t)diff_sums_total(s.different);
    row->undefined = (uint64_t)diff_sums_total(s.undefined);
    row->max_abs = largest;
    row->max_rel = diff_sums_largest(s.relative);
    row->cosine = cosine_of(ab, aa, bb);
    exact_add(&totals->ab, ab);
    exact_add(&totals->aa, aa);
    exact_add(&totals->bb, bb);
    if (largest > 0) {
        exact_add(&totals->absolute, diff_sums_total(s.absolute));
        exact_add(&totals->squares, off);
    }
    return true;
}

/* ---------------------------------------------------------------- value by value */

/* NaN is more than everything. */
static void raise(double *most, double value)
{
    if (isnan(value) || value > *most)
        *most = isnan(*most) ? *most : value;
}

/* The cosine of rows whose largest values are these: each row is taken times the power of two that
 * makes its largest less than 1, and no less than a half. */
static double scaled_cosine(const diff_rule *rule, const void *a, const void *b, size_t dim,
                            double largest_a, double largest_b)
{
    if (!(largest_a > 0 && largest_a < INFINITY && largest_b > 0 && largest_b < INFINITY))
        return NAN;
    int exponent_a, exponent_b;
    (void)frexp(largest_a, &exponent_a);
    (void)frexp(largest_b, &exponent_b);
    double ab = 0, aa = 0, bb = 0;
    for (size_t i = 0; i < dim; i++) {
        diff_value v = diff_value_at(rule, a, b, i);
        double x = ldexp(v.a, -exponent_a), y = ldexp(v.b, -exponent_b);
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    return cosine_of(ab, aa, bb);
}

static void compare_values(const diff_rule *rule, const void *a, const void *b, size_t dim,
                           diff_row *row, diff_totals *totals)
{
    double largest_a = 0, largest_b = 0;
    for (size_t i = 0; i < dim; i++) {
        diff_value v = diff_value_at(rule, a, b, i);
        row->different += v.different;
        row->undefined += v.b == 0;
        raise(&row->max_abs, v.distance);
        if (v.b != 0)
            raise(&row->max_rel, v.distance == 0 ? 0 : v.distance / fabs(v.b));
        raise(&largest_a, fabs(v.a));
        raise(&largest_b, fabs(v.b));
        exact_add_product(&totals->ab, v.a, v.b);
        exact_add_product(&totals->aa, v.a, v.a);
        exact_add_product(&totals->bb, v.b, v.b);
        if (v.distance != 0) {
            exact_add(&totals->absolute, v.distance);
            exact_add_product(&totals->squares, v.distance, v.distance);
        }
    }
    row->cosine = scaled_cosine(rule, a, b, dim, largest_a, largest_b);
}

/* ---------------------------------------------------------------- rows */

diff_row diff_row_compare(const diff_rule *rule, const void *a, const void *b, size_t dim,
                          diff_totals *totals)
{
    diff_row row = {.different = 0};
    if (compare_same(rule, a, b, dim, &row, &totals->same))
        return row;
    row = (diff_row){.different = 0};
    bool exact = diff_sums_exact(rule->a, a, dim) && diff_sums_exact(rule->b, b, dim);
    if (!exact || !compare_sums(rule, a, b, dim, &row, totals)) {
        row = (diff_row){.different = 0};
        compare_values(rule, a, b, dim, &row, totals);
    }
    return row;
}
