/* sentence_table.c - a table of which each row is the vector of a sentence.
 * See sentence_table.h. The text of a sentence is kept until it is dropped; its vector is made when
 * it is read.
 * SPDX-License-Identifier: MIT */
#include "measure/sentence_table.h"

#include "base/array.h"
#include "table/table.h"

#include <stdlib.h>
#include <string.h>

/* A sentence in the text, of which its newline is no part. */
typedef struct sentence {
    size_t begin, length;
    bool newline;
} sentence;

typedef struct sentence_state {
    tokvec_table base;
    tokvec_table *table;
    char *text;
    size_t length, reserved;
    size_t line;    /* where the line begins that has no end yet */
    size_t scanned; /* up to here it has no newline */
    sentence *sentences;
    size_t count, sentences_reserved;
    uint64_t first; /* the number of sentences[0] */
} sentence_state;

/* The line that ends at `end` is complete. */
static bool split_line(sentence_state *s, size_t end, bool newline, tokvec_error *err)
{
    tokvec_text rest = {s->text + s->line, end - s->line};
    while (rest.bytes != NULL) {
        sentence one = {.begin = (size_t)(rest.bytes - s->text), .newline = newline};
        const char *stop = s->text + end;
        if (!table_sentence(s->table, &rest, newline, NULL, err) ||
            !array_reserve(&s->sentences, &s->sentences_reserved, s->count + 1, sizeof one, err))
            return false;
        if (rest.bytes != NULL)
            stop = rest.bytes; /* behind the `</s>` that ended it */
        one.length = (size_t)(stop - s->text) - one.begin;
        s->sentences[s->count++] = one;
    }
    s->base.rows = s->first + s->count;
    return true;
}

bool sentence_table_add(tokvec_table *sentences, const char *text, size_t size, tokvec_error *err)
{
    sentence_state *s = (sentence_state *)sentences;
    size_t wanted;
    if (__builtin_add_overflow(s->length, size, &wanted) ||
        !array_reserve(&s->text, &s->reserved, wanted, 1, err))
        return false;
    if (size > 0)
        memcpy(s->text + s->length, text, size);
    s->length = wanted;
    while (s->scanned < s->length) {
        const char *newline = memchr(s->text + s->scanned, '\n', s->length - s->scanned);
        if (newline == NULL) {
            s->scanned = s->length;
            break;
        }
        size_t end = (size_t)(newline - s->text);
        if (!split_line(s, end, true, err))
            return false;
        s->line = s->scanned = end + 1;
    }
    return true;
}

bool sentence_table_end(tokvec_table *sentences, tokvec_error *err)
{
    sentence_state *s = (sentence_state *)sentences;
    if (s->line == s->length)
        return true;
    if (!split_line(s, s->length, false, err))
        return false;
    s->line = s->scanned = s->length;
    return true;
}

uint64_t sentence_table_first(const tokvec_table *sentences)
{
    return ((const sentence_state *)sentences)->first;
}

uint64_t sentence_table_count(const tokvec_table *sentences)
{
    return ((const sentence_state *)sentences)->count;
}

void sentence_table_drop(tokvec_table *sentences)
{
    sentence_state *s = (sentence_state *)sentences;
    if (s->line > 0)
        memmove(s->text, s->text + s->line, s->length - s->line);
    s->length -= s->line;
    s->scanned -= s->line;
    s->line = 0;
    s->first += s->count;
    s->count = 0;
}

/* ---------------------------------------------------------------- the table */

static bool read_sentences(tokvec_table *table, const int64_t *numbers, size_t n, void *out,
                           tokvec_error *err)
{
    const sentence_state *s = (const sentence_state *)table;
    size_t bytes = (size_t)table->dim * tokvec_dtype_size(table->dtype);
    for (size_t i = 0; i < n; i++) {
        const sentence *one = &s->sentences[(uint64_t)numbers[i] - s->first];
        tokvec_text rest = {s->text + one->begin, one->length};
        if (!table_sentence(s->table, &rest, one->newline, (char *)out + i * bytes, err))
            return false;
    }
    return true;
}

static bool sentences_intact(const tokvec_table *table, tokvec_error *err)
{
    return tokvec_table_intact(((const sentence_state *)table)->table, err);
}

static void close_sentences(tokvec_table *table)
{
    sentence_state *s = (sentence_state *)table;
    free(s->text);
    free(s->sentences);
    free(s);
}

static const table_ops sentence_ops = {
    .read = read_sentences, .intact = sentences_intact, .close = close_sentences};

tokvec_table *sentence_table(tokvec_table *table, tokvec_error *err)
{
    sentence_state *s = calloc(1, sizeof *s);
    if (s == NULL) {
        error_no_memory(err, sizeof *s);
        return NULL;
    }
    s->base = (tokvec_table){.ops = &sentence_ops, .dim = table->dim, .dtype = table->dtype};
    s->table = table;
    return &s->base;
}
