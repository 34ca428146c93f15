/* test_decimal.c - tests of print/decimal and print/decimals.
 * Known texts at the edges, then random bit patterns against strtof, strtod and printf.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include <float.h>
#include <math.h>

#include "base/dispatch.h"
#include "text/decimal_avx2.h"
#include "text/decimals.h"

/* ---- helpers ------------------------------------------------------------------------------- */

enum { GUARD = 8 };

/* A place to print into: as much room as promised, then bytes that must stay as they are. */
typedef struct {
    char text[DECIMAL_ROOM + GUARD];
} place;

static void place_clear(place *p)
{
    memset(p->text, '#', sizeof p->text);
}

/* Ends the text and checks the guard. */
static const char *place_text(place *p, size_t length)
{
    assert_true(length <= DECIMAL_ROOM);
    for (int i = 0; i < GUARD; i++)
        assert_int_equal(p->text[DECIMAL_ROOM + i], '#');
    p->text[length] = '\0';
    return p->text;
}

static const char *text32(float value, place *p)
{
    place_clear(p);
    return place_text(p, decimal_float32(value, p->text));
}

static const char *text64(double value, place *p)
{
    place_clear(p);
    return place_text(p, decimal_float64(value, p->text));
}

static float float32_of(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

static double float64_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, 8);
    return value;
}

static uint32_t bits32(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, 4);
    return bits;
}

static uint64_t bits64(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, 8);
    return bits;
}

