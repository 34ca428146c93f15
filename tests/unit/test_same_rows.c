/* test_same_rows.c - tests of measure/same_rows: against comparing all rows.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <unistd.h>

#include "measure/same_rows.h"
#include "measure/table_stats.h"
#include "rows/pump.h"

enum { ROWS = 400, DIM = 5 };

static uint32_t bits[ROWS][DIM];
static char path[] = "/tmp/tokvec-same-XXXXXX";

/* Few kinds of values, so that many rows look alike: zeros of both signs, NaN with two payloads,
 * the same values in another order. */
static void make_rows(unsigned seed)
{
    static const uint32_t values[] = {0,          0x80000000, 0x3f800000, 0x7fc00000,
                                      0x7fc00001, 0x3f800000, 0,          0x40000000};
    uint64_t state = seed * 0x9e3779b97f4a7c15u + 1;
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t k = 0; k < DIM; k++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            bits[i][k] = values[(state >> 60) % (seed % 3 == 0 ? 3 : 8)];
        }
    }
}

static tokvec_weights *weights;

static tokvec_table *open_rows(void)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bits, sizeof bits[0], ROWS, file), ROWS);
    assert_int_equal(fclose(file), 0);
    const tokvec_file_spec spec = {.raw = true, .dim = DIM, .dtype = TOKVEC_FLOAT32};
    tokvec_error error;
    weights = tokvec_weights_open_as(path, &spec, &error);
    assert_non_null(weights);
    tokvec_table *table = tokvec_weights_table(weights, tokvec_weights_tensor(weights, 0), &error);
    assert_non_null(table);
    return table;
}

/* Group by group, as they are to be found. */
static void expect(const repeats *found, const int64_t *rows, size_t n)
{
    bool seen[2 * ROWS] = {false};
    uint64_t group = 0, repeated = 0;
    for (size_t i = 0; i < n; i++) {
        size_t members = 0;
        if (seen[i])
            continue;
        for (size_t j = i; j < n; j++) {
            if (memcmp(bits[rows[i]], bits[rows[j]], sizeof bits[0]) != 0)
                continue;
            seen[j] = true;
            if (++members == 2)
                assert_int_equal(found->members[found->starts[group]], i);
            if (members >= 2)
                assert_int_equal(found->members[found->starts[group] + members - 1], j);
        }
        repeated += members - 1;
        group += members > 1;
    }
    assert_int_equal(found->groups, group);
    assert_int_equal(found->repeated, repeated);
}

static void find(tokvec_table *table, const id_list *list, const int64_t *rows, size_t n,
                 unsigned threads)
{
    table_stats s;
    tokvec_error error;
    assert_true(table_stats_open(&s, table, false, &error));
    assert_true(list == NULL ? pump_table(table, &s.base, threads, &error)
                             : pump_list(table, list, &s.base, threads, &error));
    assert_true(table_stats_find_same(&s, table, list, threads, &error));
    expect(&s.same, rows, n);
    table_stats_close(&s);
}

static void as_by_comparing_all(void **state)
{
    (void)state;
    int64_t rows[2 * ROWS];
    for (unsigned seed = 0; seed < 12; seed++) {
        id_list list = {0};
        make_rows(seed);
        tokvec_table *table = open_rows();
        for (size_t i = 0; i < ROWS; i++)
            rows[i] = (int64_t)i;
        find(table, NULL, rows, ROWS, 1 + seed % 3);
        for (size_t i = 0; i < 2 * ROWS; i++) { /* some twice, in any order */
            rows[i] = (int64_t)(i * 7919 % (ROWS - 11));
            assert_true(id_list_add(&list, rows[i], NULL));
        }
        find(table, &list, rows, 2 * ROWS, 1 + seed % 3);
        id_list_free(&list);
        tokvec_table_close(table);
        tokvec_weights_close(weights);
    }
}

static int make_file(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 || close(fd) != 0;
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_by_comparing_all)};
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
