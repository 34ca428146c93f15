/* fasttext.h - a fastText model: its parts in the file, and rows of its input matrix.
 * fasttext.c reads the header and makes words of it; fasttext_matrix.c adds up rows.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_WORDS_FASTTEXT_H
#define TOKVEC_FORMATS_WORDS_FASTTEXT_H

#include "formats/words/text_rows.h"

/* The input matrix, all of it inside the file. Offsets are in bytes. */
typedef struct fasttext_matrix {
    uint64_t rows, dim;
    bool quantised;
    uint64_t values; /* dense: of the float32 */
    /* Quantised: each row is `parts` codes, each the number of a centroid, which is `part` floats
     * (the last one `last_part`). */
    uint64_t codes, centroids;
    uint64_t parts, part, last_part;
    bool has_norms; /* then rows are scaled by a centroid of dimension 1 */
    uint64_t norm_codes, norm_centroids;
} fasttext_matrix;

/* Where the reader is. */
typedef struct fasttext_cursor {
    const file_map *map;
    uint64_t at;
    tokvec_error *err;
} fasttext_cursor;

/* Steps over `size` bytes of something, which must be there; false with an error if not. */
bool fasttext_skip(fasttext_cursor *c, uint64_t size, const char *what);
bool fasttext_int32(fasttext_cursor *c, int32_t *out);
bool fasttext_int64(fasttext_cursor *c, int64_t *out);

/* Reads where the matrix lies: with its dimension `dim`, and `word_count` rows at least. */
bool fasttext_read_matrix(fasttext_cursor *c, uint64_t dim, uint64_t word_count, bool quantised,
                          fasttext_matrix *m);

/* out += row, as fastText does it; row < m->rows. */
bool fasttext_add_row(const file_map *map, const fasttext_matrix *m, uint64_t row, float *out,
                      tokvec_error *err);

#endif
