/* test_principal.c - tests of the first principal component, and of what it is made with.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/dispatch.h"
#include "measure/dot.h"
#include "measure/jacobi.h"
#include "measure/principal.h"
#include "measure/scatter.h"
#include "memory_table.h"

#include <math.h>

/* ---------------------------------------------------------------- small matrices */

enum { MOST = 48 };

static void check_eigen(const double *matrix, size_t n)
{
    static double work[MOST * MOST], vectors[MOST * MOST];
    double values[MOST], most = 0;
    memcpy(work, matrix, n * n * sizeof *work);
    jacobi_eigen(work, n, values, vectors);
    for (size_t i = 0; i < n * n; i++)
        most = fmax(most, fabs(matrix[i]));
    for (size_t v = 0; v < n; v++) {
        assert_true(v == 0 || values[v - 1] >= values[v]);
        for (size_t i = 0; i < n; i++) {
            double image = dot_product(matrix + i * n, vectors + v * n, n);
            assert_true(fabs(image - values[v] * vectors[v * n + i]) <= 2e-15 * most * (double)n);
        }
        for (size_t w = 0; w < n; w++)
            assert_true(fabs(dot_product(vectors + v * n, vectors + w * n, n) - (v == w)) < 3e-15);
    }
}

static void test_eigen(void **unused)
{
    (void)unused;
    uint64_t state = 3;
    for (size_t n = 1; n <= MOST; n += n < 5 ? 1 : 43) {
        static double matrix[MOST * MOST];
        memset(matrix, 0, sizeof matrix);
        check_eigen(matrix, n);
        for (size_t i = 0; i < n; i++)
            matrix[i * n + i] = 1;
        check_eigen(matrix, n);
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j <= i; j++)
                matrix[i * n + j] = matrix[j * n + i] = memory_table_random(&state);
        }
        check_eigen(matrix, n);
        for (size_t i = 0; i < n * n; i++)
            matrix[i] *= 1e-150;
        check_eigen(matrix, n);
    }
}

/* ---------------------------------------------------------------- products */

enum { ROWS = 3000, DIM = 45 };
static double values[ROWS * DIM];

/* Rows that vary by `spread[j]` along the axis j, around a mean far from zero. */
static void fill(const double *spread, double centre)
{
    uint64_t state = 9;
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = 0; j < DIM; j++)
            values[i * DIM + j] = centre + spread[j] * memory_table_random(&state);
    }
}

static void fill_falling(double centre)
{
    double spread[DIM];
    for (size_t j = 0; j < DIM; j++)
        spread[j] = 1 / (double)(j + 1);
    fill(spread, centre);
}

/* A product against long double, and the same bits whatever the threads and the processor. */
static void check_product(double scale)
{
    double vectors[2][DIM], first[2][DIM], products[2][DIM];
    const double *const from[] = {vectors[0], vectors[1]};
    double *const to[] = {products[0], products[1]};
    uint64_t state = 5;
    for (size_t v = 0; v < 2; v++) {
        for (size_t i = 0; i < DIM; i++)
            vectors[v][i] = memory_table_random(&state);
        double length = dot_length(vectors[v], DIM);
        for (size_t i = 0; i < DIM; i++)
            vectors[v][i] /= length;
    }
    memory_table table = memory_table_of(values, ROWS, DIM);
    row_mean mean;
    assert_true(row_mean_make(&mean, &table.base, NULL, 1, NULL));
    for (unsigned run = 0; run < 8; run++) {
        const scatter s = {.table = &table.base, .mean = &mean, .threads = run % 4 + 1};
        dispatch_limit(run < 4 ? DISPATCH_AVX512 : DISPATCH_BASELINE);
        assert_true(scatter_multiply(&s, from, to, 2, NULL));
        if (run == 0)
            memcpy(first, products, sizeof first);
        assert_memory_equal(first, products, sizeof first);
    }
    dispatch_limit(DISPATCH_AVX512);
    int exponent;
    frexp(mean.largest, &exponent);
    assert_true(fabs(mean.largest / scale) >= 0.5);
    for (size_t v = 0; v < 2; v++) {
        long double expected[DIM] = {0}, most = 0;
        for (size_t i = 0; i < ROWS; i++) {
            long double along = 0;
            for (size_t j = 0; j < DIM; j++)
                along += ((long double)values[i * DIM + j] - mean.values[j]) * vectors[v][j];
            for (size_t j = 0; j < DIM; j++)
                expected[j] += along * ((long double)values[i * DIM + j] - mean.values[j]);
        }
        for (size_t j = 0; j < DIM; j++) {
            expected[j] = ldexpl(expected[j], -2 * exponent);
            most = fmaxl(most, fabsl(expected[j]));
        }
        for (size_t j = 0; j < DIM; j++)
            assert_true(fabsl(first[v][j] - expected[j]) <= 1e-15L * most);
    }
    row_mean_free(&mean);
}

static void test_product(void **unused)
{
    (void)unused;
    fill_falling(0);
    check_product(1);
    fill_falling(1e3);
    check_product(1e3);
    for (size_t i = 0; i < ROWS * DIM; i++)
        values[i] *= 1e-200;
    check_product(1e-197);
    for (size_t i = 0; i < ROWS * DIM; i++)
        values[i] *= 1e300;
    for (size_t i = 0; i < ROWS * DIM; i++)
        values[i] *= 1e150;
    check_product(1e253);
}

