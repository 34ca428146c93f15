"""powers_of_ten.py - writes powers_of_ten.h to standard output.
The constants of decimal.c, by exact integer arithmetic: python3 powers_of_ten.py >powers_of_ten.h
SPDX-License-Identifier: MIT"""

# -k for every unit 10^k that a float64 (2^-1074 to 2^971) or a float32 asks for.
FIRST, LAST = -292, 324

HEAD = """\
/* powers_of_ten.h - 128-bit powers of ten.
 * The table behind the shortest digits of decimal.c; written by powers_of_ten.py, not by hand.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_POWERS_OF_TEN_H
#define TOKVEC_PRINT_POWERS_OF_TEN_H

#include <stdint.h>

enum {{ POWERS_OF_TEN_FIRST = {first}, POWERS_OF_TEN_LAST = {last} }};

/* powers_of_ten[n - POWERS_OF_TEN_FIRST] stands for 10^n: high * 2^64 + low =
 * floor(10^n * 2^(127 - floor(log2(10^n)))) + 1, so the top bit is always set. The + 1 is there
 * for exact powers too: the proof of Schubfach counts on a value just above. */
static const struct {{
    uint64_t high;
    uint64_t low;
}} powers_of_ten[{count}] = {{"""

FLOAT32_HEAD = """\
}};

/* For the float32 exponents q = {first} to {last}, that is from 1e-4 to 2^23: the unit 2^q counted
 * in 10^k, where k = floor(log10(2^q)) + 1, with 40 binary places: unit = 2^40 * 2^q / 10^k. All
 * are exact, and a product with a significand below 2^24 fits into 64 bits. */
enum {{ FLOAT32_UNITS_FIRST = {first}, FLOAT32_UNITS_LAST = {last} }};

static const struct {{
    uint64_t unit;
    int64_t k;
}} float32_units[{count}] = {{"""
FLOAT32_FIRST, FLOAT32_LAST = -37, -1


def scaled(n):
    """floor(10^n * 2^(127 - floor(log2(10^n)))) + 1"""
    if n >= 0:
        shift = 127 - (10**n).bit_length() + 1
        return ((10**n << shift) if shift >= 0 else (10**n >> -shift)) + 1
    # 10^n is no power of two here, so floor(log2(10^n)) is minus the bit length of 10^-n.
    return (1 << (127 + (10**-n).bit_length())) // 10**-n + 1


print(HEAD.format(first=FIRST, last=LAST, count=LAST - FIRST + 1))
for n in range(FIRST, LAST + 1):
    g = scaled(n)
    assert 1 << 127 <= g < 1 << 128
    print(f"    {{0x{g >> 64:016x}, 0x{g & (1 << 64) - 1:016x}}}, /* {n} */")

print(FLOAT32_HEAD.format(first=FLOAT32_FIRST, last=FLOAT32_LAST,
                          count=FLOAT32_LAST - FLOAT32_FIRST + 1))
for q in range(FLOAT32_FIRST, FLOAT32_LAST + 1):
    k = 0
    while 10 ** (1 - k) < 2**-q:  # 10^(k-1) is still above 2^q
        k -= 1
    unit, rest = divmod(10**-k << 40, 2**-q)
    assert rest == 0 and unit % 2 == 0 and unit < 1 << 40
    print(f"    {{0x{unit:010x}, {k}}}, /* {q} */")
print("};\n\n#endif")
