/* near_best.h - the best rows of each query so far.
 * Threads may offer rows at the same time; what stays does not depend on their order.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_NEAR_BEST_H
#define TOKVEC_MEASURE_NEAR_BEST_H

#include "tokvec.h"

#include <pthread.h>
#include <stdatomic.h>

enum { NEAR_LOCKS = 64 };

typedef struct near_hit {
    int64_t row;
    float score;
} near_hit;

typedef struct near_best {
    size_t queries, k;
    near_hit *hits; /* k for each query, the worst first, as a heap */
    size_t *counts; /* of hits, for each query */

    /* The score that a row must have to be kept, for each query; -INFINITY: any. It only grows. */
    _Atomic float *floors;
    pthread_mutex_t locks[NEAR_LOCKS]; /* query q has number q % NEAR_LOCKS */
} near_best;

/* Room for the k best rows of each query. On failure there is nothing to close. */
bool near_best_open(near_best *b, size_t queries, size_t k, tokvec_error *err);

/* Keeps that row for query number q, if it is among the best: those with a greater score or, if it
 * is the same, a smaller number. The score is not NaN. Returns the query's floor. */
float near_best_offer(near_best *b, size_t q, near_hit hit);

/* Sorts and returns those of query number q, the best first. */
near_hit *near_best_sorted(near_best *b, size_t q, size_t *count);

void near_best_close(near_best *b);

#endif
