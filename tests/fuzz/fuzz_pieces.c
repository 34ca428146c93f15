/* fuzz_pieces.c - arbitrary pieces as a model of SentencePiece.
 * The bytes are not the file, but say what to write into it, so that all lengths are right: of each
 * piece its type, its length and its text. What opens must have every piece at its place.
 * SPDX-License-Identifier: MIT */
#include "read_vocab.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PIECES_MAX = 600, TEXT_MAX = 31, PIECE_MAX = TEXT_MAX + 12, HAS_BYTES = 1 };

typedef struct model {
    uint8_t bytes[PIECES_MAX * PIECE_MAX + 64];
    size_t size;
    tokvec_text texts[PIECES_MAX];
    size_t count;
} model;

static void put(model *m, const void *bytes, size_t size)
{
    if (size > 0)
        memcpy(m->bytes + m->size, bytes, size);
    m->size += size;
}

static void put_byte(model *m, size_t byte)
{
    m->bytes[m->size++] = (uint8_t)byte;
}

static void put_piece(model *m, tokvec_text text, uint8_t type)
{
    static const char score[] = "\x15\x00\x00\x80\xbf";
    put_byte(m, 0x0a);
    put_byte(m, text.length + 9);
    put_byte(m, 0x0a);
    put_byte(m, text.length);
    m->texts[m->count++] = (tokvec_text){(char *)m->bytes + m->size, text.length};
    put(m, text.bytes, text.length);
    put(m, score, sizeof score - 1);
    put_byte(m, 0x18);
    put_byte(m, type);
}

static void put_bytes_pieces(model *m)
{
    char text[8];
    for (unsigned i = 0; i < 256; i++) {
        snprintf(text, sizeof text, "<0x%02X>", i);
        put_piece(m, (tokvec_text){text, 6}, 6);
    }
    put(m, "\x12\x03\x98\x02\x01", 5); /* the trainer falls back to bytes */
}

static void check_places(const model *m, tokvec_vocab *vocab)
{
    tokvec_text label;
    if (tokvec_vocab_count(vocab) != m->count || !tokvec_vocab_by_place(vocab))
        abort();
    tokvec_vocab_set_raw(vocab, true);
    for (size_t i = 0; i < m->count; i++) {
        if (!tokvec_vocab_label(vocab, (int64_t)i, &label, NULL))
            abort();
        if (utf8_valid(m->texts[i].bytes, m->texts[i].length) &&
            (label.length != m->texts[i].length ||
             memcmp(label.bytes, m->texts[i].bytes, label.length) != 0))
            abort();
    }
    tokvec_vocab_set_raw(vocab, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    model *m = calloc(1, sizeof *m);
    if (m == NULL || size == 0) {
        free(m);
        return 0;
    }
    size_t at = 1;
    put_piece(m, (tokvec_text){"<unk>", 5}, 2);
    if (data[0] & HAS_BYTES)
        put_bytes_pieces(m);
    while (size - at >= 2 && m->count < PIECES_MAX) {
        uint8_t type = data[at] % 8;
        size_t length = data[at + 1] % (TEXT_MAX + 1);
        at += 2;
        length = length < size - at ? length : size - at;
        put_piece(m, (tokvec_text){(const char *)data + at, length}, type);
        at += length;
    }
    file_map *map = file_map_of_bytes(m->bytes, m->size, NULL);
    tokvec_error error;
    tokvec_vocab *vocab = map == NULL ? NULL : open_vocab(map, &error);
    if (vocab != NULL) {
        check_places(m, vocab);
        read_vocab(vocab);
    }
    tokvec_vocab_close(vocab);
    free(m);
    return 0;
}
