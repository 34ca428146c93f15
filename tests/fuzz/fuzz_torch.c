/* fuzz_torch.c - fuzz target of checkpoints of PyTorch, either container.
 * See weights.h in this folder for what it does.
 * SPDX-License-Identifier: MIT */
#include "weights.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_weights(data, size);
    return 0;
}
