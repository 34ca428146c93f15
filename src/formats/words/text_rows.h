/* text_rows.h - rows that follow one another in a file, each perhaps with its word.
 * Where a row begins shows only once those before it have been passed over, so the file is walked
 * just as far as a lookup needs. The formats of word vectors and text tables build on this.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_WORDS_TEXT_ROWS_H
#define TOKVEC_FORMATS_WORDS_TEXT_ROWS_H

#include "formats/words/word_map.h"
#include "table/weights.h"

#include <stdatomic.h>

/* A row as it lies in the file. */
typedef struct text_row {
    tokvec_text word;
    uint64_t values; /* where its vector begins, in bytes from the start of the file */
    uint64_t end;    /* of its vector */
    uint64_t next;   /* where the next row begins */
    int64_t id;      /* with w->has_ids, for kind->ids */
} text_row;

/* Where a row begins; how far from there the next one does, 0 if that is 4 GB or more; and how
 * long its word is if that lies right there, plus 1, 0: unknown. */
typedef struct text_rows_mark {
    uint64_t start;
    uint32_t length;
    uint32_t word;
} text_rows_mark;

/* A buffer for words that do not lie in the file as they are. */
typedef struct text_rows_room {
    char *bytes;
    size_t reserved;
} text_rows_room;

typedef struct text_rows text_rows;
typedef struct text_stream text_stream;

/* What a format provides. Rows are numbered from 0, bytes from the start of the file. */
typedef struct text_rows_kind {
    /* Finds out about row `row`, which begins at `start`: where the next one begins; with
     * `whole`, also its word and its vector. A word may be put together in `room`. */
    bool (*scan)(const text_rows *w, uint64_t row, uint64_t start, bool whole, text_rows_room *room,
                 text_row *out, tokvec_error *err);
    /* Writes the vector of a row, w->dim elements of w->dtype. */
    bool (*read)(text_rows *w, uint64_t row, void *out, tokvec_error *err);
    /* read() changes nothing in *w for a row whose word has been asked for before, so that threads
     * may read such rows at the same time. */
    bool concurrent;
    /* Does once what read() would do at its first call, for the sake of that; may be NULL. */
    bool (*prepare)(text_rows *w, tokvec_error *err);
    /* A word that is in no row: the number of a row beyond all, made for it, or false with
     * TOKVEC_NOT_FOUND. NULL: there are none. */
    bool (*invent)(text_rows *w, tokvec_text word, uint64_t *row, tokvec_error *err);
    /* The word of a row that was made by invent(). */
    tokvec_text (*invented)(text_rows *w, uint64_t row);
    /* With w->has_ids: writes the ID of each row, NUMBERING_NO_ID where it has none. */
    bool (*ids)(text_rows *w, int64_t *out, tokvec_error *err);
    /* As table_sentence; NULL: there is no such thing. */
    bool (*sentence)(text_rows *w, tokvec_text *rest, bool newline, void *out, tokvec_error *err);
    /* Releases what the format's own struct owns; may be NULL. */
    void (*release)(text_rows *w);
} text_rows_kind;

/* The first member of a format's own struct, which is weights->detail. */
struct text_rows {
    const text_rows_kind *kind;
    const file_map *map;
    uint64_t count; /* of rows */
    uint64_t most;  /* that the file can have, if fewer than count; 0: it may have them all */
    uint64_t dim;
    tokvec_dtype dtype;
    bool has_words;
    bool has_ids;      /* rows belong to IDs that the file gives */
    uint64_t invented; /* rows beyond count */

    /* What is known of the file so far. */
    text_rows_mark *marks; /* of the rows 0 .. known - 1; see text_rows_mark_of */
    text_stream *stream;   /* the file is read in one pass: of those rows only the last is there */
    _Atomic uint64_t known;
    uint64_t next; /* where row `known` begins */
    uint64_t finds;
    word_map numbers; /* of the words of rows 0 .. mapped - 1 */
    uint64_t mapped;
    text_rows_room room, other_room;
};

/* A zeroed format's own struct of `size` bytes with w->map set; it becomes weights->detail. */
text_rows *text_rows_new(tokvec_weights *weights, const text_rows_kind *kind, size_t size,
                         tokvec_error *err);

