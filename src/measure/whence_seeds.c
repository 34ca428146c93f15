/* whence_seeds.c - the seeds with which a recipe makes some values of a table.
 * See whence_seeds.h.
 * SPDX-License-Identifier: MIT */
#include "measure/whence_seeds.h"

#include "base/dtype.h"
#include "base/threads.h"
#include "rng/factor.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    SEEDS_AT_ONCE = 1 << 12,  /* without a sieve */
    SIEVED_AT_ONCE = 1 << 16, /* as many as a sieve takes */
    WAY_MAX = 20000,          /* to a probe, in values */
};

bool whence_seeds_test(const whence_seeds *s, const char *seed, bool all, bool *hit,
                       tokvec_error *err)
{
    double made[WHENCE_DRAW_MAX];
    tokvec_seed_spec spec = s->recipe->spec;
    whence_draw d;
    tokvec_error why;
    if (spec.seed_text == NULL)
        spec.seed_text = seed;
    *hit = false;
    if (!whence_draw_open(&d, &spec, s->recipe->as, &why)) {
        if (why.code == TOKVEC_BAD_ARGUMENT)
            return true; /* no seed of this generator */
        if (err != NULL)
            *err = why;
        return false;
    }
    bool good = true;
    for (size_t i = 0; good && !*hit && i < s->probe_count; i++) {
        const whence_probe *p = &s->probes[i];
        if (!all && whence_draw_cost(&d, p->first) > WAY_MAX)
            continue;
        good = whence_draw_values(&d, p->first, p->enough, made, err);
        *hit = good && whence_draw_equal(s->dtype, made, p->values, p->enough);
    }
    whence_draw_close(&d);
    return good;
}

/* ---------------------------------------------------------------- all threads */

typedef struct sifting {
    const whence_seeds *search;
    generator_sieve *sieve; /* or NULL */
    pthread_mutex_t lock;   /* of what follows */
    uint64_t next;          /* of the seeds, from 0 */
    uint64_t *hits;
    size_t count;
    bool more, failed;
    tokvec_error *err;
} sifting;

static bool take_seeds(sifting *w, unsigned index, uint64_t *first, size_t *n)
{
    const whence_seeds *s = w->search;
    const uint64_t most = w->sieve != NULL ? SIEVED_AT_ONCE : SEEDS_AT_ONCE;
    pthread_mutex_lock(&w->lock);
    uint64_t left = s->count - w->next, done = w->next;
    *first = s->first + w->next;
    *n = w->failed || w->more ? 0 : (size_t)(left < most ? left : most);
    w->next += *n;
    pthread_mutex_unlock(&w->lock);
    if (index == 0 && s->progress != NULL)
        s->progress(s->context, done);
    return *n > 0;
}

static void note(sifting *w, uint64_t seed)
{
    pthread_mutex_lock(&w->lock);
    if (w->count < WHENCE_HITS_MAX)
        w->hits[w->count++] = seed;
    else
        w->more = true;
    pthread_mutex_unlock(&w->lock);
}

static bool try_seed(sifting *w, uint64_t seed)
{
    char text[24];
    bool hit;
    tokvec_error why;
    snprintf(text, sizeof text, "%llu", (unsigned long long)seed);
    if (!whence_seeds_test(w->search, text, w->sieve != NULL, &hit, &why)) {
        pthread_mutex_lock(&w->lock);
        if (!w->failed && w->err != NULL)
            *w->err = why;
        w->failed = true;
        pthread_mutex_unlock(&w->lock);
        return false;
    }
    if (hit)
        note(w, seed);
    return true;
}

