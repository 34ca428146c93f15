/* weights.h - what the fuzz targets of weights files have in common.
 * Opens the bytes as a file, and reads the first and last rows of every tensor of at most two
 * dimensions: as long as the format says, whatever the bytes.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TESTS_FUZZ_WEIGHTS_H
#define TOKVEC_TESTS_FUZZ_WEIGHTS_H

#include <stdlib.h>
#include <string.h>

#include "model/open.h"

enum { DIM_MAX = 1 << 20 };

static void read_ends(tokvec_weights *weights, const tokvec_tensor *tensor)
{
    tokvec_table *table = tokvec_weights_table(weights, tensor, NULL);
    if (table == NULL)
        return;
    uint64_t rows = tokvec_table_rows(table);
    uint64_t dim = tokvec_table_dim(table);
    if (rows > 0 && dim <= DIM_MAX) {
        int64_t ids[3] = {(int64_t)(rows - 1), 0, (int64_t)(rows / 2)};
        size_t row = (size_t)dim * tokvec_dtype_size(tokvec_table_dtype(table));
        uint8_t *out = malloc(4 * row + 1);
        if (out == NULL)
            abort();
        tokvec_error err;
        if (tokvec_table_read(table, ids, 3, out, &err) &&
            tokvec_table_read(table, ids, 1, out + 3 * row, &err) && row > 0 &&
            memcmp(out, out + 3 * row, row) != 0)
            abort(); /* the same row has other values the second time */
        free(out);
    }
    tokvec_table_close(table);
}

static inline void fuzz_weights(const uint8_t *data, size_t size)
{
    file_map *map = file_map_of_bytes(data, size, NULL);
    if (map == NULL)
        return;
    tokvec_error error;
    memset(&error, 0, sizeof error);
    tokvec_weights *weights = open_weights(map, &error);
    if (weights == NULL && error.what[0] == '\0')
        abort(); /* refused without a word */
    for (size_t i = 0; weights != NULL && i < tokvec_weights_count(weights); i++)
        read_ends(weights, tokvec_weights_tensor(weights, i));
    tokvec_weights_close(weights);
}

#endif
