/* test_near.c - tests of measure/near.h: no row is missed, whatever the numbers are like.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/dispatch.h"
#include "measure/near.h"
#include "rows/pump.h"
#include "table/table.h"

#include <float.h>
#include <math.h>

/* ---------------------------------------------------------------- a table in memory */

typedef struct memory_table {
    tokvec_table table;
    uint8_t *data;
    bool in_place;
} memory_table;

static size_t row_size(const memory_table *m)
{
    return (size_t)m->table.dim * tokvec_dtype_size(m->table.dtype);
}

static bool memory_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                        tokvec_error *err)
{
    const memory_table *m = (const memory_table *)table;
    (void)err;
    for (size_t i = 0; i < n; i++)
        memcpy((uint8_t *)out + i * row_size(m), m->data + (size_t)ids[i] * row_size(m),
               row_size(m));
    return true;
}

static const void *memory_row(const tokvec_table *table, int64_t id)
{
    const memory_table *m = (const memory_table *)table;
    return m->in_place ? m->data + (size_t)id * row_size(m) : NULL;
}

static const table_ops memory_ops = {.read = memory_read, .row = memory_row};

static memory_table table_of(const double *values, size_t rows, size_t dim, tokvec_dtype dtype)
{
    memory_table m = {
        .table = {.ops = &memory_ops, .rows = rows, .dim = dim, .dtype = dtype, .concurrent = true},
        .data = malloc(rows * dim * sizeof(double) + 1),
        .in_place = rows % 2 == 1};
    assert_non_null(m.data);
    assert_true(tokvec_convert(TOKVEC_FLOAT64, values, dtype, m.data, rows * dim, NULL));
    return m;
}

/* ---------------------------------------------------------------- what is right */

/* The sum of x * y in the order that near_exact.h speaks of. */
static double lanes_sum(const double *x, const double *y, size_t n)
{
    double lanes[16] = {0};
    for (size_t i = 0; i < n; i++)
        lanes[i % 16] += x[i] * y[i];
    for (size_t half = 8; half > 0; half /= 2) {
        for (size_t l = 0; l < half; l++)
            lanes[l] += lanes[l + half];
    }
    return lanes[0];
}

/* The power of two that brings the largest value to 1 or a little more. */
static double scale_of(const double *v, size_t n)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, fabs(v[i]));
    return largest > 0 ? ldexp(1, -ilogb(largest)) : 1;
}

static float right_key(near_metric by, const double *a, const double *b, size_t n)
{
    double x[4096], y[4096];
    if (by == NEAR_DOT)
        return (float)lanes_sum(a, b, n);
    if (by == NEAR_L2) {
        for (size_t i = 0; i < n; i++)
            x[i] = a[i] - b[i];
        return -(float)sqrt(lanes_sum(x, x, n));
    }
    double p = scale_of(a, n), q = scale_of(b, n);
    for (size_t i = 0; i < n; i++) {
        x[i] = a[i] * p;
        y[i] = b[i] * q;
    }
    return (float)(lanes_sum(x, y, n) / (sqrt(lanes_sum(x, x, n)) * sqrt(lanes_sum(y, y, n))));
}

