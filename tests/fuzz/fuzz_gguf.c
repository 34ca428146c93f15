/* fuzz_gguf.c - arbitrary bytes as a GGUF file.
 * Opens it, goes through the pairs, the tokens and the tensors, and reads the first and the last
 * row of each tensor that can be a table.
 * SPDX-License-Identifier: MIT */
#include "formats/gguf/gguf.h"
#include "model/open.h"
#include "read_rows.h"

static void go_through_elements(gguf_cursor cursor)
{
    gguf_value value;
    while (gguf_next_element(&cursor, &value)) {
        if (value.type == GGUF_ARRAY)
            go_through_elements(gguf_elements(&cursor, &value));
    }
    if (cursor.left != 0)
        abort(); /* what was checked at opening must not fail later */
}

static void go_through_pairs(const tokvec_weights *weights)
{
    gguf_cursor cursor = gguf_pairs(weights);
    tokvec_text key;
    gguf_value value;
    while (gguf_next_pair(&cursor, &key, &value)) {
        if (value.type == GGUF_ARRAY)
            go_through_elements(gguf_elements(&cursor, &value));
    }
    if (cursor.left != 0)
        abort();
    if (gguf_tokens(weights, &cursor))
        go_through_elements(cursor);
}

/* Leaves out the rest of every second list, so that both ways are gone. */
static bool see(void *context, const tokvec_value *value)
{
    size_t *seen = context;
    *seen += value->key != NULL ? 1 + strlen(value->key) : 1;
    return value->kind != TOKVEC_VALUE_LIST || *seen % 2 == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    file_map *map = file_map_of_bytes(data, size, NULL);
    if (map == NULL)
        return 0;
    tokvec_error error;
    memset(&error, 0, sizeof error);
    tokvec_weights *weights = open_weights(map, &error);
    if (weights == NULL)
        return 0;
    if (strcmp(tokvec_weights_format(weights), "gguf") == 0)
        go_through_pairs(weights);
    size_t seen = 0;
    if (!tokvec_weights_metadata(weights, see, &seen, NULL))
        abort();
    for (size_t i = 0; i < tokvec_weights_count(weights); i++)
        read_rows(weights, tokvec_weights_tensor(weights, i));
    tokvec_weights_close(weights);
    return 0;
}
