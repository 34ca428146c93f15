/* sieve.h - which seeds make a Mersenne Twister give outputs that lie in some ranges.
 * Without running it, and many seeds side by side.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_SIEVE_SIEVE_H
#define TOKVEC_RNG_SIEVE_SIEVE_H

#include "rng/generator.h"
#include "rng/sieve/sieve_ranges.h"

/* A sieve of 32-bit seeds (the low half of a number) that lets pass what keeps to one of the cases,
 * at most 256, which are copied. NULL without memory, or without a case. */
generator_sieve *sieve_open(const sieve_case *cases, size_t count);

#endif
