/* test_numpy_tables.c - tables of rng/numpy: any way of reading one gives the same.
 * Whole tables are right if their digests are (tests/cli/test_seed_values.py); here rows in any
 * order, in blocks of any size, on several threads, are those of the whole.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

static uint64_t random_state = 5;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    return random_state ^= random_state << 17;
}

static const tokvec_seed_spec kinds[] = {
    {.rng = "numpy"},
    {.rng = "numpy", .dtype = TOKVEC_FLOAT32},
    {.rng = "numpy", .init = "normal:1,2"},
    {.rng = "numpy", .init = "uniform:-1,2", .numpy = "1.19"},
    {.rng = "numpy", .init = "random", .dtype = TOKVEC_FLOAT32},
    {.rng = "numpy", .dtype = TOKVEC_FLOAT32, .numpy = "1.19"},
    {.rng = "numpy-legacy"},
    {.rng = "numpy-legacy", .init = "normal:1,2", .times = "3"},
    {.rng = "numpy-legacy", .init = "uniform:2,-1"},
    {.rng = "gensim", .path = "vectors_ngrams"},
};

static const struct {
    uint64_t rows, dim;
} shapes[] = {{1, 1}, {5, 3}, {7, 1000}, {2000, 3}, {30000, 7}, {700, 768}, {3, 100001}};

static tokvec_table *open_table(size_t kind, size_t shape)
{
    tokvec_seed_spec spec = kinds[kind];
    spec.seed = kind;
    spec.vocab_size = shapes[shape].rows;
    spec.dim = shapes[shape].dim;
    tokvec_table *table = tokvec_table_seed(&spec, NULL);
    assert_non_null(table);
    return table;
}

static size_t row_bytes(const tokvec_table *table)
{
    return (size_t)tokvec_table_dim(table) * tokvec_dtype_size(tokvec_table_dtype(table));
}

typedef struct reading {
    const tokvec_table *table;
    const uint8_t *whole;
    const int64_t *ids;
    bool good;
} reading;

static bool compare_rows(void *context, const tokvec_block *block)
{
    reading *r = context;
    size_t size = row_bytes(r->table);
    for (size_t i = 0; i < block->n; i++)
        r->good &= block->ids[i] == r->ids[block->first + i] &&
                   memcmp((const uint8_t *)block->rows + i * size,
                          r->whole + (size_t)block->ids[i] * size, size) == 0;
    return true;
}

enum { IDS = 3000 };

/* Random rows, scattered or near each other; ascending, descending or neither. */
static size_t choose_ids(uint64_t rows, int64_t *ids)
{
    size_t n = 1 + next_random() % (next_random() % 2 == 0 ? 5 : IDS);
    uint64_t width = 1 + next_random() % rows, from = next_random() % (rows - width + 1);
    uint64_t way = next_random() % 3;
    for (size_t i = 0; i < n; i++) {
        uint64_t id = way == 2 ? next_random() % width : i * width / n;
        ids[i] = (int64_t)(from + (way == 1 ? width - 1 - id : id));
    }
    return n;
}

static void any_way_of_reading_gives_the_same(void **state)
{
    (void)state;
    static int64_t ids[IDS], all[30000];
    for (size_t i = 0; i < COUNT(all); i++)
        all[i] = (int64_t)i;
    for (size_t k = 0; k < COUNT(kinds) * COUNT(shapes); k++) {
        size_t kind = k % COUNT(kinds), shape = k / COUNT(kinds);
        uint64_t rows = shapes[shape].rows;
        tokvec_table *once = open_table(kind, shape), *table = open_table(kind, shape);
        uint8_t *whole = malloc((size_t)rows * row_bytes(once));
        uint8_t *some = malloc(IDS * row_bytes(once));
        assert_true(whole != NULL && some != NULL);
        assert_true(tokvec_table_read(once, all, (size_t)rows, whole, NULL));
        reading r = {table, whole, ids, true};
        for (int round = 0; round < 12; round++) {
            size_t n = choose_ids(rows, ids);
            if (n * row_bytes(once) > 20000000)
                n = 5;
            tokvec_block block = {.ids = ids, .n = n, .rows = some};
            assert_true(tokvec_table_read(table, ids, n, some, NULL));
            assert_true(compare_rows(&r, &block) && r.good);
            assert_true(tokvec_rows_each(table, ids, n, 3, compare_rows, &r, NULL) && r.good);
        }
        r.ids = all;
        assert_true(tokvec_rows_each(table, all, (size_t)rows, 3, compare_rows, &r, NULL) &&
                    r.good);
        tokvec_table_close(table);
        tokvec_table_close(once);
        free(whole);
        free(some);
    }
}

/* The first rows, and where it can jump the last, of tables that could not be held. */
static void rows_of_a_huge_table(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < COUNT(kinds); kind++) {
        double first[4], again[4], last[4];
        const int64_t rows = INT64_C(1) << 57, ids[] = {0, 3, rows - 1};
        tokvec_seed_spec spec = kinds[kind];
        spec.vocab_size = (uint64_t)rows;
        spec.dim = 4;
        tokvec_table *table = tokvec_table_seed(&spec, NULL);
        assert_non_null(table);
        assert_true(tokvec_table_read(table, &ids[1], 1, first, NULL));
        assert_true(tokvec_table_read(table, &ids[0], 1, again, NULL));
        assert_true(tokvec_table_read(table, &ids[1], 1, again, NULL));
        assert_memory_equal(first, again, row_bytes(table));
        if (spec.init != NULL && strncmp(spec.init, "normal", 6) != 0)
            assert_true(tokvec_table_read(table, &ids[2], 1, last, NULL));
        tokvec_table_close(table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_way_of_reading_gives_the_same),
        cmocka_unit_test(rows_of_a_huge_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
