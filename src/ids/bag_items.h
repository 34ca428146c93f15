/* bag_items.h - what is in a bag of text: IDs and tokens with their weights, and tokens that end at
 * TABs.
 * A part of the parser; items.h knows where bags end.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IDS_BAG_ITEMS_H
#define TOKVEC_IDS_BAG_ITEMS_H

#include "ids/items.h"

/* Splits ITEM:WEIGHT at its last colon. */
bool ids_bag_split(const ids_parser *parser, const ids_word *word, ids_word *item, double *weight,
                   tokvec_error *err);

/* ids_parser.lines: steps through tokens, and their weights, that end at TABs, to the end of the
 * piece or to a line that is_json. Returns the position after them, or SIZE_MAX on failure. */
size_t ids_bag_fields(ids_parser *parser, const char *text, size_t size, size_t at,
                      tokvec_error *err);
bool ids_bag_end_fields(ids_parser *parser, tokvec_error *err);

/* The end of all text, or of all arguments, where nothing is open: ends the last line. */
bool ids_bag_end_text(ids_parser *parser, tokvec_error *err);

/* ---------------------------------------------------------------- arguments */

/* All of an argument as the next token or weight, in turns. */
bool ids_bag_field(ids_parser *parser, const char *text, tokvec_error *err);

/* All of an argument as TOKEN:WEIGHT. */
bool ids_bag_token(ids_parser *parser, const char *text, tokvec_error *err);

/* As ids_look_like_ids, of ID:WEIGHT. */
bool ids_bag_looks_like_ids(const char *text);

#endif
