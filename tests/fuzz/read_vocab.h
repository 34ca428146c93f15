/* read_vocab.h - what fuzz targets do with a vocabulary that opens.
 * Goes through its tokens, shown and as they are stored, and looks each of the first ones up again:
 * it must be found, at its own ID or a lower one.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TESTS_READ_VOCAB_H
#define TOKVEC_TESTS_READ_VOCAB_H

#include "base/utf8.h"
#include "model/open.h"

#include <stdlib.h>
#include <string.h>

enum { READ_TOKENS_MAX = 300 };

/* Ends the run unless the call was good, or came upon a line of a word vector file that is none:
 * those are read as far as they are asked for. */
static inline bool expect(bool good, const tokvec_error *error)
{
    if (!good && error->code != TOKVEC_BAD_FILE)
        abort();
    return good;
}

/* The label of a token, by its place and by its ID; the caller frees it. NULL: it cannot be had. */
static inline char *label_at(tokvec_vocab *vocab, uint64_t index, int64_t *id, size_t *length)
{
    tokvec_text label, other;
    int64_t lowest;
    tokvec_error error;
    if (!expect(tokvec_vocab_token(vocab, index, id, &label, &error), &error))
        return NULL;
    if (!utf8_valid(label.bytes, label.length))
        abort();
    char *copy = malloc(label.length + 1);
    if (copy == NULL)
        abort();
    if (label.length > 0)
        memcpy(copy, label.bytes, label.length);
    *length = label.length;
    /* Its ID has a label, if not always this one; and it is found, if not always under its ID. */
    bool good =
        expect(tokvec_vocab_label(vocab, *id, &other, &error), &error) &&
        expect(tokvec_vocab_find(vocab, (tokvec_text){copy, *length}, &lowest, &error), &error) &&
        expect(tokvec_vocab_label(vocab, lowest, &other, &error), &error);
    if (good)
        return copy;
    free(copy);
    return NULL;
}

static inline bool read_token(tokvec_vocab *vocab, uint64_t index)
{
    int64_t id, found;
    size_t length;
    tokvec_text label;
    tokvec_error error;
    char *token = label_at(vocab, index, &id, &length);
    if (token == NULL)
        return false;
    if (id < 0)
        abort();
    /* A misspelt one, for the search for what was meant. */
    if (length > 0 && index % 16 == 0) {
        token[length / 2] = (char)(token[length / 2] + 1);
        tokvec_vocab_find(vocab, (tokvec_text){token, length}, &found, &error);
    }
    free(token);
    tokvec_vocab_set_raw(vocab, true);
    token = label_at(vocab, index, &id, &length);
    free(token);
    tokvec_vocab_set_raw(vocab, false);
    return token != NULL && expect(tokvec_vocab_label(vocab, id, &label, &error), &error);
}

static inline void read_vocab(tokvec_vocab *vocab)
{
    uint64_t count = tokvec_vocab_count(vocab);
    for (uint64_t i = 0; i < count && i < READ_TOKENS_MAX; i++) {
        if (!read_token(vocab, i))
            return;
    }
    tokvec_text none;
    if (tokvec_vocab_label(vocab, -1, &none, NULL))
        abort();
}

#endif
