/* packed_view.h - what there is to say of a packed tensor to people.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_PACKED_VIEW_H
#define TOKVEC_MODEL_PACKED_VIEW_H

#include "table/weights.h"

typedef struct packed_view {
    char kind[160]; /* "MLX affine, 4 bits, groups of 64"; "": the tensor is plain */
    bool decoded;   /* its values can be read; then: */
    uint64_t shape[2];
    tokvec_dtype dtype;
} packed_view;

/* Looks at tensor `index`, which is complete. Fails only without memory. */
bool packed_view_of(tokvec_weights *weights, size_t index, packed_view *view, tokvec_error *err);

#endif
