/* test_row_figures.c - tests of measure/row_figures.
 * Against sums in long double, at each level of the processor and for each dtype.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/dispatch.h"
#include "base/dtype.h"
#include "measure/row_figures.h"

#include <float.h>
#include <math.h>

static uint64_t state = 88172645463325252u;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* Between -1 and 1. */
static double uniform(void)
{
    return (double)(int64_t)next_random() / 0x1p63;
}

static bool measure(tokvec_dtype dtype, const void *row, size_t dim, bool finite, row_figures *f,
                    row_totals *totals)
{
    row_meter m;
    tokvec_error error;
    assert_true(row_meter_open(&m, dtype, dim, finite, &error));
    bool good = row_measure(&m, row, f, totals, &error);
    row_meter_close(&m);
    return good;
}

static row_figures figures(const double *row, size_t dim, bool finite)
{
    row_figures f;
    assert_true(measure(TOKVEC_FLOAT64, row, dim, finite, &f, NULL));
    return f;
}

static void assert_near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance * fabs(b)) && !(isnan(a) && isnan(b)) && a != b)
        fail_msg("%.17g, not %.17g", a, b);
}

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void assert_same(const row_figures *a, const row_figures *b)
{
    assert_true(same(a->norm, b->norm) && same(a->mean, b->mean) && same(a->std, b->std));
    assert_true(same(a->min, b->min) && same(a->max, b->max));
    assert_true(a->zeros == b->zeros && a->nan == b->nan && a->used == b->used);
    assert_true(a->positive == b->positive && a->negative == b->negative);
    assert_int_equal(a->constant, b->constant);
}

/* Of finite values. */
static void check(const double *row, size_t n, const row_figures *f)
{
    long double sum = 0, squares = 0, spread = 0;
    double low = INFINITY, high = -INFINITY;
    uint64_t zeros = 0;
    for (size_t i = 0; i < n; i++) {
        sum += row[i];
        squares += (long double)row[i] * row[i];
        low = fmin(low, row[i]);
        high = fmax(high, row[i]);
        zeros += row[i] == 0;
    }
    long double mean = sum / n;
    for (size_t i = 0; i < n; i++)
        spread += (row[i] - mean) * (row[i] - mean);
    double size = fmax(fabs(low), fabs(high));
    assert_true(fabs(f->mean - (double)mean) <= 1e-15 * size);
    assert_near(f->std, (double)sqrtl(spread / (n - 1)), 1e-12);
    assert_near(f->norm, (double)sqrtl(squares), 1e-14);
    assert_true(f->min == low && f->max == high && f->zeros == zeros && f->used == n);
    assert_int_equal(f->constant, low == high);
}

enum { MOST = 20000 };
static double row[MOST], other[MOST];
static float narrow[MOST];

static void random_rows(void **unused)
{
    (void)unused;
    static const size_t dims[] = {1, 2, 3, 15, 16, 17, 64, 100, 777, 8191, 8192, 8193, MOST};
    static const double offsets[] = {0, 0.25, -3, 1e3, 1e6};
    for (size_t k = 0; k < COUNT(dims); k++) {
        for (size_t o = 0; o < COUNT(offsets); o++) {
            size_t n = dims[k];
            for (size_t i = 0; i < n; i++) {
                row[i] = next_random() % 10 == 0 ? offsets[o] : offsets[o] + uniform();
                narrow[i] = (float)row[i];
                other[i] = (double)narrow[i];
            }
            row_figures first = figures(row, n, false), of_narrow;
            check(row, n, &first);
            assert_true(measure(TOKVEC_FLOAT32, narrow, n, false, &of_narrow, NULL));
            check(other, n, &of_narrow);
            for (int level = DISPATCH_BASELINE; level <= DISPATCH_AVX512; level++) {
                row_figures again;
                dispatch_limit((enum dispatch_level)level);
                again = figures(row, n, true);
                assert_same(&again, &first);
                assert_true(measure(TOKVEC_FLOAT32, narrow, n, false, &again, NULL));
                assert_same(&again, &of_narrow);
            }
        }
    }
}

