/* read_words.h - for the fuzz targets of word vectors and text tables.
 * Opens any bytes, reads the first and the last row, goes through the words, and looks for the
 * last word and for some that may not be there.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TESTS_READ_WORDS_H
#define TOKVEC_TESTS_READ_WORDS_H

#include "formats/words/text_rows.h"
#include "model/open.h"

#include <stdlib.h>
#include <string.h>

enum { DIM_MAX = 1 << 14, WORDS_MAX = 2000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void read_row(tokvec_table *table, int64_t id)
{
    size_t dim = (size_t)tokvec_table_dim(table);
    if (dim > DIM_MAX)
        return;
    void *out = malloc(dim * tokvec_dtype_size(tokvec_table_dtype(table)) + 1);
    if (out == NULL)
        abort();
    tokvec_error error;
    memset(&error, 0, sizeof error);
    if (!tokvec_table_read(table, &id, 1, out, &error) && error.code == TOKVEC_OK)
        abort(); /* fails without a word */
    free(out);
}

static inline void look_for(tokvec_vocab *vocab, tokvec_table *table, tokvec_text word)
{
    int64_t id = -1;
    tokvec_error error;
    if (!tokvec_vocab_find(vocab, word, &id, &error))
        return;
    tokvec_text label;
    if (!tokvec_vocab_label(vocab, id, &label, &error))
        return;
    read_row(table, id);
}

static inline void go_through_words(tokvec_vocab *vocab, tokvec_table *table)
{
    char last[64] = "the";
    size_t length = 3;
    uint64_t count = tokvec_vocab_count(vocab);
    for (uint64_t i = 0; i < count && i < WORDS_MAX; i++) {
        int64_t id;
        tokvec_text word;
        tokvec_error error;
        if (!tokvec_vocab_token(vocab, i, &id, &word, &error))
            break;
        if (word.length <= sizeof last) {
            length = word.length;
            memcpy(last, word.bytes, length);
        }
    }
    static const char *const others[] = {"", "the", "</s>", "\xc3\xa9t\xc3\xa9", "\xff\x80", "th"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        look_for(vocab, table, (tokvec_text){last, length});
        look_for(vocab, table, (tokvec_text){others[i], strlen(others[i])});
    }
}

/* The bytes as a file, with what the caller says of it. */
static inline void read_words(const uint8_t *data, size_t size, const tokvec_file_spec *spec)
{
    file_map *map = file_map_of_bytes(data, size, NULL);
    if (map == NULL)
        return;
    tokvec_error error;
    memset(&error, 0, sizeof error);
    tokvec_weights *weights = open_weights_as(map, spec, &error);
    if (weights == NULL) {
        if (error.code == TOKVEC_OK)
            abort();
        return;
    }
    const tokvec_tensor *tensor = tokvec_weights_tensor(weights, 0); /* NULL: a file without any */
    tokvec_table *table = tensor == NULL ? NULL : tokvec_weights_table(weights, tensor, &error);
    if (table != NULL) {
        uint64_t rows = tokvec_table_rows(table);
        if (rows > 0) {
            read_row(table, 0);
            if (rows <= WORDS_MAX * 8)
                read_row(table, (int64_t)rows - 1);
        }
        tokvec_vocab *vocab;
        if (!tokvec_weights_vocab(weights, &vocab, &error) && vocab != NULL)
            abort();
        if (vocab != NULL && tokvec_table_dim(table) <= DIM_MAX)
            go_through_words(vocab, table);
        tokvec_table_close(table);
    }
    tokvec_weights_close(weights);
}

#endif
