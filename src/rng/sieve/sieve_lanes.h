/* sieve_lanes.h - the steps of a Mersenne Twister, of several seeds side by side.
 * Vectors go by pointers between inlined functions, which costs nothing and needs no ABI.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_SIEVE_LANES_H
#define TOKVEC_RNG_SIEVE_LANES_H

#include "base/dispatch.h"
#include "rng/sieve/sieve_ranges.h"

enum { SIEVE_LANES = 8 };

#define SIEVE_LANES_TOGETHER __attribute__((vector_size(4 * SIEVE_LANES)))
typedef uint32_t sieve_lanes SIEVE_LANES_TOGETHER;

/* The seeds first, first + 1, ... */
DISPATCH_INLINE void sieve_lanes_start(uint32_t first, sieve_lanes *out)
{
    const sieve_lanes lane = {0, 1, 2, 3, 4, 5, 6, 7};
    *out = lane + first;
}

/* From one word of the state to word i. */
DISPATCH_INLINE void sieve_lanes_step(sieve_lanes *x, uint32_t i)
{
    *x = 1812433253u * (*x ^ *x >> 30) + i;
}

/* The next word of the recurrence. */
DISPATCH_INLINE void sieve_lanes_next(const sieve_lanes *upper, const sieve_lanes *lower,
                                      const sieve_lanes *far, sieve_lanes *out)
{
    sieve_lanes joined = (*upper & 0x80000000u) | (*lower & 0x7fffffffu);
    *out = *far ^ joined >> 1 ^ ((0u - (*lower & 1u)) & 0x9908b0dfu);
}

/* Keeps in *good the lanes whose output, from a word, lies in a range. */
DISPATCH_INLINE void sieve_lanes_keep(const sieve_range *r, const sieve_lanes *word,
                                      sieve_lanes *good)
{
    sieve_lanes x = *word;
    x ^= x >> 11;
    x ^= x << 7 & 0x9d2c5680u;
    x ^= x << 15 & 0xefc60000u;
    x ^= x >> 18;
    *good &= (sieve_lanes)((((x >> r->shift) - r->low) & r->mask) <= r->width);
}

#endif