/* ---------------------------------------------------------------- components */

static principal find(unsigned threads)
{
    memory_table table = memory_table_of(values, ROWS, DIM);
    row_mean mean;
    principal p;
    assert_true(row_mean_make(&mean, &table.base, NULL, threads, NULL));
    assert_true(principal_make(&p, &table.base, &mean, threads, NULL));
    row_mean_free(&mean);
    return p;
}

/* What is missing to the equation C'C p = value p, over the value. */
static long double missing_in(const principal *p, const double *rows, size_t n, size_t dim)
{
    long double *means = calloc(3 * dim, sizeof *means), *image = means + dim, *row = image + dim;
    long double value = 0, missing = 0;
    assert_non_null(means);
    for (size_t i = 0; i < n * dim; i++)
        means[i % dim] += rows[i];
    for (size_t r = 0; r < n; r++) {
        long double along = 0;
        for (size_t i = 0; i < dim; i++) {
            row[i] = rows[r * dim + i] - means[i] / n;
            along += row[i] * p->direction[i];
        }
        for (size_t i = 0; i < dim; i++)
            image[i] += along * row[i];
    }
    for (size_t i = 0; i < dim; i++)
        value += image[i] * p->direction[i];
    for (size_t i = 0; i < dim; i++)
        missing += powl(image[i] - value * p->direction[i], 2);
    free(means);
    return sqrtl(missing) / value;
}

static long double missing_of(const principal *p)
{
    return missing_in(p, values, ROWS, DIM);
}

static void test_component(void **unused)
{
    (void)unused;
    static const double centres[] = {0, 1, 1e6};
    for (size_t c = 0; c < COUNT(centres); c++) {
        fill_falling(centres[c]);
        principal first = find(1);
        assert_true(first.angle < 1e-11 && missing_of(&first) < 1e-12L);
        assert_true(first.second < first.largest);
        for (unsigned threads = 2; threads <= 8; threads += 3) {
            principal p = find(threads);
            assert_memory_equal(p.direction, first.direction, DIM * sizeof *p.direction);
            principal_free(&p);
        }
        principal_free(&first);
    }
}

/* Nearly as much variance in a second direction: slower, and right all the same. */
static void test_close(void **unused)
{
    (void)unused;
    double spread[DIM];
    for (size_t j = 0; j < DIM; j++)
        spread[j] = 1;
    fill(spread, 0.5);
    principal p = find(2);
    assert_true(p.angle < 1e-11 && missing_of(&p) < 1e-12L && p.second > 0.9 * p.largest);
    principal_free(&p);
}

/* More columns than the basis has room for: it is made anew, many times. */
static void test_restarts(void **unused)
{
    (void)unused;
    enum { N = 900, WIDTH = 150 };
    static double rows[N * WIDTH];
    uint64_t state = 2;
    for (size_t i = 0; i < N * WIDTH; i++)
        rows[i] = memory_table_random(&state);
    memory_table table = memory_table_of(rows, N, WIDTH);
    row_mean mean;
    principal p;
    assert_true(row_mean_make(&mean, &table.base, NULL, 1, NULL));
    assert_true(principal_make(&p, &table.base, &mean, 1, NULL));
    assert_true(p.angle < 1e-12 && p.passes < 150);
    assert_true(missing_in(&p, rows, N, WIDTH) < 1e-14L);
    principal_free(&p);
    row_mean_free(&mean);
}

static void test_no_component(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < ROWS * DIM; i++)
        values[i] = 0.1 * (double)(i % DIM) / 3; /* all rows equal */
    principal p = find(2);
    assert_true(isinf(p.angle) && p.largest == 0);
    principal_free(&p);
    memset(values, 0, sizeof values); /* the first rows are the axes, and their negatives */
    for (size_t axes = 2; axes <= DIM; axes += DIM - 2) {
        for (size_t j = 0; j < axes; j++) {
            values[2 * j * DIM + j] = 3;
            values[(2 * j + 1) * DIM + j] = -3;
        }
        p = find(1);
        assert_true(isinf(p.angle) && fabs(p.largest - p.second) < 1e-14 * p.largest);
        principal_free(&p);
    }
}

/* A single column, and rows that differ in one direction only. */
static void test_simple(void **unused)
{
    (void)unused;
    const double column[] = {1, 2, 4}, line[] = {1, 2, 3, 2, 4, 6, 3, 6, 9};
    memory_table tables[] = {memory_table_of(column, 3, 1), memory_table_of(line, 3, 3),
                             memory_table_of(line, 2, 3)};
    for (size_t i = 0; i < COUNT(tables); i++) {
        row_mean mean;
        principal p;
        assert_true(row_mean_make(&mean, &tables[i].base, NULL, 1, NULL));
        assert_true(principal_make(&p, &tables[i].base, &mean, 1, NULL));
        assert_true(p.angle < 1e-14);
        double expected = i == 0 ? 1 : 1 / sqrt(14);
        assert_true(fabs(fabs(p.direction[0]) - expected) < 1e-14);
        principal_free(&p);
        row_mean_free(&mean);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_eigen),     cmocka_unit_test(test_product),
        cmocka_unit_test(test_component), cmocka_unit_test(test_close),
        cmocka_unit_test(test_restarts),  cmocka_unit_test(test_no_component),
        cmocka_unit_test(test_simple),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