static int best_first(const void *a, const void *b)
{
    const near_hit *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* All rows that answer, in order, by comparing every pair; counts those that do not. */
static size_t right_hits(const near_spec *spec, const near_query *query, const double *values,
                         near_hit *hits, uint64_t *zero, uint64_t *nonfinite)
{
    size_t n = 0, dim = (size_t)spec->table->dim;
    *zero = *nonfinite = 0;
    for (size_t row = 0; row < spec->table->rows; row++) {
        const double *v = values + row * dim;
        bool finite = true, any = false, without = false;
        for (size_t i = 0; i < dim; i++) {
            finite &= isfinite(v[i]) != 0;
            any |= v[i] != 0;
        }
        for (size_t i = 0; i < query->without_count; i++)
            without |= query->without[i] == (int64_t)row;
        bool none = spec->by == NEAR_COSINE && !any;
        *nonfinite += !finite;
        *zero += finite && none && !spec->zero_answers;
        if (finite && !without && (!none || spec->zero_answers))
            hits[n++] =
                (near_hit){(int64_t)row, none ? 0 : right_key(spec->by, query->vector, v, dim)};
    }
    qsort(hits, n, sizeof *hits, best_first);
    return n;
}

/* ---------------------------------------------------------------- a search */

static void search(near *n, const near_spec *spec, memory_table *m, unsigned threads)
{
    tokvec_error err;
    id_list all = {0};
    pump p;
    assert_true(near_open(n, spec, &err));
    const pump_spec with = {
        .table = &m->table, .to = &n->base, .rows = m->table.rows, .threads = threads};
    assert_true(pump_open(&p, &with, &err));
    assert_true(id_list_add_range(&all, 0, m->table.rows, &err));
    assert_true(pump_rows(&p, &all, &err));
    pump_close(&p);
    id_list_free(&all);
}

/* The values as they are in the table, and what is found against what is right. */
static void check(near_spec *spec, memory_table *m, unsigned threads)
{
    size_t rows = (size_t)m->table.rows, dim = (size_t)m->table.dim;
    double *values = malloc(rows * dim * sizeof *values + 1);
    near_hit *right = malloc(rows * sizeof *right + 1);
    assert_true(values != NULL && right != NULL);
    assert_true(tokvec_convert(m->table.dtype, m->data, TOKVEC_FLOAT64, values, rows * dim, NULL));
    near n;
    spec->table = &m->table;
    search(&n, spec, m, threads);
    for (size_t q = 0; q < spec->count; q++) {
        uint64_t zero, nonfinite;
        size_t answers = right_hits(spec, &spec->queries[q], values, right, &zero, &nonfinite);
        size_t found, expected = answers < spec->k ? answers : (size_t)spec->k;
        const near_hit *hits = near_hits(&n, q, &found);
        assert_int_equal(found, expected);
        for (size_t i = 0; i < found; i++) {
            float score = spec->by == NEAR_L2 ? -right[i].score : right[i].score;
            assert_int_equal(hits[i].row, right[i].row);
            assert_true(hits[i].score == score && !(hits[i].score == 0 && signbit(hits[i].score)));
        }
        assert_true(n.zero_rows == zero && n.nonfinite_rows == nonfinite);
    }
    near_close(&n);
    free(values);
    free(right);
}

/* ---------------------------------------------------------------- numbers */

static uint64_t state;

static double uniform(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) * 0x1p-53;
}

static double bell(void)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += uniform();
    return sum;
}

typedef enum likeness {
    ORDINARY,  /* independent */
    TIED,      /* near the first one, by 1e-8 of it, copies, and copies times powers of two */
    SIZES,     /* values of 1e-30 to 1e30, by rows and within them */
    DEFECTIVE, /* some rows are zero, or have a NaN or an infinity */
    EXTREME,   /* of float64: rows from 1e-300 to 1e300 */
    OFFSET,    /* far from the origin, near each other */
    LIKENESSES
} likeness;

static void fill_row(double *v, const double *first, size_t dim, likeness like)
{
    static const double defects[] = {NAN, INFINITY, -INFINITY, 0};
    double kind = uniform(), factor = 1;
    if (like == SIZES)
        factor = pow(10, 60 * uniform() - 30);
    if (like == EXTREME)
        factor = pow(10, 600 * uniform() - 300);
    if (like == TIED && kind < 0.5)
        factor = ldexp(1, (int)(20 * uniform()) - 10);
    for (size_t i = 0; i < dim; i++) {
        v[i] = like == OFFSET ? 1000 + bell() : factor * bell();
        if (like == SIZES && kind < 0.3)
            v[i] = bell() * pow(10, 60 * uniform() - 30);
        if (like == TIED)
            v[i] = factor * first[i] * (kind < 0.5 ? 1 : 1 + 1e-8 * bell());
    }
    if (like == DEFECTIVE && kind < 0.2) {
        size_t defect = (size_t)(uniform() * COUNT(defects));
        for (size_t i = 0; i < dim; i++)
            v[i] = defects[defect] == 0 || uniform() < 1.0 / (double)dim ? defects[defect] : v[i];
    }
}

