/* mt19937_sieve.h - which seeds make a Mersenne Twister give outputs that lie in some ranges.
 * Without running it: a first output needs no more of a state than what is computed on the way to
 * word 397, and a far one is the sum of some of the first outputs, which ones is the same for all
 * seeds. Many seeds are tested side by side.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_MT19937_SIEVE_H
#define TOKVEC_RNG_MT19937_SIEVE_H

#include "rng/generator.h"

/* A range of an output: (output >> shift & mask) is low, or up to `width` more, modulo mask + 1. */
typedef struct mt19937_range {
    uint64_t output; /* its number, from 0 */
    uint32_t shift, mask, low, width;
} mt19937_range;

enum { MT19937_RANGES_MAX = 4 };

/* Ranges of outputs, all of which have to be kept to; the narrowest is best the first. */
typedef struct mt19937_case {
    mt19937_range ranges[MT19937_RANGES_MAX];
    size_t count; /* 1 or more */
} mt19937_case;

/* A sieve of 32-bit seeds (the low half of a number) that lets pass what keeps to one of the cases,
 * which are copied. NULL without memory. */
generator_sieve *mt19937_sieve_open(const mt19937_case *cases, size_t count);

/* The part of a range that has `all` = mask + 1 numbers from low to high, which may go beyond it;
 * with some slack on both sides. */
mt19937_range mt19937_range_of(uint64_t output, uint32_t mask, double low, double high,
                               double slack);

#endif
