/* test_exact.c - tests of measure/exact.
 * Against fractions (exact_cases.h), and for what must hold of any sum.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "measure/exact.h"

#include <float.h>
#include <math.h>

#include "exact_cases.h"

static uint64_t state;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void restart(void)
{
    state = 88172645463325252u;
}

static double random_number(unsigned low, unsigned size)
{
    uint64_t bits = next_random();
    uint64_t exponent = low + (bits >> 52) % size;
    bits = (bits & 0x800fffffffffffff) | exponent << 52;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static void make_case(const struct exact_case *c, double *x)
{
    for (int i = 0; i < CASE_NUMBERS; i++)
        x[i] = random_number(c->low, c->size);
    for (int i = 0; c->cancels && i < CASE_NUMBERS / 2 - 1; i++)
        x[CASE_NUMBERS - 1 - i] = -x[i];
}

#define assert_same_double(a, b)                                                     \
    do {                                                                             \
        double of_a = (a), of_b = (b);                                               \
        if (memcmp(&of_a, &of_b, sizeof of_a) != 0 && !(isnan(of_a) && isnan(of_b))) \
            fail_msg("%s:%d: %a, not %a", __FILE__, __LINE__, of_a, of_b);           \
    } while (0)

static double sum_of(const double *x, int n)
{
    exact_sum s;
    exact_zero(&s);
    for (int i = 0; i < n; i++)
        exact_add(&s, x[i]);
    return exact_round(&s);
}

static void equals_fractions(void **unused)
{
    (void)unused;
    restart();
    for (size_t k = 0; k < COUNT(exact_cases); k++) {
        const struct exact_case *c = &exact_cases[k];
        double x[CASE_NUMBERS];
        exact_sum sum, squares, products;
        make_case(c, x);
        exact_zero(&sum);
        exact_zero(&squares);
        exact_zero(&products);
        for (int i = 0; i < CASE_NUMBERS; i++) {
            exact_add(&sum, x[i]);
            exact_add_product(&squares, x[i], x[i]);
            if (i > 0)
                exact_add_product(&products, x[i - 1], x[i]);
        }
        uint64_t n = CASE_NUMBERS;
        assert_same_double(exact_round(&sum), c->sum);
        assert_same_double(exact_quotient(&sum, n), c->mean);
        assert_same_double(exact_round(&products), c->products);
        assert_same_double(exact_variance(&sum, &squares, n, n - 1), c->variance);
        double deviation = exact_deviation(&sum, &squares, n, n - 1);
        if (!(fabs(deviation - c->deviation) <= c->deviation * DBL_EPSILON))
            fail_msg("%zu: %a, not %a", k, deviation, c->deviation);
    }
}

/* Any order, any parts; and a sum that has been read can go on. */
static void order_and_parts_do_not_matter(void **unused)
{
    (void)unused;
    restart();
    enum { N = 3000, PARTS = 7 };
    static double x[N];
    for (int i = 0; i < N; i++)
        x[i] = random_number(0, 2040);
    exact_sum forth, back, parts[PARTS], all;
    exact_zero(&forth);
    exact_zero(&back);
    exact_zero(&all);
    for (int i = 0; i < PARTS; i++)
        exact_zero(&parts[i]);
    for (int i = 0; i < N; i++) {
        exact_add(&forth, x[i]);
        exact_add_product(&forth, x[i], x[N - 1 - i]);
        exact_add(&back, x[N - 1 - i]);
        exact_add_product(&back, x[N - 1 - i], x[i]);
        exact_add(&parts[i % PARTS], x[i]);
        exact_add_product(&parts[i * i % PARTS], x[i], x[N - 1 - i]);
        if (i % 100 == 0)
            exact_quotient(&forth, 3);
    }
    for (int i = PARTS; i-- > 0;)
        exact_merge(&all, &parts[i]);
    exact_merge(&all, &all); /* twice */
    assert_same_double(exact_round(&back), exact_round(&forth));
    assert_same_double(exact_quotient(&all, 2), exact_round(&forth));
    assert_same_double(exact_quotient(&all, 14), exact_quotient(&forth, 7));
}

