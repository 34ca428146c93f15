/* fasttext_sentence.c - vectors of sentences, as fastText's print-sentence-vectors makes them.
 * Of a model of words, the mean of the words' vectors at length 1, as far as they are not zero. Of
 * a supervised model, the mean of all rows that its classifier would add up: those of words, of
 * their n-grams, and of n-grams of words. SPDX-License-Identifier: MIT
 *
 * Arithmetic and order: fastText 0.9.2, fasttext.cc, dictionary.cc. */
#include "formats/words/fasttext.h"

#include "base/array.h"
#include "base/bytes.h"

#include <math.h>
#include <stdlib.h>

enum { WORD_NGRAMS_MAX = 255 }; /* more would cost more time than sense */

static const tokvec_text sentence_end = {"</s>", 4};
static const char label_mark[] = "__label__";

/* Blanks between words; in supervised models zero bytes are some, too. */
static bool is_blank(char c, bool zero_too)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || (c == '\0' && zero_too);
}

/* The next word of a text, with the blank behind it; of length 0 at the end. */
static tokvec_text next_word(tokvec_text *rest, bool zero_too)
{
    const char *at = rest->bytes, *end = at + rest->length;
    while (at < end && is_blank(*at, zero_too))
        at++;
    tokvec_text word = {at, 0};
    while (at < end && !is_blank(*at, zero_too))
        at++;
    word.length = (size_t)(at - word.bytes);
    at += at < end;
    *rest = (tokvec_text){at, (size_t)(end - at)};
    return word;
}

static bool is_end(tokvec_text word)
{
    return word.length == sentence_end.length &&
           memcmp(word.bytes, sentence_end.bytes, word.length) == 0;
}

/* The row of a word; -1 if it is none of the dictionary. */
static bool find_entry(fasttext *f, tokvec_text word, int64_t *entry, tokvec_error *err)
{
    uint64_t row;
    bool there;
    if (!text_rows_known(&f->base, word, &row, &there, err))
        return false;
    *entry = there ? (int64_t)row : -1;
    return true;
}

/* ---------------------------------------------------------------- models of words */

static bool mean_of_words(fasttext *f, tokvec_text line, float *out, tokvec_error *err)
{
    size_t dim = (size_t)f->base.dim;
    uint64_t n = 0;
    float *vector = malloc(dim * sizeof *vector);
    bool good = vector != NULL || error_no_memory(err, dim * sizeof *vector);
    for (tokvec_text word; good && (word = next_word(&line, false)).length > 0;) {
        int64_t entry;
        good = find_entry(f, word, &entry, err) && fasttext_vector(f, word, entry, vector, err);
        float squares = 0;
        for (size_t j = 0; good && j < dim; j++)
            squares += vector[j] * vector[j];
        if (!good || !(squares > 0))
            continue;
        float scale = (float)(1.0 / (double)sqrtf(squares));
        for (size_t j = 0; j < dim; j++)
            out[j] += vector[j] * scale;
        n++;
    }
    if (good && n > 0)
        fasttext_divide(out, dim, n);
    free(vector);
    return good;
}

/* ---------------------------------------------------------------- supervised models */

static tokvec_text label_of(void *context, uint32_t number)
{
    const fasttext *f = context;
    tokvec_text word;
    uint64_t next;
    if (!fasttext_entry(f->base.map, f->label_starts[number], &word, &next, NULL))
        return (tokvec_text){"", 0}; /* the file is being cut, which the reader will notice */
    return word;
}

/* Notes the labels, which stand in the dictionary behind the words. */
static bool note_labels(fasttext *f, tokvec_error *err)
{
    uint64_t count = f->entries - f->base.count;
    if (f->label_starts != NULL)
        return true;
    if (f->base.count > 0 && !text_rows_reach(&f->base, f->base.count - 1, err))
        return false;
    f->label_starts = calloc((size_t)count + 1, sizeof *f->label_starts);
    if (f->label_starts == NULL)
        return error_no_memory(err, count * sizeof *f->label_starts);
    f->labels.word = label_of;
    f->labels.context = f;
    uint64_t at = f->base.next;
    for (uint32_t i = 0; i < count; i++) {
        tokvec_text word;
        f->label_starts[i] = at;
        if (!fasttext_entry(f->base.map, at, &word, &at, err) ||
            !word_map_add(&f->labels, word, i, err))
            return false;
    }
    return true;
}

