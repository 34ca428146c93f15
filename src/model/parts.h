/* parts.h - checkpoints of models that were split among machines: each file holds a part of the
 * rows or of every row of the token embedding. Meta's, Megatron's and DeepSpeed's.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_PARTS_H
#define TOKVEC_MODEL_PARTS_H

#include "table/weights.h"

/* How many files of the model there are, by the number in the path; 1 if it has none. */
unsigned parts_count(const char *path);

/* The path of the part of that number; the caller frees it. */
char *parts_path(const char *path, unsigned number, tokvec_error *err);

/* True for the name of one of Meta's parts, consolidated.NN.pth. */
bool parts_are_of_meta(const char *path);

/* What the whole token embedding measures, as Meta's params.json beside the file says, the columns
 * also by a tensor that no machine holds a part of; 0: unknown. */
typedef struct parts_whole {
    uint64_t rows, columns;
} parts_whole;
bool parts_sizes(tokvec_weights *weights, parts_whole *whole, tokvec_error *err);

/* Opens all parts of a model, of which path is the first, as one. Tensors that are known to be
 * split by rows or columns are joined; what is not is listed, but makes no table. */
tokvec_weights *parts_open(const char *path, tokvec_error *err);

/* True for what parts_open has opened. */
bool parts_are_joined(const tokvec_weights *weights);

/* Writes to out, as one line, what part of the token embedding `tensor` is; "" if it is not a part.
 * False, with an error, if there is not enough memory to tell. */
bool parts_describe(tokvec_weights *weights, const tokvec_tensor *tensor, char *out, size_t size,
                    tokvec_error *err);

/* Refuses a tensor whose values DeepSpeed has put into other files (ZeRO, stage 3). */
bool parts_check(const tokvec_tensor *tensor, tokvec_error *err);

#endif
