/* test_dtype.c - tests of base/dtype: names, widening, rounding.
 * Every pattern of the narrow types; wide ones at the ties.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <math.h>

#include "base/bytes.h"
#include "base/dispatch.h"
#include "base/dtype.h"

static double element_of(tokvec_dtype dtype, uint64_t bits)
{
    return dtype_element(dtype, &bits, 0).real;
}

static void names_and_sizes_belong_together(void **state)
{
    (void)state;
    for (tokvec_dtype d = TOKVEC_NO_DTYPE + 1; d < TOKVEC_DTYPE_COUNT; d++) {
        assert_int_equal(tokvec_dtype_from_name(tokvec_dtype_name(d)), d);
        assert_true(tokvec_dtype_size(d) >= 1 && tokvec_dtype_size(d) <= 8);
        assert_int_equal(tokvec_dtype_is_float(d) + dtype_is_integer(d) + (d == TOKVEC_BOOL), 1);
    }
    assert_int_equal(tokvec_dtype_from_name("none"), TOKVEC_NO_DTYPE);
    assert_int_equal(tokvec_dtype_from_name("float"), TOKVEC_NO_DTYPE);
    assert_int_equal(tokvec_dtype_size(TOKVEC_NO_DTYPE), 0);
}

/* A float of that layout by its definition; no infinities in the FNUZ kinds and E4M3. */
static double by_definition(unsigned bits, int exponent_bits, int mantissa_bits, int bias)
{
    unsigned mantissa = bits & ((1u << mantissa_bits) - 1);
    int exponent = (int)(bits >> mantissa_bits & ((1u << exponent_bits) - 1));
    double sign = bits >> (exponent_bits + mantissa_bits) & 1 ? -1.0 : 1.0;
    if (exponent == 0)
        return sign * ldexp(mantissa, 1 - bias - mantissa_bits);
    return sign * ldexp(mantissa + (1u << mantissa_bits), exponent - bias - mantissa_bits);
}

static void every_8_bit_float_is_what_its_format_says(void **state)
{
    (void)state;
    static const struct {
        tokvec_dtype dtype;
        int exponent_bits, mantissa_bits, bias;
    } kinds[] = {{TOKVEC_FLOAT8_E4M3FN, 4, 3, 7},
                 {TOKVEC_FLOAT8_E5M2, 5, 2, 15},
                 {TOKVEC_FLOAT8_E4M3FNUZ, 4, 3, 8},
                 {TOKVEC_FLOAT8_E5M2FNUZ, 5, 2, 16}};
    for (size_t k = 0; k < COUNT(kinds); k++) {
        size_t nans = 0, infinities = 0;
        for (unsigned bits = 0; bits < 256; bits++) {
            double value = element_of(kinds[k].dtype, bits);
            double wanted =
                by_definition(bits, kinds[k].exponent_bits, kinds[k].mantissa_bits, kinds[k].bias);
            nans += isnan(value) != 0;
            infinities += isinf(value) != 0;
            if (isfinite(value))
                assert_true(value == wanted && signbit(value) == signbit(wanted));
        }
        assert_int_equal(nans, k == 0 ? 2 : k == 1 ? 6 : 1);
        assert_int_equal(infinities, k == 1 ? 2 : 0);
    }
    assert_true(element_of(TOKVEC_FLOAT8_E4M3FN, 0x7e) == 448);
    assert_true(isnan(element_of(TOKVEC_FLOAT8_E4M3FN, 0xff)));
    assert_true(isnan(element_of(TOKVEC_FLOAT8_E4M3FNUZ, 0x80)));
    for (unsigned bits = 0; bits < 255; bits++)
        assert_true(element_of(TOKVEC_FLOAT8_E8M0FNU, bits) == ldexp(1, (int)bits - 127));
    assert_true(isnan(element_of(TOKVEC_FLOAT8_E8M0FNU, 255)));
}

static void every_16_bit_float_widens_exactly_and_comes_back(void **state)
{
    (void)state;
    for (unsigned bits = 0; bits < 65536; bits++) {
        uint16_t half = (uint16_t)bits, back[2];
        float wide[2];
        double widest[2];
        assert_true(tokvec_convert(TOKVEC_FLOAT16, &half, TOKVEC_FLOAT32, &wide[0], 1, NULL));
        assert_true(tokvec_convert(TOKVEC_BFLOAT16, &half, TOKVEC_FLOAT32, &wide[1], 1, NULL));
        assert_true(tokvec_convert(TOKVEC_FLOAT16, &half, TOKVEC_FLOAT64, &widest[0], 1, NULL));
        if (isnan(wide[0]))
            assert_true((bits & 0x7c00) == 0x7c00 && (bits & 0x3ff) != 0);
        else if (isfinite(wide[0]))
            assert_true((double)wide[0] == by_definition(bits, 5, 10, 15) &&
                        widest[0] == (double)wide[0]);
        assert_true(tokvec_convert(TOKVEC_FLOAT32, &wide[0], TOKVEC_FLOAT16, &back[0], 1, NULL));
        assert_true(tokvec_convert(TOKVEC_FLOAT32, &wide[1], TOKVEC_BFLOAT16, &back[1], 1, NULL));
        assert_true(back[0] == half || isnan(wide[0]));
        assert_true(back[1] == half || isnan(wide[1]));
    }
}

static uint16_t to_float16(double value)
{
    uint16_t bits;
    assert_true(tokvec_convert(TOKVEC_FLOAT64, &value, TOKVEC_FLOAT16, &bits, 1, NULL));
    return bits;
}

