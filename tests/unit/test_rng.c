/* test_rng.c - tests of rng/mt19937, rng/normal and table/seeded.
 * The generator's published outputs, PyTorch's published prints, and that rows made in any order
 * are those of the whole. SPDX-License-Identifier: MIT */
#include "unit.h"

#include "rng/mt19937.h"
#include "tokvec.h"

/* The reference implementation's 10000th output from its default seed is in the C++ standard
 * ([rand.predef]). */
static void the_engine_is_the_mersenne_twister(void **state)
{
    (void)state;
    mt19937 engine;
    mt19937_seed(&engine, 5489);
    mt19937_twist(&engine);
    assert_int_equal(mt19937_temper(engine.word[0]), 3499211612u);
    assert_int_equal(mt19937_temper(engine.word[1]), 581869302u);
    for (int i = 1; i < 10000 / MT19937_BLOCK + 1; i++)
        mt19937_twist(&engine);
    assert_int_equal(mt19937_temper(engine.word[9999 % MT19937_BLOCK]), 4123659995u);
}

/* numpy.random.RandomState([1, 2, 3]) and of the 700 words 0, 7, 14, ...: the first outputs. */
static void a_state_can_be_seeded_by_words(void **unused)
{
    (void)unused;
    static const uint32_t few[] = {1, 2, 3};
    uint32_t many[700];
    for (uint32_t i = 0; i < 700; i++)
        many[i] = 7 * i;
    mt19937 engine;
    mt19937_seed_array(&engine, few, 3);
    mt19937_twist(&engine);
    assert_int_equal(mt19937_temper(engine.word[0]), 2619334238);
    assert_int_equal(mt19937_temper(engine.word[623]), 2226920649);
    mt19937_seed_array(&engine, many, 700);
    mt19937_twist(&engine);
    assert_int_equal(mt19937_temper(engine.word[0]), 4045369805);
    assert_int_equal(mt19937_temper(engine.word[623]), 4237166811);
}

static tokvec_table *seed(uint64_t number, uint64_t rows, uint64_t dim, tokvec_dtype dtype)
{
    tokvec_seed_spec spec = {.seed = number, .vocab_size = rows, .dim = dim, .dtype = dtype};
    tokvec_table *table = tokvec_table_seed(&spec, NULL);
    assert_non_null(table);
    return table;
}

/* torch.manual_seed(123); torch.nn.Embedding(6, 3): the float32 values, in hexadecimal. */
static void the_notebooks_layer_has_its_bits(void **state)
{
    (void)state;
    static const uint32_t row_3[] = {0xbecd8fd6, 0x3f77713c, 0xbf92f662};
    tokvec_table *table = seed(123, 6, 3, TOKVEC_FLOAT32);
    uint32_t row[3];
    int64_t id = 3;
    assert_true(tokvec_table_read(table, &id, 1, row, NULL));
    assert_memory_equal(row, row_3, sizeof row);
    tokvec_table_close(table);
}

static void rows_in_any_order_are_those_of_the_whole(void **state)
{
    (void)state;
    static const uint64_t shapes[][2] = {{1, 1},  {5, 3},   {3, 5},   {4, 4},    {17, 1},
                                         {41, 7}, {700, 3}, {97, 64}, {2, 5000}, {3000, 29}};
    for (size_t s = 0; s < COUNT(shapes); s++) {
        for (int wide = 0; wide < 2; wide++) {
            tokvec_dtype dtype = wide ? TOKVEC_FLOAT64 : TOKVEC_FLOAT32;
            size_t rows = shapes[s][0];
            size_t row_bytes = shapes[s][1] * tokvec_dtype_size(dtype);
            int64_t *ids = malloc(rows * sizeof *ids);
            uint8_t *whole = malloc(rows * row_bytes);
            uint8_t *one = malloc(row_bytes);
            assert_true(ids != NULL && whole != NULL && one != NULL);
            for (size_t i = 0; i < rows; i++)
                ids[i] = (int64_t)i;
            tokvec_table *all = seed(7, rows, shapes[s][1], dtype);
            assert_true(tokvec_table_read(all, ids, rows, whole, NULL));
            tokvec_table *few = seed(7, rows, shapes[s][1], dtype);
            uint64_t at = rows - 1;
            for (int i = 0; i < 20; i++, at = (at * 31 + 17) % rows) {
                int64_t id = (int64_t)at;
                assert_true(tokvec_table_read(few, &id, 1, one, NULL));
                assert_memory_equal(one, whole + at * row_bytes, row_bytes);
                const void *there = tokvec_table_row(few, id);
                if (there != NULL)
                    assert_memory_equal(there, one, row_bytes);
            }
            tokvec_table_close(all);
            tokvec_table_close(few);
            free(ids);
            free(whole);
            free(one);
        }
    }
}

