/* word2vec.h - what word2vec's text and binary files have in common.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_WORDS_WORD2VEC_H
#define TOKVEC_FORMATS_WORDS_WORD2VEC_H

#include "formats/words/text_rows.h"

/* The first line: COUNT DIMENSION, behind which some programs write a third number. */
typedef struct word2vec_header {
    uint64_t count, dim;
    uint64_t size;    /* of the line, its newline and a mark before it included */
    unsigned numbers; /* 2 or 3 */
} word2vec_header;

/* Reads the first line, if it is one. What follows it may be of any kind. */
bool word2vec_read_header(const file_map *map, word2vec_header *h);

/* Whether the rows behind the header are text. */
bool word2vec_is_text(const file_map *map, const word2vec_header *h);

/* Whether the header leaves room for rows of at least so many bytes, of which the last may lack
 * one. */
bool word2vec_fits(const file_map *map, const word2vec_header *h, uint64_t row_least);

/* The error of one that does not. Returns false. */
bool word2vec_too_short(const file_map *map, const word2vec_header *h, tokvec_error *err);

/* Refuses a header that no file could have. */
bool word2vec_check_header(const file_map *map, const word2vec_header *h, tokvec_error *err);

#endif