/* splitmix64 (Steele, Lea, Flood, 2014) */
static uint64_t random_bits(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

/* ---- known texts --------------------------------------------------------------------------- */

static void test_float32_known(void **state)
{
    (void)state;
    static const struct {
        uint32_t bits;
        const char *text;
    } known[] = {
        {0x00000000, "0.0"},
        {0x80000000, "-0.0"},
        {0x00000001, "1e-45"},
        {0x80000001, "-1e-45"},
        {0x00000002, "3e-45"},
        {0x00000003, "4e-45"},
        {0x00000007, "1e-44"},
        {0x007fffff, "1.1754942e-38"}, /* last subnormal */
        {0x00800000, "1.1754944e-38"}, /* first normal */
        {0x00800001, "1.1754945e-38"},
        {0x01000000, "2.3509887e-38"}, /* a power of two */
        {0x0c000000, "9.8607613e-32"},
        {0x7f7fffff, "3.4028235e+38"},
        {0xff7fffff, "-3.4028235e+38"},
        {0x7f000000, "1.7014118e+38"},
        {0x7f800000, "inf"},
        {0xff800000, "-inf"},
        {0x7fc00000, "nan"},
        {0xffc00000, "nan"},
        {0x7f800001, "nan"},
        {0x38d1b716, "9.999999e-05"},
        {0x38d1b717, "1e-04"}, /* NumPy compares the value, which is just below */
        {0x38d1b718, "0.000100000005"},
        {0x38800000, "6.1035156e-05"}, /* 2^-14 */
        {0x39000000, "0.00012207031"}, /* 2^-13 */
        {0x5a0e1bc9, "9999999000000000.0"},
        {0x5a0e1bca, "1e+16"},
        {0x5a0e1bcb, "1.0000001e+16"},
        {0x4affffff, "8388607.5"}, /* either side of 2^23, of 2^24 */
        {0x4b000000, "8388608.0"},
        {0x4b000001, "8388609.0"},
        {0x4b189680, "10000000.0"},
        {0x4b7fffff, "16777215.0"},
        {0x4b800000, "16777216.0"},
        {0x4b800001, "16777218.0"},
    };
    place p;
    for (size_t i = 0; i < COUNT(known); i++)
        assert_string_equal(text32(float32_of(known[i].bits), &p), known[i].text);
}

static void test_float32_values(void **state)
{
    (void)state;
    static const struct {
        float value;
        const char *text;
    } known[] = {
        {1.0f, "1.0"},
        {-1.0f, "-1.0"},
        {0.5f, "0.5"},
        {0.25f, "0.25"},
        {0.1f, "0.1"},
        {-0.2f, "-0.2"},
        {0.3f, "0.3"},
        {0.02f, "0.02"},
        {0.001f, "0.001"},
        {0.00012345678f, "0.00012345678"},
        {-0.00012345678f, "-0.00012345678"},
        {1e-5f, "1e-05"},
        {1.2345679e-5f, "1.2345679e-05"},
        {1.5f, "1.5"},
        {9.5f, "9.5"},
        {10.0f, "10.0"},
        {99.9f, "99.9"},
        {100.0f, "100.0"},
        {123456.7f, "123456.7"},
        {1e6f, "1000000.0"},
        {999999.94f, "999999.94"},
        {2097152.25f, "2097152.2"}, /* ties: to the even digit */
        {2097152.75f, "2097152.8"},
        {2097153.25f, "2097153.2"},
        {3.14159265f, "3.1415927"},
        {1e9f, "1000000000.0"},
        {3e10f, "30000000000.0"},
        {1.2345e15f, "1234500000000000.0"},
        {1e15f, "1000000000000000.0"},
        {1e20f, "1e+20"},
        {1.2345679e20f, "1.2345679e+20"},
        {1e38f, "1e+38"},
        {33554432.0f, "33554432.0"},
        {9007199254740992.0f, "9007199000000000.0"},
    };
    place p;
    for (size_t i = 0; i < COUNT(known); i++)
        assert_string_equal(text32(known[i].value, &p), known[i].text);
}

static void test_float64_known(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } known[] = {
        {0.0, "0.0"},
        {-0.0, "-0.0"},
        {1.0, "1.0"},
        {-1.5, "-1.5"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {2.0 / 3, "0.6666666666666666"},
        {1e-4, "0.0001"},
        {0.00012345678901234567, "0.00012345678901234567"},
        {-0.00010000000000000002, "-0.00010000000000000002"},
        {9.999999999999999e-5, "9.999999999999999e-05"},
        {1e-5, "1e-05"},
        {123456789.0, "123456789.0"},
        {1e15, "1000000000000000.0"},
        {1234567890123456.7, "1234567890123456.8"},
        {9007199254740991.0, "9007199254740991.0"},
        {9007199254740992.0, "9007199254740992.0"},
        {9999999999999998.0, "9999999999999998.0"},
        {1e16, "1e+16"},
        {12345678901234567.0, "1.2345678901234568e+16"},
        {1e22, "1e+22"},
        {1e23, "1e+23"},
        {0x1p-44, "5.684341886080802e-14"}, /* powers of two, the floats below nearer */
        {0x1p-24, "5.960464477539063e-08"},
        {0x1p-1022, "2.2250738585072014e-308"},
        {0x0.fffffffffffffp-1022, "2.225073858507201e-308"},
        {0x1p-1021, "4.450147717014403e-308"},
        {0x1p-1074, "5e-324"},
        {-0x1p-1073, "-1e-323"},
        {0x3p-1074, "1.5e-323"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {-DBL_MAX, "-1.7976931348623157e+308"},
        {0x1p1023, "8.98846567431158e+307"},
        {1e100, "1e+100"},
        {1e-100, "1e-100"},
    };
    place p;
    for (size_t i = 0; i < COUNT(known); i++)
        assert_string_equal(text64(known[i].value, &p), known[i].text);
    assert_string_equal(text64(float64_of(0x7ff0000000000000), &p), "inf");
    assert_string_equal(text64(float64_of(0xfff0000000000000), &p), "-inf");
    assert_string_equal(text64(float64_of(0x7ff8000000000000), &p), "nan");
    assert_string_equal(text64(float64_of(0xfff8000000000000), &p), "nan");
    assert_string_equal(text64(float64_of(0x7ff0000000000001), &p), "nan");
}

/* ---- shortest, closest, laid out right ----------------------------------------------------- */

/* The significant digits of a positive decimal text, without zeros at either end, and the
 * exponent of the first. Returns their number. */
static int take_apart(const char *text, char *digits, int *exponent)
{
    int count = 0, before_point = 0, leading = 0;
    bool point = false;
    *exponent = 0;
    for (; *text != '\0'; text++) {
        if (*text == 'e') {
            *exponent = atoi(text + 1);
            break;
        }
        if (*text == '.') {
            point = true;
            continue;
        }
        before_point += !point;
        if (count == 0 && *text == '0')
            leading++;
        else
            digits[count++] = *text;
    }
    *exponent += before_point - leading - 1;
    while (count > 1 && digits[count - 1] == '0')
        count--;
    digits[count] = '\0';
    return count;
}

/* Those digits in NumPy's layout, digit by digit. */
static void put_together(const char *digits, int exponent, bool scientific, char *out)
{
    int count = (int)strlen(digits);
    if (scientific) {
        *out++ = digits[0];
        if (count > 1)
            out += snprintf(out, 20, ".%s", digits + 1);
        snprintf(out, 16, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
        return;
    }
    for (int place_of = exponent > 0 ? exponent : 0; place_of >= 0 || exponent - place_of < count;
         place_of--) {
        int i = exponent - place_of;
        if (place_of == -1)
            *out++ = '.';
        *out++ = '0';
        if (i >= 0 && i < count)
            out[-1] = digits[i];
    }
    *out = '\0';
    if (exponent + 1 >= count)
        strcpy(out, ".0");
}

/* `wide` is the value as a double, `single` says which reader to ask. */
static bool reads_back(const char *text, double wide, bool single)
{
    if (single)
        return bits32(strtof(text, NULL)) == bits32((float)wide);
    return bits64(strtod(text, NULL)) == bits64(wide);
}

/* The text of a finite value > 0 that is not a power of two (those have uneven neighbours, and the
 * closest text need not be inside). */
static void check_shortest(const char *text, double value, bool single)
{
    char digits[64], other[64], expected[64];
    int exponent, other_exponent;

    if (!reads_back(text, value, single))
        fail_msg("%s does not read back as %a", text, value);
    int count = take_apart(text, digits, &exponent);
    if (count > 1) {
        snprintf(other, sizeof other, "%.*e", count - 2, value);
        if (reads_back(other, value, single))
            fail_msg("%s is longer than %s", text, other);
    }
    snprintf(other, sizeof other, "%.*e", count - 1, value);
    if (reads_back(other, value, single)) {
        take_apart(other, expected, &other_exponent);
        if (strcmp(expected, digits) != 0 || exponent != other_exponent)
            fail_msg("%s is not as close as %s", text, other);
    }
    bool scientific = single ? value < 1e-4 || value >= 1e16 : exponent < -4 || exponent > 15;
    put_together(digits, exponent, scientific, expected);
    assert_string_equal(text, expected);
}

static void check_float32(uint32_t bits)
{
    bits &= 0x7fffffff;
    if (bits >= 0x7f800000 || (bits & 0x7fffff) == 0)
        return;
    place p, minus;
    const char *text = text32(float32_of(bits), &p);
    check_shortest(text, (double)float32_of(bits), true);
    assert_string_equal(text32(float32_of(bits | 0x80000000), &minus) + 1, text);
    assert_int_equal(minus.text[0], '-');
}

static void check_float64(uint64_t bits)
{
    bits &= ~((uint64_t)1 << 63);
    if (bits >= 0x7ff0000000000000 || (bits & (((uint64_t)1 << 52) - 1)) == 0)
        return;
    place p, minus;
    const char *text = text64(float64_of(bits), &p);
    check_shortest(text, float64_of(bits), false);
    assert_string_equal(text64(float64_of(bits | (uint64_t)1 << 63), &minus) + 1, text);
    assert_int_equal(minus.text[0], '-');
}

static void test_float32_random(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int i = 0; i < 1000000; i++)
        check_float32((uint32_t)random_bits(&random));
    /* Half of them where embeddings are: 2^-15 to 2^25. */
    for (int i = 0; i < 1000000; i++) {
        uint64_t r = random_bits(&random);
        check_float32((uint32_t)(112 + (r >> 32) % 40) << 23 | (uint32_t)(r & 0x7fffff));
    }
}

static void test_float64_random(void **state)
{
    (void)state;
    uint64_t random = 2;
    for (int i = 0; i < 100000; i++)
        check_float64(random_bits(&random));
    for (int i = 0; i < 100000; i++) {
        uint64_t r = random_bits(&random);
        check_float64((1023 - 16 + (r >> 52) % 72) << 52 | (r & (((uint64_t)1 << 52) - 1)));
    }
}

/* Every power of two reads back, and the floats on both sides pass in full. */
static void test_powers_of_two(void **state)
{
    (void)state;
    place p;
    for (uint32_t biased = 0; biased < 255; biased++) {
        uint32_t bits = biased << 23;
        float value = float32_of(bits);
        assert_true(reads_back(text32(value, &p), (double)value, true));
        check_float32(bits + 1);
        check_float32(bits - 1);
    }
    for (uint64_t biased = 0; biased < 2047; biased++) {
        uint64_t bits = biased << 52;
        assert_true(reads_back(text64(float64_of(bits), &p), float64_of(bits), false));
        check_float64(bits + 1);
        check_float64(bits - 1);
    }
}

/* Powers of ten and the floats next to them. */
static void test_powers_of_ten(void **state)
{
    (void)state;
    char text[32];
    for (int n = -324; n <= 308; n++) {
        snprintf(text, sizeof text, "1e%d", n);
        uint64_t bits = bits64(strtod(text, NULL));
        for (uint64_t near = bits > 3 ? bits - 3 : 1; near <= bits + 3; near++)
            check_float64(near);
    }
    for (int n = -45; n <= 38; n++) {
        snprintf(text, sizeof text, "1e%d", n);
        uint32_t bits = bits32(strtof(text, NULL));
        for (uint32_t near = bits > 3 ? bits - 3 : 1; near <= bits + 3; near++)
            check_float32(near);
    }
}

/* ---- integers ------------------------------------------------------------------------------ */

static void check_integer(uint64_t value)
{
    char expected[32];
    place p;
    place_clear(&p);
    snprintf(expected, sizeof expected, "%llu", (unsigned long long)value);
    assert_string_equal(place_text(&p, decimal_uint64(value, p.text)), expected);
    int64_t as_signed;
    memcpy(&as_signed, &value, 8);
    place_clear(&p);
    snprintf(expected, sizeof expected, "%lld", (long long)as_signed);
    assert_string_equal(place_text(&p, decimal_int64(as_signed, p.text)), expected);
}

static void test_integers(void **state)
{
    (void)state;
    uint64_t random = 3;
    for (uint64_t i = 0; i < 20000; i++)
        check_integer(i);
    uint64_t ten = 1;
    for (int n = 0; n < 20; n++, ten *= 10) {
        check_integer(ten - 1);
        check_integer(ten);
        check_integer(ten + 1);
        check_integer(0 - ten);
    }
    check_integer(INT64_MAX);
    check_integer((uint64_t)1 << 63);
    check_integer(UINT64_MAX);
    for (int i = 0; i < 200000; i++) {
        uint64_t r = random_bits(&random);
        check_integer(r >> (i % 64));
    }
}

/* ---- printf's formats ---------------------------------------------------------------------- */

static void check_fixed(double value, int precision)
{
    char expected[512], text[512];
    int wanted = snprintf(expected, sizeof expected, "%.*f", precision, value);
    size_t room = decimal_fixed_room(precision);
    assert_true(room + 1 < sizeof text);
    memset(text, '#', sizeof text);
    size_t length = decimal_fixed(value, precision, text, room);
    assert_int_equal(length, wanted);
    assert_true(length <= room);
    assert_int_equal(text[room], '#');
    text[length] = '\0';
    assert_string_equal(text, expected);

    wanted = snprintf(expected, sizeof expected, "%.*e", precision, value);
    memset(text, '#', sizeof text);
    length = decimal_scientific(value, precision, text, room);
    assert_int_equal(length, wanted);
    assert_int_equal(text[room], '#');
    text[length] = '\0';
    assert_string_equal(text, expected);
}

static void test_fixed_edges(void **state)
{
    (void)state;
    static const double values[] = {
        0.0,
        1.0,
        0.5,
        1.5,
        2.5,
        0.25,
        0.75,
        0.125,
        0.375,
        0.0625,
        9.5,
        99.5,
        0.995,
        0.9999999999999999,
        9.999999999,
        999999.5,
        0.05,
        0.15,
        1e-5,
        1e-17,
        5e-18,
        1e-300,
        DBL_MIN,
        0x1p-1074,
        DBL_MAX,
        1e15,
        4503599627370495.5,
        0x1p52,
        0x1p53,
        0x1p62,
        0x1p63,
        0x1.fffffffffffffp62,
        0x1p64,
        1e22,
        1e300,
        0x1p-53,
        0x1p-54,
        0x1p-59,
        0x1p-60,
        0x1p-63,
        0x1p-64,
        0x1p-65,
        0x1p-17,
        0x1p-18,
        0x3p-18,
        0x1.8p-57,
        0x1p-111,
        INFINITY,
        NAN,
    };
    for (size_t i = 0; i < COUNT(values); i++) {
        for (int precision = -1; precision <= 40; precision++) {
            check_fixed(values[i], precision);
            check_fixed(-values[i], precision);
        }
    }
}

static void test_fixed_ties(void **state)
{
    (void)state;
    uint64_t random = 4;
    for (int i = 0; i < 200000; i++) {
        /* k / 2^n is a tie at n - 1 decimals, for odd k. */
        uint64_t r = random_bits(&random);
        int n = 1 + (int)(r % 19);
        double value = ldexp((double)((r >> 8) >> (r % 32 + 12) | 1), -n);
        check_fixed(r & 0x80 ? -value : value, n - 1);
        check_fixed(value, (int)(r >> 60));
    }
}

static void test_fixed_random(void **state)
{
    (void)state;
    uint64_t random = 5;
    for (int i = 0; i < 300000; i++) {
        uint64_t r = random_bits(&random), s = random_bits(&random);
        int precision = (int)(s % 21);
        check_fixed((double)float32_of((uint32_t)(s >> 32)), precision);
        /* mostly within the exact integer path: 2^-80 to 2^66 */
        uint64_t biased = 1023 - 80 + (s >> 8) % 146;
        check_fixed(float64_of((r & 0x800fffffffffffff) | biased << 52), precision);
    }
}

static void test_fixed_small_room(void **state)
{
    (void)state;
    char text[64];
    for (size_t room = 0; room < 48; room++) {
        memset(text, '#', sizeof text);
        size_t length = decimal_fixed(-1234.56789, 3, text, room);
        assert_int_equal(length, 9);
        for (size_t i = room; i < sizeof text; i++)
            assert_int_equal(text[i], '#');
        if (room > length)
            assert_memory_equal(text, "-1234.568", 9);
        memset(text, '#', sizeof text);
        assert_int_equal(decimal_fixed(-0x1.fffffffffffffp62, 17, text, room), 38);
        for (size_t i = room; i < sizeof text; i++)
            assert_int_equal(text[i], '#');
    }
}

/* ---- many at once -------------------------------------------------------------------------- */

/* A number of values that is not a multiple of any vector's, and many chunks of its own. */
enum { ROW = 1027 };

typedef size_t row_printer(const float *values, size_t n, const char separator[2],
                           size_t separator_length, char *out);

/* The rows of a printer must be the texts that decimal_float32 has, and stay in their room. */
static void check_row(row_printer *print, const float *values, size_t n)
{
    static char text[ROW * DECIMAL_FLOAT32_MAX + DECIMAL_ROOM + GUARD];
    size_t room = n * DECIMAL_FLOAT32_MAX + DECIMAL_ROOM;
    static const char separators[3][3] = {"", ",", ", "};
    for (size_t between = 0; between < 3; between++) {
        memset(text + room, '#', GUARD);
        size_t length = print(values, n, separators[between], between, text);
        const char *at = text;
        for (size_t i = 0; i < n; i++) {
            place p;
            const char *single = text32(values[i], &p);
            size_t single_length = strlen(single);
            if (memcmp(at, single, single_length) != 0)
                fail_msg("%08x: %.*s, alone %s", bits32(values[i]), 20, at, single);
            at += single_length;
            assert_memory_equal(at, separators[between], between);
            at += between;
        }
        assert_int_equal(at - text, length);
        for (int i = 0; i < GUARD; i++)
            assert_int_equal(text[room + (size_t)i], '#');
    }
}

/* Random bits, embedding-like ones, and what is next to powers of two and of ten. */
static void fill_row(float *values, size_t n, int kind, uint64_t *random)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t r = random_bits(random);
        uint32_t bits = (uint32_t)r;
        if (kind == 1)
            bits = (bits & 0x807fffff) | (uint32_t)(108 + (r >> 32) % 48) << 23;
        if (kind == 2)
            bits = (bits & 0xff800000) + (uint32_t)(r >> 32) % 5 - 2;
        if (kind == 3) {
            double ten = pow(10, (int)((r >> 32) % 84) - 45) * (double)(1 + (r >> 40) % 9);
            bits = bits32((float)ten) + (uint32_t)(r >> 56) % 5 - 2;
        }
        if (kind == 4)
            bits = bits32((float)((double)(int32_t)(r >> 40) / 1024));
        values[i] = float32_of(bits);
    }
}

