/* sequences.c - where sequences begin in a list of token IDs.
 * See sequences.h.
 * SPDX-License-Identifier: MIT */
#include "rows/sequences.h"

#include "base/array.h"

#include <stdlib.h>

bool sequences_begin(sequences *s, uint64_t place, tokvec_error *err)
{
    if (s->count > 0 && s->starts[s->count - 1] == place)
        return true;
    if (!array_reserve(&s->starts, &s->capacity, s->count + 1, sizeof *s->starts, err))
        return false;
    s->starts[s->count++] = place;
    return true;
}

/* How far the last of the first n starts is from a place behind it. */
static uint64_t distance(const sequences *s, size_t n, uint64_t place)
{
    return n == 0 ? s->carried + place : place - s->starts[n - 1];
}

uint64_t sequences_room(const sequences *s, uint64_t count)
{
    uint64_t taken = distance(s, s->count, count), all = s->limit - s->first;
    return s->limit <= s->first || all <= taken ? 0 : all - taken;
}

/* How many starts there are up to a place, and at it. */
static size_t starts_until(const sequences *s, uint64_t place)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->starts[middle] <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int64_t sequences_get(const sequences *s, uint64_t place, size_t n, int64_t *out)
{
    size_t next = starts_until(s, place);
    uint64_t position = s->first + distance(s, next, place), largest = 0;
    for (size_t i = 0; i < n; i++, position++) {
        if (next < s->count && s->starts[next] == place + i) {
            position = s->first;
            next++;
        }
        out[i] = (int64_t)position;
        largest = position > largest ? position : largest;
    }
    return (int64_t)largest;
}

uint64_t sequences_longest(const sequences *s, uint64_t count)
{
    uint64_t longest = 0;
    for (size_t i = 0; i <= s->count; i++) {
        uint64_t length = distance(s, i, i < s->count ? s->starts[i] : count);
        longest = length > longest ? length : longest;
    }
    return longest;
}

void sequences_drop(sequences *s, uint64_t count)
{
    s->carried = distance(s, s->count, count);
    s->count = 0;
}

void sequences_free(sequences *s)
{
    free(s->starts);
    *s = (sequences){.starts = NULL};
}
