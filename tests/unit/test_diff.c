/* test_diff.c - tests of measure/diff: what comes of two tables, on any threads and processors.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <math.h>
#include <stdatomic.h>

#include "base/bytes.h"
#include "base/dispatch.h"
#include "base/error.h"
#include "measure/diff.h"
#include "measure/diff_value.h"
#include "table/table.h"

/* ---------------------------------------------------------------- tables in memory */

typedef struct fake {
    tokvec_table table;
    const void *values;
    size_t row_size;
    int64_t fail_row;  /* reading it fails; -1: none does */
    bool prepared;     /* rows must be, before several threads read */
    atomic_int inside; /* threads that read */
    atomic_bool ready[4096];
} fake;

static bool fake_prepare(tokvec_table *table, const int64_t *ids, size_t n, tokvec_error *err)
{
    fake *f = (fake *)table;
    (void)err;
    for (size_t i = 0; i < n; i++)
        f->ready[ids[i]] = true;
    return true;
}

static bool fake_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                      tokvec_error *err)
{
    fake *f = (fake *)table;
    bool good = true, crowded = atomic_fetch_add(&f->inside, 1) > 0;
    for (size_t i = 0; i < n && good; i++) {
        if (crowded && (!table->concurrent || (f->prepared && !f->ready[ids[i]])))
            abort(); /* cmocka's assertions belong to the main thread */
        if (ids[i] == f->fail_row)
            good = error_set(err, TOKVEC_BAD_FILE, "row %lld is bad", (long long)ids[i]);
        memcpy((char *)out + i * f->row_size,
               (const char *)f->values + (size_t)ids[i] * f->row_size, f->row_size);
    }
    atomic_fetch_sub(&f->inside, 1);
    return good;
}

static const void *fake_row(const tokvec_table *table, int64_t id)
{
    const fake *f = (const fake *)table;
    return (const char *)f->values + (size_t)id * f->row_size;
}

static void fake_close(tokvec_table *table)
{
    free(table);
}

static const table_ops read_ops = {.read = fake_read, .close = fake_close};
static const table_ops prepare_ops = {
    .prepare = fake_prepare, .read = fake_read, .close = fake_close};
static const table_ops row_ops = {.read = fake_read, .row = fake_row, .close = fake_close};

/* Which of the ways to its rows a table has. */
enum way { IN_PLACE, READ, ALONE, PREPARED, WAYS };

static fake *fake_table(enum way way, tokvec_dtype dtype, uint64_t rows, uint64_t dim,
                        const void *values)
{
    fake *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->table = (tokvec_table){.ops = way == IN_PLACE   ? &row_ops
                                     : way == PREPARED ? &prepare_ops
                                                       : &read_ops,
                              .rows = rows,
                              .dim = dim,
                              .dtype = dtype,
                              .concurrent = way != ALONE};
    f->values = values;
    f->row_size = (size_t)dim * tokvec_dtype_size(dtype);
    f->fail_row = -1;
    f->prepared = way == PREPARED;
    return f;
}

/* Compares, with all that may be wrong about it asserted. */
static diff_result compare(diff_spec spec, fake *a, fake *b)
{
    diff_result result;
    tokvec_error err;
    spec.a = &a->table;
    spec.b = &b->table;
    if (!diff_tables(&spec, &result, &err))
        fail_msg("%s", err.what);
    return result;
}

/* One row of float64 with another. */
static diff_result compare_rows(diff_spec spec, const double *a, const double *b, size_t n)
{
    fake *x = fake_table(IN_PLACE, TOKVEC_FLOAT64, 1, n, a);
    fake *y = fake_table(IN_PLACE, TOKVEC_FLOAT64, 1, n, b);
    diff_result result = compare(spec, x, y);
    tokvec_table_close(&x->table);
    tokvec_table_close(&y->table);
    return result;
}

/* ---------------------------------------------------------------- single values */

static diff_value value_of(tokvec_dtype of_a, const void *a, tokvec_dtype of_b, const void *b)
{
    const diff_rule rule = {.a = of_a, .b = of_b};
    return diff_value_at(&rule, a, b, 0);
}