/* Adds the one tensor of the file: count x dim. */
bool text_rows_add_tensor(tokvec_weights *weights, uint64_t offset, tokvec_error *err);

/* Walks to a row: its mark is known then, with a stream until the next walk. */
bool text_rows_reach(text_rows *w, uint64_t row, tokvec_error *err);

text_rows_mark *text_rows_mark_of(const text_rows *w, uint64_t row);

/* The word of a row, known or the next after those. Valid until the next call. */
bool text_rows_next_word(text_rows *w, uint64_t row, tokvec_text *word, tokvec_error *err);

/* Walks to a row and finds out about it; out->word is valid until the next call. */
bool text_rows_get(text_rows *w, uint64_t row, text_row *out, tokvec_error *err);

/* As text_rows_kind.ids, for kinds whose scan() tells the ID of each row. */
bool text_rows_ids(text_rows *w, int64_t *out, tokvec_error *err);

/* Walks to a row: its word, valid until the next call, and where it begins. */
bool text_rows_word(text_rows *w, uint64_t row, tokvec_text *word, uint64_t *start,
                    tokvec_error *err);

/* The first row of that word; false with TOKVEC_NOT_FOUND. */
bool text_rows_find(text_rows *w, tokvec_text word, uint64_t *row, tokvec_error *err);

/* The same among the words of the file: *there tells whether it is one of them. */
bool text_rows_known(text_rows *w, tokvec_text word, uint64_t *row, bool *there, tokvec_error *err);

/* Whether all words differ; *row becomes the first one that repeats another. */
bool text_rows_unique(text_rows *w, bool *unique, uint64_t *row, tokvec_error *err);

/* ---- a file that is unpacked as it is read, in one pass -----------------------------------------
 *
 * What is behind the walk is gone, so that rows are kept as they come: those whose words were
 * looked for, and the words of those that were read last. Who goes back walks again from the
 * front. */

/* Of the map of w, which is open-ended. w->next is where row 0 begins. */
text_stream *text_stream_new(const text_rows *w, tokvec_error *err);
void text_stream_free(text_stream *s); /* NULL is allowed */

/* Of the row that was walked to last. */
text_rows_mark *text_stream_mark(text_stream *s);

/* To be called before row w->known is scanned, and after. *whole becomes true if its word is wanted
 * anyway. */
void text_stream_before(text_rows *w, bool *whole);
bool text_stream_after(text_rows *w, uint64_t row, tokvec_text word, tokvec_error *err);

/* Makes the walk begin again, if it has passed that row. */
void text_stream_turn_to(text_rows *w, uint64_t row);

/* The word of a row that is kept; false if it is not. Valid until more is kept. */
bool text_stream_word(text_rows *w, uint64_t row, tokvec_text *word);

/* Keeps the row that was walked to last, with its values. */
bool text_stream_keep(text_rows *w, uint64_t row, tokvec_text word, tokvec_error *err);

/* Keeps the word of row `row`, the next one, for as long as the file is open; gives it back. */
bool text_stream_add_word(text_rows *w, uint64_t row, tokvec_text word, tokvec_error *err);
tokvec_text text_stream_added(const text_rows *w, uint64_t row);

/* Words that will be looked for, so that one pass finds them all. */
bool text_stream_expect(text_rows *w, const tokvec_text *words, size_t n, tokvec_error *err);

/* Looks for an expected word: *expected tells whether it is one, *there whether there is a row. */
bool text_stream_find(text_rows *w, tokvec_text word, bool *expected, uint64_t *row, bool *there,
                      tokvec_error *err);

/* As table_ops.read. Rows are read in the order of the file. */
bool text_stream_read(text_rows *w, const int64_t *ids, size_t n, void *out, tokvec_error *err);

/* For weights_format. */
tokvec_table *text_rows_table(tokvec_weights *weights, size_t index, tokvec_error *err);
tokvec_vocab *text_rows_vocab_of(tokvec_weights *weights, tokvec_error *err);
void text_rows_close(tokvec_weights *weights);
#define TEXT_ROWS_FORMAT \
    .table = text_rows_table, .close = text_rows_close, .vocab = text_rows_vocab_of

#endif
