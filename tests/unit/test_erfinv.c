/* test_erfinv.c - tests of rng/erfinv: results are rounded correctly, at every level alike.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <math.h>
#include <string.h>

#include "base/dispatch.h"
#include "rng/erfinv.h"

enum { MANY = 20000 };

static uint64_t random_state = 7;

static double uniform(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (double)(random_state >> 11) * 0x1p-53;
}

/* What erf is more than y at x, in units of erf there; y is near erf(x). */
static long double excess(long double x, double y)
{
    long double size = fabsl(x), of = fabsl((long double)y);
    if (of > 0.5L)
        return (1.0L - of - erfcl(size)) / erfcl(size);
    return (erfl(size) - of) / erfl(size);
}

/* The true value lies between the middles to the doubles next to x, as far as the long doubles of
 * the C library tell. */
static void check_float64(double y, double x)
{
    const long double slack = 0x1p-60L;
    long double half = ((long double)nextafter(fabs(x), INFINITY) - fabsl((long double)x)) / 2;
    assert_true(signbit(x) == signbit(y));
    assert_true(excess(fabsl((long double)x) - half, y) <= slack);
    assert_true(excess(fabsl((long double)x) + half, y) >= -slack);
}

static void check_float32(float y, float x)
{
    double exact = (double)y;
    erfinv_float64(1, &exact);
    assert_true(x == (float)exact);
}

/* Uniform ones, small ones, and ones near 1. */
static double argument(int i)
{
    double u = uniform(), scale = ldexp(uniform(), -(i / 4 % 50));
    double y = i % 4 < 2 ? u : i % 4 == 2 ? scale : 1.0 - scale;
    return i % 3 == 0 ? -y : y;
}

static void rounds_correctly(void **state)
{
    static double y[MANY], x[MANY];
    static float narrow[MANY], inverse[MANY];
    (void)state;
    for (int i = 0; i < MANY; i++) {
        x[i] = y[i] = argument(i);
        inverse[i] = narrow[i] = (float)y[i];
    }
    erfinv_float64(MANY, x);
    erfinv_float32(MANY, inverse);
    for (int i = 0; i < MANY; i++) {
        if (y[i] != 0.0 && fabs(y[i]) < 1.0)
            check_float64(y[i], x[i]);
        if (fabsf(narrow[i]) < 1.0f)
            check_float32(narrow[i], inverse[i]);
    }
}

/* Computed with 160 bits: the last places before 1, where erf has no digits left, both sides of
 * where erfc takes its place, and results that lie almost in the middle between two doubles. */
static void known_ones(void **state)
{
    static const double known[][2] = {
        {0x1.fffffffffffffp-1, 0x1.7744f8f74e94ap+2},
        {0x1.ffffffffffffep-1, 0x1.73856d153f081p+2},
        {0x1.ffffffffffffdp-1, 0x1.714fbd103624ap+2},
        {0x1.fffffffffe000p-1, 0x1.4347bf36fbae8p+2},
        {0x1.fff2e48e8a71ep-1, 0x1.6022dcb01ea50p+1},
        {0x1.03587ee0f5679p-1, 0x1.efda811d2eaa0p-2},
        {0x1.0353f7ced9167p-1, 0x1.efd05be25cf7ap-2},
        {0x1.0000000000000p-1, 0x1.e861fbb24c00ap-2},
        {0x1.fffffffffffffp-2, 0x1.e861fbb24c009p-2},
        {0x1.f5c28f5c28f5cp-2, 0x1.dd0ca888f8b2bp-2},
        {0x1.0000000000000p-6, 0x1.c5c6f6048d869p-7},
        {0x1.0000000000000p-60, 0x1.c5bf891b4ef6bp-61},
        {0x1.0000000000000p-100, 0x1.c5bf891b4ef6bp-101},
        {0x1.a3ff91e20045ep-1, 0x1.e5c00566d2e53p-1},
        {0x1.02dfc268f809dp-1, 0x1.eecc171c66a39p-2},
        {0x1.bae3e10ba71fap-2, 0x1.9dfe19a2e41b6p-2},
        {0x1.8bb343d219a93p-1, 0x1.b53f7ae70fa7ep-1},
        {0x1.637bbb5bd2386p-1, 0x1.72d579d3e91c9p-1},
        {0x1.c6efed697d9e4p-1, 0x1.20212ca6d1c12p+0},
        {0x1.18a307dfd5babp-1, 0x1.105af94e23e77p-1},
        {0x1.84ff55deacad8p-1, 0x1.a92c8efa102f0p-1},
        {0x1.15f472ec18b20p-3, 0x1.ef0ff5947f37dp-4},
        {0x1.63c15164363bfp-1, 0x1.733dbdf891497p-1},
        {0x1.8a8bff2238552p-1, 0x1.b322c2fbe4508p-1},
        {0x1.36e289ecf8280p-2, 0x1.1a85bfcf66055p-2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        double x = known[i][0], mirrored = -known[i][0];
        erfinv_float64(1, &x);
        erfinv_float64(1, &mirrored);
        assert_true(x == known[i][1]);
        assert_true(mirrored == -known[i][1]);
    }
}

static void ends(void **state)
{
    (void)state;
    double x[] = {0.0, -0.0, 1.0, -1.0, 1.5, NAN};
    float narrow[] = {0.0f, -0.0f, 1.0f, -1.0f, 1.5f, NAN};
    erfinv_float64(6, x);
    erfinv_float32(6, narrow);
    assert_true(x[0] == 0.0 && !signbit(x[0]) && x[1] == 0.0 && signbit(x[1]));
    assert_true(x[2] == INFINITY && x[3] == -INFINITY && isnan(x[4]) && isnan(x[5]));
    for (int i = 0; i < 6; i++)
        assert_true(isnan(narrow[i]) == isnan(x[i]) && (isnan(x[i]) || narrow[i] == (float)x[i]));
}

static void same_without_fma(void **state)
{
    static double x[MANY], y[MANY];
    (void)state;
    for (int i = 0; i < MANY; i++)
        x[i] = y[i] = argument(i);
    erfinv_float64(MANY, x);
    dispatch_limit(DISPATCH_BASELINE);
    erfinv_float64(MANY, y);
    dispatch_limit(DISPATCH_AVX512);
    assert_memory_equal(x, y, sizeof x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_correctly),
        cmocka_unit_test(known_ones),
        cmocka_unit_test(ends),
        cmocka_unit_test(same_without_fma),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
