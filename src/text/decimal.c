/* decimal.c - numbers to decimal text.
 * Shortest digits by Schubfach, eight digits a time into ASCII, layout by overlapping stores.
 * SPDX-License-Identifier: MIT
 *
 * Shortest digits: Raffaello Giulietti, "The Schubfach way to render doubles" (2020). A float
 * c * 2^q stands for all numbers within half a unit of c. With k the largest exponent such that
 * 10^k <= 2^q, that interval holds at least one multiple of 10^k and at most one of 10^(k+1);
 * the latter, if there is one, is the shortest, else the closest of the former is. */
#include "text/decimal.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h" /* stops the build on a big-endian machine */
#include "text/powers_of_ten.h"

__extension__ typedef unsigned __int128 u128;

static const uint64_t ten_to[18] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
};

/* ---- logarithms of powers ------------------------------------------------------------------ */

/* Fixed-point, exact for every exponent a float64 has (checked over the whole range). The right
 * shift of a negative number is arithmetic in gcc and clang. */

static inline int floor_log10_of_2_to(int q)
{
    return (q * 1262611) >> 22;
}

static inline int floor_log10_of_3_quarters_2_to(int q)
{
    return (q * 1262611 - 524031) >> 22;
}

static inline int floor_log2_of_10_to(int n)
{
    return (n * 1741647) >> 19;
}

/* ---- digits into ASCII --------------------------------------------------------------------- */

static const uint64_t ZEROS = 0x3030303030303030; /* "00000000" */

/* The eight digits of value < 10^8 as numbers 0 to 9, one a byte, the first in the lowest byte,
 * that is first in memory. Halves the number three times, all parts at once; the divisions are
 * multiplications by a reciprocal that is exact for parts this small. */
static inline uint64_t eight_digits(uint32_t value)
{
    /* Each step is high + ((low) << n), low being all - high * base, in fewer operations. */
    uint64_t fours = ((uint64_t)value << 32) - (value / 10000) * (((uint64_t)10000 << 32) - 1);
    uint64_t hundreds = ((fours * 10486) >> 20) & 0x0000007f0000007f;
    uint64_t twos = (fours << 16) - hundreds * ((100 << 16) - 1);
    uint64_t tens = ((twos * 103) >> 10) & 0x000f000f000f000f;
    return (twos << 8) - tens * ((10 << 8) - 1);
}

static inline void store_eight(uint64_t digits, char *out)
{
    digits |= ZEROS;
    memcpy(out, &digits, 8);
}

/* Both for a word as eight_digits() returns it, not 0. */

static inline int leading_zeros(uint64_t digits)
{
    return __builtin_ctzll(digits) >> 3;
}

static inline int trailing_zeros(uint64_t digits)
{
    return __builtin_clzll(digits) >> 3;
}

/* Exactly 17 digits of value < 10^17. */
static void store_seventeen(uint64_t value, char *out)
{
    uint64_t head = value / 100000000;
    out[0] = (char)('0' + head / 100000000);
    store_eight(eight_digits((uint32_t)(head % 100000000)), out + 1);
    store_eight(eight_digits((uint32_t)(value % 100000000)), out + 9);
}

/* ---- integers ------------------------------------------------------------------------------ */

size_t decimal_uint64(uint64_t value, char *out)
{
    if (value >= 100000000) {
        size_t length = decimal_uint64(value / 100000000, out);
        store_eight(eight_digits((uint32_t)(value % 100000000)), out + length);
        return length + 8;
    }
    uint64_t digits = eight_digits((uint32_t)value);
    int zeros = leading_zeros(digits | (uint64_t)1 << 56); /* the last digit stays, even a 0 */
    store_eight(digits >> (8 * zeros), out);
    return (size_t)(8 - zeros);
}

size_t decimal_int64(int64_t value, char *out)
{
    bool negative = value < 0;
    *out = '-';
    uint64_t magnitude = negative ? 0 - (uint64_t)value : (uint64_t)value;
    return negative + decimal_uint64(magnitude, out + negative);
}

/* ---- shortest, any format ------------------------------------------------------------------ */

/* digits * 10^exponent; digits > 0, at most 17 of them, possibly with zeros at the end. */
typedef struct {
    uint64_t digits;
    int exponent;
} decimal;

