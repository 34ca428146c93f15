/* test_jump.c - tests of rng/jump.
 * Jumps against stepping, and where stepping would take too long, against other jumps.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/dispatch.h"
#include "rng/mt19937_jump.h"

static uint64_t random_state = 2024;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    return random_state ^= random_state << 17;
}

static void step(mt19937 *engine, uint64_t blocks)
{
    for (; blocks > 0; blocks--)
        mt19937_twist(engine);
}

/* Jumps from the state `lead` twists after the seed, which matters: the seed's own state has 31
 * bits too many. */
static void check_distance(uint32_t seed, uint64_t lead, uint64_t blocks)
{
    mt19937 stepped, jumped;
    mt19937_seed(&stepped, seed);
    step(&stepped, lead);
    jumped = stepped;
    step(&stepped, blocks);
    mt19937_jump(&jumped, blocks);
    assert_memory_equal(&jumped, &stepped, sizeof jumped);
}

static void jump_is_many_twists(void **state)
{
    (void)state;
    for (uint64_t blocks = 0; blocks < 70; blocks++)
        check_distance(5, blocks % 3, blocks);
    const uint64_t edges[] = {623, 624, 625, 19936, 19937, 19938, 39873, 39874};
    for (size_t i = 0; i < COUNT(edges); i++)
        check_distance((uint32_t)next_random(), i % 2, edges[i]);
    for (unsigned k = 0; k <= 17; k++)
        check_distance((uint32_t)next_random(), k % 2, UINT64_C(1) << k);
    for (int i = 0; i < 40; i++)
        check_distance((uint32_t)next_random(), next_random() % 5, next_random() % 20000);
}

/* jump(a + b) = jump(b) after jump(a), at distances that nobody steps through. */
static void jumps_add_up(void **state)
{
    (void)state;
    for (int i = 0; i < 30; i++) {
        uint64_t a = next_random() >> (11 + next_random() % 40);
        uint64_t b = i % 3 == 0 ? next_random() % 100 : next_random() >> (11 + next_random() % 40);
        mt19937 once, twice;
        mt19937_seed(&once, (uint32_t)next_random());
        twice = once;
        mt19937_jump(&once, a + b);
        mt19937_jump(&twice, a);
        mt19937_jump(&twice, b);
        assert_memory_equal(&once, &twice, sizeof once);
    }
}

static void skip_chooses_and_agrees(void **state)
{
    (void)state;
    for (uint64_t blocks = JUMP_COST - 1; blocks <= JUMP_COST + 1; blocks++) {
        mt19937 stepped, skipped;
        mt19937_seed(&stepped, 77);
        skipped = stepped;
        step(&stepped, blocks);
        mt19937_skip(&skipped, blocks);
        assert_memory_equal(&skipped, &stepped, sizeof skipped);
    }
}

static void all_processors_jump_alike(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) {
        uint64_t blocks = next_random() >> (11 + next_random() % 40);
        mt19937 start, best;
        mt19937_seed(&start, (uint32_t)next_random());
        best = start;
        mt19937_jump(&best, blocks);
        for (enum dispatch_level level = DISPATCH_BASELINE; level <= DISPATCH_AVX512; level++) {
            mt19937 engine = start;
            dispatch_limit(level);
            mt19937_jump(&engine, blocks);
            assert_memory_equal(&engine, &best, sizeof engine);
        }
        dispatch_limit(DISPATCH_AVX512);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jump_is_many_twists),
        cmocka_unit_test(jumps_add_up),
        cmocka_unit_test(skip_chooses_and_agrees),
        cmocka_unit_test(all_processors_jump_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