static void rounds_to_even_and_once(void **unused)
{
    (void)unused;
    double tiny = 4.9406564584124654e-324;
    assert_same_double(sum_of((double[]){1, DBL_EPSILON / 2}, 2), 1);
    assert_same_double(sum_of((double[]){1, DBL_EPSILON / 2, tiny}, 3), 1 + DBL_EPSILON);
    assert_same_double(sum_of((double[]){1, DBL_EPSILON / 2, -tiny}, 3), 1);
    assert_same_double(sum_of((double[]){1 + DBL_EPSILON, DBL_EPSILON / 2}, 2),
                       1 + 2 * DBL_EPSILON);
    assert_same_double(sum_of((double[]){-1, -DBL_EPSILON / 2, -tiny}, 3), -1 - DBL_EPSILON);
    assert_same_double(sum_of((double[]){DBL_MAX, DBL_MAX, -DBL_MAX}, 3), DBL_MAX);
    assert_same_double(sum_of((double[]){DBL_MAX, DBL_MAX}, 2), INFINITY);
    assert_same_double(sum_of((double[]){-DBL_MAX, -DBL_MAX}, 2), -INFINITY);
    assert_same_double(sum_of((double[]){1e300, tiny, -1e300}, 3), tiny);
    assert_same_double(sum_of((double[]){DBL_MIN, -tiny}, 2), DBL_MIN - tiny);
    assert_same_double(sum_of((double[]){-0.0, -0.0}, 2), 0.0);
    assert_same_double(sum_of(NULL, 0), 0.0);

    /* Products, down to the lowest bit of all. */
    exact_sum s;
    exact_zero(&s);
    exact_add_product(&s, tiny, tiny);
    assert_same_double(exact_round(&s), 0.0);
    exact_add_product(&s, tiny, 0.5);
    assert_same_double(exact_round(&s), tiny); /* more than the half */
    exact_add_product(&s, -tiny, tiny);
    assert_same_double(exact_round(&s), 0.0); /* the half, to even */
    exact_add_product(&s, DBL_MAX, DBL_MAX);
    exact_add_product(&s, -DBL_MAX, DBL_MAX);
    assert_same_double(exact_quotient(&s, 1), 0.0);
    exact_add_product(&s, tiny, 1.0);
    assert_same_double(exact_quotient(&s, 1), 2 * tiny); /* one and a half, to even */
    assert_same_double(exact_quotient(&s, 3), 0.0);      /* the half again */
    exact_add_product(&s, tiny, tiny);
    assert_same_double(exact_quotient(&s, 3), tiny);
}

static void scaled(void **unused)
{
    (void)unused;
    exact_sum s;
    exact_zero(&s);
    exact_add_scaled(&s, 3, -5, 4);
    assert_same_double(exact_round(&s), -240);
    exact_add_scaled(&s, 0x1p-1000, 0x1p-1000, 2004);
    assert_same_double(exact_round(&s), -224);
    exact_add_scaled(&s, 1, 1, -2304); /* the last bit */
    assert_same_double(exact_round(&s), -224);
    exact_add(&s, 224);
    exact_add_scaled(&s, 1, 1, -2305); /* cut off */
    exact_add_scaled(&s, 1, 1, -4500);
    exact_add_scaled(&s, 1, -1, -2304);
    assert_same_double(exact_round(&s), 0);
    exact_add_scaled(&s, 0, 1, 4500);
    assert_same_double(exact_round(&s), 0);
    exact_add_scaled(&s, 1, -1, 2112);
    assert_same_double(exact_round(&s), -INFINITY);
}

static void beyond_float64(void **unused)
{
    (void)unused;
    exact_sum s;
    int exponent = 1;
    exact_zero(&s);
    assert_same_double(exact_frexp(&s, &exponent), 0);
    assert_int_equal(exponent, 0);
    exact_add_product(&s, 0x1p1000, -0x1.8p1000);
    assert_same_double(exact_frexp(&s, &exponent), -0.75);
    assert_int_equal(exponent, 2001);
    exact_add_product(&s, 0x1p1000, 0x1.8p1000);
    exact_add_product(&s, 0x1p-1000, 0x1p-1000);
    assert_same_double(exact_frexp(&s, &exponent), 0.5);
    assert_int_equal(exponent, -1999);
    exact_add(&s, INFINITY);
    assert_same_double(exact_frexp(&s, &exponent), INFINITY);
    assert_int_equal(exponent, 0);
}

static void what_is_not_finite(void **unused)
{
    (void)unused;
    assert_same_double(sum_of((double[]){1, INFINITY, 2}, 3), INFINITY);
    assert_same_double(sum_of((double[]){1, -INFINITY, DBL_MAX, DBL_MAX}, 4), -INFINITY);
    assert_same_double(sum_of((double[]){INFINITY, -INFINITY}, 2), NAN);
    assert_same_double(sum_of((double[]){NAN, INFINITY}, 2), NAN);
    exact_sum s, other;
    exact_zero(&s);
    exact_add_product(&s, -2, INFINITY);
    assert_same_double(exact_quotient(&s, 4), -INFINITY);
    assert_same_double(exact_variance(&s, &s, 2, 1), NAN);
    exact_zero(&other);
    exact_merge(&other, &s);
    assert_same_double(exact_round(&other), -INFINITY);
    exact_add_product(&s, 0, INFINITY);
    assert_same_double(exact_round(&s), NAN);
    exact_merge(&other, &s);
    assert_same_double(exact_round(&other), NAN);
}

