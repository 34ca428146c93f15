/* fuzz_npz.c - fuzz target of .npz archives, and so of zip and of NumPy's header.
 * See weights.h in this folder for what it does.
 * SPDX-License-Identifier: MIT */
#include "weights.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_weights(data, size);
    return 0;
}
