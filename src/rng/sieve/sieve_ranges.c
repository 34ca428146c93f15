/* sieve_ranges.c - ranges that outputs of a Mersenne Twister have to lie in.
 * See sieve_ranges.h.
 * SPDX-License-Identifier: MIT */
#include "rng/sieve/sieve_ranges.h"

#include "rng/mt19937_jump.h"

enum { N = MT19937_BLOCK };

sieve_range sieve_range_of(uint64_t output, uint32_t mask, double low, double high, double slack)
{
    double all = (double)mask + 1;
    sieve_range r = {.output = output, .mask = mask, .width = mask};
    double width = high - low + 2 * slack;
    if (!(width < all - 2)) /* or not a number */
        return r;
    double turns = (low - slack) / all;
    int64_t whole = (int64_t)turns - (turns < 0);
    r.low = (uint32_t)(low - slack - (double)whole * all) & mask;
    r.width = (uint32_t)width + 1;
    return r;
}

bool sieve_case_check(const sieve_case *c, uint32_t seed)
{
    mt19937 engine;
    uint64_t at = 0; /* the block that it is in, from 1; 0: before the first */
    mt19937_seed(&engine, seed);
    for (size_t i = 0; i < c->count; i++) {
        const sieve_range *r = &c->ranges[i];
        uint64_t block = r->output / N + 1;
        if (block < at) {
            mt19937_seed(&engine, seed);
            at = 0;
        }
        mt19937_skip(&engine, block - at);
        at = block;
        uint32_t output = mt19937_temper(engine.word[r->output % N]);
        if ((((output >> r->shift) - r->low) & r->mask) > r->width)
            return false;
    }
    return true;
}
