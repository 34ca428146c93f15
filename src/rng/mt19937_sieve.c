/* mt19937_sieve.c - which seeds make a Mersenne Twister give outputs that lie in some ranges.
 * See mt19937_sieve.h. Here: outputs among the first.
 * SPDX-License-Identifier: MIT */
#include "rng/mt19937_sieve.h"

#include "rng/mt19937_jump.h"
#include "rng/mt19937_sieve_parts.h"

#include <stdlib.h>
#include <string.h>

enum {
    N = MT19937_BLOCK,
    M = 397,
    CHAINS = 4, /* vectors whose steps a processor runs side by side */
    AT_ONCE = CHAINS * SIEVE_LANES,
};

/* The words of the states of AT_ONCE seeds that some outputs need. */
typedef struct states {
    sieve_lanes low[SIEVE_NEAR_MAX + 2][CHAINS];  /* words 0 to nearest + 1 */
    sieve_lanes high[SIEVE_NEAR_MAX + 1][CHAINS]; /* words 397 to 397 + nearest */
} states;

/* ---------------------------------------------------------------- states */

DISPATCH_INLINE sieve_lanes step(sieve_lanes x, uint32_t i)
{
    return 1812433253u * (x ^ x >> 30) + i;
}

/* Steps up to word `to`, kept in out if that is not NULL. */
DISPATCH_INLINE void advance(sieve_lanes x[CHAINS], uint32_t from, uint32_t to,
                             sieve_lanes (*out)[CHAINS])
{
    sieve_lanes a = x[0], b = x[1], c = x[2], d = x[3];
    for (uint32_t i = from + 1; i <= to; i++) {
        a = step(a, i);
        b = step(b, i);
        c = step(c, i);
        d = step(d, i);
        if (out != NULL) {
            sieve_lanes *at = out[i - from - 1];
            at[0] = a;
            at[1] = b;
            at[2] = c;
            at[3] = d;
        }
    }
    x[0] = a;
    x[1] = b;
    x[2] = c;
    x[3] = d;
}

DISPATCH_INLINE void make_states(states *s, uint32_t first, uint32_t nearest)
{
    const sieve_lanes lane = {0, 1, 2, 3, 4, 5, 6, 7};
    sieve_lanes x[CHAINS];
    for (uint32_t c = 0; c < CHAINS; c++)
        s->low[0][c] = x[c] = lane + (first + c * SIEVE_LANES);
    advance(x, 0, nearest + 1, s->low + 1);
    advance(x, nearest + 1, M - 1, NULL);
    advance(x, M - 1, M + nearest, s->high);
}

/* ---------------------------------------------------------------- the first outputs */

/* One bit for each of AT_ONCE seeds: whether it keeps to those ranges of a case that are near. */
DISPATCH_INLINE uint32_t test_case(const states *s, const mt19937_case *c)
{
    uint32_t bits = 0;
    for (uint32_t chain = 0; chain < CHAINS; chain++) {
        sieve_lanes good = ~(sieve_lanes){0};
        for (size_t i = 0; i < c->count && c->ranges[i].output <= SIEVE_NEAR_MAX; i++) {
            size_t k = (size_t)c->ranges[i].output;
            good &= sieve_in_range(&c->ranges[i], sieve_next(s->low[k][chain], s->low[k + 1][chain],
                                                             s->high[k][chain]));
        }
        for (uint32_t l = 0; l < SIEVE_LANES; l++)
            bits |= (good[l] & 1u) << (chain * SIEVE_LANES + l);
    }
    return bits;
}

/* Sets bits[i / 32] for seeds first + i, i = 0 .. n-1, a multiple of AT_ONCE. */
DISPATCH_INLINE void test_seeds(const sieve *v, uint32_t first, size_t n, uint32_t *bits)
{
    states s;
    for (size_t i = 0; i < n; i += AT_ONCE) {
        make_states(&s, first + (uint32_t)i, (uint32_t)v->nearest);
        uint32_t good = 0;
        for (size_t c = 0; c < v->count; c++)
            good |= test_case(&s, &v->cases[c]);
        bits[i / AT_ONCE] = good;
    }
}

