/* torch_sieve.h - which seeds PyTorch may have made some values from.
 * A uniform tells the bits of its draw; two normals of a pair tell by their angle and their length
 * those of both of theirs.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_TORCH_SIEVE_H
#define TOKVEC_RNG_TORCH_TORCH_SIEVE_H

#include "rng/torch/fill.h"

/* A sieve for spans of the values of a fill that begins at a place of a seed's outputs. It is
 * narrow for those spans that have a pair, or a uniform, and does without the others. NULL if there
 * is none such, or the fill is one that this does not work for. */
generator_sieve *torch_sieve_open(const torch_fill *fill, const torch_place *at,
                                  const generator_span *spans, size_t n);

#endif
