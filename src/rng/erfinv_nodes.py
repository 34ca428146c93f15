#!/usr/bin/env python3
"""Writes erfinv_nodes.h: the error function at the places from which erfinv.c goes on.

erf x is 2 / sqrt(pi) exp(-x^2) (x + x (2 x^2) / 3 + x (2 x^2)^2 / (3 * 5) + ...), of which all
terms are positive; everything is computed with 120 decimal digits.

Usage: erfinv_nodes.py > erfinv_nodes.h
"""
from decimal import Decimal, getcontext

getcontext().prec = 120
STEPS = 32  # to 1
SPLIT = 16  # from here on erfc is written in place of erf
LAST = 188  # erfc(188 / 32) < 2^-53


def pi():
    """By Machin's formula."""

    def arctan(inverse):
        x, sign, n = Decimal(1) / inverse, 1, 1
        total = Decimal(0)
        while x > Decimal(10) ** -118:
            total += sign * x / n
            x, sign, n = x / inverse**2, -sign, n + 2
        return total

    return 4 * (4 * arctan(5) - arctan(239))


ROOT_PI = pi().sqrt()


def slope(x):
    return 2 / ROOT_PI * (-x * x).exp()


def erf(x):
    term = total = x
    n = 1
    while term > Decimal(10) ** -118:
        term = term * 2 * x * x / (2 * n + 1)
        total += term
        n += 1
    return slope(x) * total


def level(x, node):
    return erf(x) if node < SPLIT else 1 - erf(x)


def twofold(value):
    high = float(value)
    return "{%s, %s}" % (high.hex(), float(value - Decimal(high)).hex())


def main():
    print("/* erfinv_nodes.h - the error function at multiples of 1 / %d." % STEPS)
    print(" * Written by erfinv_nodes.py, which says how.")
    print(" * SPDX-License-Identifier: MIT */")
    print("#ifndef TOKVEC_RNG_ERFINV_NODES_H")
    print("#define TOKVEC_RNG_ERFINV_NODES_H\n")
    print('#include "rng/twofold.h"\n')
    print("enum { ERFINV_STEPS = %d, ERFINV_SPLIT = %d, ERFINV_NODES = %d };\n" % (STEPS, SPLIT, LAST + 1))
    print("/* Node k is at x = k / ERFINV_STEPS. From ERFINV_SPLIT on, its level is erfc. */")
    print("typedef struct erfinv_node {")
    print("    double until;  /* the level half way to the next node */")
    print("    twofold level; /* erf(x), or erfc(x) */")
    print("    twofold slope; /* the derivative of erf */")
    print("} erfinv_node;\n")
    print("/* clang-format off */")
    print("static const erfinv_node erfinv_nodes[ERFINV_NODES] = {")
    for k in range(LAST + 1):
        x = Decimal(k) / STEPS
        until = level(x + Decimal(1) / (2 * STEPS), k)
        print("    {%s, %s, %s}," % (float(until).hex(), twofold(level(x, k)), twofold(slope(x))))
    print("};\n/* clang-format on */\n\n#endif")


if __name__ == "__main__":
    main()