/* Rows in the dtype; the queries are like them, some the rows themselves. */
static void check_random(likeness like, tokvec_dtype dtype, size_t rows, size_t dim, size_t queries,
                         uint64_t k)
{
    double *values = malloc((rows + queries + 1) * (dim + 1) * sizeof *values);
    near_query *asked = calloc(queries, sizeof *asked);
    const int64_t without[] = {(int64_t)(rows / 2), 0};
    assert_true(values != NULL && asked != NULL);
    double *first = values + (rows + queries) * dim;
    for (size_t i = 0; i < dim; i++)
        first[i] = bell();
    for (size_t r = 0; r < rows + queries; r++)
        fill_row(values + r * dim, first, dim, like == DEFECTIVE && r >= rows ? ORDINARY : like);
    for (size_t q = 0; q < queries; q++) {
        asked[q] = (near_query){values + (rows + q) * dim, without, q % 3};
        if (like == EXTREME && q % 2 == 0) /* so that products are finite, for dot and l2 */
            for (size_t i = 0; i < dim; i++)
                values[(rows + q) * dim + i] = bell();
    }
    memory_table m = table_of(values, rows, dim, dtype);
    for (int by = NEAR_COSINE; by <= NEAR_L2; by++) {
        near_spec spec = {.by = (near_metric)by,
                          .queries = asked,
                          .count = queries,
                          .k = k,
                          .zero_answers = rows % 2 == 0};
        if (like == EXTREME && by != NEAR_COSINE)
            continue;
        if (dim == 0 && by == NEAR_COSINE)
            continue;
        check(&spec, &m, queries % 2 == 0 ? 3 : 1);
    }
    free(m.data);
    free(values);
    free(asked);
}

static void at_all_levels(void (*f)(void))
{
    for (int level = DISPATCH_BASELINE; level <= DISPATCH_AVX512; level++) {
        dispatch_limit((enum dispatch_level)level);
        state = 1;
        f();
    }
}

static void all_likenesses(void)
{
    static const tokvec_dtype dtypes[] = {TOKVEC_FLOAT32, TOKVEC_FLOAT64, TOKVEC_FLOAT16,
                                          TOKVEC_BFLOAT16};
    for (size_t d = 0; d < COUNT(dtypes); d++) {
        for (int like = ORDINARY; like < LIKENESSES; like++) {
            if (like == EXTREME && dtypes[d] != TOKVEC_FLOAT64)
                continue;
            check_random((likeness)like, dtypes[d], 501, 3, 1, 10);
            check_random((likeness)like, dtypes[d], 333, 37, 20, 7);
            check_random((likeness)like, dtypes[d], 40, 300, 3, 5);
        }
    }
}

static void test_numbers(void **unused)
{
    (void)unused;
    at_all_levels(all_likenesses);
}

static void all_shapes(void)
{
    static const size_t dims[] = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 300, 1000};
    static const size_t queries[] = {1, 2, 5, 15, 16, 17, 33, 70};
    for (size_t d = 0; d < COUNT(dims); d++)
        check_random(ORDINARY, d % 2 == 0 ? TOKVEC_FLOAT32 : TOKVEC_BFLOAT16, 61 + d, dims[d],
                     queries[d % COUNT(queries)], d % 4);
    check_random(ORDINARY, TOKVEC_FLOAT32, 20, 8, 4, UINT64_MAX);
    check_random(ORDINARY, TOKVEC_FLOAT16, 1, 8, 40, 2);
    check_random(ORDINARY, TOKVEC_FLOAT32, 9000, 20, 50, 9000);
    check_random(ORDINARY, TOKVEC_BFLOAT16, 9000, 20, 1, 3);
}

static void test_shapes(void **unused)
{
    (void)unused;
    at_all_levels(all_shapes);
}

/* ---------------------------------------------------------------- single cases */

static const near_hit *one(near *n, memory_table *m, near_metric by, const double *vector,
                           size_t *count)
{
    static near_query query;
    query = (near_query){.vector = vector};
    near_spec spec = {.table = &m->table, .by = by, .queries = &query, .count = 1, .k = 100};
    search(n, &spec, m, 1);
    return near_hits(n, 0, count);
}

