/* sieve_near.h - seeds tested by the first outputs of a Mersenne Twister.
 * These need no more of a state than what is computed on the way to word 397 and some more.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_SIEVE_NEAR_H
#define TOKVEC_RNG_SIEVE_NEAR_H

#include "rng/sieve/sieve_ranges.h"

enum { SIEVE_NEAR_MAX = 64 }; /* the last output that is near */

/* Those of seeds first .. first+n-1 that keep to all near ranges of a case whose first range is
 * near, as offsets; at most n, n at most 2^16. */
size_t sieve_near_run(const sieve_case *cases, size_t count, uint32_t first, size_t n,
                      uint16_t *out);

#endif