DISPATCH_VARIANTS(test_seeds, (const sieve *v, uint32_t first, size_t n, uint32_t *bits),
                  (v, first, n, bits))

static size_t near_run(const sieve *s, uint32_t first, size_t n, uint16_t *out)
{
    enum { MOST = 1024 };
    uint32_t bits[MOST / AT_ONCE];
    size_t count = 0;
    for (size_t at = 0; at < n; at += MOST) {
        size_t some = n - at < MOST ? n - at : MOST;
        DISPATCH(test_seeds,
                 (s, first + (uint32_t)at, (some + AT_ONCE - 1) / AT_ONCE * AT_ONCE, bits));
        for (size_t i = 0; i < some; i++) {
            if ((bits[i / AT_ONCE] >> i % AT_ONCE & 1) != 0)
                out[count++] = (uint16_t)(at + i);
        }
    }
    return count;
}

/* ---------------------------------------------------------------- the sieve */

bool sieve_check(const mt19937_case *c, uint32_t seed)
{
    mt19937 engine;
    uint64_t at = 0; /* the block that it is in, from 1; 0: before the first */
    mt19937_seed(&engine, seed);
    for (size_t i = 0; i < c->count; i++) {
        const mt19937_range *r = &c->ranges[i];
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

static size_t sieve_run(const generator_sieve *base, uint64_t first, size_t n, uint16_t *out)
{
    const sieve *s = (const sieve *)base;
    return s->far.groups > 0 ? sieve_far_run(s, (uint32_t)first, n, out)
                             : near_run(s, (uint32_t)first, n, out);
}

static void sieve_close(generator_sieve *base)
{
    sieve *s = (sieve *)base;
    sieve_far_close(s);
    free(s->cases);
    free(s);
}

static bool all_near(const sieve *s)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->cases[i].ranges[0].output > SIEVE_NEAR_MAX)
            return false;
    }
    return true;
}

/* The farthest output that is computed of those that are near. */
static uint64_t nearest_of(const sieve *s)
{
    uint64_t most = 0;
    for (size_t i = 0; i < s->count; i++) {
        const mt19937_case *c = &s->cases[i];
        for (size_t j = 0; j < c->count && c->ranges[j].output <= SIEVE_NEAR_MAX; j++)
            most = c->ranges[j].output > most ? c->ranges[j].output : most;
    }
    return most;
}

generator_sieve *mt19937_sieve_open(const mt19937_case *cases, size_t count)
{
    if (count == 0 || count > SIEVE_CASES_MAX)
        return NULL;
    sieve *s = calloc(1, sizeof *s);
    if (s == NULL)
        return NULL;
    s->base = (generator_sieve){.run = sieve_run, .close = sieve_close};
    s->count = count;
    s->cases = calloc(count, sizeof *cases);
    if (s->cases != NULL)
        memcpy(s->cases, cases, count * sizeof *cases);
    if (s->cases == NULL || (!all_near(s) && !sieve_far_open(s))) {
        sieve_close(&s->base);
        return NULL;
    }
    s->nearest = nearest_of(s);
    return &s->base;
}

mt19937_range mt19937_range_of(uint64_t output, uint32_t mask, double low, double high,
                               double slack)
{
    double all = (double)mask + 1;
    mt19937_range r = {.output = output, .mask = mask, .width = mask};
    double width = high - low + 2 * slack;
    if (!(width < all - 2)) /* or not a number */
        return r;
    double turns = (low - slack) / all;
    int64_t whole = (int64_t)turns - (turns < 0);
    r.low = (uint32_t)(low - slack - (double)whole * all) & mask;
    r.width = (uint32_t)width + 1;
    return r;
}
