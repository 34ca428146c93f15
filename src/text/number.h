/* number.h - decimal text to numbers.
 * Correctly rounded, as strtof and strtod are, but faster and whatever the locale.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_NUMBER_H
#define TOKVEC_TEXT_NUMBER_H

#include "base/bytes.h"
#include "tokvec.h"

/* Reads the number that begins at `at` and stores it at out as `dtype`: any but the 8-bit
 * floats. Returns where the number ends, or NULL if there is none before `end` or it does not
 * fit an integer dtype. Floats: decimal digits with an optional sign, point and exponent; nan,
 * inf and infinity in any case. Bools: 0, 1, true, false. Nothing is skipped before it, and what
 * follows it is for the caller to look at. */
const char *number_read(tokvec_dtype dtype, const char *at, const char *end, void *out);

/* True if all of the text is a float's number. */
bool number_is(const char *text, size_t length);

/* Whether number_read can make this dtype. */
bool number_reads(tokvec_dtype dtype);

/* ---- inside number_read, and for who reads millions of floats ------------------------------- */

/* How many of eight bytes, from the first in memory on, are decimal digits. */
static inline unsigned number_leading_digits(uint64_t bytes)
{
    uint64_t low = bytes ^ 0x3030303030303030;                        /* digits: 0 to 9 */
    uint64_t above = (low & 0x7f7f7f7f7f7f7f7f) + 0x7676767676767676; /* top bit: over 9 */
    uint64_t other = (above | low) & 0x8080808080808080;
    return other == 0 ? 8 : (unsigned)__builtin_ctzll(other) >> 3;
}

/* The number that the first n of eight bytes, all digits, spell; 1 <= n <= 8. */
static inline uint64_t number_of_digits(uint64_t bytes, unsigned n)
{
    bytes = (bytes - 0x3030303030303030) << (64 - 8 * n); /* zeros come in before them */
    bytes = bytes * 10 + (bytes >> 8);
    uint64_t fours = (bytes & 0x000000ff000000ff) * (1000000 * (UINT64_C(1) << 32) + 100) +
                     ((bytes >> 16) & 0x000000ff000000ff) * (10000 * (UINT64_C(1) << 32) + 1);
    return fours >> 32;
}

/* Reads what nearly all numbers in files of vectors are: an optional minus sign, one digit, a
 * point, one to seven digits, no exponent; small enough for one exact division. Returns NULL for
 * anything else, which number_read then looks at. */
static inline const char *number_quick_float32(const char *at, const char *end, float *out)
{
    enum { LONGEST = 11, EXACT = 1 << 24 };
    static const float tens[] = {1e0F, 1e1F, 1e2F, 1e3F, 1e4F, 1e5F, 1e6F, 1e7F};
    if (end - at < LONGEST)
        return NULL;
    bool negative = *at == '-';
    at += negative;
    unsigned first = (unsigned)(unsigned char)*at - '0';
    uint64_t bytes = load_le64(at + 2);
    unsigned n = number_leading_digits(bytes);
    if (first > 9 || at[1] != '.' || n - 1 > 6 || (at[2 + n] | 0x20) == 'e')
        return NULL;
    uint32_t digits = first * (uint32_t)tens[n] + (uint32_t)number_of_digits(bytes, n);
    if (digits >= EXACT)
        return NULL;
    float value = (float)digits / tens[n];
    uint32_t bits = bits_of_float(value) | (uint32_t)negative << 31;
    memcpy(out, &bits, sizeof bits);
    return at + 2 + n;
}

#endif
