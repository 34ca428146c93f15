/* sieve.c - which seeds make a Mersenne Twister give outputs that lie in some ranges.
 * See sieve.h.
 * SPDX-License-Identifier: MIT */
#include "rng/sieve/sieve.h"

#include "rng/sieve/sieve_far.h"
#include "rng/sieve/sieve_near.h"

#include <stdlib.h>
#include <string.h>

typedef struct sieve {
    generator_sieve base;
    sieve_case *cases;
    size_t count;
    bool near; /* all first ranges are */
    sieve_far far;
} sieve;

static size_t sieve_run(const generator_sieve *base, uint64_t first, size_t n, uint16_t *out)
{
    const sieve *s = (const sieve *)base;
    return s->near ? sieve_near_run(s->cases, s->count, (uint32_t)first, n, out)
                   : sieve_far_run(&s->far, (uint32_t)first, n, out);
}

static void sieve_close(generator_sieve *base)
{
    sieve *s = (sieve *)base;
    sieve_far_close(&s->far);
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

generator_sieve *sieve_open(const sieve_case *cases, size_t count)
{
    sieve *s = count == 0 || count > SIEVE_CASES_MAX ? NULL : calloc(1, sizeof *s);
    if (s == NULL)
        return NULL;
    s->base = (generator_sieve){.run = sieve_run, .close = sieve_close};
    s->count = count;
    s->cases = calloc(count, sizeof *cases);
    if (s->cases != NULL)
        memcpy(s->cases, cases, count * sizeof *cases);
    s->near = s->cases != NULL && all_near(s);
    if (s->cases == NULL || (!s->near && !sieve_far_open(&s->far, s->cases, count))) {
        sieve_close(&s->base);
        return NULL;
    }
    return &s->base;
}
