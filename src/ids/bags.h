/* bags.h - where bags begin and end in text, and the weights of what is in them.
 * A part of the parser. Outside brackets each line is a bag; in brackets each list that holds no
 * other list is one, and a line with such lists is none itself. Arguments are one line.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IDS_BAGS_H
#define TOKVEC_IDS_BAGS_H

#include "ids/items.h"
#include "rows/bag_list.h"

/* Starts as {.weighted, .weigh, .dtype}; the owner releases `list`. */
typedef struct ids_bags {
    bag_list list; /* of whose IDs ids_parser.list is the list */
    bool weighted; /* items are ID:WEIGHT or, among tokens that end at TABs, every second one */
    /* The weight as it is kept, for rows of that dtype; false if they cannot have it. */
    bool (*weigh)(tokvec_dtype dtype, double value, double *weight);
    tokvec_dtype dtype;

    uint64_t items; /* on this line, outside brackets */
    bool is_listed; /* there are brackets on this line */
    /* ids_parser.lines: */
    bool is_json;    /* the line is an array of tokens in quotes */
    uint64_t fields; /* on this line, so far */
} ids_bags;

/* Ready for the first line. Bags that are there stay. */
void ids_bags_start(ids_bags *bags);

/* ---------------------------------------------------------------- called by the parser */

/* A list is about to be opened. */
bool ids_bag_may_open(const ids_parser *parser, size_t at, tokvec_error *err);

/* The list at parser->depth is about to be closed. */
bool ids_bag_close(ids_parser *parser, tokvec_error *err);

/* A newline, wherever it stands; `pending` more IDs are yet to be counted in the list. */
bool ids_bag_end_line(ids_parser *parser, uint64_t pending, tokvec_error *err);
bool ids_bag_end_text(ids_parser *parser, tokvec_error *err);

/* Splits ITEM:WEIGHT at its last colon. */
bool ids_bag_split(const ids_parser *parser, const ids_word *word, ids_word *item, double *weight,
                   tokvec_error *err);

/* ids_parser.lines: steps through tokens, and their weights, that end at TABs, to the end of the
 * piece or to a line that is_json. Returns the position after them, or SIZE_MAX on failure. */
size_t ids_bag_fields(ids_parser *parser, const char *text, size_t size, size_t at,
                      tokvec_error *err);
bool ids_bag_end_fields(ids_parser *parser, tokvec_error *err);

/* ---------------------------------------------------------------- arguments */

/* All of an argument as the next token or weight, in turns. */
bool ids_bag_field(ids_parser *parser, const char *text, tokvec_error *err);

/* All of an argument as TOKEN:WEIGHT. */
bool ids_bag_token(ids_parser *parser, const char *text, tokvec_error *err);

/* As ids_look_like_ids, of ID:WEIGHT. */
bool ids_bag_looks_like_ids(const char *text);

#endif
