/* test_python_random.c - tests of rng/python_random, with what CPython 3.11 gives.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "rng/python_random.h"

/* randint(1, 10**9) the first, second and 400th time (beyond a block of 624 words where many are
 * refused); randint(0, 2**31 - 1) the first and 400th time. */
static void integers_are_those_of_python(void **state)
{
    (void)state;
    static const struct {
        uint64_t magnitude;
        uint32_t layers[3], operations[2];
    } cases[] = {
        {0, {906691060, 413654000, 868706373}, {1654615998, 1649953459}},
        {42, {686579304, 119540832, 488561519}, {478163327, 728818981}},
        {UINT32_MAX, {682209859, 665256254, 42220256}, {872737089, 1801842764}},
        {UINT64_C(1) << 32, {121326710, 377217776, 338022021}, {485306839, 2062116737}},
        {UINT64_C(1) << 63, {594277443, 422938368, 804545729}, {1691753470, 1259545419}},
        {UINT64_MAX, {23435168, 267123915, 13930936}, {93740670, 1504597305}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        python_random r;
        uint32_t value = 0;
        python_random_seed(&r, cases[i].magnitude);
        assert_int_equal(1 + python_random_below(&r, 1000000000), cases[i].layers[0]);
        assert_int_equal(1 + python_random_below(&r, 1000000000), cases[i].layers[1]);
        for (int n = 2; n < 400; n++)
            value = 1 + python_random_below(&r, 1000000000);
        assert_int_equal(value, cases[i].layers[2]);
        python_random_seed(&r, cases[i].magnitude);
        assert_int_equal(python_random_below(&r, UINT32_C(1) << 31), cases[i].operations[0]);
        for (int n = 1; n < 400; n++)
            value = python_random_below(&r, UINT32_C(1) << 31);
        assert_int_equal(value, cases[i].operations[1]);
    }
    python_random r;
    python_random_seed(&r, 1);
    assert_int_equal(python_random_below(&r, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_those_of_python),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
