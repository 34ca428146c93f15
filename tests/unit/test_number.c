/* test_number.c - decimal text to numbers, against strtof and strtod.
 * Many random texts of all shapes, and the middles between floats.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "text/number.h"

#include <inttypes.h>
#include <math.h>

static uint64_t state = 88172645463325252u;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void check(const char *text)
{
    float f, f_wanted = strtof(text, NULL);
    double d, d_wanted = strtod(text, NULL);
    size_t length = strlen(text);
    /* A copy of just that length, so that a sanitizer sees a read past the end. */
    char *copy = malloc(length);
    assert_non_null(copy);
    memcpy(copy, text, length);
    assert_ptr_equal(number_read(TOKVEC_FLOAT32, copy, copy + length, &f), copy + length);
    assert_ptr_equal(number_read(TOKVEC_FLOAT64, copy, copy + length, &d), copy + length);
    free(copy);
    if (memcmp(&f, &f_wanted, sizeof f) != 0 || memcmp(&d, &d_wanted, sizeof d) != 0)
        fail_msg("%s: %a, not %a; %a, not %a", text, (double)f, (double)f_wanted, d, d_wanted);
}

static void random_texts(void **unused)
{
    (void)unused;
    char text[2000];
    for (int i = 0; i < 400000; i++) {
        uint64_t bits = next_random();
        float f;
        double d;
        memcpy(&f, &bits, sizeof f);
        memcpy(&d, &bits, sizeof d);
        bool narrow = next_random() & 1;
        if (isnan(f) || isnan(d))
            continue;
        int precision = (int)(next_random() % 21);
        static const char *const formats[] = {"%.*g", "%.*e", "%.*f"};
        const char *format = formats[next_random() % (fabs(d) < 1e30 || narrow ? 3 : 2)];
        snprintf(text, sizeof text, format, precision, narrow ? (double)f : d);
        check(text);
        snprintf(text, sizeof text, "%.*f", precision, (double)(int64_t)bits / 9.3e18);
        check(text);
        snprintf(text, sizeof text, "%" PRIu64 "e%d", bits, (int)(next_random() % 100) - 60);
        check(text);
    }
}

/* The middle between two float32, exactly, and a little above and below. */
static void middles(void **unused)
{
    (void)unused;
    char text[400];
    for (int i = 0; i < 100000; i++) {
        uint32_t bits = (uint32_t)(next_random() % 0x7f000000u);
        if (i % 2) /* of ordinary size */
            bits = 0x3a000000u + bits % 0x06000000u;
        float low, high;
        memcpy(&low, &bits, sizeof low);
        bits++;
        memcpy(&high, &bits, sizeof high);
        double middle = ((double)low + (double)high) / 2;
        snprintf(text, sizeof text, "%.*g", 17 + (int)(next_random() % 120), middle);
        check(text);
        snprintf(text, sizeof text, "%.17g", nextafter(middle, INFINITY));
        check(text);
        snprintf(text, sizeof text, "%.17g", nextafter(middle, 0));
        check(text);
        snprintf(text, sizeof text, "%.*g", 9 + (int)(next_random() % 10), middle);
        check(text);
    }
}

static void a_nan_has_no_sign(void **unused)
{
    (void)unused;
    static const char text[] = "-nan";
    float value;
    uint32_t bits;
    assert_ptr_equal(number_read(TOKVEC_FLOAT32, text, text + 4, &value), text + 4);
    memcpy(&bits, &value, sizeof bits);
    assert_int_equal(bits, 0x7fc00000);
}

static void odd_texts(void **unused)
{
    (void)unused;
    static const char *const texts[] = {
        "0",
        "-0",
        "+1",
        ".5",
        "5.",
        "-.5e-3",
        "1e5",
        "1E+5",
        "1e-400",
        "1e400",
        "-1e400",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "000000000000000000000000000001",
        "16777217",
        "9007199254740993",
        "3.4028235e38",
        "3.4028236e38",
        "1.1754944e-38",
        "1.4e-45",
        "7e-46",
        "0.00000000000000000000000000000000000000000000000000000000001e59",
        "18446744073709551616",
        "1e99999999999999999999",
        "123456789012345678901234567890",
        "1e22",
        "1e23",
        "00.10"};
    for (size_t i = 0; i < COUNT(texts); i++)
        check(texts[i]);
    char zeros[1500];
    memset(zeros, '0', sizeof zeros);
    zeros[1] = '.';
    memcpy(zeros + 1400, "17e1400", 8);
    check(zeros);
}

static void what_is_none(void **unused)
{
    (void)unused;
    static const char *const texts[] = {"",   "-",   "+",  ".",  "e5",   "1e",  "1e+", "x",
                                        " 1", "--1", "na", "0x", "0x10", "1_0", "1,5", "infin"};
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_false(number_is(texts[i], strlen(texts[i])));
}

static bool reads(tokvec_dtype dtype, const char *text, void *out)
{
    return number_read(dtype, text, text + strlen(text), out) == text + strlen(text);
}

static void integers(void **unused)
{
    (void)unused;
    int8_t i8;
    uint8_t u8;
    int64_t i64;
    uint64_t u64;
    uint16_t half;
    assert_true(reads(TOKVEC_INT8, "-128", &i8) && i8 == -128);
    assert_true(reads(TOKVEC_INT8, "127", &i8) && i8 == 127);
    assert_false(reads(TOKVEC_INT8, "128", &i8));
    assert_false(reads(TOKVEC_INT8, "-129", &i8));
    assert_true(reads(TOKVEC_UINT8, "255", &u8) && u8 == 255);
    assert_false(reads(TOKVEC_UINT8, "256", &u8));
    assert_false(reads(TOKVEC_UINT8, "-1", &u8));
    assert_true(reads(TOKVEC_INT64, "-9223372036854775808", &i64) && i64 == INT64_MIN);
    assert_false(reads(TOKVEC_INT64, "9223372036854775808", &i64));
    assert_true(reads(TOKVEC_UINT64, "18446744073709551615", &u64) && u64 == UINT64_MAX);
    assert_false(reads(TOKVEC_UINT64, "18446744073709551616", &u64));
    assert_false(reads(TOKVEC_UINT64, "1.5", &u64));
    assert_true(reads(TOKVEC_BOOL, "true", &u8) && u8 == 1);
    assert_true(reads(TOKVEC_BOOL, "0", &u8) && u8 == 0);
    assert_false(reads(TOKVEC_BOOL, "2", &u8));
    assert_true(reads(TOKVEC_FLOAT16, "1.5", &half) && half == 0x3e00);
    assert_true(reads(TOKVEC_BFLOAT16, "-1", &half) && half == 0xbf80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_texts),      cmocka_unit_test(middles),
        cmocka_unit_test(a_nan_has_no_sign), cmocka_unit_test(odd_texts),
        cmocka_unit_test(what_is_none),      cmocka_unit_test(integers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
