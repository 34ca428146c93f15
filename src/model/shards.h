/* shards.h - the files of a model that was saved in several, without the index of them.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_SHARDS_H
#define TOKVEC_MODEL_SHARDS_H

#include "table/weights.h"

/* Between the two numbers, each of so many digits. */
#define SHARDS_OF "-of-"
enum { SHARDS_DIGITS = 5 };

/* "model-00002-of-00003.safetensors": which file of how many a path is, from 1 on. False if it is
 * not such a name, or if there would be more than a thousand. */
bool shards_number(const char *path, unsigned *number, unsigned *count);

/* Opens all files of the model, of which path is one, as one. */
tokvec_weights *shards_open(const char *path, tokvec_error *err);

#endif
