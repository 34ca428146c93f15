/* items.h - the items and lists that the parser meets.
 * What the parser and its parts share: where they stand in the text, which lists are open, which
 * shape all IDs have. Nothing here knows how an item is written.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IDS_ITEMS_H
#define TOKVEC_IDS_ITEMS_H

#include "rows/bag_list.h"
#include "rows/sequences.h"

#include <limits.h>

enum {
    IDS_MAX_DEPTH = 62, /* PyTorch has at most 64 dimensions: the text's own, these, the vector's */
    IDS_TOKEN_ROOM = 4096, /* a longer word is neither number nor token */
};
#define IDS_NO_CALL UINT_MAX

/* What the parser is in the middle of. */
typedef enum ids_state {
    IDS_BETWEEN,   /* words, brackets and commas; none of those to come has begun */
    IDS_IN_WORD,   /* cut in two by the end of a piece; its beginning is in `token` */
    IDS_IN_QUOTES, /* a token in quotes, whose beginning is in `token` */
    IDS_IN_ESCAPE, /* the same, after a backslash */
    IDS_IN_LINE,   /* `lines`: a token, whose beginning is in `token` */
    IDS_IN_VALUE,  /* of a keyword argument, which means nothing here */
} ids_state;

/* One level of nesting; level 0 is the text itself. */
typedef struct ids_level {
    uint64_t items; /* in the list that is open there */
    uint64_t size;  /* that all lists of this level have, once the first has been closed */
    bool size_known;
    bool after_item; /* so that a comma may follow */
    char bracket;    /* that opened it: '[' or '(' */
} ids_level;

/* Bags in the text. Outside brackets each line is one; in brackets each list that holds no other
 * list is one, and a line with such lists is none itself. Arguments are one line. Starts as
 * {.weighted, .weigh, .dtype}; the owner releases `list`. */
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

/* Eats text piece by piece, however it is cut, and appends IDs to `list`. The first members are
 * the caller's to set; ids_parser_start sets the rest. */
typedef struct ids_parser {
    id_list *list;                /* borrowed; the caller may empty it between two pieces */
    uint64_t rows;                /* valid IDs are 0 .. rows-1 */
    const tokvec_table *numbered; /* whose own IDs are meant, for rows; NULL: IDs are rows */
    const char *range_hint;       /* what to do about an ID out of range */
    const char *position_hint;    /* the same of a position */
    const char *source;           /* for messages: the name of the file; NULL: arguments */
    bool allow_ranges;            /* 10:20, on the command line */
    unsigned argument;            /* the number of the argument that is parsed */
    /* As tokvec_vocab_find, for words that are not integers; NULL: there are none. False with
     * the code TOKVEC_OK: there is no vocabulary. */
    bool (*find)(void *context, tokvec_text token, int64_t *id, tokvec_error *err);
    void *find_context;
    bool rows_on_demand;  /* find may answer with IDs past the rows */
    bool lines;           /* each line is one token, and nothing else is anything */
    ids_bags *bags;       /* borrowed: lines and innermost lists are bags, whose IDs are in `list`,
                                   and tokens of `lines` end at TABs; NULL: there are none */
    sequences *sequences; /* borrowed: of `list`. Innermost lists are sequences, or all IDs are one
                             where there are no lists. NULL: nobody asks */

    uint64_t offset;            /* of the current piece in the whole text */
    uint64_t line, line_offset; /* number of the current line, and where it begins */
    ids_state state;
    char token[IDS_TOKEN_ROOM]; /* the beginning of a word that has not ended yet */
    size_t token_length;        /* of all of it, also what did not fit */
    uint64_t token_line, token_column;

    ids_level levels[IDS_MAX_DEPTH + 1];
    unsigned depth;     /* open brackets */
    unsigned item_ndim; /* depth of the numbers in the current top-level item, 0: not known yet */

    /* Inside tensor( ... ) or array( ... ), which is not nesting: the depth outside it. Else
     * IDS_NO_CALL. */
    unsigned call_depth;
    bool call_number;       /* a call held a bare number: tensor(3) */
    bool call_filled;       /* this one holds a number or a list */
    uint64_t call_ids;      /* how many IDs */
    unsigned keyword_depth; /* IDS_IN_VALUE: the brackets open in it */
    char keyword_quote;     /* and the open quote, or 0 */

    uint64_t first_shape[IDS_MAX_DEPTH]; /* of the first top-level item */
    unsigned first_ndim;
    uint64_t list_line; /* on which the last top-level list was closed, 0: none was */
    bool ragged;        /* a top-level item has another shape than the first */
} ids_parser;

/* A word, with its place: what an error about it needs. */
typedef struct ids_word {
    const char *text;
    size_t length; /* that text has; a word too long for the parser is cut */
    uint64_t line, column;
    bool cut;
} ids_word;

static inline bool ids_in_call(const ids_parser *parser)
{
    return parser->call_depth != IDS_NO_CALL;
}

/* ---------------------------------------------------------------- places and errors */

/* The column, from 1, of the character at `at` in the current piece. */
uint64_t ids_column(const ids_parser *parser, size_t at);

/* A new line begins at `at` in the current piece. */
static inline void ids_begin_line(ids_parser *parser, size_t at)
{
    parser->line++;
    parser->line_offset = parser->offset + at;
}

/* Adds where the character at `column` of `line` stood. Returns false. */
bool ids_where(const ids_parser *parser, uint64_t line, uint64_t column, tokvec_error *err);

/* Says what is wrong with a word. Returns false. */
bool ids_bad_word(const ids_parser *parser, const ids_word *word, tokvec_error *err,
                  const char *what, const char *hint);

/* ---------------------------------------------------------------- items and lists */

/* The ID that a word stands for, into the list as one item. */
bool ids_add_word(ids_parser *parser, const ids_word *word, int64_t id, tokvec_error *err);

/* Counts the IDs that a word stands for, where the parser stands; the list is the caller's. */
bool ids_add_items(ids_parser *parser, uint64_t count, const ids_word *word, tokvec_error *err);

/* The same outside all brackets, where nothing can be wrong with them. */
void ids_count_flat(ids_parser *parser, uint64_t count);

/* A bracket or comma at `at` in the current piece. */
bool ids_open_list(ids_parser *parser, char bracket, size_t at, tokvec_error *err);
bool ids_close_list(ids_parser *parser, char bracket, size_t at, tokvec_error *err);
bool ids_comma(ids_parser *parser, size_t at, tokvec_error *err);

/* Ready for the first line of bags. Those that are there stay. */
void ids_bags_start(ids_bags *bags);

/* A newline, wherever it stands: ends a bag outside brackets. */
bool ids_bag_end_line(ids_parser *parser, tokvec_error *err);

/* After the end: the shape of all IDs; fails if they do not form a rectangle. shape has room
 * for IDS_MAX_DEPTH + 1 dimensions. A lone tensor(3) has none. */
bool ids_shape(const ids_parser *parser, uint64_t *shape, unsigned *ndim, tokvec_error *err);

/* ---------------------------------------------------------------- kept words */

/* A word begins at `at` in the current piece that is then kept bit by bit. */
void ids_begin_word(ids_parser *parser, ids_state state, size_t at);
void ids_keep_word(ids_parser *parser, const char *text, size_t length);

/* The word that was kept, which ends with it. */
ids_word ids_kept_word(ids_parser *parser);

#endif
