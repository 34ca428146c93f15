/* test_table_stats.c - tests of measure/table_stats.
 * Figures must not hang on how rows are cut into blocks, nor on what is computed apart.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "measure/table_stats.h"

#include <math.h>

enum { ROWS = 700, DIM = 19 };

static uint64_t state = 88172645463325252u;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static float values[ROWS][DIM];
static int64_t ids[ROWS];

static void make_rows(void)
{
    for (size_t i = 0; i < ROWS; i++) {
        ids[i] = (int64_t)i;
        for (size_t k = 0; k < DIM; k++)
            values[i][k] = 1000.0f + (float)(int64_t)next_random() / 0x1p60f;
        if (i % 50 == 3)
            memset(values[i], 0, sizeof values[i]);
        if (i % 60 == 7)
            memcpy(values[i], values[i / 2], sizeof values[i]);
    }
    for (size_t k = 0; k < DIM; k++)
        values[600][k] = -2.5f;
}

/* A table of that shape, which is only asked for it. */
static tokvec_table *any_table(void)
{
    const tokvec_seed_spec spec = {.vocab_size = ROWS, .dim = DIM, .dtype = TOKVEC_FLOAT32};
    tokvec_error error;
    tokvec_table *table = tokvec_table_seed(&spec, &error);
    assert_non_null(table);
    return table;
}

static void feed(consumer *to, size_t first, size_t n)
{
    tokvec_error error;
    const row_block block = {.ids = ids + first, .n = n, .data = values[first], .first = first};
    assert_true(to->rows(to, &block, &error));
}

static void open_stats(table_stats *s, bool finite)
{
    tokvec_error error;
    tokvec_table *table = any_table();
    assert_true(table_stats_open(s, table, finite, &error));
    tokvec_table_close(table);
}

static void assert_same_figures(table_stats *a, table_stats *b)
{
    table_figures f, g;
    tokvec_error error;
    memset(&f, 0, sizeof f);
    memset(&g, 0, sizeof g);
    assert_true(table_stats_end(a, &f, &error) && table_stats_end(b, &g, &error));
    assert_memory_equal(&f, &g, sizeof f);
    assert_int_equal(a->part.zero.count, b->part.zero.count);
    assert_int_equal(a->part.constant.count, b->part.constant.count);
    assert_memory_equal(a->part.zero.at, b->part.zero.at,
                        a->part.zero.count * sizeof *a->part.zero.at);
    assert_memory_equal(a->part.constant.at, b->part.constant.at,
                        a->part.constant.count * sizeof *a->part.constant.at);
}

/* Clones take the blocks, of any size; they are taken over in order. */
static void blocks_and_clones(void **unused)
{
    (void)unused;
    enum { CLONES = 3 };
    make_rows();
    for (int round = 0; round < 30; round++) {
        table_stats whole, parts;
        table_stats *clones = malloc(CLONES * sizeof *clones);
        tokvec_error error;
        assert_non_null(clones);
        open_stats(&whole, round % 2);
        open_stats(&parts, round % 2);
        feed(&whole.base, 0, ROWS);
        for (int i = 0; i < CLONES; i++) {
            memcpy(&clones[i], &parts, sizeof parts);
            assert_true(clones[i].base.clone(&clones[i].base));
        }
        for (size_t at = 0; at < ROWS;) {
            size_t n = 1 + next_random() % (round < 5 ? 3 : 200);
            n = n < ROWS - at ? n : ROWS - at;
            consumer *to =
                next_random() % 4 == 0 ? &parts.base : &clones[next_random() % CLONES].base;
            feed(to, at, n);
            if (to != &parts.base)
                assert_true(parts.base.finish(&parts.base, to, &error));
            at += n;
        }
        assert_same_figures(&whole, &parts);
        for (int i = 0; i < CLONES; i++)
            clones[i].base.release(&clones[i].base);
        free(clones);
        table_stats_close(&whole);
        table_stats_close(&parts);
    }
}

static void figures(void **unused)
{
    (void)unused;
    table_stats s;
    table_figures f;
    tokvec_error error;
    make_rows();
    values[5][3] = NAN;
    values[6][0] = -INFINITY;
    open_stats(&s, true);
    feed(&s.base, 0, ROWS);
    assert_true(table_stats_end(&s, &f, &error));
    assert_true(f.rows == ROWS && f.count == ROWS * DIM && f.nan == 1 && f.infinite == 1);
    assert_true(f.used == f.count - 2 && f.norms == ROWS - 2);
    assert_true(f.min == -2.5 && f.max > 1000 && f.absmax == f.max);
    assert_true(f.norm_min == 0 && f.norm_min_at == 3);
    assert_int_equal(s.part.constant.count, s.part.zero.count + 1);
    assert_int_equal(f.zeros, s.part.zero.count * DIM);
    table_stats_close(&s);

    open_stats(&s, false);
    feed(&s.base, 0, ROWS);
    assert_true(table_stats_end(&s, &f, &error));
    assert_true(isnan(f.min) && isnan(f.max) && isnan(f.absmax) && isnan(f.mean) && isnan(f.std));
    assert_true(isnan(f.norm_median) && f.norm_min_at == 5 && f.norm_max_at == 5);
    table_stats_close(&s);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Against sorting, with rows of one value that is not 0. */
static void medians(void **unused)
{
    (void)unused;
    for (size_t n = 1; n < 300; n += n < 20 ? 1 : 37) {
        double norms[300];
        table_stats s;
        table_figures f;
        tokvec_error error;
        make_rows();
        open_stats(&s, false);
        for (size_t i = 0; i < n; i++) {
            double sum = 0;
            for (size_t k = 0; k < DIM; k++) {
                values[i][k] = k > 0 ? 0.0f : (float)(int64_t)next_random();
                if (n % 3 == 0 && k == 0)
                    values[i][k] = (float)(next_random() % 4);
                sum += fabs((double)values[i][k]);
            }
            norms[i] = sum;
        }
        feed(&s.base, 0, n);
        assert_true(table_stats_end(&s, &f, &error));
        qsort(norms, n, sizeof *norms, compare);
        assert_true(f.norm_median == (norms[(n - 1) / 2] + norms[n / 2]) / 2);
        assert_true(f.norm_min == norms[0] && f.norm_max == norms[n - 1]);
        table_stats_close(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_and_clones),
        cmocka_unit_test(figures),
        cmocka_unit_test(medians),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
