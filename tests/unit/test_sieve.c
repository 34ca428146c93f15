/* test_sieve.c - seeds are found by outputs that lie in a range.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "rng/mt19937_jump.h"
#include "rng/sieve/sieve.h"

static uint32_t output_of(uint32_t seed, uint64_t number)
{
    mt19937 engine;
    mt19937_seed(&engine, seed);
    mt19937_skip(&engine, number / MT19937_BLOCK + 1);
    return mt19937_temper(engine.word[number % MT19937_BLOCK]);
}

/* That seed alone passes, of those around it. */
static void check_found(uint32_t seed, const uint64_t *outputs, size_t count)
{
    uint16_t passed[1000];
    sieve_case one = {.count = count};
    for (size_t i = 0; i < count; i++) {
        uint32_t value = output_of(seed, outputs[i]) & 0xffffff;
        one.ranges[i] = sieve_range_of(outputs[i], 0xffffff, value, value, 3);
    }
    generator_sieve *s = sieve_open(&one, 1);
    assert_non_null(s);
    assert_int_equal(s->run(s, seed - 333, 1000, passed), 1);
    assert_int_equal(passed[0], 333);
    assert_int_equal(s->run(s, seed, 1, passed), 1);
    assert_int_equal(s->run(s, seed + 1, 7, passed), 0);
    s->close(s);
}

static void test_first_outputs(void **state)
{
    (void)state;
    check_found(1000, (const uint64_t[]){0, 8}, 2);
    check_found(4000000000u, (const uint64_t[]){64, 63}, 2);
    check_found(77777, (const uint64_t[]){3, 5000}, 2);
}

static void test_far_outputs(void **state)
{
    (void)state;
    check_found(1000, (const uint64_t[]){65, 66}, 2);
    check_found(2000, (const uint64_t[]){19936, 19937}, 2);
    check_found(3000, (const uint64_t[]){19937, 19936}, 2);
    check_found(4000, (const uint64_t[]){124318464, 124318472}, 2);
}

static void test_several_cases(void **state)
{
    (void)state;
    sieve_case cases[40];
    uint16_t passed[2000];
    for (uint32_t i = 0; i < 40; i++) {
        uint64_t number = 1000003u * (uint64_t)i;
        cases[i] = (sieve_case){.count = 2};
        for (uint64_t j = 0; j < 2; j++) {
            uint32_t value = output_of(10 + 37 * i, number + j) & 0xffffff;
            cases[i].ranges[j] = sieve_range_of(number + j, 0xffffff, value, value, 1);
        }
    }
    generator_sieve *s = sieve_open(cases, 40);
    assert_non_null(s);
    assert_int_equal(s->run(s, 0, 2000, passed), 40);
    for (uint32_t i = 0; i < 40; i++)
        assert_int_equal(passed[i], 10 + 37 * i);
    s->close(s);
}

static void test_ranges_wrap(void **state)
{
    (void)state;
    sieve_range r = sieve_range_of(0, 0xff, 250, 258, 1);
    assert_int_equal(r.low, 249);
    assert_int_equal(r.width, 11);
    r = sieve_range_of(0, 0xff, -3, 2, 0);
    assert_int_equal(r.low, 253);
    assert_true(r.width >= 5 && r.width <= 6);
    r = sieve_range_of(0, 0xff, 0, 300, 0);
    assert_int_equal(r.width, 0xff);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_outputs),
        cmocka_unit_test(test_far_outputs),
        cmocka_unit_test(test_several_cases),
        cmocka_unit_test(test_ranges_wrap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