static void test_integers_are_exact(void **state)
{
    (void)state;
    const int64_t low = INT64_MIN, near = (INT64_C(1) << 53) + 1;
    const uint64_t high = UINT64_MAX;
    const double even = 0x1p53, top = 0x1p64, bottom = -0x1p63;
    diff_value v = value_of(TOKVEC_INT64, &low, TOKVEC_UINT64, &high);
    assert_true(v.different && v.distance == 0x1p64 + 0x1p63);
    v = value_of(TOKVEC_INT64, &near, TOKVEC_FLOAT64, &even);
    assert_true(v.different && v.distance == 1);
    v = value_of(TOKVEC_FLOAT64, &top, TOKVEC_UINT64, &high);
    assert_true(v.different && v.distance == 1);
    v = value_of(TOKVEC_INT64, &low, TOKVEC_FLOAT64, &bottom);
    assert_true(!v.different && v.distance == 0);
}

static void test_bools_are_truths(void **state)
{
    (void)state;
    const uint8_t one = 1, two = 2;
    assert_false(value_of(TOKVEC_BOOL, &one, TOKVEC_BOOL, &two).different);
    assert_true(value_of(TOKVEC_BOOL, &one, TOKVEC_UINT8, &two).different);
}

/* ---------------------------------------------------------------- single rows */

static void test_out_of_range(void **state)
{
    (void)state;
    const double big_a[] = {3e200, 4e200}, big_b[] = {4e200, 3e200};
    diff_result r = compare_rows((diff_spec){.threads = 1}, big_a, big_b, 2);
    assert_true(r.rmse == 1e200 && r.mean_abs == 1e200 && r.max_abs == 1e200);
    assert_true(fabs(r.cosine_min - 0.96) < 1e-15 && fabs(r.cosine - 0.96) < 1e-15);
    assert_true(fabs(r.relative - 0.2 * sqrt(2)) < 1e-15);
    r = compare_rows((diff_spec){.threads = 1}, big_a, big_a, 2);
    assert_true(r.cosine == 1 && r.relative == 0);
    const double small_a[] = {3e-200, 4e-200}, small_b[] = {4e-200, 3e-200};
    r = compare_rows((diff_spec){.threads = 1}, small_a, small_b, 2);
    assert_true(fabs(r.rmse / 1e-200 - 1) < 1e-15 && fabs(r.cosine_min - 0.96) < 1e-15);
    assert_true(fabs(r.cosine - 0.96) < 1e-15 && fabs(r.relative - 0.2 * sqrt(2)) < 1e-15);
    r = compare_rows((diff_spec){.threads = 1}, big_a, small_a, 2);
    assert_true(fabs(r.cosine - 1) < 1e-15 && isinf(r.relative));
    r = compare_rows((diff_spec){.threads = 1}, small_a, big_a, 2);
    assert_true(fabs(r.cosine - 1) < 1e-15 && fabs(r.relative - 1) < 1e-15);
    const double least[] = {5e-324, 0}, none[] = {0, 0};
    r = compare_rows((diff_spec){.threads = 1}, least, none, 2);
    assert_true(r.different == 1 && r.max_abs == 5e-324 && r.rel_undefined == 2);
    assert_true(isnan(r.max_rel) && isnan(r.cosine_min) && r.cosine_undefined == 1);
    assert_true(isnan(r.cosine) && isnan(r.relative)); /* nothing to be relative to */
    r = compare_rows((diff_spec){.threads = 1}, none, least, 2);
    assert_true(isnan(r.cosine) && r.relative == 1);
    r = compare_rows((diff_spec){.threads = 1}, none, none, 2);
    assert_true(isnan(r.cosine) && r.relative == 0);
}

