/* trunc_odds.h - how trunc_normal_ proposes values from PyTorch 2.12 on, and how often in vain.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_TRUNC_ODDS_H
#define TOKVEC_RNG_TORCH_TRUNC_ODDS_H

#include "rng/torch/fill.h"

typedef struct trunc_odds {
    bool uniform;    /* proposals are uniforms between the bounds, else normals */
    double log_peak; /* of the density relative to that at the mean, where it is highest */
    uint64_t passes; /* about how many a table takes; at least 1 */
    bool coarse;     /* the dtype's numbers are so far apart that these odds are not told */
} trunc_odds;

/* The odds of a fill; libm_load must have succeeded. False where PyTorch refuses the bounds. */
bool trunc_odds_find(const torch_fill *fill, trunc_odds *out, tokvec_error *err);

#endif
