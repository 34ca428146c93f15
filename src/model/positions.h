/* positions.h - which tensor of a model has its position vectors.
 * By well-known names, as names.h does for the token embedding.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_POSITIONS_H
#define TOKVEC_MODEL_POSITIONS_H

#include "table/weights.h"

/* A table of positions as a model uses it. */
typedef struct position_tensor {
    const tokvec_tensor *tensor;
    uint64_t first_row; /* the vector of position 0 */
    bool has_padding;   /* the token `padding` has no position like the others */
    int64_t padding;
} position_tensor;

/* Finds the one that goes with a token embedding. False, with an error, if there is none, if
 * several may be meant, or if it is unclear which of its rows is position 0. */
bool positions_find(tokvec_weights *weights, const tokvec_tensor *tokens, position_tensor *out,
                    tokvec_error *err);

#endif
