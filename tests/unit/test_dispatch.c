/* test_dispatch.c - tests of base/dispatch.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/dispatch.h"

/* What the compiler's own library finds, which asks the processor by itself. */
static enum dispatch_level second_opinion(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
        return DISPATCH_BASELINE;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        return DISPATCH_AVX512;
    return DISPATCH_AVX2;
#else
    return DISPATCH_BASELINE;
#endif
}

/* The level where TOKVEC_CPU is such and nothing else limits. */
static enum dispatch_level level_with(const char *cpu)
{
    if (cpu == NULL)
        unsetenv("TOKVEC_CPU");
    else
        setenv("TOKVEC_CPU", cpu, 1);
    dispatch_limit(DISPATCH_AVX512);
    return dispatch_level();
}

static enum dispatch_level lower(enum dispatch_level a, enum dispatch_level b)
{
    return a < b ? a : b;
}

static void the_processor_is_known(void **state)
{
    (void)state;
    assert_int_equal(level_with(NULL), second_opinion());
}

static void a_limit_only_lowers(void **state)
{
    (void)state;
    enum dispatch_level best = level_with(NULL);
    for (enum dispatch_level limit = DISPATCH_BASELINE; limit <= DISPATCH_AVX512; limit++) {
        dispatch_limit(limit);
        assert_int_equal(dispatch_level(), lower(limit, best));
    }
}

static void the_environment_only_lowers(void **state)
{
    (void)state;
    enum dispatch_level best = level_with(NULL), level;
    const char *const names[] = {"baseline", "avx2", "avx512"};
    for (size_t i = 0; i < COUNT(names); i++) {
        assert_true(dispatch_named(names[i], &level));
        assert_int_equal(level, i);
        assert_int_equal(level_with(names[i]), lower(level, best));
        dispatch_limit(DISPATCH_BASELINE);
        assert_int_equal(dispatch_level(), DISPATCH_BASELINE);
    }
    const char *const others[] = {"", "AVX2", "avx", "avx5120", "sse2"};
    for (size_t i = 0; i < COUNT(others); i++) {
        assert_false(dispatch_named(others[i], &level));
        assert_int_equal(level_with(others[i]), best);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_processor_is_known),
        cmocka_unit_test(a_limit_only_lowers),
        cmocka_unit_test(the_environment_only_lowers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
