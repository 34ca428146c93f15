/* fuzz_words.c - arbitrary bytes as word vectors as text, binary and without header.
 * See read_words.h.
 * SPDX-License-Identifier: MIT */
#include "read_words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const tokvec_dtype dtypes[] = {TOKVEC_NO_DTYPE, TOKVEC_FLOAT64, TOKVEC_INT8};
    for (size_t i = 0; i < sizeof dtypes / sizeof *dtypes; i++)
        read_words(data, size, &(tokvec_file_spec){.dtype = dtypes[i]});
    return 0;
}
