/* test_libm.c - tests of rng/libm: that tables are warned of where the C library is another one.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/bytes.h"
#include "rng/libm.h"

/* glibc 2.36's bits, at numbers other than those that libm_warning looks at; correctly rounded
 * ones are others. */
static void the_warning_is_right(void **state)
{
    (void)state;
    float sine, cosine;
    assert_true(libm_load(NULL));
    bool same = bits_of_float(libm_logf(float_of_bits(0x3f629820))) == 0xbdf9e3cc;
    libm_sincosf(float_of_bits(0x405b2975), &sine, &cosine);
    same = same && bits_of_float(sine) == 0xbe8ee0a7;
    libm_sincosf(float_of_bits(0x3fe84449), &sine, &cosine);
    same = same && bits_of_float(cosine) == 0xbe772c4d;
    assert_int_equal(same, libm_warning() == NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_warning_is_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