static bool is_label(const fasttext *f, tokvec_text word)
{
    uint32_t number;
    return (word.length >= sizeof label_mark - 1 &&
            memcmp(word.bytes, label_mark, sizeof label_mark - 1) == 0) ||
           word_map_find(&f->labels, word, &number);
}

static int32_t hash_of(tokvec_text word)
{
    uint32_t hash = 2166136261; /* FNV-1a, but with signed bytes */
    for (size_t i = 0; i < word.length; i++) {
        uint32_t byte = (uint32_t)(int8_t)word.bytes[i];
        hash = (hash ^ byte) * 16777619;
    }
    return (int32_t)hash;
}

/* The rows of a word, and its hash among the first *words + 1; none of a label. */
static bool add_word(fasttext *f, tokvec_text word, float *out, uint64_t *added, size_t *words,
                     tokvec_error *err)
{
    int64_t entry;
    if (!find_entry(f, word, &entry, err))
        return false;
    if (entry < 0 && is_label(f, word))
        return true;
    if (!array_reserve(&f->hashes, &f->hashes_reserved, *words + 1, sizeof *f->hashes, err))
        return false;
    f->hashes[(*words)++] = hash_of(word);
    return fasttext_add_word(f, word, entry, out, added, err);
}

/* The rows of all runs of 2 to f->word_ngrams words. */
static bool add_word_ngrams(fasttext *f, size_t words, float *out, uint64_t *added,
                            tokvec_error *err)
{
    size_t most = f->word_ngrams > 1 ? (size_t)f->word_ngrams : 1;
    if (most > WORD_NGRAMS_MAX || (most > 1 && f->buckets < 1))
        return file_map_bad(f->base.map, 0, err,
                            "the model has n-grams of up to %d words, and %d buckets for them",
                            f->word_ngrams, f->buckets);
    for (size_t i = 0; i < words; i++) {
        uint64_t hash = (uint64_t)(int64_t)f->hashes[i];
        for (size_t j = i + 1; j < words && j < i + most; j++) {
            hash = hash * 116049371 + (uint64_t)(int64_t)f->hashes[j];
            if (!fasttext_add_bucket(f, (int32_t)(hash % (uint64_t)f->buckets), out, added, err))
                return false;
        }
    }
    return true;
}

/* Ends at a `</s>`, be it written or the newline, or at the end of a text without one. */
static bool mean_of_rows(fasttext *f, tokvec_text *rest, bool newline, float *out,
                         tokvec_error *err)
{
    uint64_t added = 0;
    size_t words = 0;
    bool ended = false;
    if (!note_labels(f, err))
        return false;
    while (!ended) {
        tokvec_text word = next_word(rest, true);
        bool used_up = word.length == 0;
        if (used_up && !newline)
            break;
        if (used_up)
            word = sentence_end;
        ended = is_end(word);
        if (out != NULL && !add_word(f, word, out, &added, &words, err))
            return false;
        if (used_up)
            *rest = (tokvec_text){NULL, 0};
    }
    if (!newline && rest->length == 0)
        *rest = (tokvec_text){NULL, 0};
    if (out == NULL)
        return true;
    if (!add_word_ngrams(f, words, out, &added, err))
        return false;
    if (added > 0)
        fasttext_divide(out, (size_t)f->base.dim, added);
    return true;
}

bool fasttext_sentence(text_rows *w, tokvec_text *rest, bool newline, void *out, tokvec_error *err)
{
    fasttext *f = (fasttext *)w;
    if (out != NULL)
        memset(out, 0, (size_t)w->dim * sizeof(float));
    if (f->is_supervised)
        return mean_of_rows(f, rest, newline, out, err);
    tokvec_text line = *rest;
    *rest = (tokvec_text){NULL, 0};
    return out == NULL || mean_of_words(f, line, out, err);
}
