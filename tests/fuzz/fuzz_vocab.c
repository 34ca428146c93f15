/* fuzz_vocab.c - arbitrary bytes as a vocabulary.
 * Opens it as whatever kind it is, and reads it.
 * SPDX-License-Identifier: MIT */
#include "read_vocab.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tokvec_error error;
    file_map *map = file_map_of_bytes(data, size, NULL);
    if (map == NULL)
        return 0;
    tokvec_vocab *vocab = open_vocab(map, &error);
    if (vocab != NULL)
        read_vocab(vocab);
    tokvec_vocab_close(vocab);
    return 0;
}
