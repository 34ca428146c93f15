/* text_rows_stream.c - rows of a file that is unpacked as it is read, in one pass.
 * See text_rows.h.
 * SPDX-License-Identifier: MIT */
#include "formats/words/text_rows.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST = 16,  /* rows of which the words are always kept: others ask what words look like */
    RECENT = 8,  /* reads of which the words are kept: as many as may be under way at a time */
    NOT_YET = -1 /* an expected word's row */
};

/* Texts one after the other. */
typedef struct text_pile {
    char *bytes;
    size_t size, capacity;
    uint64_t *rows; /* ascending */
    size_t *ends;   /* of the texts, in bytes */
    size_t count, row_capacity, end_capacity;
} text_pile;

typedef struct expected_word {
    tokvec_text word; /* in bytes of its own */
    int64_t row;
} expected_word;

struct text_stream {
    text_rows_mark mark;
    uint64_t begin; /* where row 0 begins */

    text_pile first, recent[RECENT];
    unsigned reads;

    text_pile kept; /* in the order in which they were found */
    word_map kept_rows;
    char *values;
    size_t values_capacity;

    expected_word *expected;
    size_t expected_count;
    word_map expected_words;
    uint64_t looked; /* rows that have been compared with them */

    text_pile all; /* the words of the first rows, for looking up any */
};

/* ---------------------------------------------------------------- piles */

static bool pile_add(text_pile *p, uint64_t row, tokvec_text text, tokvec_error *err)
{
    if (!array_reserve(&p->bytes, &p->capacity, p->size + text.length + 1, 1, err) ||
        !array_reserve(&p->rows, &p->row_capacity, p->count + 1, sizeof *p->rows, err) ||
        !array_reserve(&p->ends, &p->end_capacity, p->count + 1, sizeof *p->ends, err))
        return false;
    memcpy(p->bytes + p->size, text.bytes, text.length);
    p->size += text.length;
    p->rows[p->count] = row;
    p->ends[p->count++] = p->size;
    return true;
}

static tokvec_text pile_text(const text_pile *p, size_t i)
{
    size_t begin = i == 0 ? 0 : p->ends[i - 1];
    return (tokvec_text){p->bytes + begin, p->ends[i] - begin};
}

static bool pile_find(const text_pile *p, uint64_t row, tokvec_text *text)
{
    size_t low = 0, high = p->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->rows[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == p->count || p->rows[low] != row)
        return false;
    *text = pile_text(p, low);
    return true;
}

static void pile_free(text_pile *p)
{
    free(p->bytes);
    free(p->rows);
    free(p->ends);
}

/* ---------------------------------------------------------------- opening */

/* For the map of kept rows, in which a row's number is the word. */
static tokvec_text kept_row(void *context, uint32_t number)
{
    const text_stream *s = context;
    return (tokvec_text){(const char *)&s->kept.rows[number], sizeof *s->kept.rows};
}

static tokvec_text word_expected(void *context, uint32_t number)
{
    const text_stream *s = context;
    return s->expected[number].word;
}

text_stream *text_stream_new(const text_rows *w, tokvec_error *err)
{
    text_stream *s = calloc(1, sizeof *s);
    if (s == NULL) {
        error_no_memory(err, sizeof *s);
        return NULL;
    }
    s->begin = w->next;
    s->kept_rows.word = kept_row;
    s->expected_words.word = word_expected;
    s->kept_rows.context = s->expected_words.context = s;
    return s;
}

void text_stream_free(text_stream *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->expected_count; i++)
        free((void *)(uintptr_t)s->expected[i].word.bytes);
    for (unsigned i = 0; i < RECENT; i++)
        pile_free(&s->recent[i]);
    pile_free(&s->first);
    pile_free(&s->kept);
    pile_free(&s->all);
    free(s->kept_rows.slots);
    free(s->expected_words.slots);
    free(s->expected);
    free(s->values);
    free(s);
}

/* ---------------------------------------------------------------- walking */

text_rows_mark *text_stream_mark(text_stream *s)
{
    return &s->mark;
}

void text_stream_before(text_rows *w, bool *whole)
{
    file_release(w->map, w->next > 0 ? w->next - 1 : 0); /* a newline shows that a row begins */
    *whole = *whole || (w->has_words && w->known < FIRST);
}

bool text_stream_after(text_rows *w, uint64_t row, tokvec_text word, tokvec_error *err)
{
    text_stream *s = w->stream;
    return !w->has_words || row >= FIRST || row != s->first.count ||
           pile_add(&s->first, row, word, err);
}

void text_stream_turn_to(text_rows *w, uint64_t row)
{
    if (row + 1 >= w->known)
        return;
    w->known = 0;
    w->next = w->stream->begin;
}

/* ---------------------------------------------------------------- what is kept */

static size_t row_bytes(const text_rows *w)
{
    return (size_t)w->dim * tokvec_dtype_size(w->dtype);
}

/* Which of the kept rows it is; false: none. */
static bool find_kept(const text_stream *s, uint64_t row, uint32_t *number)
{
    return word_map_find(&s->kept_rows, (tokvec_text){(const char *)&row, sizeof row}, number);
}

bool text_stream_word(text_rows *w, uint64_t row, tokvec_text *word)
{
    text_stream *s = w->stream;
    uint32_t number;
    if (pile_find(&s->first, row, word))
        return true;
    for (unsigned i = 0; i < RECENT; i++) {
        if (pile_find(&s->recent[i], row, word))
            return true;
    }
    if (find_kept(s, row, &number)) {
        *word = pile_text(&s->kept, number);
        return true;
    }
    return pile_find(&s->all, row, word);
}

