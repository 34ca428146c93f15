/* test_torch_state.c - tests of states of PyTorch's generator, and of moving them on.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "rng/torch/layers.h"
#include "rng/torch/state.h"

static uint8_t saved[TOKVEC_TORCH_STATE_SIZE];

/* A state in the middle of a block, with a kept normal. */
static void save_some_state(void)
{
    torch_state state;
    state_seed(&state, 77);
    state_advance(&state, 1000);
    state.cached = true;
    state.cache = -1.5;
    state_write(&state, saved);
}

static void test_round_trip(void **unused)
{
    (void)unused;
    torch_state state;
    uint8_t again[TOKVEC_TORCH_STATE_SIZE];
    save_some_state();
    assert_true(state_read(&state, saved, sizeof saved, NULL));
    assert_int_equal(state.seed, 77);
    assert_int_equal(state.next, 1000 - 624);
    assert_true(state.cached && state.cache == -1.5);
    state_write(&state, again);
    assert_memory_equal(saved, again, sizeof saved);
}

/* Each byte of the fields before the words, and of those after them, that may not be. */
static void test_damaged(void **unused)
{
    (void)unused;
    static const struct {
        size_t at;
        uint8_t byte;
        bool good;
    } cases[] = {{0, 1, true},      {7, 0xff, true},  {8, 0, false},    {8, 1, false},
                 {11, 0x80, false}, {12, 0, false},   {12, 2, false},   {15, 1, false},
                 {16, 0, false},    {17, 2, false},   {20, 1, false},   {23, 0x80, false},
                 {24, 1, true},     {28, 1, false},   {5015, 1, false}, {5016, 1, true},
                 {5031, 1, true},   {5040, 2, false}, {5041, 1, false}, {5044, 1, true},
                 {5048, 1, true},   {5052, 1, true},  {5052, 2, false}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        torch_state state;
        tokvec_error error;
        save_some_state();
        saved[cases[i].at] = cases[i].byte;
        assert_int_equal(state_read(&state, saved, sizeof saved, &error), cases[i].good);
    }
    for (int infinite = 0; infinite < 2; infinite++) {
        torch_state state;
        save_some_state();
        saved[5031] = 0x7f;
        saved[5030] = infinite ? 0xf0 : 0xf8;
        assert_false(state_read(&state, saved, sizeof saved, NULL));
    }
    for (size_t size = 0; size < 2 * sizeof saved; size += 5048)
        assert_false(state_read(&(torch_state){0}, saved, size, NULL));
}

/* Moving in one step and in many, over several blocks and from a fresh seed, ends alike. */
static void test_advance(void **unused)
{
    (void)unused;
    for (uint64_t n = 0; n < 2000; n += n < 10 || (n > 615 && n < 635) ? 1 : 101) {
        torch_state once, twice;
        uint8_t a[TOKVEC_TORCH_STATE_SIZE], b[TOKVEC_TORCH_STATE_SIZE];
        state_seed(&once, 5);
        state_seed(&twice, 5);
        state_advance(&once, n + 1300);
        for (uint64_t i = 0; i < n; i++)
            state_advance(&twice, 1);
        state_advance(&twice, 1300);
        state_write(&once, a);
        state_write(&twice, b);
        assert_memory_equal(a, b, sizeof a);
    }
}

/* Skipping as far as can be counted, twice, is the sum of smaller steps. */
static void test_far(void **unused)
{
    (void)unused;
    torch_state once, twice;
    state_seed(&once, 9);
    state_seed(&twice, 9);
    state_advance(&once, UINT64_C(1) << 63);
    for (int i = 0; i < 8; i++)
        state_advance(&twice, UINT64_C(1) << 60);
    assert_int_equal(once.next, twice.next);
    assert_memory_equal(once.twister.word, twice.twister.word, sizeof once.twister.word);
}

/* A list of layers, and how many outputs they take; a pair is begun or not. */
static void check_list(const char *text, uint64_t outputs, bool cached, torch_rules rules)
{
    torch_state state, wanted;
    tokvec_error error;
    state_seed(&state, 1);
    state_seed(&wanted, 1);
    state_advance(&wanted, outputs);
    assert_true(layers_pass(text, rules, &state, &error));
    assert_int_equal(state.next, wanted.next);
    assert_memory_equal(state.twister.word, wanted.twister.word, sizeof state.twister.word);
    assert_int_equal(state.cached, cached);
}

static void test_lists(void **unused)
{
    (void)unused;
    check_list("16x100", 1600, false, TORCH_2_13);
    check_list("17x1", 33, false, TORCH_2_13);
    check_list("17x1:float64", 66, false, TORCH_2_13);
    check_list("17x1:bfloat16", 32, false, TORCH_2_13);
    check_list("17x1:bfloat16", 33, false, TORCH_2_1);
    check_list("1x1", 4, true, TORCH_2_13);
    check_list("1x1,1x1", 4, false, TORCH_2_13);
    check_list("1x1:float16,50x4,1x2,skip:3", 4 + 216 + 4 + 3, true, TORCH_2_13);
    check_list("3x5,1x15,0x9", 32 + 28, false, TORCH_2_13);
    check_list("linear:3x5", 20, false, TORCH_2_13);
    check_list("linear:3x5:float64", 40, false, TORCH_2_13);
    check_list("linear:3x5:nobias", 15, false, TORCH_2_13);
    check_list("linear:3x5:nobias:float64,linear:3x5:float16:nobias", 45, false, TORCH_2_13);
    check_list("1x1,linear:0x5", 4 + 5, true, TORCH_2_13);
    check_list("init:normal:0,0.02:4x5,init:uniform:3x3:float64", 20 + 16 + 18, false, TORCH_2_13);
    check_list("init:kaiming_uniform:7x0,init:kaiming_normal:0x7,init:eye:9x9", 0, false,
               TORCH_2_13);
    check_list("init:trunc_normal:0,1,-2,2:9x9", 81, false, TORCH_2_3);
    check_list("init:trunc_normal:0,1,-20,20:9x9", 97, false, TORCH_2_12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_advance),    cmocka_unit_test(test_far),
        cmocka_unit_test(test_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
