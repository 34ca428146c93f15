/* release.h - which rules a release of PyTorch draws by.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_RELEASE_H
#define TOKVEC_RNG_TORCH_RELEASE_H

#include "rng/torch/fill.h"

/* The rules of a release, as "2.12" or "2.12.1"; NULL: the newest. False, with an error, for one
 * whose rules are not known. */
bool release_rules(const char *text, torch_rules *rules, tokvec_error *err);

#endif
