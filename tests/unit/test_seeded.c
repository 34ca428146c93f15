/* test_seeded.c - tests of table/seeded and of the normals under it.
 * Every way of reading a table against one plain reading: in any order, in blocks of any size, on
 * any number of threads, with the code for any processor.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/dispatch.h"
#include "rng/libm.h"
#include "rng/mt19937.h"
#include "rng/mt19937_engine.h"
#include "rng/torch/normal.h"
#include "tokvec.h"

static const normal_scale standard = {.mean = 0.0, .std = 1.0};

static uint64_t random_state = 7;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    return random_state ^= random_state << 17;
}

static tokvec_table *seed(uint64_t seed, uint64_t rows, uint64_t dim, tokvec_dtype dtype,
                          int64_t padding_idx)
{
    const tokvec_seed_spec spec = {.seed = seed,
                                   .vocab_size = rows,
                                   .dim = dim,
                                   .dtype = dtype,
                                   .has_padding_idx = padding_idx >= 0,
                                   .padding_idx = padding_idx};
    tokvec_error err;
    tokvec_table *table = tokvec_table_seed(&spec, &err);
    assert_non_null(table);
    return table;
}

/* The values of the table one group after the other, by the description of the method. */
static void *plain(uint64_t number, uint64_t rows, uint64_t dim, tokvec_dtype dtype, int64_t pad)
{
    size_t n = (size_t)(rows * dim), size = tokvec_dtype_size(dtype);
    size_t per_value = size / 4, groups = n / NORMAL_GROUP;
    size_t words = (n + NORMAL_GROUP) * per_value;
    uint32_t *outputs = malloc((words + MT19937_BLOCK) * sizeof *outputs);
    uint8_t *values = malloc(n * size);
    assert_true(outputs != NULL && values != NULL && n >= NORMAL_GROUP);
    mt19937 twister;
    mt19937_seed(&twister, (uint32_t)number);
    for (size_t i = 0; i < words; i += MT19937_BLOCK) {
        mt19937_twist(&twister);
        for (size_t k = 0; k < MT19937_BLOCK; k++)
            outputs[i + k] = mt19937_temper(twister.word[k]);
    }
    for (size_t g = 0; g <= groups; g++) {
        size_t to = g < groups ? g * NORMAL_GROUP : n - NORMAL_GROUP;
        size_t from = g < groups ? to : n;
        if (g == groups && n % NORMAL_GROUP == 0)
            break;
        if (dtype == TOKVEC_FLOAT32)
            normal_float32(outputs + from, 1, standard, (float *)(void *)(values + to * size));
        else
            normal_float64(outputs + 2 * from, 1, standard, (double *)(void *)(values + to * size));
    }
    if (pad >= 0)
        memset(values + (size_t)pad * dim * size, 0, (size_t)dim * size);
    free(outputs);
    return values;
}

/* Reads rows in random order, in blocks of random size, and compares them. */
static void read_and_compare(tokvec_table *table, const uint8_t *expected, bool ascending)
{
    uint64_t rows = tokvec_table_rows(table);
    size_t row_bytes =
        (size_t)tokvec_table_dim(table) * tokvec_dtype_size(tokvec_table_dtype(table));
    for (int round = 0; round < 2; round++) {
        size_t n = 1 + (size_t)(next_random() % (2 * rows));
        int64_t *ids = malloc(n * sizeof *ids);
        uint8_t *out = malloc(n * row_bytes);
        assert_true(ids != NULL && out != NULL);
        for (size_t i = 0; i < n; i++)
            ids[i] = (int64_t)(ascending ? i % rows : next_random() % rows);
        assert_true(tokvec_table_read(table, ids, n, out, NULL));
        for (size_t i = 0; i < n; i++)
            assert_memory_equal(out + i * row_bytes, expected + (size_t)ids[i] * row_bytes,
                                row_bytes);
        free(ids);
        free(out);
    }
}

static const struct {
    uint64_t rows, dim;
    int64_t pad;
} shapes[] = {{16, 1, -1},    {1, 17, -1},    {5, 7, 4},      {100, 16, 0},   {39, 16, -1},
              {40, 39, 39},   {2000, 3, 17},  {3, 5000, 1},   {1, 99991, -1}, {20000, 1, 19999},
              {1300, 250, 9}, {700, 768, -1}, {2, 300000, -1}};

static void any_way_of_reading_gives_the_same(void **state)
{
    (void)state;
    for (size_t k = 0; k < 2 * COUNT(shapes); k++) {
        uint64_t rows = shapes[k / 2].rows, dim = shapes[k / 2].dim, number = next_random();
        tokvec_dtype dtype = k % 2 == 0 ? TOKVEC_FLOAT32 : TOKVEC_FLOAT64;
        uint8_t *expected = plain(number, rows, dim, dtype, shapes[k / 2].pad);
        tokvec_table *table = seed(number, rows, dim, dtype, shapes[k / 2].pad);
        for (int round = 0; round < 5; round++) {
            read_and_compare(table, expected, false);
            read_and_compare(table, expected, true);
        }
        tokvec_table_close(table);
        free(expected);
    }
}

