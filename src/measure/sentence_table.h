/* sentence_table.h - a table of which each row is the vector of a sentence.
 * What a sentence is, and what its vector, is for the model to say (table/table.h).
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_SENTENCE_TABLE_H
#define TOKVEC_MEASURE_SENTENCE_TABLE_H

#include "tokvec.h"

/* The rows are the sentences of the text that was added, from the first that was not dropped: their
 * numbers stay. Borrows the table, which has_sentences. Closed with tokvec_table_close. */
tokvec_table *sentence_table(tokvec_table *table, tokvec_error *err);

/* Adds a piece of text, however it was cut, and, in the end, the last line, if there is one without
 * a newline. */
bool sentence_table_add(tokvec_table *sentences, const char *text, size_t size, tokvec_error *err);
bool sentence_table_end(tokvec_table *sentences, tokvec_error *err);

/* The number of the first sentence that is there, and how many there are. */
uint64_t sentence_table_first(const tokvec_table *sentences);
uint64_t sentence_table_count(const tokvec_table *sentences);

/* Drops all sentences that are complete. */
void sentence_table_drop(tokvec_table *sentences);

#endif
