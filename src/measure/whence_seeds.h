/* whence_seeds.h - the seeds with which a recipe makes some values of a table.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_WHENCE_SEEDS_H
#define TOKVEC_MEASURE_WHENCE_SEEDS_H

#include "measure/whence_recipes.h"

enum { WHENCE_HITS_MAX = 64 };

/* A search, all of which is lent. */
typedef struct whence_seeds {
    const whence_recipe *recipe;
    tokvec_dtype dtype; /* of the probes */
    const whence_probe *probes;
    size_t probe_count;
    uint64_t first, count; /* the seeds */
    unsigned threads;
    void (*progress)(void *context, uint64_t seeds); /* tried so far; or NULL */
    void *context;
} whence_seeds;

/* The seeds that make one of the probes, in ascending order; if there are too many, some of them,
 * and *more is set. */
bool whence_seeds_find(const whence_seeds *s, uint64_t hits[WHENCE_HITS_MAX], size_t *count,
                       bool *more, tokvec_error *err);

/* Whether a recipe makes one of the probes from a seed (a text). Probes that would take long to get
 * to are left out, unless all are wanted. */
bool whence_seeds_test(const whence_seeds *s, const char *seed, bool all, bool *hit,
                       tokvec_error *err);

#endif
