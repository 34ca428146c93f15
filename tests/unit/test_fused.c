/* test_fused.c - tests of rng/fused: the same as the C library's fmaf.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <math.h>

#include "rng/fused.h"

static uint64_t random_state = 5;

static uint32_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 16);
}

/* 1 to 2, or with a few bits only, times a power of two from 2^-range to 2^range; of either sign.
 */
static float number(int range)
{
    uint32_t fraction = next_random() & (next_random() % 4 ? 0x7fffff : 0x600003);
    float value = ldexpf(1.0f + (float)fraction * 0x1p-23f,
                         (int)(next_random() % (2 * (unsigned)range + 1)) - range);
    return next_random() % 2 ? value : -value;
}

static void same(float a, float b, float c)
{
    float expected = fmaf(a, b, c), found = fused(false, a, b, c);
    assert_memory_equal(&found, &expected, sizeof found);
    found = fused(true, a, b, c);
    assert_memory_equal(&found, &expected, sizeof found);
}

static void random_numbers(void **state)
{
    (void)state;
    for (int i = 0; i < 300000; i++)
        same(number(20), number(20), number(30));
    same(3.0f, 0.0f, 0.0f);
    same(3.0f, -0.0f, 0.0f);
    same(3.0f, -0.0f, -0.0f);
    same(3.0f, 2.0f, -6.0f);
}

/* Products in the middle between two floats, and a summand that is lost in double beside them but
 * decides. */
static void middles(void **state)
{
    (void)state;
    static const float factors[] = {0x1.000002p0f, 0x1.000006p3f, -0x1.00000ap-4f, 0x1.fffffep1f};
    unsigned wrong = 0;
    for (int i = 0; i < 100000; i++) {
        float a = factors[i % 4], c = ldexpf(number(1), -60);
        same(a, 1.5f, c);
        same(a, -1.5f, c);
        same(a, 1.5f, 0.0f);
        wrong += (float)((double)a * 1.5 + (double)c) != fmaf(a, 1.5f, c);
    }
    assert_true(wrong > 10000); /* they are of that kind */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_numbers),
        cmocka_unit_test(middles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
