/* init.h - torch.nn.init's distributions, as a text names them.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_INIT_H
#define TOKVEC_RNG_TORCH_INIT_H

#include "rng/torch/fill.h"
#include "rng/words.h"

/* All of them. */
extern const init_form init_forms[];

/* Reads a distribution for a tensor of fill->rows x fill->dim, whose dtype and rules are set as
 * well: "normal:0,0.02" for torch.nn.init.normal_(tensor, 0, 0.02). False, with an error, for what
 * PyTorch does not take either. */
bool init_read(const char *text, size_t size, torch_fill *fill, tokvec_error *err);

#endif
