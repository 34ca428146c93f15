/* words_vocab.c - the words of a file as a vocabulary.
 * See words.h and vocab.h.
 * SPDX-License-Identifier: MIT */
#include "table/words.h"

#include <stdlib.h>

typedef struct words_vocab {
    tokvec_vocab base;
    words *words;
} words_vocab;

static words *words_of(tokvec_vocab *vocab)
{
    return ((words_vocab *)vocab)->words;
}

static uint64_t count(tokvec_vocab *vocab)
{
    return words_of(vocab)->count;
}

static bool label(tokvec_vocab *vocab, int64_t id, stored_token *stored, tokvec_error *err)
{
    words *w = words_of(vocab);
    uint64_t row_number = (uint64_t)id;
    if (id < 0 || row_number >= w->count + w->invented)
        return vocab_no_label(id, err);
    if (row_number >= w->count) {
        *stored = (stored_token){w->kind->invented(w, row_number), false};
        return true;
    }
    uint64_t start;
    stored->plain = false;
    return words_word(w, row_number, &stored->text, &start, err) &&
           (!atomic_load(&w->map->shrunk) || file_map_intact(w->map, err));
}

static bool find(tokvec_vocab *vocab, tokvec_text stored, token_kind kind, int64_t *id,
                 tokvec_error *err)
{
    uint64_t row;
    (void)kind; /* all are plain */
    if (!words_find(words_of(vocab), stored, &row, err))
        return false;
    *id = (int64_t)row;
    return true;
}

static void close_vocab(tokvec_vocab *vocab)
{
    free(vocab);
}

static const vocab_ops words_ops = {
    .count = count, .label = label, .find = find, .close = close_vocab};

tokvec_vocab *words_vocab_of(tokvec_weights *weights, tokvec_error *err)
{
    words *w = weights->detail;
    if (!w->has_words)
        return NULL;
    words_vocab *v = calloc(1, sizeof *v);
    if (v == NULL) {
        error_no_memory(err, sizeof *v);
        return NULL;
    }
    v->base.ops = &words_ops;
    v->base.alphabet = ALPHABET_PLAIN;
    v->words = w;
    return &v->base;
}
