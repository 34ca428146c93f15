/* torch.h - PyTorch checkpoints, as far as both containers have them in common.
 * A pickle says what was saved; persistent ids in it name storages, of which tensors are views.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_TORCH_TORCH_H
#define TOKVEC_FORMATS_TORCH_TORCH_H

#include "formats/torch/torch_storages.h"

/* Adds every tensor that the pickle leads to, by its path, to the weights. */
bool torch_add_tensors(torch_reader *r);

#endif