/* Sums that overflow or underflow on the way have the right score all the same. */
static void test_extremes(void **unused)
{
    (void)unused;
    const double values[] = {3e300, 4e300, 3e-310, 4e-310, 1e200, -1e200, 5e-324, 0};
    const double query[] = {3e250, 4e250}, small[] = {1e-200, 2e-200};
    memory_table m = table_of(values, 4, 2, TOKVEC_FLOAT64);
    near n;
    size_t count;
    const near_hit *hits = one(&n, &m, NEAR_COSINE, query, &count);
    assert_int_equal(count, 4);
    assert_true(hits[0].row == 0 && hits[0].score == 1.0f);
    assert_true(hits[1].row == 1 && hits[1].score == 1.0f);
    assert_true(hits[2].row == 3 && hits[2].score == 0.6f);
    assert_true(hits[3].row == 2 && hits[3].score == (float)(-1 / sqrt(50)));
    near_close(&n);

    hits = one(&n, &m, NEAR_DOT, query, &count);
    assert_true(hits[0].row == 0 && hits[0].score == INFINITY);
    assert_true(hits[3].row == 2 && hits[3].score == -INFINITY);
    near_close(&n);

    const double opposite[] = {1e250, 1e250}; /* inf - inf, were it added as it is */
    hits = one(&n, &m, NEAR_DOT, opposite, &count);
    assert_true(hits[0].row == 0 && hits[0].score == INFINITY);
    assert_true(hits[1].row == 1 && hits[2].row == 2 && hits[2].score == 0);
    near_close(&n);

    hits = one(&n, &m, NEAR_L2, small, &count);
    assert_true(count == 4 && hits[0].row == 1 && hits[1].row == 3 && hits[0].score == 0);
    near_close(&n);
    free(m.data);
}

/* A query without a direction is refused rather than answered. */
static void test_refusals(void **unused)
{
    (void)unused;
    const double values[] = {1, 2, 3, 4}, zero[] = {0, 0}, bad[] = {NAN, 1};
    memory_table m = table_of(values, 2, 2, TOKVEC_FLOAT32);
    near_query query = {.vector = zero};
    near_spec spec = {.table = &m.table, .by = NEAR_COSINE, .queries = &query, .count = 1, .k = 1};
    tokvec_error err;
    near n;
    assert_false(near_open(&n, &spec, &err));
    spec.by = NEAR_DOT;
    assert_true(near_open(&n, &spec, &err));
    near_close(&n);
    query.vector = bad;
    assert_false(near_open(&n, &spec, &err));
    spec.queries = &(near_query){.vector = values};
    spec.count = SIZE_MAX / 16;
    assert_false(near_open(&n, &spec, &err));
    assert_int_equal(err.code, TOKVEC_NO_MEMORY);
    free(m.data);
}

/* Scores are those of exact arithmetic, rounded once, but for what float64 sums lose. */
static void test_rounding(void **unused)
{
    (void)unused;
    enum { ROWS = 400, DIM = 300 };
    static double values[ROWS * DIM];
    state = 7;
    for (size_t i = 0; i < ROWS * DIM; i++)
        values[i] = (float)bell();
    memory_table m = table_of(values, ROWS, DIM, TOKVEC_FLOAT32);
    near n;
    size_t count;
    const near_hit *hits = one(&n, &m, NEAR_COSINE, values, &count);
    assert_true(hits[0].row == 0 && hits[0].score == 1.0f);
    for (size_t i = 0; i < count; i++) {
        long double dot = 0, a = 0, b = 0;
        const double *v = values + hits[i].row * DIM;
        for (size_t j = 0; j < DIM; j++) {
            dot += (long double)values[j] * v[j];
            a += (long double)values[j] * values[j];
            b += (long double)v[j] * v[j];
        }
        long double cosine = dot / (sqrtl(a) * sqrtl(b));
        long double half =
            (long double)(nextafterf(fabsf(hits[i].score), INFINITY) - fabsf(hits[i].score)) / 2;
        assert_true(fabsl((long double)hits[i].score - cosine) <= half + 1e-15L);
    }
    near_close(&n);
    free(m.data);
}

static void test_at_once(void **unused)
{
    (void)unused;
    const double values[4] = {0};
    memory_table m = table_of(values, 2, 2, TOKVEC_FLOAT32);
    assert_true(near_queries_at_once(&m.table, 10) > 100000);
    m.table.rows = m.table.dim = UINT64_MAX;
    assert_int_equal(near_queries_at_once(&m.table, UINT64_MAX), 1);
    free(m.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),  cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_extremes), cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_rounding), cmocka_unit_test(test_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
