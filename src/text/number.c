/* number.c - decimal text to numbers.
 * Short numbers by one division of exact values; the few that this could round wrongly by strtod.
 * SPDX-License-Identifier: MIT
 *
 * The division of two exact floats is correctly rounded (W. D. Clinger, "How to read floating
 * point numbers accurately", 1990). A longer number is divided as float64, with an error of less
 * than two units in the last place, and then rounded to float32: that can only go wrong next to
 * the middle between two float32. */
#include "text/number.h"

#include "base/dtype.h"

#include <float.h>
#include <locale.h>
#include <stdlib.h>
#include <strings.h>

enum {
    DIGITS_MAX = 19,     /* that always fit 64 bits */
    EXPONENT_MAX = 9999, /* beyond every float; larger ones are not counted up */
};

/* A number taken apart: (-1)^negative * digits * 10^exponent, unless there are too many. */
typedef struct decimal {
    const char *begin, *end;
    uint64_t digits;
    unsigned count; /* of digits, leading zeros included */
    int exponent;
    bool negative;
} decimal;

/* ---------------------------------------------------------------- taking a number apart */

static const uint64_t integer_tens[] = {1,      10,      100,      1000,     10000,
                                        100000, 1000000, 10000000, 100000000};

/* Digits from `at` on, added to d->digits. Past DIGITS_MAX the value is of no use, the count is. */
static const char *take_digits(const char *at, const char *end, decimal *d)
{
    while (end - at >= 8) {
        uint64_t bytes = load_le64(at);
        unsigned n = number_leading_digits(bytes);
        if (n == 0)
            return at;
        d->digits = d->digits * integer_tens[n] + number_of_digits(bytes, n);
        d->count += n;
        at += n;
        if (n < 8)
            return at;
    }
    for (; at < end && *at >= '0' && *at <= '9'; at++, d->count++)
        d->digits = d->digits * 10 + (uint64_t)(*at - '0');
    return at;
}

/* The digits of an exponent; `at` is behind its e. NULL if there are none. */
static const char *take_exponent(const char *at, const char *end, decimal *d)
{
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    const char *first = at;
    int value = 0;
    for (; at < end && *at >= '0' && *at <= '9'; at++)
        value = value < EXPONENT_MAX ? value * 10 + (*at - '0') : value;
    d->exponent += negative ? -value : value;
    return at == first ? NULL : at;
}

static bool take_apart(const char *at, const char *end, decimal *d)
{
    *d = (decimal){.begin = at};
    d->negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    if (end - at > 1 && at[1] == '.' && *at >= '0' && *at <= '9') { /* the usual: 0.12345 */
        d->digits = (uint64_t)(*at++ - '0');
        d->count = 1;
    } else {
        at = take_digits(at, end, d);
    }
    if (at < end && *at == '.') {
        const char *point = at++;
        at = take_digits(at, end, d);
        /* With more digits than DIGITS_MAX the library does it, and looks for itself. */
        d->exponent = d->count > DIGITS_MAX ? 0 : (int)(point + 1 - at);
    }
    if (d->count == 0)
        return false;
    d->end = at;
    if (at < end && (*at == 'e' || *at == 'E')) {
        at = take_exponent(at + 1, end, d);
        if (at == NULL)
            return false;
        d->end = at;
    }
    return true;
}

/* ---------------------------------------------------------------- floats */

static const double float_tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
enum { EXACT_TEN_FLOAT32 = 10, EXACT_TEN_FLOAT64 = 22 };

/* The number by the C library, in the locale "C", which glibc and musl hand out at no cost. */
static bool by_library(const decimal *d, tokvec_dtype dtype, void *out)
{
    char room[128];
    size_t length = (size_t)(d->end - d->begin);
    char *text = length < sizeof room ? room : malloc(length + 1);
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    bool good = text != NULL && plain != (locale_t)0;
    if (good) {
        memcpy(text, d->begin, length);
        text[length] = '\0';
        if (dtype == TOKVEC_FLOAT32)
            *(float *)out = strtof_l(text, NULL, plain);
        else
            *(double *)out = strtod_l(text, NULL, plain);
    }
    if (plain != (locale_t)0)
        freelocale(plain);
    if (text != room)
        free(text);
    return good;
}

/* digits * 10^exponent, with an error below two units in the last place. */
static inline double scaled(const decimal *d)
{
    double value = (double)d->digits;
    return d->exponent < 0 ? value / float_tens[-d->exponent] : value * float_tens[d->exponent];
}

