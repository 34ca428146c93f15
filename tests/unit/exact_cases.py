#!/usr/bin/env python3
"""Writes exact_cases.h: sums, quotients and deviations of numbers of all sizes, by fractions.

usage: exact_cases.py > exact_cases.h
SPDX-License-Identifier: MIT
"""
from fractions import Fraction
import math
import struct
import sys

COUNT = 40
# Of the exponents: the lowest and the number of them; and whether most of the sum cancels.
KINDS = [(0, 2047, False), (0, 2047, True), (0, 60, False), (0, 2, False), (1000, 40, False),
         (1000, 40, True), (1023, 1, False), (1023, 1, True), (1400, 3, True), (1980, 60, False),
         (2030, 17, True), (500, 30, False)]


class Random:
    """The generator of test_number.c."""

    def __init__(self):
        self.state = 88172645463325252

    def next(self):
        s = self.state
        s ^= s << 13 & (1 << 64) - 1
        s ^= s >> 7
        s ^= s << 17 & (1 << 64) - 1
        self.state = s
        return s

    def number(self, low, size):
        bits = self.next()
        exponent = low + (bits >> 52) % size
        bits = bits & 0x800fffffffffffff | exponent << 52
        return struct.unpack('<d', struct.pack('<Q', bits))[0]


def numbers(random, low, size, cancels):
    out = [random.number(low, size) for _ in range(COUNT)]
    if cancels:
        for i in range(COUNT // 2 - 1):
            out[COUNT - 1 - i] = -out[i]
    return out


def nearest(x):
    """The nearest float64 to a fraction."""
    try:
        return float(x)
    except OverflowError:
        return math.inf if x > 0 else -math.inf


def root(x):
    """Of a fraction: 200 bits of it, rounded."""
    if x == 0:
        return 0.0
    scale = 2400
    return nearest(Fraction(math.isqrt((x.numerator << 2 * scale) // x.denominator), 1 << scale))


def text(x):
    return 'INFINITY' if x == math.inf else '-INFINITY' if x == -math.inf else x.hex()


def main():
    random = Random()
    print('/* exact_cases.h - made by exact_cases.py.\n * SPDX-License-Identifier: MIT */')
    print('/* clang-format off */')
    print('enum { CASE_NUMBERS = %d };' % COUNT)
    print('static const struct exact_case {\n    unsigned low, size, cancels;\n'
          '    double sum, mean, products, variance, deviation;\n} exact_cases[] = {')
    for low, size, cancels in KINDS:
        x = [Fraction(v) for v in numbers(random, low, size, cancels)]
        n = len(x)
        mean = sum(x) / n
        variance = sum((v - mean) ** 2 for v in x) / (n - 1)
        products = sum(x[i] * x[i + 1] for i in range(n - 1))
        print('    {%d, %d, %d, %s},' % (low, size, cancels, ', '.join(
            text(v) for v in (nearest(sum(x)), nearest(mean), nearest(products),
                              nearest(variance), root(variance)))))
    print('};')


if __name__ == '__main__':
    sys.exit(main())
