/* heading.h - tells a line of names of columns from a row of a table.
 * Shared by the readers of CSV and of word vectors in text: fields are handed over one by one.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_WORDS_HEADING_H
#define TOKVEC_FORMATS_WORDS_HEADING_H

#include "io/file_map.h"

/* A line's fields. Zeroed, it is an empty line. */
typedef struct heading {
    uint64_t fields;
    uint64_t names;     /* how many fields in front are names */
    uint64_t labels;    /* how many after them are natural numbers, which may name columns */
    uint64_t from_zero; /* labels 0, 1, 2, ... */
    uint64_t from_one;  /* labels 1, 2, 3, ... */
    uint64_t last;      /* label */
    bool rises, falls;  /* each label is above the one before it, or below it */
    bool decimal;       /* some label has a fraction of zeros: 1.0 */
    bool known;         /* the first field is what a column before the numbers is called */
    bool known_id;      /* namely one of IDs */
    bool other;         /* some field is neither: a number with a fraction, a value left out, ... */
} heading;

typedef enum heading_is {
    HEADING_ROW,   /* no names of columns */
    HEADING_NAMES, /* names of columns */
    HEADING_UNSURE /* may be both */
} heading_is;

/* The line behind it. */
typedef struct heading_next {
    tokvec_text first;            /* field */
    bool some_points, all_points; /* in its numbers */
} heading_next;

/* What a column is by its name. */
typedef enum heading_column {
    HEADING_COLUMN_OTHER,
    HEADING_COLUMN_NAMELESS, /* as pandas and R write numbers of rows, or words */
    HEADING_COLUMN_INDEX,
    HEADING_COLUMN_SOME_ID, /* of an item, a node, ... */
    HEADING_COLUMN_ID,
    HEADING_COLUMN_WORD
} heading_column;

heading_column heading_column_of(tokvec_text name);

/* How well a name fits a column of words: 1 is best; 0: not at all. */
unsigned heading_word_rank(tokvec_text name);

/* The line's next field, without what stands around it. */
void heading_add(heading *h, tokvec_text field, bool is_number);

/* The fields of a trimmed line with blanks between them, perhaps in quotes. */
void heading_add_line(heading *h, const char *text, const char *end);
heading_next heading_next_line(const char *text, const char *end, uint64_t numbers);

/* What the line is; next: NULL if none follows it. */
heading_is heading_judge(const heading *h, const heading_next *next);

/* The error of HEADING_UNSURE, at a byte. Returns false. */
bool heading_unsure(const file_map *map, uint64_t at, tokvec_error *err);

#endif