static void sift(void *context, unsigned index)
{
    sifting *w = context;
    uint64_t first;
    size_t n;
    uint16_t *passed = w->sieve == NULL ? NULL : malloc(SIEVED_AT_ONCE * sizeof *passed);
    bool good = w->sieve == NULL || passed != NULL || index > 0;
    if (!good) {
        pthread_mutex_lock(&w->lock);
        w->failed = true;
        error_no_memory(w->err, SIEVED_AT_ONCE * sizeof *passed);
        pthread_mutex_unlock(&w->lock);
    }
    while (good && (w->sieve == NULL || passed != NULL) && take_seeds(w, index, &first, &n)) {
        size_t count = w->sieve == NULL ? n : w->sieve->run(w->sieve, first, n, passed);
        for (size_t i = 0; good && i < count; i++)
            good = try_seed(w, first + (passed == NULL ? i : passed[i]));
    }
    free(passed);
}

static int compare_seeds(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* ---------------------------------------------------------------- the sieve */

typedef struct bounds {
    generator_span spans[WHENCE_PROBES_MAX];
    double low[WHENCE_PROBES_MAX][WHENCE_DRAW_MAX], high[WHENCE_PROBES_MAX][WHENCE_DRAW_MAX];
} bounds;

/* How far from a value the number lies that was rounded to it: this part of it, and this. */
static double precision_of(tokvec_dtype dtype)
{
    return dtype == TOKVEC_FLOAT64   ? 0x1p-52
           : dtype == TOKVEC_FLOAT32 ? 0x1p-23
           : dtype == TOKVEC_FLOAT16 ? 0x1p-10
                                     : 0x1p-7;
}

static double least_of(tokvec_dtype dtype)
{
    return dtype == TOKVEC_FLOAT16 ? 0x1p-24 : 0x1p-133;
}

/* What a value of a probe was before it was rounded, to the dtype of the draw and then to the
 * table's, and multiplied. */
static void find_bounds(const whence_seeds *s, double factor, bounds *b)
{
    const tokvec_dtype drawn =
        s->recipe->spec.dtype != TOKVEC_NO_DTYPE ? s->recipe->spec.dtype : s->dtype;
    const double precision = precision_of(s->dtype) + precision_of(drawn);
    const double least = least_of(s->dtype) + least_of(drawn);
    for (size_t i = 0; i < s->probe_count; i++) {
        for (size_t j = 0; j < s->probes[i].count; j++) {
            double value = dtype_element(s->dtype, s->probes[i].values, j).real;
            double part = (value < 0 ? -value : value) * precision + least;
            double low = (value - part) / factor, high = (value + part) / factor;
            b->low[i][j] = low < high ? low : high;
            b->high[i][j] = low < high ? high : low;
        }
        b->spans[i] =
            (generator_span){s->probes[i].first, s->probes[i].count, b->low[i], b->high[i]};
    }
}

static generator_sieve *open_sieve(const whence_seeds *s)
{
    double factor = 1;
    const tokvec_seed_spec *spec = &s->recipe->spec;
    if (s->recipe->kind->sieve == NULL || spec->seed_text != NULL ||
        (spec->times != NULL && (!factor_read(spec->times, &factor, NULL) || factor == 0)))
        return NULL;
    bounds *b = malloc(sizeof *b);
    if (b == NULL)
        return NULL; /* it is only slower without */
    find_bounds(s, factor, b);
    generator_sieve *sieve = s->recipe->kind->sieve(spec, b->spans, s->probe_count);
    free(b);
    return sieve;
}

bool whence_seeds_find(const whence_seeds *s, uint64_t hits[WHENCE_HITS_MAX], size_t *count,
                       bool *more, tokvec_error *err)
{
    sifting w = {.search = s, .hits = hits, .err = err, .sieve = open_sieve(s)};
    unsigned threads = s->threads == 0 ? threads_available() : s->threads;
    uint64_t most = s->count / SEEDS_AT_ONCE + 1;
    pthread_mutex_init(&w.lock, NULL);
    threads_run((unsigned)(most < threads ? most : threads), sift, &w);
    pthread_mutex_destroy(&w.lock);
    if (w.sieve != NULL)
        w.sieve->close(w.sieve);
    qsort(hits, w.count, sizeof *hits, compare_seeds);
    *count = w.count;
    *more = w.more;
    return !w.failed;
}