/* value * 10^n, scaled by 2^-(1 + floor(log2(10^n))), to an integer: exact, or odd if something
 * was cut off ("rounded to odd"), so that comparisons with even numbers come out right. */
static uint64_t times_power_of_ten(uint64_t value, int n)
{
    uint64_t high = powers_of_ten[n - POWERS_OF_TEN_FIRST].high;
    uint64_t low = powers_of_ten[n - POWERS_OF_TEN_FIRST].low;
    u128 product = (u128)high * value + (uint64_t)(((u128)low * value) >> 64);
    /* > 1, not > 0: the table's values are a little too large, and an exact product shows it. */
    return (uint64_t)(product >> 64) | ((uint64_t)product > 1);
}

/* Schubfach for c * 2^q, 0 < c < 2^53. `uneven`: c is the smallest of its binade, and the float
 * below it is only half a unit away. Everything is counted in quarters of 10^k. */
static decimal shortest(uint64_t c, int q, bool uneven)
{
    int k = uneven ? floor_log10_of_3_quarters_2_to(q) : floor_log10_of_2_to(q);
    int shift = q + floor_log2_of_10_to(-k) + 1;
    uint64_t value = times_power_of_ten((4 * c) << shift, -k);
    uint64_t from = times_power_of_ten((4 * c - (uneven ? 1 : 2)) << shift, -k);
    uint64_t to = times_power_of_ten((4 * c + 2) << shift, -k);
    uint64_t odd = c & 1; /* a number half-way to a neighbour is read as the even one of the two */
    from += odd;
    to -= odd;

    uint64_t units = value / 4;
    uint64_t tens = units / 10;
    bool below = from <= 40 * tens;
    bool above = 40 * tens + 40 <= to;
    if (below || above)
        return (decimal){tens + above, k + 1};

    below = from <= 4 * units;
    above = 4 * units + 4 <= to;
    if (below && above) {
        uint64_t middle = 4 * units + 2;
        above = value > middle || (value == middle && (units & 1));
    }
    return (decimal){units + above, k};
}

static size_t put_exponent(int exponent, char *out)
{
    unsigned magnitude = exponent < 0 ? (unsigned)-exponent : (unsigned)exponent;
    size_t length = 2;
    out[0] = 'e';
    out[1] = exponent < 0 ? '-' : '+';
    if (magnitude >= 100)
        out[length++] = (char)('0' + magnitude / 100);
    out[length++] = (char)('0' + magnitude / 10 % 10);
    out[length++] = (char)('0' + magnitude % 10);
    return length;
}

/* Positional layout if the exponent of the first digit is in [-4, 15] and `scientific` does not
 * forbid it. */
static size_t put_decimal(decimal number, bool scientific, char *out)
{
    /* Zeros on both sides of the 17 digits, for copies of a fixed length to run into. */
    char text[64];
    memset(text, '0', sizeof text);
    store_seventeen(number.digits, text + 4);
    int first = 4, end = 21;
    while (text[first] == '0')
        first++;
    while (text[end - 1] == '0')
        end--;
    int exponent = number.exponent + 20 - first;

    if (scientific || exponent < -4 || exponent > 15) {
        size_t length = end - first == 1 ? 1 : (size_t)(end - first + 1);
        out[0] = text[first];
        out[1] = '.';
        memcpy(out + 2, text + first + 1, 16);
        return length + put_exponent(exponent, out + length);
    }
    if (exponent < 0) { /* the zeros before the first digit are digits like others */
        first += exponent;
        exponent = 0;
    }
    int point = exponent + 1;
    int digits = end - first > point + 1 ? end - first : point + 1;
    memcpy(out, text + first, 20);
    out[point] = '.';
    memcpy(out + point + 1, text + first + point, 20);
    return (size_t)(digits + 1);
}

static size_t put_not_finite(bool nan, bool negative, char *out)
{
    memcpy(out, nan ? "nan" : negative ? "-inf" : "inf", 4);
    return nan || !negative ? 3 : 4;
}

static size_t put_zero(bool negative, char *out)
{
    memcpy(out, negative ? "-0.0" : "0.0", 4);
    return negative ? 4 : 3;
}

