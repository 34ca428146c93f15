/* packed_parts.h - the tensors beside the codes, opened for the files packed_*.c.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_PACKED_PARTS_H
#define TOKVEC_MODEL_PACKED_PARTS_H

#include "model/packed.h"
#include "table/packed_table.h"

/* The tensor of a part; NULL: there is none. */
const tokvec_tensor *packed_parts_get(const tokvec_weights *weights, const packed *p,
                                      packed_part part);

/* Says that a part does not fit the codes, or is missing. Returns false. */
bool packed_parts_misfit(const tokvec_weights *weights, const packed *p, packed_part part,
                         tokvec_error *err);

/* The number of parts of `size` that `n` falls into, the last one perhaps cut. */
uint64_t packed_parts_count(uint64_t n, uint64_t size);

/* Opens a part for rows that have `row_step` rows in common; a vector as one column if so asked. */
bool packed_parts_open(tokvec_weights *weights, const packed *p, packed_part part, bool column,
                       uint64_t row_step, uint64_t col_step, packed_grid *grid, tokvec_error *err);

/* Reads all elements of a part that is a vector or a single number of that dtype, n of them. */
bool packed_parts_read(tokvec_weights *weights, const packed *p, packed_part part,
                       tokvec_dtype dtype, uint64_t n, void *out, tokvec_error *err);

#endif
