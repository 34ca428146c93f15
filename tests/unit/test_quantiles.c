/* test_quantiles.c - tests of quantiles: they are those of the sorted values.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "measure/quantiles.h"
#include "memory_table.h"

#include <float.h>
#include <math.h>

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double expected(const double *sorted, size_t n, double q)
{
    double place = (double)(n - 1) * q, fraction = place - floor(place);
    size_t below = (size_t)place;
    if (fraction == 0)
        return sorted[below];
    double a = sorted[below], b = sorted[below + 1];
    return fraction < 0.5 ? a + (b - a) * fraction : b - (b - a) * (1 - fraction);
}

/* Of finite values, for one thread and more. */
static void check(const double *values, size_t rows, size_t dim, const double *at, size_t count)
{
    memory_table table = memory_table_of(values, rows, dim);
    size_t n = rows * dim;
    double *sorted = malloc(n * sizeof *sorted), got[QUANTILES_MAX];
    assert_non_null(sorted);
    memcpy(sorted, values, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare);
    for (unsigned threads = 1; threads <= 4; threads += 3) {
        const quantiles_spec spec = {
            .table = &table.base, .at = at, .count = count, .threads = threads};
        assert_true(quantiles_find(&spec, got, NULL));
        for (size_t i = 0; i < count; i++)
            assert_true(got[i] == expected(sorted, n, at[i]));
    }
    free(sorted);
}

static void test_sorted(void **unused)
{
    (void)unused;
    enum { ROWS = 5000, DIM = 50 };
    static double values[ROWS * DIM], all[QUANTILES_MAX];
    const double few[] = {0.5, 0, 1, 0.01, 0.99, 0.25, 1e-300, 1 - DBL_EPSILON};
    uint64_t state = 1;
    for (size_t i = 0; i < ROWS * DIM; i++)
        values[i] = memory_table_random(&state);
    for (size_t i = 0; i < QUANTILES_MAX; i++)
        all[i] = (double)i / (QUANTILES_MAX - 1);
    check(values, ROWS, DIM, few, 8);
    check(values, ROWS, DIM, all, QUANTILES_MAX);
    check(values, 1, 1, few, 8);
    check(values, 1, 2, few, 8);
    check(values, 3, 1, few, 8);
    for (size_t i = 0; i < ROWS * DIM; i++)
        values[i] = ldexp(values[i], (int)(i % 2000) - 1050);
    check(values, ROWS, DIM, few, 8);
    check(values, ROWS, DIM, all, QUANTILES_MAX);
    for (size_t i = 0; i < ROWS * DIM; i++) /* many of each, and both zeros */
        values[i] = round(memory_table_random(&state) * 5);
    check(values, ROWS, DIM, all, QUANTILES_MAX);
}

static void check_few(const double *values, size_t n, bool finite, double q, double expected_value)
{
    memory_table table = memory_table_of(values, 1, n);
    const quantiles_spec spec = {
        .table = &table.base, .at = &q, .count = 1, .finite = finite, .threads = 1};
    double got;
    assert_true(quantiles_find(&spec, &got, NULL));
    assert_true(isnan(expected_value) ? isnan(got) : got == expected_value);
    assert_false(got == 0 && signbit(got));
}

static void test_odd(void **unused)
{
    (void)unused;
    const double zeros[] = {-0.0, 0.0, -0.0}, nan[] = {1, NAN, 3}, ends[] = {INFINITY, -INFINITY};
    const double infinite[] = {1, INFINITY, -INFINITY, 2, INFINITY};
    const double wide[] = {DBL_MAX, -DBL_MAX}, odd[] = {NAN, INFINITY};
    check_few(zeros, 3, false, 0, 0);
    check_few(zeros, 3, false, 0.6, 0);
    check_few(nan, 3, false, 0.5, NAN);
    check_few(nan, 3, true, 0.5, 2);
    check_few(odd, 2, true, 0.5, NAN);
    check_few(nan, 0, false, 0.5, NAN);
    check_few(ends, 2, false, 0, -INFINITY);
    check_few(ends, 2, false, 0.5, NAN);
    check_few(infinite, 5, false, 0, -INFINITY);
    check_few(infinite, 5, false, 0.1, -INFINITY);
    check_few(infinite, 5, false, 0.25, 1);
    check_few(infinite, 5, false, 0.5, 2);
    check_few(infinite, 5, false, 0.6, INFINITY);
    check_few(infinite, 5, false, 0.9, INFINITY);
    check_few(infinite, 5, true, 0.5, 1.5);
    check_few(wide, 2, false, 0.5, 0);
    check_few(wide, 2, false, 0.25, -DBL_MAX / 2);
}

static void test_rows(void **unused)
{
    (void)unused;
    const double values[] = {1, 2, 3, 4, 5, 6, 7, 8}, q[] = {0.5, 1};
    memory_table table = memory_table_of(values, 4, 2);
    id_list list = {0};
    double got[2];
    assert_true(id_list_add_range(&list, 1, 2, NULL));
    const quantiles_spec spec = {.table = &table.base, .list = &list, .at = q, .count = 2};
    assert_true(quantiles_find(&spec, got, NULL));
    assert_true(got[0] == 4.5 && got[1] == 6);
    id_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sorted),
        cmocka_unit_test(test_odd),
        cmocka_unit_test(test_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
