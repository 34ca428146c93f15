/* parts.h - checkpoints of models that were split among machines: each file holds a part of the
 * rows or of every row of the token embedding. Meta's, Megatron's and DeepSpeed's.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_PARTS_H
#define TOKVEC_MODEL_PARTS_H

#include "table/weights.h"

/* How many files of the model there are, by the number in the path; 1 if it has none. */
unsigned parts_count(const char *path);

/* Writes to out, as one line, what part of the token embedding `tensor` is; "" if it is not a part.
 * False, with an error, if there is not enough memory to tell. */
bool parts_describe(tokvec_weights *weights, const tokvec_tensor *tensor, char *out, size_t size,
                    tokvec_error *err);

/* Refuses a tensor whose values DeepSpeed has put into other files (ZeRO, stage 3). */
bool parts_check(const tokvec_tensor *tensor, tokvec_error *err);

#endif
