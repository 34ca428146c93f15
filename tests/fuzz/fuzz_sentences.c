/* fuzz_sentences.c - arbitrary bytes as a fastText model that makes vectors of sentences.
 * However a text is cut into pieces, there are as many sentences, with the same vectors.
 * SPDX-License-Identifier: MIT */
#include "measure/sentence_table.h"
#include "model/open.h"
#include "table/table.h"

#include <stdlib.h>
#include <string.h>

enum { DIM_MAX = 1 << 12, SENTENCES_MAX = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char text[] =
    "the king and queen\n\n  \t\r\nking </s> queen\n__label__x man </s>\n"
    "\xc3\xa9t\xc3\xa9 \xff\x80 a\0b\v\n</s></s> unknownword </s>  king king";

/* The vectors of the text's sentences, in pieces of that size; the caller frees them. */
static uint8_t *vectors(tokvec_table *table, size_t piece, size_t *bytes, tokvec_error *err)
{
    tokvec_table *sentences = sentence_table(table, err);
    size_t row = (size_t)table->dim * tokvec_dtype_size(table->dtype);
    uint8_t *out = malloc(SENTENCES_MAX * row + 1);
    bool good = sentences != NULL && out != NULL;
    *bytes = 0;
    for (size_t at = 0; good && at <= sizeof text - 1; at += piece) {
        size_t left = sizeof text - 1 - at, n = left < piece ? left : piece;
        good = sentence_table_add(sentences, text + at, n, err);
        if (good && n < piece)
            good = sentence_table_end(sentences, err);
        uint64_t first = sentence_table_first(sentences);
        for (uint64_t i = 0; good && i < sentence_table_count(sentences); i++) {
            const int64_t number = (int64_t)(first + i);
            if (number >= SENTENCES_MAX)
                abort();
            good = tokvec_table_read(sentences, &number, 1, out + *bytes, err);
            *bytes += good ? row : 0;
        }
        sentence_table_drop(sentences);
    }
    tokvec_table_close(sentences);
    if (good)
        return out;
    free(out);
    return NULL;
}

static void compare(tokvec_table *table)
{
    tokvec_error error = {.code = TOKVEC_OK};
    size_t whole_bytes, cut_bytes;
    uint8_t *whole = vectors(table, sizeof text, &whole_bytes, &error);
    if (whole == NULL && error.code == TOKVEC_OK)
        abort(); /* fails without a word */
    uint8_t *cut = vectors(table, 3, &cut_bytes, &error);
    if ((whole == NULL) != (cut == NULL) ||
        (whole != NULL && (whole_bytes != cut_bytes || memcmp(whole, cut, whole_bytes) != 0)))
        abort();
    free(whole);
    free(cut);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    file_map *map = file_map_of_bytes(data, size, NULL);
    tokvec_error error;
    tokvec_weights *weights =
        map == NULL ? NULL : open_weights_as(map, &(tokvec_file_spec){.dim = 0}, &error);
    const tokvec_tensor *tensor = weights == NULL ? NULL : tokvec_weights_tensor(weights, 0);
    tokvec_table *table = tensor == NULL ? NULL : tokvec_weights_table(weights, tensor, &error);
    if (table != NULL && table->has_sentences && table->dim <= DIM_MAX)
        compare(table);
    tokvec_table_close(table);
    tokvec_weights_close(weights);
    return 0;
}