/* Of no numbers, of one, of a constant. */
static void small_counts(void **unused)
{
    (void)unused;
    exact_sum sum, squares;
    exact_zero(&sum);
    exact_zero(&squares);
    assert_same_double(exact_quotient(&sum, 0), NAN);
    assert_same_double(exact_variance(&sum, &squares, 0, 0), NAN);
    exact_add(&sum, 0.1);
    exact_add_product(&squares, 0.1, 0.1);
    assert_same_double(exact_quotient(&sum, 0), INFINITY);
    assert_same_double(exact_variance(&sum, &squares, 1, 0), NAN);
    assert_same_double(exact_variance(&sum, &squares, 1, 1), 0);
    for (int i = 0; i < 6; i++) {
        exact_add(&sum, 0.1);
        exact_add_product(&squares, 0.1, 0.1);
    }
    assert_same_double(exact_quotient(&sum, 7), 0.1);
    assert_same_double(exact_deviation(&sum, &squares, 7, 6), 0);
    exact_add_product(&squares, -1, 1e-30); /* as rounded parts may be */
    assert_same_double(exact_deviation(&sum, &squares, 7, 6), 0);
}

/* Also where the squares are beyond the range of float64, and of what is not finite. */
static void roots(void **unused)
{
    (void)unused;
    const double numbers[] = {3, 0x1.8p+1000, 0x1.8p-1000, 0x1p-1074, DBL_MAX};
    exact_sum squares;
    exact_zero(&squares);
    assert_same_double(exact_root(&squares, 0), NAN);
    assert_same_double(exact_root(&squares, 5), 0);
    exact_add_product(&squares, -1, 1e-30); /* as rounded parts may be */
    assert_same_double(exact_root(&squares, 5), 0);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        exact_zero(&squares);
        exact_add_product(&squares, numbers[i], numbers[i]);
        assert_same_double(exact_root(&squares, 1), numbers[i]);
        exact_add_scaled(&squares, numbers[i], numbers[i], 3); /* 9 squares */
        assert_same_double(exact_root(&squares, 9), numbers[i]);
        assert_same_double(exact_root(&squares, 1), numbers[i] * 3);
    }
    exact_add(&squares, INFINITY);
    assert_same_double(exact_root(&squares, 9), INFINITY);
    exact_add(&squares, NAN);
    assert_same_double(exact_root(&squares, 9), NAN);
}

/* More than can be kept without carrying, by doubling; and one by one. */
static void huge_counts(void **unused)
{
    (void)unused;
    exact_sum s, squares;
    exact_zero(&s);
    exact_zero(&squares);
    double x = 0x1.fffffffffffffp+1023, y = -0x1.fffffffffffffp-1;
    exact_add(&s, x);
    exact_add(&s, y);
    exact_add_product(&squares, x, x);
    for (int i = 0; i < 60; i++) {
        exact_merge(&s, &s);
        exact_merge(&squares, &squares);
    }
    assert_same_double(exact_quotient(&s, (uint64_t)1 << 60), x);
    exact_add_product(&s, -x, 0x1p60);
    assert_same_double(exact_quotient(&s, (uint64_t)1 << 60), y);
    assert_same_double(exact_round(&squares), INFINITY);
    assert_same_double(exact_quotient(&squares, UINT64_MAX), INFINITY);
    exact_zero(&s);
    s.pending = (1u << 29) - 2; /* as after so many additions of the most a digit takes */
    for (int i = 0; i < EXACT_DIGITS - 1; i++)
        s.digits[i] = (int64_t)s.pending << 33;
    exact_sum before = s;
    for (int i = 0; i < 1000; i++)
        exact_add(&s, -0x1.fffffffffffffp+31);
    assert_true(s.pending < 1000);
    exact_add_product(&s, 0x1.fffffffffffffp+31, 1000);
    assert_same_double(exact_quotient(&s, UINT64_MAX), exact_quotient(&before, UINT64_MAX));
    s.pending = before.pending;
    memcpy(s.digits, before.digits, sizeof s.digits);
    for (int i = 0; i < EXACT_DIGITS; i++)
        s.digits[i] = -s.digits[i];
    exact_merge(&s, &before);
    assert_same_double(exact_round(&s), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_fractions),
        cmocka_unit_test(order_and_parts_do_not_matter),
        cmocka_unit_test(rounds_to_even_and_once),
        cmocka_unit_test(scaled),
        cmocka_unit_test(beyond_float64),
        cmocka_unit_test(what_is_not_finite),
        cmocka_unit_test(small_counts),
        cmocka_unit_test(roots),
        cmocka_unit_test(huge_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
