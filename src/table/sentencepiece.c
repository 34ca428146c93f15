/* sentencepiece.c - models of SentencePiece, told from other files.
 * See sentencepiece.h.
 * SPDX-License-Identifier: MIT */
#include "table/sentencepiece.h"

/* Reads a varint at *at; false if it is cut or longer than ten bytes. */
static bool take_varint(const file_map *map, uint64_t *at, uint64_t *value)
{
    *value = 0;
    for (unsigned shift = 0; shift < 70 && *at < map->size; shift += 7) {
        uint64_t byte = map->data[(*at)++];
        *value |= shift < 64 ? (byte & 0x7f) << shift : 0;
        if (byte < 0x80)
            return true;
    }
    return false;
}

bool sentencepiece_recognise(const file_map *map)
{
    enum { VARINT = 0, FIXED64 = 1, BYTES = 2, GROUP = 3, END_OF_GROUP = 4, FIXED32 = 5 };
    uint64_t at = 0, key, length, pieces = 0;
    if (map->size == 0 || (map->data[0] != 0x0a && map->data[0] != 0x12))
        return false;
    while (at < map->size) {
        if (!take_varint(map, &at, &key) || key >> 3 == 0)
            return false;
        unsigned wire = (unsigned)(key & 7);
        length = wire == FIXED64 ? 8 : wire == FIXED32 ? 4 : 0;
        if (((wire == VARINT || wire == BYTES) && !take_varint(map, &at, &length)) ||
            wire > FIXED32)
            return false;
        if (wire == VARINT || wire == GROUP || wire == END_OF_GROUP)
            length = 0;
        if (length > map->size - at)
            return false;
        if (wire == BYTES && key >> 3 == 1) {
            if (length < 2 || map->data[at] != 0x0a)
                return false; /* no piece begins so */
            pieces++;
        }
        at += length;
    }
    return pieces > 0;
}
