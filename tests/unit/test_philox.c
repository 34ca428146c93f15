/* test_philox.c - tests of rng/philox: its published answers, and that any draw is reached.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/dispatch.h"
#include "rng/philox.h"

/* The known answers that its authors publish with Random123: a counter of 128 bits, a key. */
static void known_counters_give_known_words(void **state)
{
    (void)state;
    static const struct {
        uint64_t first;
        philox_start start;
        uint32_t words[PHILOX_GROUP];
    } cases[] = {
        {0, {{0, 0}, {0, 0}}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {UINT64_MAX,
         {{UINT32_MAX, UINT32_MAX}, {UINT32_MAX, UINT32_MAX}},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {0x85a308d3243f6a88,
         {{0xa4093822, 0x299f31d0}, {0x13198a2e, 0x03707344}},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (int level = DISPATCH_BASELINE; level <= DISPATCH_AVX512; level++) {
        dispatch_limit((enum dispatch_level)level);
        for (size_t i = 0; i < COUNT(cases); i++) {
            uint32_t words[PHILOX_GROUP];
            philox_groups(&cases[i].start, cases[i].first, 1, 1, words);
            assert_memory_equal(words, cases[i].words, sizeof words);
        }
    }
}

/* Groups beyond 2^32, and in steps. */
static void groups_of_many_are_those_made_alone(void **state)
{
    (void)state;
    enum { N = 37 };
    static const uint64_t firsts[] = {0, 0xfffffff0, UINT64_C(1) << 40, UINT64_MAX - 5};
    static const uint64_t steps[] = {1, 256, UINT64_C(1) << 31};
    const philox_start start = {{1, 2}, {3, 4}};
    for (size_t f = 0; f < COUNT(firsts); f++) {
        for (size_t s = 0; s < COUNT(steps); s++) {
            uint32_t many[N * PHILOX_GROUP], one[PHILOX_GROUP];
            philox_groups(&start, firsts[f], steps[s], N, many);
            for (uint64_t i = 0; i < N; i++) {
                philox_groups(&start, firsts[f] + i * steps[s], 1, 1, one);
                assert_memory_equal(many + i * PHILOX_GROUP, one, sizeof one);
            }
        }
    }
}

static void the_engine_reaches_any_draw(void **state)
{
    (void)state;
    enum { N = 200 };
    const philox_start start = {{5, 6}, {7, 8}};
    uint32_t all[N], part[N];
    philox_groups(&start, 0, 1, N / PHILOX_GROUP, all);
    engine *e = philox_engine_open(&start, NULL);
    assert_non_null(e);
    engine_cursor *c = malloc(e->kind->cursor_size);
    assert_non_null(c);
    e->kind->start(e, c);
    for (size_t from = 0; from < 80; from++) {
        for (size_t n = 0; n < 90; n += from % 3 + 1) {
            e->kind->seek(e, c, from);
            e->kind->fill(e, c, n, part);
            assert_memory_equal(part, all + from, n * sizeof *part);
            assert_int_equal(c->at, from + n);
        }
    }
    assert_int_equal(e->kind->cost(0, 1000), 0);
    free(c);
    e->kind->close(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_counters_give_known_words),
        cmocka_unit_test(groups_of_many_are_those_made_alone),
        cmocka_unit_test(the_engine_reaches_any_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
