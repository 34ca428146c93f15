/* fuzz_safetensors.c - arbitrary bytes as a safetensors file.
 * See read_rows.h.
 * SPDX-License-Identifier: MIT */
#include "read_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_weights(data, size);
    return 0;
}
