/* fasttext.h - a fastText model: its parts in the file, and rows of its input matrix.
 * fasttext.c reads the header and makes words of it; fasttext_matrix.c adds up rows, and
 * fasttext_sentence.c words.
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

/* Begins to fetch a row that will be added soon; row < m->rows. */
void fasttext_fetch_row(const file_map *map, const fasttext_matrix *m, uint64_t row);

/* out += row, as fastText does it; row < m->rows. */
bool fasttext_add_row(const file_map *map, const fasttext_matrix *m, uint64_t row, float *out,
                      tokvec_error *err);

/* A word outside the vocabulary that was asked for. */
typedef struct stranger {
    char *word;
    size_t length;
} stranger;

/* An n-gram that a pruned model has kept. */
typedef struct kept_ngram {
    int32_t bucket, row;
} kept_ngram;

typedef struct fasttext {
    text_rows base;
    uint64_t entries; /* words, then labels */
    bool is_supervised;
    int32_t word_ngrams; /* of words, in sentences of a supervised model */
    int32_t min_n, max_n, buckets;
    int64_t kept_count; /* -1: not pruned */
    uint64_t kept_at;   /* in the file */
    kept_ngram *kept;   /* sorted, once one is needed */
    fasttext_matrix input;
    stranger *strangers;
    size_t strangers_reserved;
    word_map stranger_numbers;

    /* For sentences of a supervised model: */
    uint64_t *label_starts; /* of the entries behind the words; NULL: not yet looked for */
    word_map labels;
    int32_t *hashes; /* room for those of the words of a sentence */
    size_t hashes_reserved;
} fasttext;

/* Adds to out the rows of a word, its own if entry is not -1 and those of its n-grams, and their
 * number to *added. */
bool fasttext_add_word(fasttext *f, tokvec_text word, int64_t entry, float *out, uint64_t *added,
                       tokvec_error *err);

/* Adds the row of a bucket of n-grams, if it was not pruned away. */
bool fasttext_add_bucket(fasttext *f, int32_t bucket, float *out, uint64_t *added,
                         tokvec_error *err);

/* The vector of a word: the mean of those rows, zeros if there are none. */
bool fasttext_vector(fasttext *f, tokvec_text word, int64_t entry, float *out, tokvec_error *err);

/* out = out / n, as fastText does it. */
void fasttext_divide(float *out, size_t dim, uint64_t n);

/* An entry of the dictionary, at byte `at`; *next is where the one behind it begins. */
bool fasttext_entry(const file_map *map, uint64_t at, tokvec_text *word, uint64_t *next,
                    tokvec_error *err);

/* As text_rows_kind.sentence. */
bool fasttext_sentence(text_rows *w, tokvec_text *rest, bool newline, void *out, tokvec_error *err);

#endif
