/* sieve_near.c - seeds tested by the first outputs of a Mersenne Twister.
 * See sieve_near.h.
 * SPDX-License-Identifier: MIT */
#include "rng/sieve/sieve_near.h"

#include "rng/sieve/sieve_lanes.h"

enum {
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

/* Steps up to word `to`, kept in out if that is not NULL. */
DISPATCH_INLINE void advance(sieve_lanes x[CHAINS], uint32_t from, uint32_t to,
                             sieve_lanes (*out)[CHAINS])
{
    sieve_lanes a = x[0], b = x[1], c = x[2], d = x[3];
    for (uint32_t i = from + 1; i <= to; i++) {
        sieve_lanes_step(&a, i);
        sieve_lanes_step(&b, i);
        sieve_lanes_step(&c, i);
        sieve_lanes_step(&d, i);
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
    sieve_lanes x[CHAINS];
    for (uint32_t c = 0; c < CHAINS; c++) {
        sieve_lanes_start(first + c * SIEVE_LANES, &x[c]);
        s->low[0][c] = x[c];
    }
    advance(x, 0, nearest + 1, s->low + 1);
    advance(x, nearest + 1, M - 1, NULL);
    advance(x, M - 1, M + nearest, s->high);
}

/* ---------------------------------------------------------------- the first outputs */

/* One bit for each of AT_ONCE seeds: whether it keeps to those ranges of a case that are near. */
DISPATCH_INLINE uint32_t test_case(const states *s, const sieve_case *c)
{
    uint32_t bits = 0;
    for (uint32_t chain = 0; chain < CHAINS; chain++) {
        sieve_lanes good = ~(sieve_lanes){0};
        for (size_t i = 0; i < c->count && c->ranges[i].output <= SIEVE_NEAR_MAX; i++) {
            size_t k = (size_t)c->ranges[i].output;
            sieve_lanes word;
            sieve_lanes_next(&s->low[k][chain], &s->low[k + 1][chain], &s->high[k][chain], &word);
            sieve_lanes_keep(&c->ranges[i], &word, &good);
        }
        for (uint32_t l = 0; l < SIEVE_LANES; l++)
            bits |= (good[l] & 1u) << (chain * SIEVE_LANES + l);
    }
    return bits;
}

/* Cases, and the farthest of their outputs that are near. */
typedef struct task {
    const sieve_case *cases;
    size_t count;
    uint32_t nearest;
} task;

/* Sets bits[i / 32] for seeds first + i, i = 0 .. n-1, a multiple of AT_ONCE. */
DISPATCH_INLINE void test_seeds(const task *t, uint32_t first, size_t n, uint32_t *bits)
{
    states s;
    for (size_t i = 0; i < n; i += AT_ONCE) {
        make_states(&s, first + (uint32_t)i, t->nearest);
        uint32_t good = 0;
        for (size_t c = 0; c < t->count; c++)
            good |= test_case(&s, &t->cases[c]);
        bits[i / AT_ONCE] = good;
    }
}

DISPATCH_VARIANTS(test_seeds, (const task *t, uint32_t first, size_t n, uint32_t *bits),
                  (t, first, n, bits))

static uint32_t nearest_of(const sieve_case *cases, size_t count)
{
    uint64_t most = 0;
    for (size_t i = 0; i < count; i++) {
        const sieve_case *c = &cases[i];
        for (size_t j = 0; j < c->count && c->ranges[j].output <= SIEVE_NEAR_MAX; j++)
            most = c->ranges[j].output > most ? c->ranges[j].output : most;
    }
    return (uint32_t)most;
}

size_t sieve_near_run(const sieve_case *cases, size_t count, uint32_t first, size_t n,
                      uint16_t *out)
{
    enum { MOST = 1024 };
    const task t = {cases, count, nearest_of(cases, count)};
    uint32_t bits[MOST / AT_ONCE];
    size_t passed = 0;
    for (size_t at = 0; at < n; at += MOST) {
        size_t some = n - at < MOST ? n - at : MOST;
        DISPATCH(test_seeds,
                 (&t, first + (uint32_t)at, (some + AT_ONCE - 1) / AT_ONCE * AT_ONCE, bits));
        for (size_t i = 0; i < some; i++) {
            if ((bits[i / AT_ONCE] >> i % AT_ONCE & 1) != 0)
                out[passed++] = (uint16_t)(at + i);
        }
    }
    return passed;
}