static void check_rows(row_printer *print, size_t multiple)
{
    static float values[ROW];
    uint64_t random = 6;
    for (int round = 0; round < 50; round++) {
        for (int kind = 0; kind < 5; kind++) {
            size_t n = round < 30 ? (size_t)round : ROW;
            fill_row(values, n, kind, &random);
            check_row(print, values, n - n % multiple);
        }
    }
}

static void test_rows(void **state)
{
    (void)state;
    check_rows(decimal_float32s, 1);
}

/* The path of other processors, whatever this one is: what remains after whole vectors. */
static size_t in_short_rows(const float *values, size_t n, const char separator[2],
                            size_t separator_length, char *out)
{
    size_t length = 0;
    for (size_t i = 0; i < n; i += 7) {
        size_t some = n - i < 7 ? n - i : 7;
        length += decimal_float32s(values + i, some, separator, separator_length, out + length);
    }
    return length;
}

static void test_rows_scalar(void **state)
{
    (void)state;
    check_rows(in_short_rows, 1);
}

static void test_rows_avx2(void **state)
{
    (void)state;
#ifdef DISPATCH_HAVE_AVX2
    if (dispatch_level() >= DISPATCH_AVX2) {
        check_rows(decimal_avx2_float32s, 8);
        return;
    }
#endif
    skip();
}