static void only_the_low_32_bits_of_a_seed_count(void **state)
{
    (void)state;
    float a[6], b[6];
    int64_t ids[2] = {0, 1};
    tokvec_table *one = seed(5, 2, 3, TOKVEC_FLOAT32);
    tokvec_table *two = seed((UINT64_C(9) << 32) + 5, 2, 3, TOKVEC_FLOAT32);
    assert_true(tokvec_table_read(one, ids, 2, a, NULL) && tokvec_table_read(two, ids, 2, b, NULL));
    assert_memory_equal(a, b, sizeof a);
    tokvec_table_close(one);
    tokvec_table_close(two);
}

static void the_padding_row_is_zero_and_no_other_changes(void **state)
{
    (void)state;
    for (uint64_t dim = 2; dim < 50; dim += 40) {
        tokvec_seed_spec spec = {.seed = 1,
                                 .vocab_size = 6,
                                 .dim = dim,
                                 .dtype = TOKVEC_FLOAT32,
                                 .has_padding_idx = true,
                                 .padding_idx = -2};
        tokvec_table *padded = tokvec_table_seed(&spec, NULL);
        tokvec_table *plain = seed(1, 6, dim, TOKVEC_FLOAT32);
        for (int64_t id = 0; id < 6; id++) {
            float a[50], b[50];
            assert_true(tokvec_table_read(padded, &id, 1, a, NULL));
            assert_true(tokvec_table_read(plain, &id, 1, b, NULL));
            if (id == 4)
                memset(b, 0, sizeof b);
            assert_memory_equal(a, b, dim * sizeof *a);
        }
        tokvec_table_close(padded);
        tokvec_table_close(plain);
    }
}

static void impossible_tables_are_refused(void **state)
{
    (void)state;
    static const tokvec_seed_spec bad[] = {
        {.vocab_size = 0, .dim = 1, .dtype = TOKVEC_FLOAT32},
        {.vocab_size = 1, .dim = 0, .dtype = TOKVEC_FLOAT32},
        {.vocab_size = 1, .dim = 1, .dtype = TOKVEC_FLOAT8_E5M2},
        {.vocab_size = UINT64_C(1) << 32, .dim = UINT64_C(1) << 32, .dtype = TOKVEC_FLOAT32},
        {.vocab_size = UINT64_C(1) << 60, .dim = 1, .dtype = TOKVEC_FLOAT32},
        {.vocab_size = 3,
         .dim = 1,
         .dtype = TOKVEC_FLOAT32,
         .has_padding_idx = true,
         .padding_idx = 3},
        {.vocab_size = 3,
         .dim = 1,
         .dtype = TOKVEC_FLOAT32,
         .has_padding_idx = true,
         .padding_idx = -4},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        tokvec_error error;
        assert_null(tokvec_table_seed(&bad[i], &error));
        assert_int_equal(error.code, TOKVEC_BAD_ARGUMENT);
        assert_true(error.hint[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_engine_is_the_mersenne_twister),
        cmocka_unit_test(the_notebooks_layer_has_its_bits),
        cmocka_unit_test(rows_in_any_order_are_those_of_the_whole),
        cmocka_unit_test(a_state_can_be_seeded_by_words),
        cmocka_unit_test(only_the_low_32_bits_of_a_seed_count),
        cmocka_unit_test(the_padding_row_is_zero_and_no_other_changes),
        cmocka_unit_test(impossible_tables_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