/* The totals of rows, and of their parts, are those of one row of all. */
static void totals_add_up(void **unused)
{
    (void)unused;
    enum { ROWS = 50, DIM = 300 };
    for (size_t i = 0; i < ROWS * DIM; i++)
        row[i] = 1e6 + uniform() + (double)(i / DIM % 3);
    row_totals totals;
    row_figures f, all = figures(row, ROWS * DIM, false);
    exact_zero(&totals.sum);
    exact_zero(&totals.squares);
    for (size_t i = 0; i < ROWS; i++)
        assert_true(measure(TOKVEC_FLOAT64, row + i * DIM, DIM, i % 2, &f, &totals));
    uint64_t n = ROWS * DIM;
    assert_near(exact_quotient(&totals.sum, n), all.mean, 1e-15);
    assert_near(exact_deviation(&totals.sum, &totals.squares, n, n - 1), all.std, 1e-13);
    check(row, n, &all);
}

static void too_large_and_too_small(void **unused)
{
    (void)unused;
    static const double scales[] = {0x1p-1060, 0x1p-1000, 0x1p-600, 0x1p-520, 0x1p600, 0x1p1010};
    for (size_t i = 0; i < 1000; i++)
        row[i] = (double)(float)(0.25 * uniform()) + (i > 500 ? 1 : 0.5);
    row_figures wanted = figures(row, 1000, false);
    check(row, 1000, &wanted);
    for (size_t k = 0; k < COUNT(scales); k++) {
        row_totals totals;
        row_figures f;
        double tolerance = scales[k] < 1e-307 ? 1e-4 : 1e-14;
        for (size_t i = 0; i < 1000; i++)
            other[i] = row[i] * scales[k];
        exact_zero(&totals.sum);
        exact_zero(&totals.squares);
        assert_true(measure(TOKVEC_FLOAT64, other, 1000, false, &f, &totals));
        assert_near(f.norm, wanted.norm * scales[k], tolerance);
        assert_near(f.mean, wanted.mean * scales[k], tolerance);
        assert_near(f.std, wanted.std * scales[k], tolerance);
        assert_true(f.min == other[0] || f.min <= other[1]);
        assert_near(exact_quotient(&totals.sum, 1000), f.mean, tolerance);
        assert_near(exact_deviation(&totals.sum, &totals.squares, 1000, 999), f.std, tolerance);
    }
    const double ends[] = {DBL_MAX, -DBL_MAX, 5e-324}, most[] = {DBL_MAX, DBL_MAX};
    row_figures f = figures(ends, 3, false);
    assert_true(f.mean == 0 && f.norm == INFINITY && f.nan == 0 && f.positive == 0);
    f = figures(most, 2, false);
    assert_true(f.mean == DBL_MAX && f.std == 0 && f.constant && f.norm == INFINITY);
    const double tiny[] = {3e-324, 5e-324 * 4};
    f = figures(tiny, 2, false);
    assert_true(f.norm == 5e-324 * 4 && f.min == 5e-324 && f.std == 5e-324 * 2);
}

