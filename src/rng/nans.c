/* nans.c - the bits of values that are not numbers.
 * See nans.h. On x86-64 only those of bfloat16 have others.
 * SPDX-License-Identifier: MIT */
#include "rng/nans.h"

#include "base/dispatch.h"

#include <stdint.h>

/* The largest magnitude of some bfloat16 values: nearly always there is nothing above infinity, and
 * looking is cheaper than writing. */
DISPATCH_INLINE void find_largest(const uint16_t *bits, size_t n, uint16_t *out)
{
    uint16_t largest = 0;
    for (size_t i = 0; i < n; i++) {
        uint16_t magnitude = bits[i] & 0x7fff;
        largest = magnitude > largest ? magnitude : largest;
    }
    *out = largest;
}

DISPATCH_VARIANTS(find_largest, (const uint16_t *bits, size_t n, uint16_t *out), (bits, n, out))

/* Values whose magnitude is above that of infinity. */
#define UNIFY(type, infinity, nan)                                          \
    do {                                                                    \
        type *bits = values;                                                \
        const type magnitude = (type)((type)-1 >> 1);                       \
        for (size_t i = 0; i < n; i++)                                      \
            bits[i] = (bits[i] & magnitude) > (infinity) ? (nan) : bits[i]; \
    } while (0)

static void unify_bfloat16(size_t n, void *values)
{
    uint16_t largest;
    DISPATCH(find_largest, (values, n, &largest));
    if (largest > 0x7f80)
        UNIFY(uint16_t, 0x7f80, 0x7fc0);
}

void nans_unify(tokvec_dtype dtype, size_t n, void *values)
{
    switch (dtype) {
    case TOKVEC_BFLOAT16: unify_bfloat16(n, values); break;
#ifndef __x86_64__
    case TOKVEC_FLOAT16: UNIFY(uint16_t, 0x7c00, 0xfe00); break;
    case TOKVEC_FLOAT32: UNIFY(uint32_t, 0x7f800000, 0xffc00000); break;
    case TOKVEC_FLOAT64: UNIFY(uint64_t, 0x7ff0000000000000, 0xfff8000000000000); break;
#endif
    default: break;
    }
}
