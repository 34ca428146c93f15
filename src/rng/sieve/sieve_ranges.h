/* sieve_ranges.h - ranges that outputs of a Mersenne Twister have to lie in.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_SIEVE_RANGES_H
#define TOKVEC_RNG_SIEVE_RANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A range of an output: (output >> shift & mask) is low, or up to `width` more, modulo mask + 1. */
typedef struct sieve_range {
    uint64_t output; /* its number, from 0 */
    uint32_t shift, mask, low, width;
} sieve_range;

enum { SIEVE_RANGES_MAX = 4 };

/* Ranges of outputs, all of which have to be kept to; the narrowest is best the first. */
typedef struct sieve_case {
    sieve_range ranges[SIEVE_RANGES_MAX];
    size_t count; /* 1 or more */
} sieve_case;

/* The part of a range that has `all` = mask + 1 numbers from low to high, which may go beyond it;
 * with some slack on both sides. */
sieve_range sieve_range_of(uint64_t output, uint32_t mask, double low, double high, double slack);

/* Whether a seed keeps to all ranges of a case, by running its engine there. */
bool sieve_case_check(const sieve_case *c, uint32_t seed);

#endif
