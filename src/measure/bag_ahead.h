/* bag_ahead.h - rows that will be added soon.
 * A part of bag.c and bag_half.c.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_BAG_AHEAD_H
#define TOKVEC_MEASURE_BAG_AHEAD_H

#include "base/dispatch.h"

#include <stddef.h>

enum { BAG_AT_ONCE = 4, BAG_ROWS_AHEAD = 8 };

/* Starts the loading of rows that come soon, when `count` rows are about to be added of the `left`
 * that there are pointers to. What takes long is finding where they are: the processor goes on
 * along a row by itself. */
DISPATCH_INLINE void bag_ahead(const void *const *rows, size_t count, size_t left, size_t row_bytes)
{
    enum { LINE = 64, ENOUGH = 512 };
    for (size_t i = BAG_ROWS_AHEAD; i < BAG_ROWS_AHEAD + count && i < left; i++) {
        for (size_t at = 0; at < row_bytes && at < ENOUGH; at += LINE)
            __builtin_prefetch((const char *)rows[i] + at);
    }
}

#endif