static bool to_float32(const decimal *d, float *out)
{
    if (d->count <= DIGITS_MAX && d->digits < (1 << FLT_MANT_DIG) && d->exponent <= 0 &&
        d->exponent >= -EXACT_TEN_FLOAT32) {
        float value = (float)d->digits / (float)float_tens[-d->exponent];
        *out = d->negative ? -value : value;
        return true;
    }
    if (d->count > DIGITS_MAX || d->exponent < -EXACT_TEN_FLOAT64 ||
        d->exponent > EXACT_TEN_FLOAT64)
        return by_library(d, TOKVEC_FLOAT32, out);
    double value = scaled(d);
    enum { CUT = DBL_MANT_DIG - FLT_MANT_DIG, NEAR = 4 };
    uint64_t bits = bits_of_double(value);
    uint64_t beyond = bits & ((UINT64_C(1) << CUT) - 1); /* what float32 has no room for */
    uint64_t middle = UINT64_C(1) << (CUT - 1);
    bool unsure = beyond >= middle - NEAR && beyond <= middle + NEAR;
    if (d->digits != 0 && (unsure || value < FLT_MIN * 2.0 || value > FLT_MAX / 2.0))
        return by_library(d, TOKVEC_FLOAT32, out);
    *out = (float)(d->negative ? -value : value);
    return true;
}

static bool to_float64(const decimal *d, double *out)
{
    if (d->count > DIGITS_MAX || d->digits > UINT64_C(1) << DBL_MANT_DIG ||
        d->exponent < -EXACT_TEN_FLOAT64 || d->exponent > EXACT_TEN_FLOAT64)
        return by_library(d, TOKVEC_FLOAT64, out);
    double value = scaled(d);
    *out = d->negative ? -value : value;
    return true;
}

/* nan, inf or infinity behind an optional sign, which a NaN does not have: on x86 C programs write
 * the NaN that they have computed as -nan. */
static const char *read_word(const char *at, const char *end, double *out)
{
    static const struct {
        const char *word;
        double value;
    } words[] = {{"nan", (double)__builtin_nanf("")},
                 {"infinity", (double)__builtin_inff()},
                 {"inf", (double)__builtin_inff()}};
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i].word);
        if ((size_t)(end - at) < length || strncasecmp(at, words[i].word, length) != 0)
            continue;
        *out = negative && i > 0 ? -words[i].value : words[i].value;
        return at + length;
    }
    return NULL;
}

static const char *read_float32(const char *at, const char *end, float *out)
{
    decimal d;
    const char *next = number_quick_float32(at, end, out);
    if (next != NULL)
        return next;
    if (take_apart(at, end, &d))
        return to_float32(&d, out) ? d.end : NULL;
    double value = 0;
    at = d.count == 0 ? read_word(at, end, &value) : NULL;
    *out = (float)value;
    return at;
}

static const char *read_float64(const char *at, const char *end, double *out)
{
    decimal d;
    *out = 0;
    if (take_apart(at, end, &d))
        return to_float64(&d, out) ? d.end : NULL;
    return d.count == 0 ? read_word(at, end, out) : NULL;
}

/* ---------------------------------------------------------------- the rest */

static const char *read_half(tokvec_dtype dtype, const char *at, const char *end, void *out)
{
    double value;
    at = read_float64(at, end, &value);
    return at != NULL && tokvec_convert(TOKVEC_FLOAT64, &value, dtype, out, 1, NULL) ? at : NULL;
}

static const char *read_integer(tokvec_dtype dtype, const char *at, const char *end, void *out)
{
    unsigned bits = 8 * (unsigned)tokvec_dtype_size(dtype);
    bool is_signed = dtype_is_signed(dtype);
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    uint64_t most = UINT64_MAX >> (64 - bits + is_signed);
    if (negative)
        most = is_signed ? most + 1 : 0;
    const char *first = at;
    uint64_t value = 0;
    for (; at < end && *at >= '0' && *at <= '9'; at++) {
        if (!mul_u64(value, 10, &value) || !add_u64(value, (uint64_t)(*at - '0'), &value) ||
            value > most)
            return NULL;
    }
    value = negative ? 0 - value : value;
    memcpy(out, &value, tokvec_dtype_size(dtype)); /* little-endian: the low bytes */
    return at == first ? NULL : at;
}

static const char *read_bool(const char *at, const char *end, uint8_t *out)
{
    static const char *const words[] = {"0", "1", "false", "true"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if ((size_t)(end - at) >= length && strncasecmp(at, words[i], length) == 0) {
            *out = i & 1;
            return at + length;
        }
    }
    return NULL;
}

const char *number_read(tokvec_dtype dtype, const char *at, const char *end, void *out)
{
    switch (dtype) {
    case TOKVEC_FLOAT32: return read_float32(at, end, out);
    case TOKVEC_FLOAT64: return read_float64(at, end, out);
    case TOKVEC_FLOAT16:
    case TOKVEC_BFLOAT16: return read_half(dtype, at, end, out);
    case TOKVEC_BOOL: return read_bool(at, end, out);
    default: return dtype_is_integer(dtype) ? read_integer(dtype, at, end, out) : NULL;
    }
}

bool number_is(const char *text, size_t length)
{
    double value;
    return read_float64(text, text + length, &value) == text + length;
}

bool number_reads(tokvec_dtype dtype)
{
    return dtype == TOKVEC_FLOAT32 || dtype == TOKVEC_FLOAT64 || dtype == TOKVEC_FLOAT16 ||
           dtype == TOKVEC_BFLOAT16 || dtype == TOKVEC_BOOL || dtype_is_integer(dtype);
}