static void test_not_finite(void **state)
{
    (void)state;
    const double a[] = {1, NAN, INFINITY, -INFINITY, 2}, b[] = {1, NAN, INFINITY, INFINITY, 0};
    diff_result r = compare_rows((diff_spec){.threads = 1}, a, b, 5);
    assert_int_equal(r.different, 3);
    assert_true(isnan(r.max_abs) && r.max_abs_column == 1 && isnan(r.rmse) && isnan(r.mean_abs));
    r = compare_rows((diff_spec){.threads = 1, .equal_nan = true}, a, b, 5);
    assert_int_equal(r.different, 2);
    assert_true(isinf(r.max_abs) && r.max_abs_column == 3 && r.first.column == 3);
    r = compare_rows((diff_spec){.threads = 1, .atol = 1e300, .rtol = 1e300}, a, b, 5);
    assert_int_equal(r.different, 2); /* NaN, and infinities of two signs */
    assert_true(isnan(r.cosine) && isnan(r.relative));
    r = compare_rows((diff_spec){.threads = 1, .bits = true}, a, a, 5);
    assert_true(r.different == 0 && r.max_abs == 0 && isnan(r.cosine) && r.relative == 0);
    const double number[] = {1, 2}, infinite[] = {1, INFINITY}, less[] = {0, INFINITY};
    r = compare_rows((diff_spec){.threads = 1}, infinite, number, 2);
    assert_true(isnan(r.cosine) && isinf(r.relative));
    r = compare_rows((diff_spec){.threads = 1}, less, infinite, 2);
    assert_true(r.rmse > 0 && isnan(r.cosine) && isnan(r.relative));
}

/* Of a row that is longer than a piece, and of no multiple of the lanes. */
static void test_long_rows(void **state)
{
    enum { N = 5003 };
    static float a[N];
    static double b[N];
    (void)state;
    for (size_t i = 0; i < N; i++)
        b[i] = (double)(a[i] = (float)i);
    b[N - 1] += 0.25;
    fake *x = fake_table(READ, TOKVEC_FLOAT32, 1, N, a);
    fake *y = fake_table(READ, TOKVEC_FLOAT64, 1, N, b);
    diff_result r = compare((diff_spec){.threads = 1}, x, y);
    assert_true(r.different == 1 && r.first.column == N - 1 && r.max_abs_column == N - 1);
    assert_true(r.max_abs == 0.25 && r.mean_abs == 0.25 / N && r.rel_undefined == 1);
    assert_true(r.first.a.real == N - 1 && r.first.b.real == N - 0.75);
    tokvec_table_close(&x->table);
    tokvec_table_close(&y->table);
}

/* ---------------------------------------------------------------- whole tables */

enum { ROWS = 3000, DIM = 101, VALUES = ROWS * DIM };

static double random_value(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(int64_t)*state * 0x1p-63;
}

/* b is a, but for noise in every second row; row 7 is zero, row 11 has a NaN, and row 20 so large
 * numbers that their squares overflow. */
static void fill(double *a, double *b)
{
    uint64_t seed = 5;
    for (size_t i = 0; i < VALUES; i++) {
        size_t row = i / DIM;
        double noise = 1e-3 * random_value(&seed);
        a[i] = row == 7 ? 0 : random_value(&seed) * (row == 20 ? 1e300 : 1);
        b[i] = row % 2 == 0 ? a[i] : a[i] * (1 + noise);
    }
    a[11 * DIM + 3] = NAN;
}

static bool same_number(double x, double y)
{
    return bits_of_double(x) == bits_of_double(y) || (isnan(x) && isnan(y));
}

static bool same_results(const diff_result *x, const diff_result *y)
{
    return x->rows == y->rows && x->values == y->values && x->different == y->different &&
           x->rows_different == y->rows_different && x->first.row == y->first.row &&
           x->first.column == y->first.column && same_number(x->max_abs, y->max_abs) &&
           x->max_abs_row == y->max_abs_row && x->max_abs_column == y->max_abs_column &&
           same_number(x->max_rel, y->max_rel) && x->rel_undefined == y->rel_undefined &&
           same_number(x->mean_abs, y->mean_abs) && same_number(x->rmse, y->rmse) &&
           same_number(x->cosine_min, y->cosine_min) &&
           same_number(x->cosine_mean, y->cosine_mean) &&
           x->cosine_undefined == y->cosine_undefined && same_number(x->cosine, y->cosine) &&
           same_number(x->relative, y->relative);
}

typedef struct seen {
    int64_t rows[ROWS];
    size_t count;
    size_t fail_at; /* this call fails; 0: none */
    atomic_int inside;
} seen;

static bool see(void *context, const diff_line *line, tokvec_error *err)
{
    seen *s = context;
    if (atomic_fetch_add(&s->inside, 1) > 0)
        abort();
    s->rows[s->count++] = line->row;
    bool good = s->count != s->fail_at || error_set(err, TOKVEC_SYSTEM, "seen enough");
    atomic_fetch_sub(&s->inside, 1);
    return good;
}