bool text_stream_keep(text_rows *w, uint64_t row, tokvec_text word, tokvec_error *err)
{
    text_stream *s = w->stream;
    size_t bytes = row_bytes(w), n = s->kept.count;
    uint32_t number;
    if (n >= UINT32_MAX / 2 || find_kept(s, row, &number))
        return true;                         /* of that many each costs a pass */
    if (!pile_add(&s->kept, row, word, err)) /* before read(), which may use the word's room */
        return false;
    if (!array_reserve(&s->values, &s->values_capacity, (n + 1) * bytes, 1, err) ||
        !w->kind->read(w, row, s->values + n * bytes, err) ||
        !word_map_add(&s->kept_rows, (tokvec_text){(const char *)&row, sizeof row}, (uint32_t)n,
                      err)) {
        s->kept.count--;
        s->kept.size = n == 0 ? 0 : s->kept.ends[n - 1];
        return false;
    }
    return true;
}

bool text_stream_add_word(text_rows *w, uint64_t row, tokvec_text word, tokvec_error *err)
{
    return pile_add(&w->stream->all, row, word, err);
}

tokvec_text text_stream_added(const text_rows *w, uint64_t row)
{
    return pile_text(&w->stream->all, (size_t)row);
}

/* ---------------------------------------------------------------- expected words */

static bool expect_one(text_stream *s, tokvec_text word, tokvec_error *err)
{
    uint32_t number;
    if (word_map_find(&s->expected_words, word, &number))
        return true;
    char *copy = malloc(word.length + 1);
    if (copy == NULL)
        return error_no_memory(err, word.length);
    memcpy(copy, word.bytes, word.length);
    size_t i = s->expected_count++;
    s->expected[i] = (expected_word){{copy, word.length}, NOT_YET};
    return word_map_add(&s->expected_words, s->expected[i].word, (uint32_t)i, err);
}

bool text_stream_expect(text_rows *w, const tokvec_text *words, size_t n, tokvec_error *err)
{
    text_stream *s = w->stream;
    if (n >= UINT32_MAX || s->expected_count > 0)
        return true;
    s->expected = calloc(n + 1, sizeof *s->expected);
    if (s->expected == NULL)
        return error_no_memory(err, n * sizeof *s->expected);
    for (size_t i = 0; i < n; i++) {
        if (!expect_one(s, words[i], err))
            return false;
    }
    return true;
}

bool text_stream_find(text_rows *w, tokvec_text word, bool *expected, uint64_t *row, bool *there,
                      tokvec_error *err)
{
    text_stream *s = w->stream;
    uint32_t number, other;
    *there = false;
    *expected = word_map_find(&s->expected_words, word, &number);
    if (!*expected)
        return true;
    for (; s->expected[number].row == NOT_YET && s->looked < w->count; s->looked++) {
        tokvec_text next;
        if (!text_rows_next_word(w, s->looked, &next, err))
            return false;
        if (!word_map_find(&s->expected_words, next, &other) || s->expected[other].row != NOT_YET)
            continue;
        if (!text_stream_keep(w, s->looked, next, err))
            return false;
        s->expected[other].row = (int64_t)s->looked;
    }
    *there = s->expected[number].row != NOT_YET;
    if (*there)
        *row = (uint64_t)s->expected[number].row;
    return true;
}

/* ---------------------------------------------------------------- reading */

typedef struct wanted_row {
    uint64_t row;
    size_t at; /* which of the rows asked for */
} wanted_row;

static int by_row(const void *a, const void *b)
{
    const wanted_row *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

static wanted_row *in_order(const int64_t *ids, size_t n, tokvec_error *err)
{
    wanted_row *rows = malloc((n + 1) * sizeof *rows);
    bool sorted = true;
    if (rows == NULL) {
        error_no_memory(err, n * sizeof *rows);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        rows[i] = (wanted_row){(uint64_t)ids[i], i};
        sorted = sorted && (i == 0 || ids[i] >= ids[i - 1]);
    }
    if (!sorted)
        qsort(rows, n, sizeof *rows, by_row);
    return rows;
}

static bool read_row(text_rows *w, uint64_t row, text_pile *recent, void *out, tokvec_error *err)
{
    text_stream *s = w->stream;
    uint32_t number;
    tokvec_text word;
    if (find_kept(s, row, &number)) {
        memcpy(out, s->values + number * row_bytes(w), row_bytes(w));
        return true;
    }
    if (w->has_words &&
        !(text_rows_next_word(w, row, &word, err) && pile_add(recent, row, word, err)))
        return false;
    return w->kind->read(w, row, out, err);
}

bool text_stream_read(text_rows *w, const int64_t *ids, size_t n, void *out, tokvec_error *err)
{
    text_stream *s = w->stream;
    size_t bytes = row_bytes(w);
    text_pile *recent = &s->recent[s->reads++ % RECENT];
    wanted_row *rows = in_order(ids, n, err);
    bool good = rows != NULL;
    recent->size = recent->count = 0;
    for (size_t i = 0; good && i < n; i++) {
        char *to = (char *)out + rows[i].at * bytes;
        if (i > 0 && rows[i].row == rows[i - 1].row)
            memcpy(to, (char *)out + rows[i - 1].at * bytes, bytes);
        else
            good = read_row(w, rows[i].row, recent, to, err);
    }
    free(rows);
    return good;
}
