/* nans.h - the bits of values that are not numbers, as of infinite means or factors of infinities.
 * Processors disagree on the sign of the nan that an operation without a result gives.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_NANS_H
#define TOKVEC_RNG_NANS_H

#include "tokvec.h"

#include <stddef.h>

/* Gives every nan among n values the bits that PyTorch and NumPy have on x86-64: negative, but in
 * bfloat16 positive, as PyTorch rounds. */
void nans_unify(tokvec_dtype dtype, size_t n, void *values);

#endif
