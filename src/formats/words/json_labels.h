/* json_labels.h - what names the rows of a table in JSON: their IDs, and their words.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_WORDS_JSON_LABELS_H
#define TOKVEC_FORMATS_WORDS_JSON_LABELS_H

#include "formats/words/json_text.h"

/* What the values of a column of names have been so far. */
typedef struct json_labels {
    uint64_t count;
    bool no_ids;   /* some are not natural numbers, with or without quotes */
    bool no_texts; /* some are not in quotes */
    bool odd;      /* some are numbers other than those of their rows */
} json_labels;

/* Counts the name of the next row in. NULL, or what is wrong with it. */
const char *json_labels_add(json_labels *l, json_cursor value);

/* A natural number of 63 bits as Python prints it, with or without quotes, or null, which is
 * NUMBERING_NO_ID; false: something else. */
bool json_take_id(json_cursor value, int64_t *id);

/* The same of a string without its quotes; null is a word then. */
bool json_text_is_id(tokvec_text text, int64_t *id);

/* A value as a word: null is the empty one, other values that are not text are as they stand. */
bool json_take_word(json_cursor value, text_rows_room *room, tokvec_text *word, tokvec_error *err);

/* Warns that the words are numbers, but a bare number is not looked for among them. */
void json_warn_of_numbers(tokvec_weights *weights);

#endif
