/* places.c - where the values lie in a stream of which each takes a number of draws of its own.
 * See places.h. Pieces are counted in groups. A group's first attempt is taken to begin with the
 * group; if it turns out that one before reaches into it, the first pieces are counted once more,
 * until an attempt begins where one began before, which is soon.
 * SPDX-License-Identifier: MIT */
#include "rng/numpy/places.h"

#include "base/array.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    PIECES_MAX = 1 << 19, /* 8 MB of places */
    PIECE_MIN = 256,      /* steps */
    PIECE_MAX = 1 << 24,
    GROUP_MIN = 1 << 13, /* steps: so that threads seldom meet */
};

struct places {
    places_counter *count;
    const void *context;
    uint64_t piece; /* steps */
    size_t pieces, group, groups;
    place *first; /* of each piece: where its first attempt begins */
    place *end;   /* of each group; what lies in groups that are not known counts from its begin */
    bool *counted;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t changed;
    size_t taken; /* groups that a thread has counted or is counting */
    size_t known; /* groups, from the first on, whose places are final */
};

places *places_open(uint64_t steps, places_counter *count, const void *context, tokvec_error *err)
{
    places *p = calloc(1, sizeof *p);
    if (p == NULL) {
        error_no_memory(err, sizeof *p);
        return NULL;
    }
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->changed, NULL);
    p->count = count;
    p->context = context;
    p->piece = steps / PIECES_MAX + 1;
    p->piece = p->piece < PIECE_MIN ? PIECE_MIN : p->piece > PIECE_MAX ? PIECE_MAX : p->piece;
    p->group = p->piece < GROUP_MIN ? (size_t)(GROUP_MIN / p->piece) : 1;
    uint64_t groups = steps / (p->piece * p->group) + 1;
    p->groups = groups < PIECES_MAX / p->group ? (size_t)groups : PIECES_MAX / p->group;
    p->pieces = p->groups * p->group;
    p->first = array_large(p->pieces * sizeof *p->first);
    p->end = calloc(p->groups, sizeof *p->end);
    p->counted = calloc(p->groups, sizeof *p->counted);
    if (p->first != NULL && p->end != NULL && p->counted != NULL)
        return p;
    error_no_memory(err, p->pieces * sizeof *p->first);
    places_close(p);
    return NULL;
}

void places_close(places *p)
{
    if (p == NULL)
        return;
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->changed);
    free(p->first);
    free(p->end);
    free(p->counted);
    free(p);
}

/* Passes over the attempts that begin in a piece. */
static place pass(const places *p, void *scratch, place at, size_t piece)
{
    uint64_t to = (piece + 1) * p->piece;
    if (at.step < to)
        at.value += p->count(p->context, scratch, at.step, to, &at.step);
    return at;
}

static void count_group(places *p, void *scratch, size_t group)
{
    place at = {0, group * p->group * p->piece};
    for (size_t i = group * p->group; i < (group + 1) * p->group; i++) {
        p->first[i] = at;
        at = pass(p, scratch, at, i);
    }
    p->end[group] = at;
}

static place known_end(const places *p)
{
    return p->known == 0 ? (place){0, 0} : p->end[p->known - 1];
}

/* Makes the places of a group final, all before which are. */
static void settle_group(places *p, void *scratch, size_t group)
{
    place at = known_end(p);
    size_t i = group * p->group, after = (group + 1) * p->group;
    for (; i < after && p->first[i].step != at.step; i++) {
        p->first[i] = at;
        at = pass(p, scratch, at, i);
    }
    if (i == after && p->end[group].step != at.step) {
        p->end[group] = at;
        return;
    }
    uint64_t more = at.value - (i < after ? p->first[i].value : p->end[group].value);
    for (; i < after; i++)
        p->first[i].value += more;
    p->end[group].value += more;
}

static void take_group(places *p, void *scratch)
{
    size_t group = p->taken++;
    pthread_mutex_unlock(&p->lock);
    count_group(p, scratch, group);
    pthread_mutex_lock(&p->lock);
    p->counted[group] = true;
    for (; p->known < p->groups && p->counted[p->known]; p->known++)
        settle_group(p, scratch, p->known);
    pthread_cond_broadcast(&p->changed);
}

/* The last of the known places that is not behind a value. */
static place last_before(const places *p, uint64_t value)
{
    place end = known_end(p);
    size_t low = 0, high = p->known * p->group;
    if (high == 0 || end.value <= value)
        return end;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->first[middle].value <= value)
            low = middle;
        else
            high = middle;
    }
    return p->first[low];
}

place places_find(places *p, void *scratch, uint64_t value)
{
    pthread_mutex_lock(&p->lock);
    while (p->known < p->groups && known_end(p).value <= value) {
        if (p->taken < p->groups)
            take_group(p, scratch);
        else
            pthread_cond_wait(&p->changed, &p->lock);
    }
    place found = last_before(p, value);
    pthread_mutex_unlock(&p->lock);
    return found;
}
