/* text_rows_vocab.c - the words of a file as a vocabulary.
 * See text_rows.h and vocab.h.
 * SPDX-License-Identifier: MIT */
#include "formats/words/text_rows.h"

#include <stdlib.h>

typedef struct text_rows_vocab {
    tokvec_vocab base;
    text_rows *rows;
} text_rows_vocab;

static text_rows *text_rows_of(tokvec_vocab *vocab)
{
    return ((text_rows_vocab *)vocab)->rows;
}

static uint64_t count(tokvec_vocab *vocab)
{
    return text_rows_of(vocab)->count;
}

static bool label(tokvec_vocab *vocab, int64_t id, stored_token *stored, tokvec_error *err)
{
    text_rows *w = text_rows_of(vocab);
    uint64_t row_number = (uint64_t)id;
    if (id < 0 || row_number >= w->count + w->invented)
        return vocab_no_label(id, err);
    if (row_number >= w->count) {
        *stored = (stored_token){w->kind->invented(w, row_number), false};
        return true;
    }
    uint64_t start;
    stored->plain = false;
    return text_rows_word(w, row_number, &stored->text, &start, err) &&
           (!file_map_suspect(w->map) || file_map_intact(w->map, err));
}

static bool find(tokvec_vocab *vocab, tokvec_text stored, token_kind kind, int64_t *id,
                 tokvec_error *err)
{
    uint64_t row;
    (void)kind; /* all are plain */
    if (!text_rows_find(text_rows_of(vocab), stored, &row, err))
        return false;
    *id = (int64_t)row;
    return true;
}

static bool expect(tokvec_vocab *vocab, const tokvec_text *words, size_t n, tokvec_error *err)
{
    text_rows *w = text_rows_of(vocab);
    return w->stream == NULL || text_stream_expect(w, words, n, err);
}

static void close_vocab(tokvec_vocab *vocab)
{
    free(vocab);
}

static const vocab_ops text_rows_ops = {
    .count = count, .label = label, .find = find, .expect = expect, .close = close_vocab};

tokvec_vocab *text_rows_vocab_of(tokvec_weights *weights, tokvec_error *err)
{
    text_rows *w = weights->detail;
    if (!w->has_words)
        return NULL;
    text_rows_vocab *v = calloc(1, sizeof *v);
    if (v == NULL) {
        error_no_memory(err, sizeof *v);
        return NULL;
    }
    v->base.ops = &text_rows_ops;
    v->base.alphabet.kind = ALPHABET_PLAIN;
    v->rows = w;
    return &v->base;
}
