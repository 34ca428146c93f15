/* vectors.h - query vectors out of text.
 * Numbers separated by blanks, tabs and commas, a line a vector; lists in brackets, nested or not,
 * of which each innermost one is a vector, on one line or many; and objects of JSON as tokvec
 * writes them with -f jsonl: {"id": 7, "token": "cat", "vector": [1, 2]}.
 *
 * Numbers of up to nine digits are what a float32 is printed as, and are taken for that float32,
 * so that a row that was printed comes back as it was; where one of a vector has more, or the
 * table has float64 itself, all of it is taken as float64.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IDS_VECTORS_H
#define TOKVEC_IDS_VECTORS_H

#include "tokvec.h"

enum {
    VECTORS_MAX_DEPTH = 62,
    VECTORS_WORD_ROOM = 256, /* a longer word is no number that anyone writes */
};

/* What an object says of its vector beside the numbers. */
typedef struct vector_label {
    bool has_id, has_token;
    int64_t id;
    size_t token, length; /* where it begins in `texts`, and its bytes */
} vector_label;

typedef enum vectors_state { VECTORS_BETWEEN, VECTORS_IN_WORD, VECTORS_IN_OBJECT } vectors_state;

/* What is in a list, or on a line outside all lists. */
typedef enum vectors_items { VECTORS_NOTHING, VECTORS_NUMBERS, VECTORS_LISTS } vectors_items;

typedef struct vectors_level {
    vectors_items items;
    bool after_item; /* so that a comma may follow */
} vectors_level;

/* Eats text piece by piece, however it is cut, and keeps the vectors that are complete. The first
 * members are the caller's to set, the rest starts as 0; released by vectors_free. */
typedef struct vectors_parser {
    uint64_t dim;       /* numbers of each */
    bool only_float64;  /* the table's values are no float32, nor fit one */
    const char *source; /* for messages: the name of the file */

    uint64_t count;       /* vectors that are complete, */
    double *values;       /* dim each, and behind them those of one that is not */
    vector_label *labels; /* count */
    char *texts;
    size_t value_capacity, label_capacity, text_length, text_capacity;

    uint64_t offset;                     /* of the current piece in the whole text */
    uint64_t line, line_offset;          /* number of the current line, from 0, where it begins */
    uint64_t vector_line, vector_column; /* where the vector that is not complete begins */
    uint64_t filled;                     /* numbers that it has */
    bool wide;                           /* one of them is no float32's text */
    float *narrow;                       /* all of them as float32, as long as `wide` is false */
    size_t narrow_capacity;

    vectors_state state;
    char word[VECTORS_WORD_ROOM]; /* the word, kept until it ends */
    size_t word_length;           /* of all of it, also what did not fit */
    uint64_t word_line, word_column;
    vectors_level levels[VECTORS_MAX_DEPTH + 1];
    unsigned depth; /* open lists */

    char *object; /* its text, kept until its closing brace */
    size_t object_length, object_capacity;
    uint64_t braces; /* open ones */
    bool in_string, escaped;
} vectors_parser;

/* Parses one piece. On failure the vectors before the mistake are complete. */
bool vectors_parse(vectors_parser *p, const char *text, size_t size, tokvec_error *err);

/* Ends the text: nothing may be left open. */
bool vectors_parse_end(vectors_parser *p, tokvec_error *err);

/* Forgets the vectors that are complete. */
void vectors_clear(vectors_parser *p);

void vectors_free(vectors_parser *p);

/* ---- between vectors.c and vectors_object.c ---- */

/* One more number of the current vector: the word that was kept, or one of the object, where it
 * begins at that byte. */
bool vectors_add_number(vectors_parser *p, tokvec_text word, size_t offset, tokvec_error *err);

/* The current vector has ended. */
bool vectors_end_vector(vectors_parser *p, tokvec_error *err);

/* Adds where something is in the text. Returns false. */
bool vectors_where(const vectors_parser *p, uint64_t line, uint64_t column, tokvec_error *err);

/* Likewise, for a byte of the object that was kept. */
bool vectors_where_in_object(const vectors_parser *p, size_t offset, tokvec_error *err);

/* The vector in the object that was kept, with its label. */
bool vectors_take_object(vectors_parser *p, tokvec_error *err);

#endif
