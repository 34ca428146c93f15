/* mt19937.c - the Mersenne Twister.
 * See mt19937.h.
 * SPDX-License-Identifier: MIT */
#include "rng/mt19937.h"

#include "base/dispatch.h"

enum { N = MT19937_BLOCK, M = 397 };

void mt19937_seed(mt19937 *engine, uint32_t seed)
{
    uint32_t *x = engine->word;
    x[0] = seed;
    for (uint32_t i = 1; i < N; i++)
        x[i] = 1812433253u * (x[i - 1] ^ x[i - 1] >> 30) + i;
}

/* Steps to the next word; behind the last one is the second, and the last becomes the first. */
static uint32_t step_over(uint32_t *x, uint32_t i)
{
    if (i + 1 < N)
        return i + 1;
    x[0] = x[N - 1];
    return 1;
}

void mt19937_seed_array(mt19937 *engine, const uint32_t *words, size_t n)
{
    uint32_t *x = engine->word, i = 1;
    size_t j = 0, rounds = n > N ? n : N;
    mt19937_seed(engine, 19650218);
    for (; rounds > 0; rounds--) {
        x[i] = (x[i] ^ (x[i - 1] ^ x[i - 1] >> 30) * 1664525u) + words[j] + (uint32_t)j;
        i = step_over(x, i);
        j = j + 1 < n ? j + 1 : 0;
    }
    for (rounds = N - 1; rounds > 0; rounds--) {
        x[i] = (x[i] ^ (x[i - 1] ^ x[i - 1] >> 30) * 1566083941u) - i;
        i = step_over(x, i);
    }
    x[0] = 0x80000000u;
}

DISPATCH_INLINE uint32_t next_word(uint32_t upper, uint32_t lower, uint32_t far)
{
    uint32_t joined = (upper & 0x80000000u) | (lower & 0x7fffffffu);
    return far ^ joined >> 1 ^ ((0u - (lower & 1u)) & 0x9908b0dfu);
}

/* In place, in three loops whose reads and writes do not meet within a vector's length: word i
 * needs i, i+1 and i+397, of which the last is new once i+397 passes the end. */
DISPATCH_INLINE void twist(uint32_t *x)
{
    for (int i = 0; i < N - M; i++)
        x[i] = next_word(x[i], x[i + 1], x[i + M]);
    for (int i = N - M; i < 2 * (N - M); i++)
        x[i] = next_word(x[i], x[i + 1], x[i + M - N]);
    for (int i = 2 * (N - M); i < N - 1; i++)
        x[i] = next_word(x[i], x[i + 1], x[i + M - N]);
    x[N - 1] = next_word(x[N - 1], x[0], x[M - 1]);
}

DISPATCH_VARIANTS(twist, (uint32_t * x), (x))

void mt19937_twist(mt19937 *engine)
{
    DISPATCH(twist, (engine->word));
}
