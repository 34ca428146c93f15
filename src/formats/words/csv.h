/* csv.h - what the files of the readers of CSV and TSV share.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_WORDS_CSV_H
#define TOKVEC_FORMATS_WORDS_CSV_H

#include "formats/words/text_rows.h"

/* How fields stand in a line. */
typedef enum csv_quotes {
    CSV_QUOTES_NONE,   /* a quote is a character as others are */
    CSV_QUOTES_LINE,   /* around fields that end on their line; else as others are */
    CSV_QUOTES_RECORD, /* around fields that may hold ends of lines: RFC 4180 */
} csv_quotes;

typedef struct csv_dialect {
    char separator;
    csv_quotes quotes;
    bool escapes; /* \t \n \r \\ \x1b stand for what they mean: TSV as tokvec writes it */
} csv_dialect;

/* How the file is to be read whose fields that character separates. */
csv_dialect csv_dialect_of(const file_map *map, char separator);

typedef struct csv_field {
    const char *text; /* without its quotes */
    size_t length;
    bool quoted;
    bool escaped;     /* quotes in it are behind backslashes, as R writes them */
    const char *next; /* its separator or end of line, or the end of the file */
} csv_field;

/* The field that begins at `at`; false if it has a quote that is not closed, or something behind
 * that. */
bool csv_read_field(const char *at, const char *end, csv_dialect dialect, csv_field *out);

/* The end of the record that begins at `start`: of its newline or of the file. */
bool csv_record_end(const file_map *map, uint64_t start, csv_dialect dialect, uint64_t *out,
                    tokvec_error *err);

/* The text that a field stands for, in `room` if that is not as it is written. */
bool csv_field_text(const csv_field *f, csv_dialect dialect, text_rows_room *room, tokvec_text *out,
                    tokvec_error *err);

/* The field without the spaces around it. */
tokvec_text csv_trimmed(const csv_field *f);

/* Reads the one number that a field holds; with a comma for its point where no comma separates
 * fields. False if it is not one. */
bool csv_number(const csv_field *f, csv_dialect dialect, tokvec_dtype dtype, void *out);

/* A vector as text in one field: [1, 2], [1 2], {1,2}. False if the field is not one. */
bool csv_is_list(const csv_field *f);

/* The same, and its first item is a number or stands for numbers left out: [CLS] is a word. */
bool csv_is_number_list(const csv_field *f);

/* Reads the n numbers of a list; with `out` NULL tells in *n how many there are. What stands
 * between `at` and `end` has no brackets. */
bool csv_read_list(const file_map *map, const char *at, const char *end, tokvec_dtype dtype,
                   uint64_t *n, void *out, tokvec_error *err);

/* Which columns a file has. */
typedef struct csv_layout {
    uint64_t start; /* of the first row, in bytes */
    uint64_t dim;
    unsigned lead; /* columns in front of the numbers, or in front of the list of them */
    unsigned word_column, id_column;
    bool has_header, has_words, has_ids, has_list;
} csv_layout;

enum { CSV_LEAD_MAX = 64 };

/* Whether two names of columns count on: d0, d1. */
bool csv_names_follow(tokvec_text name, tokvec_text next);

/* Looks at the names of the columns behind the first `lead`, which begin at `start`: each is one of
 * the numbers, as far as names tell. *repeated: two neighbours have the same name, as where names
 * take several lines. */
bool csv_check_names(const file_map *map, uint64_t start, csv_dialect dialect, unsigned lead,
                     bool *repeated, tokvec_error *err);

/* Where the first line begins that does not with '#'. */
uint64_t csv_first_line(const file_map *map);

/* Looks at the first two records. */
bool csv_read_layout(const file_map *map, csv_dialect dialect, csv_layout *l, tokvec_error *err);

#endif
