"""powers_of_ten.py - writes powers_of_ten.h to standard output.
The constants of decimal.c, by exact integer arithmetic: python3 powers_of_ten.py >powers_of_ten.h
SPDX-License-Identifier: MIT"""

# -k for every unit 10^k that a float64 (2^-1074 to 2^971) or a float32 asks for.
FIRST, LAST = -292, 324

HEAD = """\
/* powers_of_ten.h - 128-bit powers of ten.
 * The table behind the shortest digits of decimal.c; written by powers_of_ten.py, not by hand.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_POWERS_OF_TEN_H
#define TOKVEC_TEXT_POWERS_OF_TEN_H

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

/* For a float32 with the biased exponent b, that is c * 2^q with q = b - 150: the unit 2^q counted
 * in 10^k, where k = floor(log10(2^q)) + 1, in 1/2^64. At least 0.1, below 1, and exact for q from
 * -64 to 0. The last entry, of infinity and nan, is there for reads that are not used. */
static const uint64_t float32_units[256] = {{"""


def unit(b):
    """2^q / 10^k * 2^64, to the nearest"""
    q = max(b, 1) - 150
    k = len(str(2**q)) if q >= 0 else len(str(10**60 // 2**-q)) - 60
    top, bottom = 2 ** max(q + 64, 0), 2 ** max(-q - 64, 0)
    top, bottom = top * 10 ** max(-k, 0), bottom * 10 ** max(k, 0)
    return (2 * top + bottom) // (2 * bottom)


def scaled(n):
    """floor(10^n * 2^(127 - floor(log2(10^n)))) + 1"""
    if n >= 0:
        shift = 127 - (10**n).bit_length() + 1
        return ((10**n << shift) if shift >= 0 else (10**n >> -shift)) + 1
    # 10^n is not a power of two here, so floor(log2(10^n)) is minus the bit length of 10^-n.
    return (1 << (127 + (10**-n).bit_length())) // 10**-n + 1


print(HEAD.format(first=FIRST, last=LAST, count=LAST - FIRST + 1))
for n in range(FIRST, LAST + 1):
    g = scaled(n)
    assert 1 << 127 <= g < 1 << 128
    print(f"    {{0x{g >> 64:016x}, 0x{g & (1 << 64) - 1:016x}}}, /* {n} */")

print(FLOAT32_HEAD.format())
for b in range(256):
    assert 2**64 // 10 <= unit(b) < 2**64
    print(f"    0x{unit(b):016x}, /* {b} */")
print("};\n\n#endif")
