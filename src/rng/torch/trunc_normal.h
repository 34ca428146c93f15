/* trunc_normal.h - what torch.nn.init.trunc_normal_ puts into a tensor on the CPU.
 * From 2.12 on by rejection: pass after pass draws a whole tensor of proposals, and each value is
 * the first of its proposals that is accepted. Before, by the inverse of the error function, of
 * one uniform each.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_TRUNC_NORMAL_H
#define TOKVEC_RNG_TORCH_TRUNC_NORMAL_H

#include "rng/torch/fill.h"

/* As torch_fill_open, for a fill whose draw is TORCH_TRUNC_NORMAL: a is the mean, b the standard
 * deviation, low and high are the bounds. Refuses parameters that PyTorch refuses, and those with
 * which it would not end. */
generator *torch_trunc_normal_open(const torch_fill *fill, const torch_place *at, engine *draws,
                                   tokvec_error *err);

/* Moves a place behind such a fill. Where values are rejected all of them are made for that. The
 * engine remains the caller's. */
bool torch_trunc_normal_after(const torch_fill *fill, torch_place *place, engine *draws,
                              tokvec_error *err);

/* About how many of the engine's outputs such a fill takes. */
uint64_t torch_trunc_normal_draws(const torch_fill *fill);

#endif
