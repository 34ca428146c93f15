/* fuzz_fasttext.c - arbitrary bytes as a fastText model.
 * See read_words.h.
 * SPDX-License-Identifier: MIT */
#include "read_words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_words(data, size, &(tokvec_file_spec){.dim = 0});
    return 0;
}
