/* in_order.h - jobs on several threads, and what comes of them in their order.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_IN_ORDER_H
#define TOKVEC_BASE_IN_ORDER_H

#include <stdbool.h>
#include <stddef.h>

/* No more jobs than this are begun and not ended: job i may keep what it needs at i % this. */
enum { IN_ORDER_JOBS = 64 };

/* Jobs 0 .. count-1. Functions `begin` and `end` are called in the order of the jobs, and only one
 * of them at a time; `work`, between them, on several threads. Each job that has been begun is
 * ended. */
typedef struct in_order {
    size_t count;
    unsigned threads; /* 1 or more */
    void *context;
    void (*begin)(void *context, size_t job);
    void (*work)(void *context, size_t job);
    /* False: no more jobs. Those that were begun meanwhile are then ended without being wanted. */
    bool (*end)(void *context, size_t job, bool wanted);
} in_order;

/* Returns whether `end` was true of all. */
bool in_order_run(const in_order *jobs);

#endif