/* Far places in a table that could not be held: by jump, and by another way there. */
static void rows_of_a_huge_table(void **state)
{
    (void)state;
    enum { DIM = 33 };
    const uint64_t rows = UINT64_C(1) << 54;
    tokvec_table *table = seed(1, rows, DIM, TOKVEC_FLOAT32, -1);
    tokvec_table *other = seed(1, rows, DIM, TOKVEC_FLOAT32, -1);
    const int64_t far = (int64_t)(rows - 1);
    const int64_t ids[] = {far, 5, far / 3, 0, far - 1000, far / 3 + 1, far};
    float all[COUNT(ids)][DIM], one[DIM];
    assert_true(tokvec_table_read(table, ids, COUNT(ids), all, NULL));
    for (size_t i = 0; i < COUNT(ids); i++) {
        assert_true(tokvec_table_read(other, &ids[i], 1, one, NULL));
        assert_memory_equal(one, all[i], sizeof one);
    }
    tokvec_table_close(table);
    tokvec_table_close(other);
}

/* Draws asked for all over a long stream: first by jumps, then from checkpoints; against reading
 * on from the start. */
static void the_engine_finds_any_draw(void **state)
{
    (void)state;
    enum { BLOCKS = 60000, MOST = 1500 };
    const uint64_t count = (uint64_t)BLOCKS * MT19937_BLOCK;
    uint32_t *all = malloc(count * sizeof *all);
    uint32_t some[MOST];
    mt19937 plain;
    assert_non_null(all);
    mt19937_seed(&plain, 99);
    for (size_t i = 0; i < count; i++) {
        if (i % MT19937_BLOCK == 0)
            mt19937_twist(&plain);
        all[i] = mt19937_temper(plain.word[i % MT19937_BLOCK]);
    }
    mt19937 begin;
    mt19937_seed(&begin, 99);
    engine *e = mt19937_engine_open(&begin, MT19937_BLOCK, count, NULL);
    assert_non_null(e);
    engine_cursor *c = malloc(e->kind->cursor_size);
    assert_non_null(c);
    for (int laid = 0; laid < 2; laid++) {
        e->kind->start(e, c);
        for (int i = 0; i < (laid ? 3000 : 150); i++) {
            size_t n = next_random() % MOST;
            uint64_t draw = next_random() % (count - MOST);
            e->kind->seek(e, c, draw);
            assert_int_equal(c->at, draw);
            for (int again = 0; again < 2 && draw + n <= count; again++, draw += n) {
                e->kind->fill(e, c, n, some);
                assert_memory_equal(some, all + draw, n * sizeof *some);
                assert_int_equal(c->at, draw + n);
            }
        }
        assert_true(e->kind->checkpoints_cost(e) > count / 2);
        e->kind->lay_checkpoints(e);
    }
    e->kind->close(e);
    free(c);
    free(all);
}

static void all_processors_make_the_same(void **state)
{
    (void)state;
    enum { GROUPS = 39, LOOPS = 60 };
    static float best[GROUPS * NORMAL_GROUP], other[GROUPS * NORMAL_GROUP];
    static double best64[19 * NORMAL_GROUP], other64[19 * NORMAL_GROUP];
    for (enum dispatch_level level = DISPATCH_BASELINE; level <= DISPATCH_AVX512; level++) {
        mt19937 twister, limited;
        mt19937_seed(&twister, 3);
        limited = twister;
        for (uint32_t i = 0; i < LOOPS; i++) {
            size_t groups = i % 3 == 0 ? GROUPS : next_random() % GROUPS;
            mt19937_twist(&twister);
            normal_float32(twister.word, groups, standard, best);
            normal_float64(twister.word, 19, standard, best64);
            dispatch_limit(level);
            mt19937_twist(&limited);
            normal_float32(limited.word, groups, standard, other);
            normal_float64(limited.word, 19, standard, other64);
            dispatch_limit(DISPATCH_AVX512);
            assert_memory_equal(&limited, &twister, sizeof twister);
            assert_memory_equal(other, best, groups * NORMAL_GROUP * sizeof *best);
            assert_memory_equal(other64, best64, sizeof best64);
        }
    }
}

/* Uniforms at the ends of their range, which no seed is known to draw: a radius of 0, an angle
 * of 0, the largest radius. */
static void ends_of_the_range(void **state)
{
    (void)state;
    uint32_t words[NORMAL_GROUP] = {0};
    float out[NORMAL_GROUP];
    normal_float32(words, 1, standard, out); /* u1 = 1, u2 = 0 */
    for (int i = 0; i < NORMAL_GROUP; i++) {
        assert_true(out[i] == 0.0f);
        assert_false(__builtin_signbit(out[i]) != 0); /* PyTorch adds a mean of +0 */
    }
}

static int load_libm(void **state)
{
    (void)state;
    return libm_load(NULL) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_way_of_reading_gives_the_same),
        cmocka_unit_test(rows_of_a_huge_table),
        cmocka_unit_test(the_engine_finds_any_draw),
        cmocka_unit_test(all_processors_make_the_same),
        cmocka_unit_test(ends_of_the_range),
    };
    return cmocka_run_group_tests(tests, load_libm, NULL);
}