size_t decimal_float64(double value, char *out)
{
    uint64_t bits;
    memcpy(&bits, &value, 8);
    uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    int biased = (int)(bits >> 52 & 0x7ff);
    bool negative = bits >> 63;
    if (biased == 0x7ff)
        return put_not_finite(fraction != 0, negative, out);
    if (biased == 0 && fraction == 0)
        return put_zero(negative, out);

    *out = '-';
    decimal number = biased == 0 ? shortest(fraction, -1074, false)
                                 : shortest(fraction | (uint64_t)1 << 52, biased - 1075,
                                            fraction == 0 && biased > 1);
    return negative + put_decimal(number, false, out + negative);
}

/* ---- shortest float32 ---------------------------------------------------------------------- */

/* The patterns of the first float32 >= 1e-4, of 2^23 and of the first >= 1e16. From 1e-4 to 1e16
 * the layout is positional; the fast path goes up to 2^23. */
static const uint32_t POSITIONAL_FROM = 0x38d1b718;
static const uint32_t FAST_TO = 0x4b000000;
static const uint32_t POSITIONAL_TO = 0x5a0e1bca;

/* What the fast path below leaves: very small, very large, or a power of two. */
static size_t float32_rare(uint32_t bits, char *out)
{
    uint32_t magnitude = bits & 0x7fffffff;
    uint32_t fraction = bits & 0x7fffff;
    int biased = (int)(magnitude >> 23);
    bool negative = bits >> 31;
    if (biased == 0xff)
        return put_not_finite(fraction != 0, negative, out);
    if (magnitude == 0)
        return put_zero(negative, out);

    *out = '-';
    bool scientific = magnitude < POSITIONAL_FROM || magnitude >= POSITIONAL_TO;
    decimal number = biased == 0 ? shortest(fraction, -149, false)
                                 : shortest(fraction | (uint32_t)1 << 23, biased - 150,
                                            fraction == 0 && biased > 1);
    return negative + put_decimal(number, scientific, out + negative);
}

/* The fast path is Schubfach for exponents so close to 0 that 64-bit integers hold everything
 * exactly, and has no branch. It counts in multiples of 10^(k+1), k as above: less than 2^24 of
 * them, and a rest of 40 binary places. */
size_t decimal_float32(float value, char *out)
{
    uint32_t bits;
    memcpy(&bits, &value, 4);
    uint32_t magnitude = bits & 0x7fffffff;
    if (magnitude - POSITIONAL_FROM >= FAST_TO - POSITIONAL_FROM || (magnitude & 0x7fffff) == 0)
        return float32_rare(bits, out);

    *out = '-';
    out += bits >> 31;

    /* m * 2^q = (tens + rest / 2^40) * 10^k, this k being one more than Schubfach's. */
    uint64_t m = (magnitude & 0x7fffff) | 0x800000;
    uint32_t biased = magnitude >> 23;
    uint64_t unit = float32_units[biased] >> 24; /* exact with 40 binary places */
    int k = floor_log10_of_2_to((int)biased - 150) + 1;
    uint64_t scaled = m * unit;
    const uint64_t one = (uint64_t)1 << 40;
    uint64_t tens = scaled >> 40;
    uint64_t rest = scaled & (one - 1);

    /* The interval reaches half a unit to both sides; its ends belong to it if m is even. */
    uint64_t limit = unit / 2 - (m & 1);
    bool below = rest <= limit;
    bool above = one - rest <= limit;
    /* Else one more digit, rounded: ties can only be at a rest of 1/4 (down to 2, so 1 is missing
     * from one half) and of 3/4 (up to 8, so it is added again). */
    uint64_t digit = (10 * rest + (one / 2 - 1) + (rest >> 39)) >> 40;
    digit &= (uint64_t)(below | above) - 1; /* a mask, because `?:` becomes a branch */
    tens += above;

    /* The digits stand in a column of nine, the last one possibly empty, of which place `ones` has
     * the digit before the point. The first `skip` are zeros that are not printed; a negative skip
     * adds zeros in front, for numbers below one. */
    uint64_t eight = eight_digits((uint32_t)tens);
    int end = 8 - trailing_zeros(eight | digit << 56) + (digit > 0);
    int ones = k + 7;
    int zeros = leading_zeros(eight);
    int skip = zeros < ones ? zeros : ones;
    int point = ones + 1 - skip; /* 1 to 7 */
    int digits = end - skip;
    digits = digits > point ? digits : point + 1; /* ".0" */

    u128 column = ((u128)digit << 64 | eight) << 32; /* four zeros in front */
    column >>= 8 * (4 + skip) & 63; /* 0 to 48; the mask saves gcc the case of 64 and more */
    uint64_t head = (uint64_t)column | ZEROS;
    uint64_t tail = (uint64_t)(column >> 64) | ZEROS;
    memcpy(out + 1, &head, 8);
    memcpy(out + 9, &tail, 8);
    uint64_t whole = head & (((uint64_t)1 << (8 * point)) - 1);
    head = whole | (head - whole) << 8 | (uint64_t)'.' << (8 * point);
    memcpy(out, &head, 8);
    return (bits >> 31) + (size_t)(digits + 1);
}

