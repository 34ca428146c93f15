/* sieve_far.c - seeds tested by outputs of a Mersenne Twister of any number.
 * See sieve_far.h. Of GROUP sums at a time, each of the first outputs is added to one of 2^GROUP
 * parts, according to which of the sums it is in; then the parts are added up.
 * SPDX-License-Identifier: MIT */
#include "rng/sieve/sieve_far.h"

#include "rng/mt19937_jump.h"
#include "rng/sieve/sieve_lanes.h"

#include <stdlib.h>
#include <string.h>

enum { N = MT19937_BLOCK, M = 397, GROUP = 8, PARTS = 1 << GROUP };

bool sieve_far_open(sieve_far *f, const sieve_case *cases, size_t count)
{
    size_t groups = (count + GROUP - 1) / GROUP;
    uint64_t terms[MT19937_TERM_WORDS];
    *f = (sieve_far){.cases = cases, .count = count, .groups = groups};
    f->patterns = calloc(groups, MT19937_TERMS);
    if (f->patterns == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        uint8_t *patterns = f->patterns + i / GROUP * MT19937_TERMS;
        mt19937_terms(cases[i].ranges[0].output, terms);
        for (size_t j = 0; j < MT19937_TERMS; j++) {
            if ((terms[j / 64] >> j % 64 & 1) == 0)
                continue;
            patterns[j] |= (uint8_t)(1u << i % GROUP);
            f->words = j + 1 > f->words ? j + 1 : f->words;
        }
    }
    return true;
}

void sieve_far_close(sieve_far *f)
{
    free(f->patterns);
}

/* What is computed of SIEVE_LANES seeds. */
typedef struct sums {
    sieve_lanes word[N];
    sieve_lanes parts[][PARTS]; /* of each group */
} sums;

DISPATCH_INLINE void seed_lanes(sieve_lanes *x, uint32_t first)
{
    sieve_lanes_start(first, &x[0]);
    for (uint32_t i = 1; i < N; i++) {
        x[i] = x[i - 1];
        sieve_lanes_step(&x[i], i);
    }
}

DISPATCH_INLINE void twist_lanes(sieve_lanes *x)
{
    for (int i = 0; i < N - M; i++)
        sieve_lanes_next(&x[i], &x[i + 1], &x[i + M], &x[i]);
    for (int i = N - M; i < N - 1; i++)
        sieve_lanes_next(&x[i], &x[i + 1], &x[i + M - N], &x[i]);
    sieve_lanes_next(&x[N - 1], &x[0], &x[M - 1], &x[N - 1]);
}

/* One bit for each seed: whether it keeps to the first range of case i; sums up its word. */
DISPATCH_INLINE uint32_t test_case(const sieve_far *f, const sums *s, size_t i)
{
    sieve_lanes word = {0};
    const sieve_lanes *parts = s->parts[i / GROUP];
    for (size_t p = 0; p < PARTS; p++) {
        if ((p >> i % GROUP & 1) != 0)
            word ^= parts[p];
    }
    sieve_lanes good = ~(sieve_lanes){0};
    sieve_lanes_keep(&f->cases[i].ranges[0], &word, &good);
    uint32_t bits = 0;
    for (uint32_t l = 0; l < SIEVE_LANES; l++)
        bits |= (good[l] & 1u) << l;
    return bits;
}

/* One bit for each of SIEVE_LANES seeds and case i, in bits[i]. */
DISPATCH_INLINE void test_seeds(const sieve_far *f, sums *s, uint32_t first, uint8_t *bits)
{
    seed_lanes(s->word, first);
    memset(s->parts, 0, f->groups * sizeof *s->parts);
    for (uint64_t at = 0; at < f->words; at += N) {
        size_t n = f->words - at < N ? (size_t)(f->words - at) : N;
        twist_lanes(s->word);
        for (size_t g = 0; g < f->groups; g++) {
            const uint8_t *pattern = f->patterns + g * MT19937_TERMS + at;
            sieve_lanes *parts = s->parts[g];
            for (size_t i = 0; i < n; i++)
                parts[pattern[i]] ^= s->word[i];
        }
    }
    for (size_t i = 0; i < f->count; i++)
        bits[i] = (uint8_t)test_case(f, s, i);
}

DISPATCH_VARIANTS(test_seeds, (const sieve_far *f, sums *s, uint32_t first, uint8_t *bits),
                  (f, s, first, bits))

static bool seed_passes(const sieve_far *f, const uint8_t *bits, unsigned lane, uint32_t seed)
{
    for (size_t i = 0; i < f->count; i++) {
        if ((bits[i] >> lane & 1) != 0 && sieve_case_check(&f->cases[i], seed))
            return true;
    }
    return false;
}

size_t sieve_far_run(const sieve_far *f, uint32_t first, size_t n, uint16_t *out)
{
    uint8_t bits[SIEVE_CASES_MAX];
    size_t count = 0, size = sizeof(sums) + f->groups * sizeof(sieve_lanes[PARTS]);
    sums *s = aligned_alloc(sizeof(sieve_lanes), size);
    for (size_t at = 0; at < n; at += SIEVE_LANES) {
        if (s != NULL)
            DISPATCH(test_seeds, (f, s, first + (uint32_t)at, bits));
        for (unsigned lane = 0; lane < SIEVE_LANES && at + lane < n; lane++) {
            /* Without memory all pass, and are made. */
            if (s == NULL || seed_passes(f, bits, lane, first + (uint32_t)at + lane))
                out[count++] = (uint16_t)(at + lane);
        }
    }
    free(s);
    return count;
}
