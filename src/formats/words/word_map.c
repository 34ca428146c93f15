/* word_map.c - from a word to its number.
 * Open addressing with linear probing, at most three quarters full.
 * SPDX-License-Identifier: MIT */
#include "formats/words/word_map.h"

#include <stdlib.h>
#include <string.h>

struct word_slot {
    uint32_t hash;   /* of the word; spares most comparisons of words */
    uint32_t number; /* plus 1; 0: free */
};

/* FNV-1a, 64 bits (Fowler, Noll, Vo), folded. */
static uint32_t hash_of(tokvec_text word)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < word.length; i++)
        h = (h ^ (uint8_t)word.bytes[i]) * UINT64_C(1099511628211);
    return (uint32_t)(h ^ h >> 32);
}

/* The slot of the word, or the free one where it belongs. The map has free slots. */
static struct word_slot *slot_of(const word_map *map, tokvec_text word, uint32_t hash)
{
    for (size_t i = hash & (map->room - 1);; i = (i + 1) & (map->room - 1)) {
        struct word_slot *slot = &map->slots[i];
        if (slot->number == 0)
            return slot;
        if (slot->hash != hash)
            continue;
        tokvec_text other = map->word(map->context, slot->number - 1);
        if (other.length == word.length && memcmp(other.bytes, word.bytes, word.length) == 0)
            return slot;
    }
}

static bool grow(word_map *map, tokvec_error *err)
{
    word_map bigger = *map;
    bigger.room = map->room == 0 ? 64 : 2 * map->room;
    bigger.slots = calloc(bigger.room, sizeof *bigger.slots);
    if (bigger.slots == NULL)
        return error_no_memory(err, bigger.room * sizeof *bigger.slots);
    for (size_t i = 0; i < map->room; i++) {
        struct word_slot old = map->slots[i];
        if (old.number == 0)
            continue;
        size_t at = old.hash & (bigger.room - 1);
        while (bigger.slots[at].number != 0)
            at = (at + 1) & (bigger.room - 1);
        bigger.slots[at] = old;
    }
    free(map->slots);
    *map = bigger;
    return true;
}

bool word_map_find(const word_map *map, tokvec_text word, uint32_t *number)
{
    if (map->used == 0)
        return false;
    const struct word_slot *slot = slot_of(map, word, hash_of(word));
    if (slot->number == 0)
        return false;
    *number = slot->number - 1;
    return true;
}

bool word_map_add(word_map *map, tokvec_text word, uint32_t number, tokvec_error *err)
{
    if (map->used >= map->room / 4 * 3 && !grow(map, err))
        return false;
    uint32_t hash = hash_of(word);
    struct word_slot *slot = slot_of(map, word, hash);
    if (slot->number == 0) {
        *slot = (struct word_slot){hash, number + 1};
        map->used++;
    }
    return true;
}
