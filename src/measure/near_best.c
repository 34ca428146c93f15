/* near_best.c - the best rows of each query so far.
 * See near_best.h.
 * SPDX-License-Identifier: MIT */
#include "measure/near_best.h"

#include "base/array.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>

bool near_best_open(near_best *b, size_t queries, size_t k, tokvec_error *err)
{
    size_t room, bytes;
    *b = (near_best){.queries = queries, .k = k};
    if (__builtin_mul_overflow(queries, k, &room) ||
        __builtin_mul_overflow(room, sizeof *b->hits, &bytes))
        return error_no_memory(err, UINT64_MAX);
    b->hits = array_large(bytes);
    b->counts = calloc(queries, sizeof *b->counts);
    b->floors = malloc(queries * sizeof *b->floors);
    for (size_t i = 0; i < NEAR_LOCKS; i++)
        pthread_mutex_init(&b->locks[i], NULL);
    if (b->hits == NULL || b->counts == NULL || b->floors == NULL) {
        near_best_close(b);
        *b = (near_best){0};
        return error_no_memory(err, bytes);
    }
    for (size_t q = 0; q < queries; q++)
        atomic_init(&b->floors[q], -INFINITY);
    return true;
}

static bool worse(const near_hit *a, const near_hit *b)
{
    return a->score < b->score || (a->score == b->score && a->row > b->row);
}

/* Puts `hit` at place `at` of a heap of n, or below it, where it is no better than what is under
 * it. */
static void sink(near_hit *heap, size_t n, size_t at, near_hit hit)
{
    for (size_t child = 2 * at + 1; child < n; child = 2 * at + 1) {
        if (child + 1 < n && worse(&heap[child + 1], &heap[child]))
            child++;
        if (!worse(&heap[child], &hit))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = hit;
}

static void rise(near_hit *heap, size_t at, near_hit hit)
{
    for (; at > 0 && worse(&hit, &heap[(at - 1) / 2]); at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = hit;
}

float near_best_offer(near_best *b, size_t q, near_hit hit)
{
    near_hit *heap = b->hits + q * b->k;
    pthread_mutex_t *lock = &b->locks[q % NEAR_LOCKS];
    pthread_mutex_lock(lock);
    if (b->counts[q] < b->k)
        rise(heap, b->counts[q]++, hit);
    else if (b->k > 0 && worse(&heap[0], &hit))
        sink(heap, b->k, 0, hit);
    float floor = b->k == 0 ? INFINITY : b->counts[q] == b->k ? heap[0].score : -INFINITY;
    atomic_store_explicit(&b->floors[q], floor, memory_order_relaxed);
    pthread_mutex_unlock(lock);
    return floor;
}

static int best_first(const void *a, const void *b)
{
    return worse(b, a) ? -1 : worse(a, b) ? 1 : 0;
}

near_hit *near_best_sorted(near_best *b, size_t q, size_t *count)
{
    near_hit *hits = b->hits + q * b->k;
    *count = b->counts[q];
    qsort(hits, *count, sizeof *hits, best_first);
    return hits;
}

void near_best_close(near_best *b)
{
    for (size_t i = 0; i < NEAR_LOCKS; i++)
        pthread_mutex_destroy(&b->locks[i]);
    free(b->hits);
    free(b->counts);
    free(b->floors);
}
