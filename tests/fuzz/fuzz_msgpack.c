/* fuzz_msgpack.c - fuzz target of the reader of MessagePack, and of spaCy's key2row in it.
 * Walking over the items and stepping over values must come by the same places, and no item may
 * lie outside of the bytes. Of a key2row, each word that has a row is found there.
 * SPDX-License-Identifier: MIT */
#include "codec/msgpack.h"
#include "vocab/spacy.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Steps over one value item by item; false where it is cut or bad. */
static bool walk(msgpack_reader *r)
{
    for (uint64_t left = 1; left > 0; left--) {
        msgpack_item item;
        tokvec_error err;
        uint64_t before = r->at;
        if (!msgpack_next(r, &item, &err))
            return false;
        if (r->at <= before || r->at > r->end || item.body > r->end ||
            item.length > r->end - item.body)
            abort();
        left += item.kind == MSGPACK_LIST ? item.number : 0;
        left += item.kind == MSGPACK_MAP ? 2 * item.number : 0;
    }
    return true;
}

static void go_through_values(const file_map *map)
{
    msgpack_reader r = {.map = map, .end = map->size}, other = r;
    while (r.at < r.end) {
        tokvec_error err;
        bool walked = walk(&r), skipped = msgpack_skip(&other, &err);
        if (walked != skipped || (walked && r.at != other.at))
            abort();
        if (!walked)
            break;
    }
}

static void go_through_words(const file_map *map)
{
    static const char *const words[] = {"the", "of", "number", ""};
    tokvec_error err;
    tokvec_vocab *vocab = spacy_open(map, &err);
    if (vocab == NULL)
        return;
    int64_t last = tokvec_vocab_last_id(vocab);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        int64_t id;
        tokvec_text word = {words[i], 0}, label;
        while (word.bytes[word.length] != '\0')
            word.length++;
        if (tokvec_vocab_find(vocab, word, &id, NULL) && (id < 0 || id > last))
            abort();
        tokvec_vocab_label(vocab, (int64_t)i, &label, NULL);
    }
    tokvec_vocab_close(vocab);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    file_map *map = file_map_of_bytes(data, size, NULL);
    if (map == NULL)
        return 0;
    go_through_values(map);
    if (spacy_recognise(map))
        go_through_words(map);
    file_map_close(map);
    return 0;
}
