/* test_row_mean.c - tests of sums of columns and means of rows: exact, in any order.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "measure/column_sums.h"
#include "measure/exact.h"
#include "measure/row_mean.h"
#include "memory_table.h"

#include <math.h>

/* Sums of several values of all sizes, some of which cancel. */
static double odd_value(uint64_t *state, int spread)
{
    double x = memory_table_random(state);
    int exponent = spread == 0 ? 0 : (int)(memory_table_random(state) * spread);
    return ldexp(x, exponent);
}

static void check_sums(size_t rows, size_t dim, int spread, size_t parts)
{
    uint64_t state = rows + dim + (uint64_t)spread;
    double *values = calloc(rows * dim, sizeof *values), *means = calloc(dim, sizeof *means);
    column_sums *sums = calloc(parts, sizeof *sums);
    assert_true(values != NULL && means != NULL && sums != NULL);
    for (size_t p = 0; p < parts; p++)
        assert_true(column_sums_begin(&sums[p], dim));
    for (size_t i = 0; i < rows * dim; i++)
        values[i] = i % 7 == 3 && i >= dim ? -values[i - dim] : odd_value(&state, spread);
    for (size_t i = 0; i < rows; i++)
        column_sums_add(&sums[(i * 5) % parts], values + i * dim);
    for (size_t p = 1; p < parts; p++)
        column_sums_merge(&sums[0], &sums[p]);
    assert_int_equal(sums[0].rows, rows);
    column_sums_quotients(&sums[0], rows, means);
    for (size_t column = 0; column < dim; column++) {
        exact_sum sum;
        exact_zero(&sum);
        for (size_t i = 0; i < rows; i++)
            exact_add(&sum, values[i * dim + column]);
        double expected = exact_quotient(&sum, rows);
        assert_memory_equal(&means[column], &expected, sizeof expected);
    }
    for (size_t p = 0; p < parts; p++)
        column_sums_free(&sums[p]);
    free(sums);
    free(means);
    free(values);
}

static void test_exact(void **unused)
{
    (void)unused;
    check_sums(1, 1, 0, 1);
    check_sums(3, 5, 10, 1);
    check_sums(100, 200, 0, 3);  /* the quick way, and what is left of it */
    check_sums(5000, 130, 4, 2); /* more rows than the quick way takes at once */
    check_sums(50, 140, 60, 4);
    check_sums(200, 9, 1000, 5); /* all exponents */
    check_sums(64, 64, 1, 64);
}

/* What the quick way counts in: values at its ends. */
static void test_quick_ends(void **unused)
{
    (void)unused;
    enum { DIM = 64, ROWS = 3000 };
    static const double ends[] = {16, -16, 0x1p-47, -0x1p-47, 0x1p-48, 0x1.8p-47, 15.999999};
    for (size_t e = 0; e < COUNT(ends); e++) {
        double row[DIM], means[DIM];
        column_sums sums;
        assert_true(column_sums_begin(&sums, DIM));
        for (size_t i = 0; i < DIM; i++)
            row[i] = ends[e];
        for (size_t i = 0; i < ROWS; i++)
            column_sums_add(&sums, row);
        column_sums_quotients(&sums, ROWS, means);
        for (size_t i = 0; i < DIM; i++)
            assert_true(means[i] == ends[e]);
        column_sums_free(&sums);
    }
}

/* Rows that are not finite are left out whole; threads change nothing. */
static void test_table(void **unused)
{
    (void)unused;
    enum { ROWS = 9000, DIM = 37 };
    static double values[ROWS * DIM];
    uint64_t state = 4;
    for (size_t i = 0; i < ROWS * DIM; i++)
        values[i] = odd_value(&state, 5);
    values[5 * DIM + 1] = NAN;
    values[7000 * DIM] = INFINITY;
    values[8000 * DIM + 36] = -INFINITY;
    memory_table table = memory_table_of(values, ROWS, DIM);
    double first[DIM] = {0};
    for (unsigned threads = 1; threads <= 8; threads++) {
        row_mean mean;
        assert_true(row_mean_make(&mean, &table.base, NULL, threads, NULL));
        assert_int_equal(mean.rows, ROWS - 3);
        assert_int_equal(mean.left_out, 3);
        if (threads == 1)
            memcpy(first, mean.values, sizeof first);
        assert_memory_equal(first, mean.values, sizeof first);
        row_mean_free(&mean);
    }
    id_list list = {0};
    assert_true(id_list_add(&list, 8, NULL) && id_list_add(&list, 5, NULL));
    row_mean mean;
    assert_true(row_mean_make(&mean, &table.base, &list, 1, NULL));
    assert_int_equal(mean.rows, 1);
    assert_memory_equal(mean.values, values + 8 * DIM, sizeof first);
    row_mean_free(&mean);
    id_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_quick_ends),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
