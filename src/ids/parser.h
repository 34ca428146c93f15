/* parser.h - token IDs out of text.
 * Integers separated by white space and commas, nested in brackets, or pasted from Python.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IDS_PARSER_H
#define TOKVEC_IDS_PARSER_H

#include "ids/items.h"

void ids_parser_start(ids_parser *parser);

/* Parses one piece. On failure the IDs before the offending one are in the list. */
bool ids_parse(ids_parser *parser, const char *text, size_t size, tokvec_error *err);

/* Whether a list or call is open, which an earlier argument began. */
bool ids_parse_is_open(const ids_parser *parser);

/* Ends one argument: what follows is a new word. */
bool ids_parse_end_of_argument(ids_parser *parser, tokvec_error *err);

/* Ends the text: nothing may be left open. */
bool ids_parse_end(ids_parser *parser, tokvec_error *err);

#endif
