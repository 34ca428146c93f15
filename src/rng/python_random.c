/* python_random.c - the integers that Python's module random gives.
 * See python_random.h.
 * SPDX-License-Identifier: MIT */
#include "rng/python_random.h"

void python_random_seed(python_random *r, uint64_t magnitude)
{
    const uint32_t words[] = {(uint32_t)magnitude, (uint32_t)(magnitude >> 32)};
    mt19937_seed_array(&r->block, words, words[1] != 0 ? 2 : 1);
    r->used = MT19937_BLOCK;
}

static uint32_t next(python_random *r)
{
    if (r->used == MT19937_BLOCK) {
        mt19937_twist(&r->block);
        r->used = 0;
    }
    return mt19937_temper(r->block.word[r->used++]);
}

/* As many of the top bits as n has, until they are less than n. */
uint32_t python_random_below(python_random *r, uint32_t n)
{
    unsigned above = (unsigned)__builtin_clz(n);
    uint32_t value;
    do
        value = next(r) >> above;
    while (value >= n);
    return value;
}
