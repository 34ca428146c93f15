/* vocab_pieces.c - models of SentencePiece, told from text.
 * One message of protobuf: pieces, which are messages of a text, a score and a type; then what the
 * model was trained with. Format: sentencepiece_model.proto of github.com/google/sentencepiece.
 * SPDX-License-Identifier: MIT */
#include "vocab/vocab_kinds.h"

typedef struct field {
    uint64_t number;
    unsigned type;
    const uint8_t *data; /* of type 2 */
    uint64_t size;
} field;

static bool take_varint(const uint8_t *data, uint64_t size, uint64_t *at, uint64_t *out)
{
    enum { LONGEST = 10 };
    *out = 0;
    for (unsigned i = 0; i < LONGEST && *at < size; i++) {
        uint8_t byte = data[(*at)++];
        *out |= (uint64_t)(byte & 0x7f) << (7 * i < 63 ? 7 * i : 63);
        if (byte < 0x80)
            return true;
    }
    return false;
}

static bool take_field(const uint8_t *data, uint64_t size, uint64_t *at, field *f)
{
    uint64_t key, length;
    if (!take_varint(data, size, at, &key) || key >> 3 == 0)
        return false;
    *f = (field){.number = key >> 3, .type = key & 7};
    if (f->type == 3 || f->type == 4) /* around a group */
        return true;
    if (f->type == 0)
        return take_varint(data, size, at, &length);
    length = f->type == 1 ? 8 : 4;
    if ((f->type != 1 && f->type != 2 && f->type != 5) ||
        (f->type == 2 && !take_varint(data, size, at, &length)) || length > size - *at)
        return false;
    f->data = data + *at;
    f->size = length;
    *at += length;
    return true;
}

/* A message with a text as its field 1. */
static bool is_piece(const field *f)
{
    bool has_text = false;
    for (uint64_t at = 0; at < f->size;) {
        field part;
        if (!take_field(f->data, f->size, &at, &part))
            return false;
        has_text |= part.number == 1 && part.type == 2 && part.size > 0;
    }
    return has_text;
}

bool vocab_is_pieces(const file_map *map)
{
    enum { HEAD = 20 }; /* bytes before a field's data: two numbers */
    uint64_t pieces = 0;
    for (uint64_t at = 0; at < map->size;) {
        field f;
        uint64_t left = map->size - at;
        if (!file_want(map, at, left < HEAD ? left : HEAD, NULL) ||
            !take_field(map->data, map->size, &at, &f))
            return false;
        bool is_field_of_pieces = f.number == 1 && f.type == 2;
        if (is_field_of_pieces && (!file_want(map, at - f.size, f.size, NULL) || !is_piece(&f)))
            return false;
        pieces += is_field_of_pieces;
    }
    return pieces > 0;
}
