/* layers.h - what PyTorch's layers draw when they are made, and lists of them.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_LAYERS_H
#define TOKVEC_RNG_TORCH_LAYERS_H

#include "rng/torch/fill.h"
#include "rng/torch/state.h"

/* The weight of torch.nn.Embedding, and of torch.nn.Linear, whose rows are its outputs. */
torch_fill layer_embedding(uint64_t rows, uint64_t dim, tokvec_dtype dtype, torch_rules rules);
torch_fill layer_linear(uint64_t out, uint64_t in, tokvec_dtype dtype, torch_rules rules);

/* The bias of torch.nn.Linear, one row, which is drawn after the weight. */
torch_fill layer_linear_bias(uint64_t out, uint64_t in, tokvec_dtype dtype, torch_rules rules);

/* Makes of the fill of a table, whose size, dtype and rules it has, that of the layer that the spec
 * names, vocab_size being its outputs; and moves on to where the layer draws it. */
bool layer_read(const tokvec_seed_spec *spec, torch_state *state, torch_fill *fill,
                tokvec_error *err);

/* Moves a generator on to where it stands after one fill. */
bool layer_pass(const torch_fill *fill, torch_state *state, tokvec_error *err);

/* The same for all that a text lists: items with a comma between them,
 *     VxD                  torch.nn.Embedding(V, D)
 *     linear:INxOUT        torch.nn.Linear(IN, OUT); with :nobias, bias=False
 *     init:DIST:VxD        torch.nn.init.DIST_(torch.empty(V, D)); the commas of
 *                          DIST's parameters do not end the item
 *     skip:N               N outputs of 32 bits
 * the first three with a dtype behind them, as :bfloat16, where it is not float32. */
bool layers_pass(const char *text, torch_rules rules, torch_state *state, tokvec_error *err);

#endif