/* The same bits on any threads, on every processor, and by all ways to the rows; the rows that
 * differ come in order. */
static void test_any_way(void **state)
{
    static double a[VALUES], b[VALUES];
    static seen lines, first_lines;
    diff_result first = {.rows = 0};
    (void)state;
    fill(a, b);
    for (enum dispatch_level level = DISPATCH_BASELINE; level <= DISPATCH_AVX512; level++) {
        dispatch_limit(level);
        for (unsigned i = 0; i < WAYS * WAYS; i++) {
            fake *x = fake_table(i / WAYS, TOKVEC_FLOAT64, ROWS, DIM, a);
            fake *y = fake_table(i % WAYS, TOKVEC_FLOAT64, ROWS, DIM, b);
            const unsigned threads[] = {1, 2, 5};
            lines.count = 0;
            diff_result r = compare((diff_spec){.lister = see,
                                                .context = &lines,
                                                .threads = threads[i % COUNT(threads)]},
                                    x, y);
            if (level == DISPATCH_BASELINE && i == 0) {
                first = r;
                first_lines.count = lines.count;
                memcpy(first_lines.rows, lines.rows, sizeof lines.rows);
            }
            assert_true(same_results(&r, &first));
            assert_int_equal(lines.count, first_lines.count);
            assert_memory_equal(lines.rows, first_lines.rows, lines.count * sizeof *lines.rows);
            tokvec_table_close(&x->table);
            tokvec_table_close(&y->table);
        }
    }
    dispatch_limit(DISPATCH_AVX512);
    assert_int_equal(first.rows_different, ROWS / 2 - 1); /* row 7 is zero in both */
    assert_int_equal(first.rows_different, first_lines.count);
    assert_true(isnan(first.max_abs) && first.max_abs_row == 11 && first.max_abs_column == 3);
    assert_int_equal(first.cosine_undefined, 2);
    for (size_t i = 1; i < first_lines.count; i++)
        assert_true(first_lines.rows[i] > first_lines.rows[i - 1]);
}

/* What fails anywhere is told, on one thread and on several. */
static void test_failures(void **state)
{
    static double a[VALUES], b[VALUES];
    static seen lines;
    (void)state;
    fill(a, b);
    for (unsigned threads = 1; threads <= 4; threads += 3) {
        for (int of_b = 0; of_b < 2; of_b++) {
            diff_result r;
            tokvec_error err;
            fake *x = fake_table(READ, TOKVEC_FLOAT64, ROWS, DIM, a);
            fake *y = fake_table(of_b ? PREPARED : ALONE, TOKVEC_FLOAT64, ROWS, DIM, b);
            (of_b ? y : x)->fail_row = 2000;
            diff_spec spec = {.a = &x->table, .b = &y->table, .threads = threads};
            assert_false(diff_tables(&spec, &r, &err));
            assert_string_equal(err.what, "row 2000 is bad");
            x->fail_row = y->fail_row = -1;
            lines = (seen){.fail_at = 700};
            spec.lister = see;
            spec.context = &lines;
            assert_false(diff_tables(&spec, &r, &err));
            assert_string_equal(err.what, "seen enough");
            assert_int_equal(lines.count, 700);
            tokvec_table_close(&x->table);
            tokvec_table_close(&y->table);
        }
    }
}

/* Rows after the first that differs need not be read where that is all that counts. */
static void test_any_difference(void **state)
{
    static double a[VALUES], b[VALUES];
    (void)state;
    fill(a, b);
    fake *x = fake_table(READ, TOKVEC_FLOAT64, ROWS, DIM, a);
    fake *y = fake_table(READ, TOKVEC_FLOAT64, ROWS, DIM, b);
    y->fail_row = ROWS - 1;
    diff_result r = compare((diff_spec){.any = true, .threads = 1}, x, y);
    assert_true(r.different > 0 && r.rows < ROWS);
    tokvec_table_close(&x->table);
    tokvec_table_close(&y->table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integers_are_exact), cmocka_unit_test(test_bools_are_truths),
        cmocka_unit_test(test_out_of_range),       cmocka_unit_test(test_not_finite),
        cmocka_unit_test(test_long_rows),          cmocka_unit_test(test_any_way),
        cmocka_unit_test(test_failures),           cmocka_unit_test(test_any_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
