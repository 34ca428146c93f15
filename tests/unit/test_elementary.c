/* test_elementary.c - tests of rng/elementary: no bit differs from the C library's.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <math.h>

#include "rng/elementary.h"
#include "rng/libm.h"

static uint64_t random_state = 11;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    return random_state ^= random_state << 17;
}

static double uniform(void)
{
    return (double)(next_random() >> 11) * 0x1p-53;
}

static void compare(const double *x, size_t n, const double *angle)
{
    double log_of[ELEMENTARY_MAX], sine[ELEMENTARY_MAX], cosine[ELEMENTARY_MAX];
    elementary_log(x, n, log_of);
    elementary_sincos(angle, n, sine, cosine);
    for (size_t i = 0; i < n; i++) {
        double expected[3] = {log(x[i]), sin(angle[i]), cos(angle[i])};
        double found[3] = {log_of[i], sine[i], cosine[i]};
        assert_memory_equal(found, expected, sizeof found);
    }
}

static void random_numbers(void **state)
{
    (void)state;
    double x[ELEMENTARY_MAX], angle[ELEMENTARY_MAX];
    for (int round = 0; round < 1000; round++) {
        for (size_t i = 0; i < ELEMENTARY_MAX; i++) {
            x[i] = 1.0 - uniform();
            angle[i] = 6.283185307179586 * uniform();
            if (round % 4 == 1)
                x[i] = ldexp(x[i], -(int)(next_random() % 60));
            if (round % 4 == 2)
                x[i] = 1.0 - ldexp(uniform(), -(int)(next_random() % 50));
        }
        compare(x, round % 5 == 0 ? next_random() % ELEMENTARY_MAX : ELEMENTARY_MAX, angle);
    }
}

/* Where the ways of computing change: powers of two and of their root, eighths of a turn. */
static void near_edges(void **state)
{
    (void)state;
    enum { NEAR = 20 };
    for (int k = 0; k <= 107; k++) {
        double x[2 * NEAR + 1], angle[2 * NEAR + 1];
        for (int i = -NEAR; i <= NEAR; i++) {
            uint64_t bits;
            double edge = k == 107 ? 1.0 : pow(2.0, -k / 2.0);
            memcpy(&bits, &edge, sizeof bits);
            bits -= (uint64_t)(k == 0 || k == 107 ? NEAR - i : i);
            memcpy(&x[i + NEAR], &bits, sizeof bits);
            edge = 0.78539816339744828 * (k % 9);
            memcpy(&bits, &edge, sizeof bits);
            bits += edge > 0 ? (uint64_t)i : (uint64_t)(i + NEAR);
            memcpy(&angle[i + NEAR], &bits, sizeof bits);
        }
        compare(x, 2 * NEAR + 1, angle);
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
        cmocka_unit_test(random_numbers),
        cmocka_unit_test(near_edges),
    };
    return cmocka_run_group_tests(tests, load_libm, NULL);
}
