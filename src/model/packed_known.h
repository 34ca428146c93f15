/* packed_known.h - what is asked for every tensor that may be packed, found out once for a file.
 * Without it a model of many tensors would be gone through, and its config.json be read, for each
 * of them. It stays with the weights until they are closed.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_PACKED_KNOWN_H
#define TOKVEC_MODEL_PACKED_KNOWN_H

#include "table/weights.h"

#include <cjson/cJSON.h>

/* Sorts the names of the tensors, if that is yet to be done. The other calls need it. False without
 * memory. */
bool packed_known_open(tokvec_weights *weights, tokvec_error *err);

/* Indexes of tensors, in the order of their names. Lent until there are more tensors. */
typedef struct packed_names {
    const size_t *at, *end;
} packed_names;

/* Those whose names begin with the first `length` bytes of `stem`. */
packed_names packed_names_of(const tokvec_weights *weights, const char *stem, size_t length);

/* The config.json of the folder, or else the one beside the weights; *config is NULL if there is
 * none. Lent. Fails only if there is not enough memory to tell. */
bool packed_config(tokvec_weights *weights, const cJSON **config, tokvec_error *err);

/* As shard_index, but lent, and with its names sorted as well. False without memory. */
bool packed_index(tokvec_weights *weights, const tokvec_weights **index, tokvec_error *err);

#endif
