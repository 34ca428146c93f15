/* word_map.h - from a word to its number.
 * A hash table that keeps no words: whoever owns them tells what word a number stands for.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_WORDS_WORD_MAP_H
#define TOKVEC_FORMATS_WORDS_WORD_MAP_H

#include "base/error.h"

/* Zeroed, it is empty. Release slots with free. */
typedef struct word_map {
    struct word_slot *slots;
    size_t room; /* a power of two, or 0 */
    size_t used;
    /* The word of a number that was added. */
    tokvec_text (*word)(void *context, uint32_t number);
    void *context;
} word_map;

/* The number of a word, or false. */
bool word_map_find(const word_map *map, tokvec_text word, uint32_t *number);

/* Adds a word, unless it is there already. */
bool word_map_add(word_map *map, tokvec_text word, uint32_t number, tokvec_error *err);

#endif
