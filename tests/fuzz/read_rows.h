/* read_rows.h - what every fuzz target of a weights format does with the tensors it finds.
 * Reads the first and the last row of each that can be a table, and where they lie in memory.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FUZZ_READ_ROWS_H
#define TOKVEC_FUZZ_READ_ROWS_H

#include "formats/words/text_rows.h"
#include "model/open.h"

#include <stdlib.h>
#include <string.h>

enum { DIM_MAX = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_rows(tokvec_weights *weights, const tokvec_tensor *tensor)
{
    tokvec_table *table = tokvec_weights_table(weights, tensor, NULL);
    if (table == NULL)
        return;
    uint64_t rows = tokvec_table_rows(table);
    uint64_t dim = tokvec_table_dim(table);
    if (rows > 0 && dim <= DIM_MAX) {
        int64_t ids[2] = {0, (int64_t)(rows - 1)};
        size_t row_bytes = (size_t)dim * tokvec_dtype_size(tokvec_table_dtype(table));
        uint8_t *out = malloc(2 * row_bytes + 1);
        if (out == NULL)
            abort();
        tokvec_error error = {.code = TOKVEC_OK};
        bool good = tokvec_table_read(table, ids, 2, out, &error);
        /* Only formats whose rows follow one another find out so late that one is bad, and tables
         * whose mapping leads to no row. */
        bool late =
            weights->format->vocab == text_rows_vocab_of || strcmp(tensor->name, "embeddings") == 0;
        if (!good && (!late || error.code == TOKVEC_OK))
            abort();
        for (size_t i = 0; good && i < 2; i++) {
            const void *there = tokvec_table_row(table, ids[i]);
            if (there != NULL && memcmp(there, out + i * row_bytes, row_bytes) != 0)
                abort();
        }
        free(out);
    }
    tokvec_table_close(table);
}

/* Opens bytes as a weights file and reads of every tensor. */
static inline void read_weights(const uint8_t *data, size_t size)
{
    file_map *map = file_map_of_bytes(data, size, NULL);
    if (map == NULL)
        return;
    tokvec_error error = {.code = TOKVEC_OK};
    tokvec_weights *weights = open_weights(map, &error);
    if (weights == NULL) {
        if (error.code == TOKVEC_OK || error.what[0] == '\0')
            abort(); /* a refusal must say why */
        return;
    }
    (void)tokvec_weights_embedding(weights, &error);
    (void)tokvec_weights_find(weights, "wte.weight", &error);
    for (size_t i = 0; i < tokvec_weights_count(weights); i++)
        read_rows(weights, tokvec_weights_tensor(weights, i));
    tokvec_weights_close(weights);
}

#endif
