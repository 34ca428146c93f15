/* sieve_far.h - seeds tested by outputs of a Mersenne Twister of any number.
 * Each output is the sum of about half of the first 19937, of the same ones for all seeds.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_SIEVE_FAR_H
#define TOKVEC_RNG_SIEVE_FAR_H

#include "rng/sieve/sieve_ranges.h"

enum { SIEVE_CASES_MAX = 256 };

typedef struct sieve_far {
    const sieve_case *cases; /* borrowed; at most SIEVE_CASES_MAX */
    size_t count, groups;
    uint8_t *patterns; /* of each group, for each of the first outputs: in which sums it is */
    uint64_t words;    /* how many of the first outputs are needed */
} sieve_far;

/* Prepares; false without memory. Released by sieve_far_close, which takes {0} too. */
bool sieve_far_open(sieve_far *f, const sieve_case *cases, size_t count);
void sieve_far_close(sieve_far *f);

/* Those of seeds first .. first+n-1 that keep to a case, as offsets; at most n, n at most 2^16. */
size_t sieve_far_run(const sieve_far *f, uint32_t first, size_t n, uint16_t *out);

#endif
