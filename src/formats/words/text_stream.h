/* text_stream.h - rows of a file that is unpacked as it is read, in one pass.
 * What is behind the walk is gone, so that rows are kept as they come: those whose words were
 * looked for, and the words of those that were read last. Who goes back walks again from the front.
 * A part of text_rows.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_WORDS_TEXT_STREAM_H
#define TOKVEC_FORMATS_WORDS_TEXT_STREAM_H

#include "formats/words/text_rows.h"

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

#endif