static void not_finite(void **unused)
{
    (void)unused;
    const double x[] = {1, NAN, INFINITY, 3, -INFINITY, 0, -0.0};
    row_figures f = figures(x, 7, true);
    assert_true(f.nan == 1 && f.positive == 1 && f.negative == 1 && f.zeros == 2 && f.used == 4);
    assert_true(f.mean == 1 && f.min == 0 && f.max == 3 && isnan(f.norm) && !f.constant);
    assert_near(f.std, sqrt(2), 1e-15);
    assert_true(!signbit(f.min));
    f = figures(x, 7, false);
    assert_true(isnan(f.mean) && isnan(f.min) && isnan(f.max) && isnan(f.std) && f.used == 7);
    f = figures(x + 2, 2, false);
    assert_true(f.mean == INFINITY && f.min == 3 && f.max == INFINITY && isnan(f.std));
    assert_true(f.norm == INFINITY);
    f = figures(x + 2, 3, false);
    assert_true(isnan(f.mean) && f.min == -INFINITY && f.max == INFINITY);
    f = figures(x + 4, 1, false);
    assert_true(f.mean == -INFINITY && f.min == -INFINITY && f.max == -INFINITY && f.constant);
    f = figures(x + 4, 1, true);
    assert_true(isnan(f.mean) && isnan(f.min) && f.used == 0 && f.norm == INFINITY);
    f = figures(x + 1, 1, true);
    assert_true(isnan(f.norm) && f.used == 0 && !f.constant);
    f = figures(x + 5, 2, false);
    assert_true(f.constant && f.zeros == 2 && f.std == 0 && f.norm == 0 && !signbit(f.max));
    f = figures(x, 1, false);
    assert_true(f.mean == 1 && isnan(f.std) && f.norm == 1 && f.constant);
    f = figures(x, 0, false);
    assert_true(isnan(f.mean) && isnan(f.min) && f.norm == 0 && f.used == 0 && f.constant);

    for (size_t i = 0; i < MOST; i++)
        row[i] = i == 9000 ? NAN : i == 15000 ? INFINITY : i % 7 == 0 ? 2 : 1;
    f = figures(row, MOST, true);
    assert_true(f.nan == 1 && f.positive == 1 && f.used == MOST - 2 && isnan(f.norm));
    assert_true(f.min == 1 && f.max == 2 && f.mean > 1.14 && f.mean < 1.15);
    f = figures(row, MOST, false);
    assert_true(isnan(f.mean) && isnan(f.max) && f.used == MOST);
}

static void all_dtypes(void **unused)
{
    (void)unused;
    for (tokvec_dtype dtype = TOKVEC_NO_DTYPE + 1; dtype < TOKVEC_DTYPE_COUNT; dtype++) {
        enum { N = 500 };
        uint64_t bits[N];
        uint8_t bytes[N * 8];
        size_t size = tokvec_dtype_size(dtype);
        for (size_t i = 0; i < N; i++) {
            bits[i] = next_random();
            if (size == 8 && dtype != TOKVEC_FLOAT64)
                bits[i] %= (uint64_t)1 << 53;
            memcpy(bytes + i * size, &bits[i], size);
        }
        uint64_t nan = 0;
        for (size_t i = 0; i < N; i++) {
            element e = dtype_element(dtype, bytes, i);
            double whole = e.negative ? -(double)e.magnitude : (double)e.magnitude;
            row[i] = tokvec_dtype_is_float(dtype) ? e.real : whole;
            nan += isnan(row[i]) != 0;
        }
        row_figures f, wanted = figures(row, N, true);
        assert_true(measure(dtype, bytes, N, true, &f, NULL));
        assert_same(&f, &wanted);
        assert_int_equal(f.nan, nan);
    }
}

static void whole_numbers_that_float64_lacks(void **unused)
{
    (void)unused;
    row_figures f;
    const int64_t lowest[] = {INT64_MIN, 1};
    const uint64_t largest[] = {1, UINT64_MAX}, odd[] = {((uint64_t)1 << 53) + 1},
                   even[] = {((uint64_t)1 << 63) + 2048};
    assert_true(measure(TOKVEC_INT64, lowest, 2, false, &f, NULL));
    assert_true(f.min == -0x1p63);
    assert_true(measure(TOKVEC_UINT64, even, 1, false, &f, NULL));
    assert_true(f.max == 0x1p63 + 2048);
    assert_false(measure(TOKVEC_UINT64, largest, 2, false, &f, NULL));
    assert_false(measure(TOKVEC_UINT64, odd, 1, false, &f, NULL));
    assert_false(measure(TOKVEC_INT64, odd, 1, false, &f, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_rows),
        cmocka_unit_test(totals_add_up),
        cmocka_unit_test(too_large_and_too_small),
        cmocka_unit_test(not_finite),
        cmocka_unit_test(all_dtypes),
        cmocka_unit_test(whole_numbers_that_float64_lacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