/* ---- printf's formats ---------------------------------------------------------------------- */

static size_t put_format(const char *format, double value, int precision, char *out, size_t room)
{
    int length = snprintf(out, room, format, precision, value);
    return length < 0 ? 0 : (size_t)length;
}

/* part = round(fraction / 2^shift * 10^precision), half to even, for fraction < 2^53 and
 * fraction / 2^shift < 1. The tie of precision 0 looks at the digit before: `odd_before`. */
static uint64_t fraction_digits(uint64_t fraction, int shift, int precision, bool odd_before)
{
    if (shift >= 112) /* the product is below 2^110, that is below half */
        return 0;
    u128 product = (u128)fraction * ten_to[precision];
    uint64_t part = (uint64_t)(product >> shift);
    u128 rest = product - ((u128)part << shift);
    u128 half = (u128)1 << (shift - 1);
    bool odd = precision > 0 ? part & 1 : odd_before;
    return part + ((rest > half) | ((rest == half) & odd));
}

size_t decimal_fixed(double value, int precision, char *out, size_t room)
{
    uint64_t bits;
    memcpy(&bits, &value, 8);
    int biased = (int)(bits >> 52 & 0x7ff);
    bool below_2_to_63 = biased < 1023 + 63; /* false for nan and inf too */
    if (precision < 0 || precision > 17 || !below_2_to_63 || room < DECIMAL_ROOM)
        return put_format("%.*f", value, precision, out, room);

    /* |value| = c / 2^shift = whole + part / 10^precision */
    uint64_t c = bits & (((uint64_t)1 << 52) - 1);
    c |= (uint64_t)(biased > 0) << 52;
    int shift = 1075 - (biased > 0 ? biased : 1);
    uint64_t whole, part = 0;
    if (shift <= 0) {
        whole = c << -shift;
    } else {
        whole = shift < 64 ? c >> shift : 0;
        uint64_t fraction = shift < 64 ? c - (whole << shift) : c;
        part = fraction_digits(fraction, shift, precision, whole & 1);
        if (part == ten_to[precision]) {
            part = 0;
            whole++;
        }
    }

    size_t length = bits >> 63;
    *out = '-';
    length += decimal_uint64(whole, out + length);
    if (precision == 0)
        return length;
    out[length++] = '.';
    store_seventeen(part * ten_to[17 - precision], out + length);
    return length + (size_t)precision;
}

size_t decimal_scientific(double value, int precision, char *out, size_t room)
{
    return put_format("%.*e", value, precision, out, room);
}

size_t decimal_fixed_room(int precision)
{
    size_t places = precision < 0 ? 6 : (size_t)precision;
    size_t room = 1 + 309 + 1 + places + 1; /* -DBL_MAX, and a terminator for snprintf */
    return room < DECIMAL_ROOM ? DECIMAL_ROOM : room;
}

/* ---- aligned -------------------------------------------------------------------------------- */

bool decimal_aligned_one(float value, decimal_notation notation, int precision, size_t width,
                         char *out)
{
    char text[1 + 39 + 1 + 9 + 1 + DECIMAL_ROOM] = "nan";
    size_t length = 3;
    if (value == value && notation == DECIMAL_SCIENTIFIC)
        length = decimal_scientific((double)value, precision, text, sizeof text);
    else if (value == value)
        length = decimal_fixed((double)value, precision, text, sizeof text);
    if (length > width)
        return false;
    memset(out, ' ', width - length);
    memcpy(out + width - length, text, length);
    memcpy(out + width, ", ", 2);
    return true;
}
