/* narrow.h - rounding float32s to the two 16-bit floats that PyTorch has, inline.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_NARROW_H
#define TOKVEC_RNG_TORCH_NARROW_H

#include "base/bytes.h"
#include "base/dispatch.h"
#include "tokvec.h"

/* To bfloat16 if it is the `brain` kind, otherwise to float16. */
DISPATCH_INLINE uint16_t narrow_bits(bool brain, float value)
{
    return brain ? bfloat16_of_float(value) : float16_of_float(value);
}

DISPATCH_INLINE float narrow_widen(bool brain, uint16_t bits)
{
    return brain ? float_of_bfloat16(bits) : float_of_float16(bits);
}

/* The nearest number of a 16-bit dtype. */
DISPATCH_INLINE float narrow_round(tokvec_dtype dtype, float value)
{
    bool brain = dtype == TOKVEC_BFLOAT16;
    return narrow_widen(brain, narrow_bits(brain, value));
}

#endif
