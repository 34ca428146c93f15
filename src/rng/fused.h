/* fused.h - a * b + c in floats, rounded once, on processors with an instruction for it and others.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_FUSED_H
#define TOKVEC_RNG_FUSED_H

#include "base/bytes.h"
#include "base/dispatch.h"

/* a * b + c, rounded once, without an instruction for it. The product is exact in double. The sum
 * is rounded, and once more to float: which goes wrong only where the sum has come to lie in the
 * middle between two floats and was not there before. It is moved off that middle then; as is any
 * sum whose float is subnormal, with a middle elsewhere, if its last bit is 0: to an odd one. */
DISPATCH_INLINE float fused_by_double(float a, float b, float c)
{
    const uint64_t below = 0x1fffffff, middle = 0x10000000; /* the bits that a float lacks */
    double x = (double)a * (double)b, y = (double)c;
    double sum = x + y;
    uint64_t bits = bits_of_double(sum);
    bool is_subnormal = sum < 0x1p-126 && sum > -0x1p-126 && (bits & 1) == 0;
    if (__builtin_expect((bits & below) == middle || is_subnormal, 0)) {
        double part = sum - x;
        double error = (x - (sum - part)) + (y - part); /* that of the sum, exactly */
        if (error != 0.0)
            bits = (error < 0.0) == (sum < 0.0) ? bits + 1 : bits - 1;
        sum = double_of_bits(bits);
    }
    return (float)sum;
}

/* By the instruction if the processor `fuses` (base/dispatch.h). */
DISPATCH_INLINE float fused(bool fuses, float a, float b, float c)
{
    return fuses ? __builtin_fmaf(a, b, c) : fused_by_double(a, b, c);
}

#endif
