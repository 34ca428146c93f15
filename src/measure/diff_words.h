/* diff_words.h - rows of two tables that belong to the same words.
 * For tables that come with words of their own, such as word vectors, where the number of a row
 * means nothing in another file.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_DIFF_WORDS_H
#define TOKVEC_MEASURE_DIFF_WORDS_H

#include "tokvec.h"

/* Whether the first `rows` rows have the same words in both. */
bool diff_words_same(tokvec_vocab *a, tokvec_vocab *b, uint64_t rows, bool *same,
                     tokvec_error *err);

/* For each of rows_a rows the row of b, one of rows_b, that has its word; -1 if none has, or it
 * belongs to an earlier row, which had the same word. */
bool diff_words_match(tokvec_vocab *a, uint64_t rows_a, tokvec_vocab *b, uint64_t rows_b,
                      int64_t *of_b, tokvec_error *err);

#endif
