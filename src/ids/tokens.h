/* tokens.h - tokens in the place of their IDs.
 * The part of the parser that asks a vocabulary.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IDS_TOKENS_H
#define TOKVEC_IDS_TOKENS_H

#include "ids/items.h"

/* Whether an argument is written as IDs and ranges are: with digits, and nothing but digits, signs,
 * colons, commas, brackets and white space, or as a pasted tensor. Anything else is a token, if
 * there is a vocabulary. */
bool ids_look_like_ids(const char *text);

/* A word that is not an integer, as a token. Without a vocabulary, an error that asks for one. */
bool ids_add_token(ids_parser *parser, const ids_word *word, tokvec_error *err);

/* All of an argument as one token. */
bool ids_parse_token(ids_parser *parser, const char *text, tokvec_error *err);

/* Steps through a token in double quotes, as JSON writes a string, from the quote at text[at] on
 * or from where the last piece left off. Returns the position after it, or SIZE_MAX on failure. */
size_t ids_take_quoted(ids_parser *parser, const char *text, size_t size, size_t at,
                       tokvec_error *err);

/* One piece of text, from `at` on, in which each line is a token, without a carriage return before
 * its newline; and the end of such text. */
bool ids_parse_lines(ids_parser *parser, const char *text, size_t size, size_t at,
                     tokvec_error *err);
bool ids_end_lines(ids_parser *parser, tokvec_error *err);

#endif