static void check_aligned(const float *values, size_t n, decimal_notation notation, int precision)
{
    static char texts[ROW * (DECIMAL_WIDTH_MAX + 2) + 16];
    char expected[512];
    const char *format = notation == DECIMAL_FIXED ? "%*.*f, " : "%*.*e, ";
    for (int width = 1; width <= DECIMAL_WIDTH_MAX; width++) {
        bool fit = true;
        for (size_t i = 0; i < n; i++) {
            int length = snprintf(NULL, 0, format, width, precision, (double)values[i]);
            fit &= isnan(values[i]) ? width >= 3 : length == width + 2;
        }
        assert_int_equal(decimal_aligned(values, n, notation, precision, (size_t)width, texts),
                         fit);
        for (size_t i = 0; fit && i < n; i++) {
            const char *text = texts + i * (size_t)(width + 2);
            snprintf(expected, sizeof expected, format, width, precision, (double)values[i]);
            if (isnan(values[i]))
                snprintf(expected, sizeof expected, "%*s, ", width, "nan");
            if (memcmp(text, expected, (size_t)width + 2) != 0)
                fail_msg("%08x: %.*s, not %s", bits32(values[i]), width + 2, text, expected);
        }
    }
}

/* Also of those that fit some width and not another. */
static void check_both(const float *values, size_t n, decimal_notation notation, int precision)
{
    check_aligned(values, n, notation, precision);
    for (size_t i = 0; i + 40 <= n; i += 40)
        check_aligned(values + i, 40, notation, precision);
}

