/* text_rows.c - rows that follow one another in a file, each perhaps with its word.
 * See text_rows.h.
 * SPDX-License-Identifier: MIT */
#include "formats/words/text_rows.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* So many words are looked for by going through the rows; for more of them a map pays. */
enum { FINDS_WITHOUT_MAP = 4 };

/* ---------------------------------------------------------------- walking */

/* Remembers a word that lies where its row begins, so that it need not be looked for again. */
static void note_word(text_rows *w, text_rows_mark *mark, const text_row *row)
{
    const char *begin = (const char *)w->map->data + mark->start;
    if (w->has_words && row->word.bytes == begin && row->word.length < UINT32_MAX &&
        (mark->length == 0 || row->word.length < mark->length))
        mark->word = (uint32_t)row->word.length + 1;
}

/* So many rows the file is long enough for. */
static uint64_t rows_most(const text_rows *w)
{
    return w->most > 0 && w->most < w->count ? w->most : w->count;
}

/* Room for the marks of all rows that there may be; the system gives memory only
 * to those that are set. They stay where they are, so that threads may read some while another
 * sets more. */
static bool have_marks(text_rows *w, tokvec_error *err)
{
    if (w->marks == NULL)
        w->marks = calloc((size_t)rows_most(w), sizeof *w->marks);
    return w->marks != NULL || error_no_memory(err, rows_most(w) * sizeof *w->marks);
}

text_rows_mark *text_rows_mark_of(const text_rows *w, uint64_t row)
{
    return w->stream != NULL ? text_stream_mark(w->stream) : &w->marks[row];
}

/* The next row that is not known yet. With `row` NULL only its start is wanted. */
static bool advance(text_rows *w, text_row *row, tokvec_error *err)
{
    text_row skipped;
    bool whole = row != NULL;
    uint64_t number = w->known;
    if (row == NULL)
        row = &skipped;
    if (w->stream != NULL)
        text_stream_before(w, &whole);
    else if (!have_marks(w, err))
        return false;
    if (!w->kind->scan(w, number, w->next, whole, &w->room, row, err))
        return false;
    if (w->stream == NULL && number >= rows_most(w)) /* only of a file that is not what it was */
        return file_map_changed(w->map, err);
    if (w->stream != NULL && !text_stream_after(w, number, row->word, err))
        return false;
    text_rows_mark *mark = text_rows_mark_of(w, number);
    uint64_t length = row->next - w->next;
    *mark =
        (text_rows_mark){.start = w->next, .length = length > UINT32_MAX ? 0 : (uint32_t)length};
    if (whole)
        note_word(w, mark, row);
    w->next = row->next;
    w->known = number + 1;
    return true;
}

static bool again(text_rows *w, uint64_t row, text_rows_room *room, text_row *out,
                  tokvec_error *err)
{
    text_rows_mark *mark = text_rows_mark_of(w, row);
    if (!w->kind->scan(w, row, mark->start, true, room, out, err))
        return false;
    note_word(w, mark, out);
    return true;
}

bool text_rows_reach(text_rows *w, uint64_t row, tokvec_error *err)
{
    if (w->stream != NULL)
        text_stream_turn_to(w, row);
    while (w->known <= row) {
        if (!advance(w, NULL, err))
            return false;
    }
    return true;
}

bool text_rows_get(text_rows *w, uint64_t row, text_row *out, tokvec_error *err)
{
    return text_rows_reach(w, row, err) && again(w, row, &w->room, out, err);
}

/* The word of a row that has been reached. */
static bool word_at(text_rows *w, uint64_t row, text_rows_room *room, tokvec_text *word,
                    tokvec_error *err)
{
    const text_rows_mark *mark = text_rows_mark_of(w, row);
    if (mark->word != 0) {
        *word = (tokvec_text){(const char *)w->map->data + mark->start, mark->word - 1};
        return true;
    }
    text_row whole;
    if (!again(w, row, room, &whole, err))
        return false;
    *word = whole.word;
    return true;
}

bool text_rows_word(text_rows *w, uint64_t row, tokvec_text *word, uint64_t *start,
                    tokvec_error *err)
{
    *start = 0;
    if (w->stream != NULL && text_stream_word(w, row, word))
        return true;
    if (!text_rows_reach(w, row, err))
        return false;
    *start = text_rows_mark_of(w, row)->start;
    return word_at(w, row, &w->room, word, err);
}

/* ---------------------------------------------------------------- finding text_rows */

