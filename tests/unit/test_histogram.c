/* test_histogram.c - tests of histograms: counts are those that the edges say.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "measure/histogram.h"
#include "memory_table.h"

#include <float.h>
#include <math.h>

/* Counts one value after the other, and compares; threads change nothing. */
static void check(const double *values, size_t rows, size_t dim, unsigned bins)
{
    memory_table table = memory_table_of(values, rows, dim);
    for (unsigned threads = 1; threads <= 4; threads += 3) {
        histogram h;
        assert_true(histogram_make(&h, &table.base, NULL, bins, threads, NULL));
        uint64_t *counts = calloc(bins, sizeof *counts), odd = 0;
        assert_non_null(counts);
        for (size_t i = 0; i < rows * dim; i++) {
            unsigned bin = 0;
            if (!isfinite(values[i])) {
                odd++;
                continue;
            }
            while (bin + 1 < bins && values[i] >= h.edges[bin + 1])
                bin++;
            assert_true(h.edges[bin] <= values[i] && values[i] <= h.edges[bin + 1]);
            counts[bin]++;
        }
        assert_int_equal(h.nan + h.positive + h.negative, odd);
        assert_int_equal(h.bins, odd == rows * dim ? 0 : bins);
        for (unsigned i = 0; i < h.bins; i++)
            assert_int_equal(h.counts[i], counts[i]);
        free(counts);
        histogram_free(&h);
    }
}

static void test_counts(void **unused)
{
    (void)unused;
    enum { ROWS = 5000, DIM = 50 };
    static double values[ROWS * DIM];
    uint64_t state = 1;
    for (size_t i = 0; i < ROWS * DIM; i++)
        values[i] = memory_table_random(&state);
    check(values, ROWS, DIM, 1);
    check(values, ROWS, DIM, 20);
    check(values, 100, DIM, 4097);
    for (size_t i = 0; i < ROWS * DIM; i++)
        values[i] = round(values[i] * 10) / 10; /* on the edges */
    check(values, ROWS, DIM, 20);
    check(values, ROWS, DIM, 10);
    values[17] = NAN;
    values[ROWS * DIM - 1] = INFINITY;
    values[ROWS * DIM - 2] = -INFINITY;
    check(values, ROWS, DIM, 7);
}

static void test_extremes(void **unused)
{
    (void)unused;
    const double wide[] = {DBL_MAX, -DBL_MAX, 0, 1e308, -1e308, 1};
    const double same[] = {3, 3, 3}, zeros[] = {0, -0.0}, odd[] = {NAN, INFINITY};
    const double narrow[] = {1, 1 + DBL_EPSILON, 1 + 2 * DBL_EPSILON};
    const double tiny[] = {0, 0x1p-1074, 0x1p-1073};
    check(wide, 2, 3, 20);
    check(same, 1, 3, 3);
    check(zeros, 2, 1, 20);
    check(odd, 1, 2, 20);
    check(narrow, 1, 3, 20);
    check(tiny, 3, 1, 20);
}

/* Far below its first values when it is read again. */
static bool read_changed(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                         tokvec_error *err)
{
    memory_table *t = (memory_table *)table;
    static const double later[] = {-1e12, -1e12, -1e12, -1e12};
    bool good = memory_table_read(table, ids, n, out, err);
    t->values = later;
    return good;
}

static void test_changed_file(void **unused)
{
    (void)unused;
    static const table_ops ops = {.read = read_changed};
    const double first[] = {0, 1, 2, 3};
    memory_table table = memory_table_of(first, 4, 1);
    histogram h;
    table.base.ops = &ops;
    assert_true(histogram_make(&h, &table.base, NULL, 7, 1, NULL));
    assert_int_equal(h.counts[0], 4);
    histogram_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_changed_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