static void test_aligned_random(void **state)
{
    (void)state;
    static float values[ROW];
    uint64_t random = 7;
    for (int round = 0; round < 50; round++) {
        int kind = round % 5, precision = round / 5 % 10;
        fill_row(values, ROW, kind, &random);
        check_both(values, ROW, DECIMAL_SCIENTIFIC, precision);
        /* In fixed notation: none so large that the row is refused. */
        for (size_t i = 0; i < ROW; i++) {
            if (!(fabsf(values[i]) < powf(10, (float)(12 - precision))) && !isnan(values[i]))
                values[i] = kind == 0 ? 0.0f : 0.5f;
        }
        check_both(values, ROW, DECIMAL_FIXED, precision);
    }
}

/* Ties at the last digit kept, and their neighbours: c / 2^n with few digits, and integers. */
static void test_aligned_ties(void **state)
{
    (void)state;
    static float values[ROW];
    uint64_t random = 8;
    for (int round = 0; round < 50; round++) {
        for (size_t i = 0; i < ROW; i++) {
            uint64_t r = random_bits(&random);
            int n = (int)(r % 24);
            float value = ldexpf((float)((r >> 8) % (2u << (r >> 40) % 20) | 1), -n);
            if (round % 3 == 1)
                value = (float)((double)((r >> 8) % 200000 * 10 + 5) * pow(10, n % 6));
            if (round % 3 == 2)
                value = 5 + 10 * (float)((r >> 8) % 1600000);
            values[i] = float32_of(bits32(value) + (uint32_t)(r >> 60) % 3 - 1);
        }
        check_both(values, ROW, DECIMAL_SCIENTIFIC, 1 + round % 4);
        for (size_t i = 0; i < ROW; i++)
            values[i] = values[i] < 1e7f ? values[i] : 0.5f;
        check_both(values, ROW, DECIMAL_FIXED, 1 + round % 7);
    }
}

