/* shard.h - a file as one of the several that a model is kept in.
 * What belongs to a tensor may lie in another of them, as the index beside them tells.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_SHARD_H
#define TOKVEC_MODEL_SHARD_H

#include "table/weights.h"

/* The index beside the file whose weight_map names it; the caller closes it. NULL: there is none
 * that can be read, or weights are an index themselves. */
tokvec_weights *shard_index(const tokvec_weights *weights);

/* Whether the index says that tensor `index` of it lies in that file. */
bool shard_holds(const tokvec_weights *weights, const tokvec_weights *index, size_t i);

/* The last part of a path. */
const char *shard_name(const char *path);

#endif