/* Between each pair of neighbours: just below the middle, the middle, just above it. */
static void float16_rounds_to_nearest_and_ties_to_even(void **state)
{
    (void)state;
    for (unsigned bits = 0; bits < 0x7c00; bits++) {
        double low = by_definition(bits, 5, 10, 15);
        double high = by_definition(bits + 1, 5, 10, 15); /* of the largest: 65536 */
        double middle = low + (high - low) / 2;
        assert_int_equal(to_float16(nextafter(middle, 0)), bits);
        assert_int_equal(to_float16(middle), bits + (bits & 1));
        assert_int_equal(to_float16(nextafter(middle, INFINITY)), bits + 1);
        assert_int_equal(to_float16(-middle), 0x8000 | (bits + (bits & 1)));
    }
    assert_int_equal(to_float16(1e300), 0x7c00);
    assert_int_equal(to_float16(-INFINITY), 0xfc00);
    assert_int_equal(to_float16(5e-324), 0);
    assert_int_equal(to_float16(-0.0), 0x8000);
    assert_int_equal(to_float16(NAN) & 0x7e00, 0x7e00);
}

/* Many at once by another way than the doubles of the same value: numbers all over, and those
 * about the middles between neighbours of both formats. */
static void float32s_round_as_doubles_do(void **state)
{
    (void)state;
    enum { N = 3 * 4096 };
    static const enum dispatch_level levels[] = {DISPATCH_BASELINE, DISPATCH_AVX2, DISPATCH_AVX512};
    static float in[N];
    static double wide[N];
    static uint16_t out[N], wanted[N];
    for (uint32_t block = 0; block < 256; block++) {
        for (uint32_t i = 0; i < N / 3; i++) {
            uint32_t bits = block << 24 | i << 12 | (i & 1 ? 0x8000 : i * 0x9e3779b9u >> 20);
            for (uint32_t j = 0; j < 3; j++)
                in[3 * i + j] = float_of_bits(bits + j - 1);
        }
        for (size_t i = 0; i < N; i++)
            wide[i] = (double)in[i];
        for (int half = 0; half < 2; half++) {
            tokvec_dtype dtype = half ? TOKVEC_FLOAT16 : TOKVEC_BFLOAT16;
            assert_true(tokvec_convert(TOKVEC_FLOAT64, wide, dtype, wanted, N, NULL));
            for (size_t l = 0; l < COUNT(levels); l++) {
                dispatch_limit(levels[l]);
                assert_true(tokvec_convert(TOKVEC_FLOAT32, in, dtype, out, N, NULL));
                assert_memory_equal(out, wanted, sizeof out);
            }
        }
    }
    dispatch_limit(DISPATCH_AVX512);
}

static void integers_round_once(void **state)
{
    (void)state;
    static const struct {
        int64_t in;
        float wanted;
    } cases[] = {
        {16777217, 16777216.0f},
        {-16777219, -16777220.0f},
        {(INT64_C(1) << 62) + (INT64_C(1) << 38), 0x1p62f},            /* a tie */
        {(INT64_C(1) << 62) + (INT64_C(1) << 38) + 1, 0x1.000002p62f}, /* not by way of float64 */
        {INT64_MIN, -0x1p63f},
        {INT64_MAX, 0x1p63f},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        float out;
        assert_true(tokvec_convert(TOKVEC_INT64, &cases[i].in, TOKVEC_FLOAT32, &out, 1, NULL));
        assert_true(out == cases[i].wanted);
    }
    uint64_t most = UINT64_MAX;
    double wide;
    assert_true(tokvec_convert(TOKVEC_UINT64, &most, TOKVEC_FLOAT64, &wide, 1, NULL));
    assert_true(wide == 0x1p64);
}

static void conversions_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    float in = 1;
    uint64_t out;
    tokvec_error error;
    assert_false(tokvec_convert(TOKVEC_FLOAT32, &in, TOKVEC_INT8, &out, 1, &error));
    assert_int_equal(error.code, TOKVEC_BAD_ARGUMENT);
    assert_false(tokvec_convert(TOKVEC_FLOAT32, &in, TOKVEC_FLOAT8_E5M2, &out, 1, &error));
    assert_false(tokvec_convert(TOKVEC_NO_DTYPE, &in, TOKVEC_FLOAT32, &out, 1, &error));
}

static void integers_keep_sign_and_magnitude(void **state)
{
    (void)state;
    int64_t least = INT64_MIN;
    element e = dtype_element(TOKVEC_INT64, &least, 0);
    assert_true(e.negative && e.magnitude == UINT64_C(1) << 63);
    int8_t small[2] = {0, -128};
    e = dtype_element(TOKVEC_INT8, small, 1);
    assert_true(e.negative && e.magnitude == 128);
    uint8_t truth = 7;
    assert_true(dtype_element(TOKVEC_BOOL, &truth, 0).magnitude == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_sizes_belong_together),
        cmocka_unit_test(every_8_bit_float_is_what_its_format_says),
        cmocka_unit_test(every_16_bit_float_widens_exactly_and_comes_back),
        cmocka_unit_test(float16_rounds_to_nearest_and_ties_to_even),
        cmocka_unit_test(float32s_round_as_doubles_do),
        cmocka_unit_test(integers_round_once),
        cmocka_unit_test(conversions_that_make_no_sense_are_refused),
        cmocka_unit_test(integers_keep_sign_and_magnitude),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