static bool same(tokvec_text a, tokvec_text b)
{
    return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

/* For the map, which asks about rows that scan() has accepted before. */
static tokvec_text word_of(void *context, uint32_t number)
{
    text_rows *w = context;
    tokvec_text word;
    if (w->stream != NULL)
        return text_stream_added(w, number);
    if (!word_at(w, number, &w->other_room, &word, NULL))
        return (tokvec_text){"", 0}; /* the file is being cut, which the reader will notice */
    return word;
}

bool text_rows_next_word(text_rows *w, uint64_t row, tokvec_text *word, tokvec_error *err)
{
    text_row whole;
    if (w->stream != NULL && row != w->known && row + 1 != w->known) {
        if (row > 0 && !text_rows_reach(w, row - 1, err))
            return false;
        text_stream_turn_to(w, row);
    }
    if (row < w->known)
        return word_at(w, row, &w->room, word, err);
    if (!advance(w, &whole, err))
        return false;
    *word = whole.word;
    return true;
}

static bool find_by_walking(text_rows *w, tokvec_text wanted, uint64_t *found, bool *there,
                            tokvec_error *err)
{
    tokvec_text word;
    *there = true;
    for (uint64_t i = 0; i < w->count; i++) {
        if (!text_rows_next_word(w, i, &word, err))
            return false;
        *found = i;
        if (same(word, wanted))
            return true;
    }
    *there = false;
    return true;
}

static bool find_by_map(text_rows *w, tokvec_text wanted, uint64_t *found, bool *there,
                        tokvec_error *err)
{
    uint32_t number;
    tokvec_text word;
    *there = true;
    w->numbers.word = word_of;
    w->numbers.context = w;
    if (word_map_find(&w->numbers, wanted, &number)) {
        *found = number;
        return true;
    }
    while (w->mapped < w->count) {
        if (w->mapped >= UINT32_MAX)
            return error_set(err, TOKVEC_UNSUPPORTED, "the file has more than 2^32 words") ||
                   error_hint(err, "look up rows by their IDs");
        if (!text_rows_next_word(w, w->mapped, &word, err) ||
            (w->stream != NULL && !text_stream_add_word(w, w->mapped, word, err)) ||
            !word_map_add(&w->numbers, word, (uint32_t)w->mapped, err))
            return false;
        *found = w->mapped++;
        if (same(word, wanted))
            return true;
    }
    *there = false;
    return true;
}

bool text_rows_unique(text_rows *w, bool *unique, uint64_t *row, tokvec_error *err)
{
    uint64_t found;
    tokvec_text word;
    *unique = true;
    for (*row = 0; *row < w->count; ++*row) {
        bool there;
        if (!text_rows_next_word(w, *row, &word, err) || !find_by_map(w, word, &found, &there, err))
            return false;
        *unique = found == *row;
        if (!*unique)
            break;
    }
    return true;
}

bool text_rows_known(text_rows *w, tokvec_text word, uint64_t *row, bool *there, tokvec_error *err)
{
    bool good, expected = false;
    *there = false;
    if (w->stream != NULL)
        good = text_stream_find(w, word, &expected, row, there, err) &&
               (expected || find_by_map(w, word, row, there, err)) &&
               (!*there || *row + 1 != w->known || text_stream_keep(w, *row, word, err));
    else
        good = w->finds++ < FINDS_WITHOUT_MAP ? find_by_walking(w, word, row, there, err)
                                              : find_by_map(w, word, row, there, err);
    if ((!good || !*there || file_map_suspect(w->map)) && !file_map_intact(w->map, err))
        return false;
    return good;
}

bool text_rows_find(text_rows *w, tokvec_text word, uint64_t *row, tokvec_error *err)
{
    bool there;
    if (!text_rows_known(w, word, row, &there, err))
        return false;
    if (there)
        return true;
    if (w->kind->invent != NULL)
        return w->kind->invent(w, word, row, err);
    return vocab_missing(err);
}

/* ---------------------------------------------------------------- as a table */

typedef struct text_rows_table_state {
    tokvec_table table;
    text_rows *rows;
} text_rows_table_state;

static text_rows *text_rows_of(const tokvec_table *table)
{
    return ((const text_rows_table_state *)table)->rows;
}

/* Walks to the rows and notes their words, after which reading them changes nothing. */
static bool prepare_rows(tokvec_table *table, const int64_t *ids, size_t n, tokvec_error *err)
{
    text_rows *w = text_rows_of(table);
    tokvec_text word;
    uint64_t start;
    if (!table->concurrent)
        return true;
    if (w->kind->prepare != NULL && !w->kind->prepare(w, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        if ((uint64_t)ids[i] < w->count &&
            !text_rows_word(w, (uint64_t)ids[i], &word, &start, err)) {
            file_map_intact(w->map, err); /* if it was cut, that is what to say */
            return false;
        }
    }
    return true;
}

static bool table_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                       tokvec_error *err)
{
    enum { AHEAD = 4 }; /* rows of which the first bytes are fetched before they are read */
    text_rows *w = text_rows_of(table);
    if (w->stream != NULL) {
        bool good = text_stream_read(w, ids, n, out, err);
        return file_map_intact(w->map, err) && good;
    }
    size_t row_bytes = (size_t)w->dim * tokvec_dtype_size(w->dtype);
    for (size_t i = 0; i < n; i++) {
        if (i + AHEAD < n && (uint64_t)ids[i + AHEAD] < w->known)
            __builtin_prefetch(w->map->data + w->marks[ids[i + AHEAD]].start);
        if (!w->kind->read(w, (uint64_t)ids[i], (char *)out + i * row_bytes, err)) {
            file_map_intact(w->map, err);
            return false;
        }
    }
    return file_map_intact(w->map, err);
}

static bool table_intact(const tokvec_table *table, tokvec_error *err)
{
    return file_map_intact(text_rows_of(table)->map, err);
}

static bool table_sentence_of(tokvec_table *table, tokvec_text *rest, bool newline, void *out,
                              tokvec_error *err)
{
    text_rows *w = text_rows_of(table);
    return w->kind->sentence(w, rest, newline, out, err) && file_map_intact(w->map, err);
}

static void table_close(tokvec_table *table)
{
    free(table);
}

bool text_rows_ids(text_rows *w, int64_t *out, tokvec_error *err)
{
    text_row row;
    for (uint64_t i = 0; i < w->count; i++) {
        if (!(i < w->known ? again(w, i, &w->room, &row, err) : advance(w, &row, err)))
            return false;
        out[i] = row.id;
    }
    return file_map_intact(w->map, err);
}

/* Asks the format for the IDs of all rows. */
static bool number_table(tokvec_table *table, text_rows *w, tokvec_error *err)
{
    if (!w->has_ids || w->count == 0)
        return true;
    int64_t *ids = calloc((size_t)w->count, sizeof *ids);
    if (ids == NULL)
        return error_no_memory(err, w->count * sizeof *ids);
    if (w->kind->ids(w, ids, err))
        return numbering_new(ids, w->count, &table->numbering, err);
    free(ids);
    return false;
}

static const table_ops text_rows_ops = {.prepare = prepare_rows,
                                        .read = table_read,
                                        .intact = table_intact,
                                        .sentence = table_sentence_of,
                                        .close = table_close};

tokvec_table *text_rows_table(tokvec_weights *weights, size_t index, tokvec_error *err)
{
    (void)index; /* there is but one */
    text_rows_table_state *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    text_rows *w = weights->detail;
    t->table = (tokvec_table){.ops = &text_rows_ops,
                              .rows = w->count,
                              .dim = w->dim,
                              .dtype = w->dtype,
                              .concurrent = w->kind->concurrent && w->stream == NULL,
                              .passes = w->stream != NULL,
                              .has_sentences = w->kind->sentence != NULL,
                              .beyond = w->kind->invent != NULL ? &w->invented : NULL};
    t->rows = w;
    if (!number_table(&t->table, w, err)) {
        tokvec_table_close(&t->table);
        return NULL;
    }
    return &t->table;
}

/* ---------------------------------------------------------------- as a file */

text_rows *text_rows_new(tokvec_weights *weights, const text_rows_kind *kind, size_t size,
                         tokvec_error *err)
{
    text_rows *w = calloc(1, size);
    if (w == NULL) {
        error_no_memory(err, size);
        return NULL;
    }
    w->kind = kind;
    w->map = weights->map;
    w->dtype = TOKVEC_FLOAT32;
    weights->detail = w;
    return w;
}

bool text_rows_add_tensor(tokvec_weights *weights, uint64_t offset, tokvec_error *err)
{
    text_rows *w = weights->detail;
    if (file_is_one_pass(w->map) && (w->stream = text_stream_new(w, err)) == NULL)
        return false;
    const uint64_t shape[] = {w->count, w->dim};
    const tokvec_tensor tensor = {
        .name = "",
        .dtype_name = tokvec_dtype_name(w->dtype),
        .dtype = w->dtype,
        .ndim = 2,
        .shape = shape,
        .offset = offset,
        .bytes = file_is_open_ended(w->map) ? TOKVEC_BYTES_UNKNOWN : w->map->size - offset,
    };
    return weights_add(weights, &tensor, layout_contiguous(&tensor), err);
}

void text_rows_close(tokvec_weights *weights)
{
    text_rows *w = weights->detail;
    if (w == NULL)
        return;
    if (w->kind->release != NULL)
        w->kind->release(w);
    text_stream_free(w->stream);
    free(w->marks);
    free(w->numbers.slots);
    free(w->room.bytes);
    free(w->other_room.bytes);
    free(w);
    weights->detail = NULL;
}
