/* nearest.h - the likely meaning of a misspelt word.
 * For "did you mean" in messages about options, commands, formats and tensors.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_NEAREST_H
#define TOKVEC_BASE_NEAREST_H

#include <stddef.h>

/* The number of insertions, deletions, replacements and swaps of neighbours that turn a into b
 * (optimal string alignment); words of over 63 bytes are as far apart as can be. */
size_t nearest_distance(const char *a, const char *b);

/* Keeps the nearest of the words offered to it, if one is near enough to be meant. */
typedef struct nearest {
    const char *wanted;
    const char *best; /* NULL while none is near enough */
    size_t distance;
} nearest;

nearest nearest_to(const char *wanted);
void nearest_offer(nearest *search, const char *word);

/* Likewise, but if `word` is the nearest, `meant` is what was meant. */
void nearest_offer_as(nearest *search, const char *word, const char *meant);

#endif
