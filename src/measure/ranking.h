/* ranking.h - the first of many items in some order, in bounded memory.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_RANKING_H
#define TOKVEC_MEASURE_RANKING_H

#include "tokvec.h"

/* Keeps the first `limit` of the items that it is given, or all. The first members are the
 * caller's to set; the rest starts as zero. Released with ranking_free. */
typedef struct ranking {
    size_t size;    /* bytes of an item */
    uint64_t limit; /* UINT64_MAX: all are kept */
    /* Negative: a comes before b. Never 0 for two items, so that the order is always the same. */
    int (*compare)(const void *a, const void *b, void *context);
    void *context;
    void (*drop)(void *item); /* one is not kept: releases what it owns. NULL: nothing */

    unsigned char *items; /* count of them: with a limit a heap, whose first item is the last */
    size_t count, capacity;
} ranking;

/* Whether the item would be kept now. */
bool ranking_wants(const ranking *r, const void *item);

/* Takes over an item, which is copied, and drops the one that is too many: perhaps that same one.
 * False without memory; then the item is dropped. */
bool ranking_add(ranking *r, void *item, tokvec_error *err);

/* Puts what has been kept in order. Nothing can be added after that. */
void ranking_sort(ranking *r);

/* Item `index` of 0 .. count-1, in order after ranking_sort. */
const void *ranking_item(const ranking *r, size_t index);

/* Drops all items. */
void ranking_free(ranking *r);

#endif
