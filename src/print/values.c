/* values.c - single values as text.
 * See values.h.
 * SPDX-License-Identifier: MIT */
#include "print/values.h"

#include "base/dtype.h"
#include "text/decimals.h"

static size_t word(char *out, const char *text)
{
    size_t length = strlen(text);
    memcpy(out, text, length);
    return length;
}

static size_t integer(element e, char *out)
{
    size_t sign = e.negative;
    out[0] = '-';
    return sign + decimal_uint64(e.magnitude, out + sign);
}

size_t value_plain(tokvec_dtype dtype, const void *row, size_t i, char *out)
{
    if (dtype == TOKVEC_FLOAT32) {
        float value;
        memcpy(&value, (const char *)row + i * sizeof value, sizeof value);
        return decimal_float32(value, out);
    }
    element e = dtype_element(dtype, row, i);
    if (dtype == TOKVEC_FLOAT64)
        return decimal_float64(e.real, out);
    if (tokvec_dtype_is_float(dtype))
        return decimal_float32((float)e.real, out);
    return integer(e, out);
}

size_t value_json(tokvec_dtype dtype, const void *row, size_t i, char *out, uint64_t *nulls)
{
    if (dtype == TOKVEC_BOOL)
        return word(out, ((const uint8_t *)row)[i] ? "true" : "false");
    size_t length = value_plain(dtype, row, i, out);
    char last = out[length - 1]; /* of nan, inf, -inf; numbers end in a digit */
    if (last >= '0' && last <= '9')
        return length;
    (*nulls)++;
    return word(out, "null");
}

/* ---------------------------------------------------------------- rows */

static bool all_finite(const float *values, size_t n)
{
    uint32_t infinite = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        infinite |= (bits & 0x7f800000) == 0x7f800000;
    }
    return infinite == 0;
}

/* The next values of a row, at most DECIMALS_AT_ONCE, with separators between them and, unless they
 * are the last, after them. False if JSON has no word for one of them. */
static bool put_floats(sink *out, tokvec_dtype dtype, const void *values, size_t n, bool last,
                       const char *separator, bool json)
{
    size_t between = strlen(separator);
    float floats[DECIMALS_AT_ONCE];
    dtype_widen(dtype, values, floats, n);
    if (json && !all_finite(floats, n))
        return false;
    char *at = sink_reserve(out, DECIMALS_AT_ONCE * DECIMAL_FLOAT32_MAX + DECIMAL_ROOM);
    size_t length = decimal_float32s(floats, n, separator, between, at);
    sink_advance(out, length - (last ? between : 0));
    return true;
}

static void put_values(sink *out, tokvec_dtype dtype, const void *row, size_t n,
                       const char *separator, bool json, uint64_t *nulls)
{
    bool floats = tokvec_dtype_is_float(dtype) && dtype != TOKVEC_FLOAT64;
    size_t size = tokvec_dtype_size(dtype), between = strlen(separator);
    for (size_t i = 0; i < n;) {
        size_t end = n - i < DECIMALS_AT_ONCE ? n : i + DECIMALS_AT_ONCE;
        const char *values = (const char *)row + i * size;
        if (floats && put_floats(out, dtype, values, end - i, end == n, separator, json))
            i = end;
        for (; i < end; i++) {
            char *at = sink_reserve(out, DECIMAL_ROOM + 2);
            size_t length =
                json ? value_json(dtype, row, i, at, nulls) : value_plain(dtype, row, i, at);
            memcpy(at + length, separator, between);
            sink_advance(out, length + (i + 1 < n ? between : 0));
        }
    }
}

void values_plain(sink *out, tokvec_dtype dtype, const void *row, size_t n, char separator)
{
    put_values(out, dtype, row, n, (char[]){separator, '\0'}, false, NULL);
}

void values_json(sink *out, tokvec_dtype dtype, const void *row, size_t n, uint64_t *nulls)
{
    put_values(out, dtype, row, n, ", ", true, nulls);
}
