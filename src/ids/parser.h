/* parser.h - token IDs out of text.
 * Integers separated by white space and commas, nested in brackets, or pasted from Python.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IDS_PARSER_H
#define TOKVEC_IDS_PARSER_H

#include "ids/id_list.h"

enum {
    IDS_MAX_DEPTH = 62, /* PyTorch has at most 64 dimensions: the text's own, these, the vector's */
    IDS_TOKEN_ROOM = 4096, /* a longer word is neither number nor token */
};

/* One level of nesting; level 0 is the text itself. */
typedef struct ids_level {
    uint64_t items; /* in the list that is open there */
    uint64_t size;  /* that all lists of this level have, once the first has been closed */
    bool size_known;
    bool after_item; /* so that a comma may follow */
    char bracket;    /* that opened it: '[' or '(' */
} ids_level;

/* Eats text piece by piece, however it is cut, and appends IDs to `list`. The first members are
 * the caller's to set; ids_parser_start sets the rest. */
typedef struct ids_parser {
    id_list *list;                /* borrowed; the caller may empty it between two pieces */
    uint64_t rows;                /* valid IDs are 0 .. rows-1 */
    const tokvec_table *numbered; /* whose own IDs are meant, for rows; NULL: IDs are rows */
    const char *range_hint;       /* what to do about an ID out of range */
    const char *source;           /* for messages: the name of the file; NULL: arguments */
    bool allow_ranges;            /* 10:20, on the command line */
    unsigned argument;            /* the number of the argument that is parsed */
    /* As tokvec_vocab_find, for words that are no integers; NULL: there are no such. False with
     * the code TOKVEC_OK: there is no vocabulary. */
    bool (*find)(void *context, tokvec_text token, int64_t *id, tokvec_error *err);
    void *find_context;
    bool rows_on_demand; /* find may answer with IDs past the rows */
    bool lines;          /* each line is one token, and nothing else is anything */

    uint64_t offset;            /* of the current piece in the whole text */
    uint64_t line, line_offset; /* number of the current line, and where it begins */
    char token[IDS_TOKEN_ROOM]; /* a word that the end of a piece cut in two */
    size_t token_length;        /* of all of it, also what did not fit */
    uint64_t token_line, token_column;

    ids_level levels[IDS_MAX_DEPTH + 1];
    unsigned depth;     /* open brackets */
    unsigned item_ndim; /* depth of the numbers in the current top-level item, once known */
    bool item_ndim_known;

    bool in_call;        /* inside tensor( ... ) or array( ... ), which is no nesting */
    unsigned call_depth; /* depth outside it */
    bool call_number;    /* a call held a bare number: tensor(3) */
    bool in_keyword;     /* inside one of its keyword arguments, which mean nothing here */
    unsigned keyword_depth;
    char keyword_quote; /* the open quote there, or 0 */

    bool in_quotes;       /* inside a token in quotes, the beginning of which is in `token` */
    bool after_backslash; /* there */
    bool in_line;         /* `lines`: a line has begun, and is in `token` */

    uint64_t first_shape[IDS_MAX_DEPTH]; /* of the first top-level item */
    unsigned first_ndim;
    uint64_t list_line; /* on which the last top-level list was closed, 0: none was */
    bool ragged;        /* a top-level item has another shape than the first */
} ids_parser;

void ids_parser_start(ids_parser *parser);

/* For ids_parse_flat: that many more IDs stand outside all brackets. */
void ids_count_flat(ids_parser *parser, uint64_t count);

/* Parses one piece. On failure the IDs before the offending one are in the list. */
bool ids_parse(ids_parser *parser, const char *text, size_t size, tokvec_error *err);

/* Ends one argument: what follows is a new word. */
bool ids_parse_end_of_argument(ids_parser *parser, tokvec_error *err);

/* Ends the text: nothing may be left open. */
bool ids_parse_end(ids_parser *parser, tokvec_error *err);

/* After the end: the shape of all IDs; fails if they do not form a rectangle. shape has room
 * for IDS_MAX_DEPTH + 1 dimensions. A lone tensor(3) has none. */
bool ids_shape(const ids_parser *parser, uint64_t *shape, unsigned *ndim, tokvec_error *err);

/* ---------------------------------------------------------------- shared with tokens.c */

/* A word, with its place: what an error about it needs. */
typedef struct ids_word {
    const char *text;
    size_t length; /* that text has; a word too long for the parser is cut */
    uint64_t line, column;
    bool cut;
} ids_word;

/* Adds where the character at `column` of `line` stood. Returns false. */
bool ids_where(const ids_parser *parser, uint64_t line, uint64_t column, tokvec_error *err);

/* Says what is wrong with a word. Returns false. */
bool ids_bad_word(const ids_parser *parser, const ids_word *word, tokvec_error *err,
                  const char *what, const char *hint);

/* Adds the ID that a word stands for. */
bool ids_add_word(ids_parser *parser, const ids_word *word, int64_t id, tokvec_error *err);

/* Notes where the word begins that is then kept bit by bit. */
void ids_begin_word(ids_parser *parser, size_t at);
void ids_keep_word(ids_parser *parser, const char *text, size_t length);

/* The word that was kept, which ends with it. */
ids_word ids_kept_word(ids_parser *parser);

#endif
