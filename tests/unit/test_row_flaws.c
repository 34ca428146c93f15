/* test_row_flaws.c - rows that are not finite, zero, untrained or repeated.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "measure/row_flaws.h"

#include "base/dispatch.h"
#include "measure/repeats.h"
#include "rows/pump.h"
#include "table/table.h"

#include <math.h>
#include <stdlib.h>

/* ---------------------------------------------------------------- a table in memory */

typedef struct memory_table {
    tokvec_table base;
    const uint8_t *data;
} memory_table;

static bool memory_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                        tokvec_error *err)
{
    (void)err;
    const size_t size = (size_t)table->dim * tokvec_dtype_size(table->dtype);
    for (size_t i = 0; i < n; i++)
        memcpy((uint8_t *)out + i * size,
               ((const memory_table *)table)->data + (size_t)ids[i] * size, size);
    return true;
}

static const table_ops memory_ops = {.read = memory_read};

static memory_table table_of(const void *data, uint64_t rows, uint64_t dim, tokvec_dtype dtype)
{
    return (memory_table){
        .base = {.ops = &memory_ops, .rows = rows, .dim = dim, .dtype = dtype, .concurrent = true},
        .data = data};
}

static row_flaws look(memory_table *table, unsigned threads)
{
    static row_hash_key key;
    row_flaws f;
    tokvec_error err;
    assert_true(row_hash_new_key(&key, &err));
    assert_true(row_flaws_begin(&f, &table->base, &key, &err));
    assert_true(pump_table(&table->base, &f.base, threads, &err));
    return f;
}

/* ---------------------------------------------------------------- what a row has */

enum { DIM = 19, ROWS = 10 };

/* Rows of which each has something of its own; the last value tells, so that every lane and what
 * is left of them is looked at. */
static void fill(double x[ROWS][DIM])
{
    for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < DIM; c++)
            x[r][c] = r == 1 ? 0 : r == 2 ? -0.0 : r == 3 || r == 4 || r == 5 ? -1 - c : 0.5;
    }
    x[2][DIM - 1] = 0;
    x[4][DIM - 1] = 1e-16; /* and no more */
    x[5][DIM - 1] = 1;
    x[6][DIM - 1] = NAN;
    x[7][0] = -INFINITY;
    x[7][DIM - 1] = INFINITY;
    for (int c = 0; c < DIM; c++)
        x[8][c] = c == DIM - 1 ? -NAN : -1;
    for (int c = 0; c < DIM; c++)
        x[9][c] = c == DIM - 1 ? -1e-17 : 1e-17;
}

static const uint8_t wanted[ROWS] = {
    0, ROW_ZERO, ROW_ZERO, ROW_UNTRAINED, ROW_UNTRAINED,
    0, ROW_NAN,  ROW_INF,  ROW_NAN,       ROW_UNTRAINED | ROW_TINY,
};

static void finds_flaws_of_floats(void **state)
{
    static const tokvec_dtype dtypes[] = {TOKVEC_FLOAT32, TOKVEC_FLOAT64, TOKVEC_FLOAT16,
                                          TOKVEC_BFLOAT16};
    static const enum dispatch_level levels[] = {DISPATCH_BASELINE, DISPATCH_AVX2, DISPATCH_AVX512};
    double x[ROWS][DIM];
    (void)state;
    fill(x);
    for (size_t d = 0; d < 4; d++) {
        uint64_t data[ROWS * DIM];
        assert_true(tokvec_convert(TOKVEC_FLOAT64, x, dtypes[d], data, ROWS * DIM, NULL));
        for (size_t level = 0; level < 3; level++) {
            dispatch_limit(levels[level]);
            memory_table table = table_of(data, ROWS, DIM, dtypes[d]);
            row_flaws f = look(&table, 1 + (unsigned)level);
            assert_memory_equal(f.flags, wanted, ROWS - 1);
            assert_int_equal(f.flags[9], dtypes[d] == TOKVEC_FLOAT16 ? ROW_ZERO : wanted[9]);
            assert_int_equal(f.nan, 2);
            assert_int_equal(f.inf, 2);
            row_flaws_end(&f);
        }
        dispatch_limit(DISPATCH_AVX512);
    }
}

