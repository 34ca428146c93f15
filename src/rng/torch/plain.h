/* plain.h - fills of PyTorch's that draw nothing: constant_ and eye_.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_PLAIN_H
#define TOKVEC_RNG_TORCH_PLAIN_H

#include "rng/torch/fill.h"

/* A generator of such a fill; NULL without memory. */
generator *plain_open(const torch_fill *fill, tokvec_error *err);

#endif
