/* sequences.h - where sequences begin in a list of token IDs, so that each ID has a position.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_ROWS_SEQUENCES_H
#define TOKVEC_ROWS_SEQUENCES_H

#include "base/error.h"

/* The first ID of a sequence has the position `first`, each one behind it one more. Starts as
 * {.first, .limit}; the owner releases it with sequences_free. */
typedef struct sequences {
    uint64_t first;
    uint64_t limit;   /* positions are below it */
    uint64_t *starts; /* places in the list where sequences begin, in ascending order */
    size_t count, capacity;
    uint64_t carried; /* how far the sequence is that goes on at place 0 */
} sequences;

/* The ID at that place, which is not before the last such place, begins a sequence. */
bool sequences_begin(sequences *s, uint64_t place, tokvec_error *err);

/* How many more IDs the sequence can have that is open in a list of `count` IDs. */
uint64_t sequences_room(const sequences *s, uint64_t count);

/* The positions of n IDs from `place` on. Returns the largest of them. */
int64_t sequences_get(const sequences *s, uint64_t place, size_t n, int64_t *out);

/* The length of the longest sequence in a list of `count` IDs. */
uint64_t sequences_longest(const sequences *s, uint64_t count);

/* The list of `count` IDs has been emptied; the sequence that is open in it goes on. */
void sequences_drop(sequences *s, uint64_t count);

void sequences_free(sequences *s);

#endif