static void finds_flaws_of_integers(void **state)
{
    static const int64_t x[5][2] = {
        {0, 0}, {-1, -5}, {INT64_MIN, 1}, {INT64_MAX, INT64_MAX - 1}, {INT64_MAX, INT64_MAX}};
    static const uint8_t bytes[3][2] = {{0, 0}, {0x80, 0xff}, {0x7f, 0xfe}};
    static const uint8_t as_int8[3] = {ROW_ZERO, ROW_UNTRAINED, 0};
    static const uint8_t as_uint8[3] = {ROW_ZERO, 0, 0};
    static const uint8_t as_e5m2[3] = {ROW_ZERO, ROW_NAN, ROW_NAN};
    static const uint8_t as_e4m3[3] = {ROW_ZERO, ROW_NAN, ROW_NAN};
    static const struct {
        tokvec_dtype dtype;
        const uint8_t *wanted;
    } kinds[] = {{TOKVEC_INT8, as_int8},
                 {TOKVEC_UINT8, as_uint8},
                 {TOKVEC_FLOAT8_E5M2, as_e5m2},
                 {TOKVEC_FLOAT8_E4M3FN, as_e4m3}};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        memory_table small = table_of(bytes, 3, 2, kinds[i].dtype);
        row_flaws f = look(&small, 1);
        assert_memory_equal(f.flags, kinds[i].wanted, 3);
        row_flaws_end(&f);
    }
    memory_table table = table_of(x, 5, 2, TOKVEC_INT64);
    row_flaws f = look(&table, 1);
    const uint8_t of_int64[5] = {ROW_ZERO, ROW_UNTRAINED, 0, 0, 0};
    assert_memory_equal(f.flags, of_int64, 5);
    repeats r;
    assert_true(repeats_find(&r, f.hashes, 5, NULL));
    assert_int_equal(r.groups, 0); /* they are equal only as float64 */
    repeats_free(&r);
    row_flaws_end(&f);
}

static void has_no_values(void **state)
{
    (void)state;
    memory_table table = table_of("", 3, 0, TOKVEC_FLOAT32);
    row_flaws f = look(&table, 1);
    const uint8_t none[3] = {0, 0, 0};
    assert_memory_equal(f.flags, none, 3);
    row_flaws_end(&f);
}

/* ---------------------------------------------------------------- equal rows */

/* Hashes are those of the rows' own bytes, whatever the threads. */
static void hashes_rows(void **state)
{
    enum { N = 5000, COLUMNS = 70 };
    static uint8_t data[N * COLUMNS];
    uint64_t seed = 1;
    (void)state;
    for (size_t i = 0; i < sizeof data; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        data[i] = (uint8_t)(seed >> 56);
    }
    for (size_t i = 100; i < N; i += 100)
        memcpy(data + i * COLUMNS, data + (i - 50) * COLUMNS, COLUMNS);
    memory_table table = table_of(data, N, COLUMNS, TOKVEC_UINT8);
    row_flaws f = look(&table, 3);
    repeats r;
    assert_true(repeats_find(&r, f.hashes, N, NULL));
    assert_int_equal(r.groups, N / 100 - 1);
    for (uint64_t g = 0; g < r.groups; g++) {
        assert_int_equal(r.members[2 * g], 100 * g + 50);
        assert_int_equal(r.members[2 * g + 1], 100 * g + 100);
    }
    repeats_free(&r);
    row_flaws_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_flaws_of_floats),
        cmocka_unit_test(finds_flaws_of_integers),
        cmocka_unit_test(has_no_values),
        cmocka_unit_test(hashes_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
