#!/usr/bin/env python3
"""Writes characteristic.h: the characteristic polynomial of MT19937's step.

The formula is in Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998, appendix A.
With U = t^n + t^m, V = t^(n-1) + t^(m-1) and a_i the bits of the twist matrix, lowest first, it is

    U V^31 + (sum over i = 0 .. 30 of a_i U V^(30-i)) + a_31.

The result is not taken on trust: the outputs of the engine must satisfy the recurrence that it
stands for.

Usage: characteristic.py > characteristic.h
"""
N, M, W, R, A = 624, 397, 32, 31, 0x9908B0DF


def times(p, exponents):
    """The product of p and a sparse polynomial, over GF(2); bit i is the coefficient of t^i."""
    product = 0
    for e in exponents:
        product ^= p << e
    return product


def power(exponents, count):
    p = 1
    for _ in range(count):
        p = times(p, exponents)
    return p


def characteristic():
    u, v = (N, M), (N - 1, M - 1)
    total = times(power(v, R), u)
    for i in range(R):
        if A >> i & 1:
            total ^= times(power(v, R - 1 - i), u)
    return total ^ A >> R


def outputs(count):
    x = [1]
    for i in range(1, N):
        x.append((1812433253 * (x[-1] ^ x[-1] >> 30) + i) & 0xFFFFFFFF)
    for i in range(count):
        y = x[i] & 0x80000000 | x[i + 1] & 0x7FFFFFFF
        x.append(x[i + M] ^ y >> 1 ^ (A if y & 1 else 0))
    return x[N:]


def main():
    polynomial = characteristic()
    terms = [e for e in range(polynomial.bit_length()) if polynomial >> e & 1]
    assert terms[-1] == N * W - R and terms[0] == 0
    x = outputs(terms[-1] + 2000)
    for start in range(2000):
        total = 0
        for e in terms:
            total ^= x[start + e]
        assert total == 0, "the engine does not satisfy the polynomial"
    print("/* characteristic.h - the characteristic polynomial of MT19937's step, over GF(2).")
    print(" * Written by characteristic.py, which says where it comes from and checks it.")
    print(" * SPDX-License-Identifier: MIT */")
    print("#ifndef TOKVEC_RNG_CHARACTERISTIC_H")
    print("#define TOKVEC_RNG_CHARACTERISTIC_H\n")
    print("#include <stdint.h>\n")
    print("enum { CHARACTERISTIC_DEGREE = %d, CHARACTERISTIC_TERMS = %d };\n" % (terms[-1], len(terms)))
    print("/* The exponents that have coefficient 1, in ascending order. */")
    print("/* clang-format off */")
    print("static const uint16_t characteristic_exponents[CHARACTERISTIC_TERMS] = {")
    for i in range(0, len(terms), 14):
        print("    " + " ".join("%d," % e for e in terms[i:i + 14]))
    print("};\n/* clang-format on */\n\n#endif")


if __name__ == "__main__":
    main()
