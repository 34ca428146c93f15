/* fuzz_vocab.c - arbitrary bytes as a vocabulary.
 * Opens it as whatever kind it is, goes through its tokens, shown and as they are stored, and
 * looks each of the first ones up again: it must be found, at its own ID or a lower one.
 * SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "table/weights.h"

#include <stdlib.h>
#include <string.h>

enum { TOKENS_MAX = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The label of a token, by its place and by its ID; the caller frees it. */
static char *label_at(tokvec_vocab *vocab, uint64_t index, int64_t *id, size_t *length)
{
    tokvec_text label, other;
    int64_t lowest;
    if (!tokvec_vocab_token(vocab, index, id, &label, NULL) ||
        !utf8_valid(label.bytes, label.length))
        abort();
    char *copy = malloc(label.length + 1);
    if (copy == NULL)
        abort();
    if (label.length > 0)
        memcpy(copy, label.bytes, label.length);
    *length = label.length;
    if (!tokvec_vocab_label(vocab, *id, &other, NULL))
        abort(); /* there is one, if not always this one */
    if (!tokvec_vocab_find(vocab, (tokvec_text){copy, *length}, &lowest, NULL))
        abort();
    if (!tokvec_vocab_label(vocab, lowest, &other, NULL))
        abort();
    return copy;
}

static void go_through(tokvec_vocab *vocab)
{
    uint64_t count = tokvec_vocab_count(vocab);
    for (uint64_t i = 0; i < count && i < TOKENS_MAX; i++) {
        int64_t id, found;
        size_t length;
        tokvec_text label;
        tokvec_error error;
        char *token = label_at(vocab, i, &id, &length);
        if (id < 0)
            abort();
        /* A misspelt one, for the search for what was meant. */
        if (length > 0 && i % 16 == 0) {
            token[length / 2] = (char)(token[length / 2] + 1);
            tokvec_vocab_find(vocab, (tokvec_text){token, length}, &found, &error);
        }
        free(token);
        tokvec_vocab_set_raw(vocab, true);
        token = label_at(vocab, i, &id, &length);
        free(token);
        tokvec_vocab_set_raw(vocab, false);
        if (!tokvec_vocab_label(vocab, id, &label, NULL))
            abort();
    }
    tokvec_text none;
    if (tokvec_vocab_label(vocab, -1, &none, NULL))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tokvec_error error;
    file_map *map = file_map_of_bytes(data, size, NULL);
    if (map == NULL)
        return 0;
    tokvec_vocab *vocab = vocab_of_map(map, &error);
    if (vocab != NULL)
        go_through(vocab);
    tokvec_vocab_close(vocab);
    return 0;
}