static void test_aligned_refused(void **state)
{
    (void)state;
    char text[8 * (DECIMAL_WIDTH_MAX + 2) + 16];
    float value = -1e20f, one = 1;
    assert_false(decimal_aligned(&value, 1, DECIMAL_FIXED, 4, 14, text));
    assert_false(decimal_aligned(&one, 1, DECIMAL_FIXED, 10, 14, text));
    assert_false(decimal_aligned(&one, 1, DECIMAL_FIXED, -1, 14, text));
    assert_false(decimal_aligned(&one, 1, DECIMAL_FIXED, 4, 0, text));
    assert_false(decimal_aligned(&one, 1, DECIMAL_FIXED, 4, 15, text));
    float eight[8] = {1, 2, 3, 4, 5, 6, 7, 1e20f};
    assert_false(decimal_aligned(eight, 8, DECIMAL_FIXED, 4, 14, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_float32_known),  cmocka_unit_test(test_float32_values),
        cmocka_unit_test(test_float64_known),  cmocka_unit_test(test_float32_random),
        cmocka_unit_test(test_float64_random), cmocka_unit_test(test_powers_of_two),
        cmocka_unit_test(test_powers_of_ten),  cmocka_unit_test(test_integers),
        cmocka_unit_test(test_fixed_edges),    cmocka_unit_test(test_fixed_ties),
        cmocka_unit_test(test_fixed_random),   cmocka_unit_test(test_fixed_small_room),
        cmocka_unit_test(test_rows),           cmocka_unit_test(test_rows_scalar),
        cmocka_unit_test(test_rows_avx2),      cmocka_unit_test(test_aligned_random),
        cmocka_unit_test(test_aligned_ties),   cmocka_unit_test(test_aligned_refused),
    };
    return cmocka_run_group_tests_name("decimal", tests, NULL, NULL);
}
