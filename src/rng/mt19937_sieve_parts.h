/* mt19937_sieve_parts.h - what the two ways of sieving seeds share.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_MT19937_SIEVE_PARTS_H
#define TOKVEC_RNG_MT19937_SIEVE_PARTS_H

#include "base/dispatch.h"
#include "rng/mt19937.h"
#include "rng/mt19937_sieve.h"

enum {
    SIEVE_LANES = 8,       /* seeds in a vector */
    SIEVE_NEAR_MAX = 64,   /* outputs up to this one are found from a part of a state */
    SIEVE_CASES_MAX = 256, /* of one sieve */
    SIEVE_GROUP = 8,       /* far outputs that are summed up together */
};

typedef uint32_t sieve_lanes __attribute__((vector_size(4 * SIEVE_LANES)));

typedef struct sieve_far {
    size_t groups;
    uint8_t *patterns; /* of each group, for each of the first outputs: in which sums it is */
    uint64_t words;    /* how many of the first outputs are needed */
} sieve_far;

typedef struct sieve {
    generator_sieve base;
    mt19937_case *cases;
    size_t count;
    uint64_t nearest; /* the largest number of an output in a first range, if that is near */
    sieve_far far;    /* groups 0: all first ranges are near */
} sieve;

/* The next word of the recurrence; and the output of a word. */
DISPATCH_INLINE sieve_lanes sieve_next(sieve_lanes upper, sieve_lanes lower, sieve_lanes far)
{
    sieve_lanes joined = (upper & 0x80000000u) | (lower & 0x7fffffffu);
    return far ^ joined >> 1 ^ ((0u - (lower & 1u)) & 0x9908b0dfu);
}

DISPATCH_INLINE sieve_lanes sieve_temper(sieve_lanes x)
{
    x ^= x >> 11;
    x ^= x << 7 & 0x9d2c5680u;
    x ^= x << 15 & 0xefc60000u;
    return x ^ x >> 18;
}

/* All ones in the lanes whose output, from a word, lies in a range. */
DISPATCH_INLINE sieve_lanes sieve_in_range(const mt19937_range *r, sieve_lanes word)
{
    sieve_lanes offset = ((sieve_temper(word) >> r->shift) - r->low) & r->mask;
    return (sieve_lanes)(offset <= r->width);
}

/* Whether a seed keeps to all ranges of a case, by running its engine there. */
bool sieve_check(const mt19937_case *c, uint32_t seed);

/* Prepares for far outputs; false without memory. */
bool sieve_far_open(sieve *s);
void sieve_far_close(sieve *s);

/* As generator_sieve.run, where there are far ones. */
size_t sieve_far_run(const sieve *s, uint32_t first, size_t n, uint16_t *out);

#endif
