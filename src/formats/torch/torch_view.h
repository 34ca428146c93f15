/* torch_view.h - what a call in a pickle that makes a tensor would make.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_TORCH_TORCH_VIEW_H
#define TOKVEC_FORMATS_TORCH_TORCH_VIEW_H

#include "formats/torch/torch_storages.h"

/* One call of a function that makes a tensor, understood. */
typedef struct torch_view {
    const torch_storage *storage;
    const torch_type *type;
    unsigned ndim;
    uint64_t shape[64], stride[64]; /* in elements */
    uint64_t offset;                /* in bytes from the first of the storage */
    uint64_t numel;
    const char *unusable; /* why no table can be made of it, or NULL */
} torch_view;

typedef enum torch_answer { TORCH_NO_TENSOR, TORCH_TENSOR, TORCH_ERROR } torch_answer;

/* What an object of the pickle is: a tensor, something else, or a damaged tensor. */
torch_answer torch_view_of(const torch_reader *r, pickle_ref object, torch_view *view);

#endif
