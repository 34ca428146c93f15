/* folder.h - a model's folder: which file in it holds the weights.
 * The names are those under which Hugging Face's programs save models.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_FOLDER_H
#define TOKVEC_MODEL_FOLDER_H

#include "table/weights.h"

/* The path of the weights in a folder, or of their index; the caller frees it. NULL and an error
 * that lists the candidates if there is none or no telling which. */
char *folder_weights(const char *folder, tokvec_error *err);

/* True if programs save a whole model, or one of its shards, under the file's name. NULL is not. */
bool folder_is_usual(const char *path);

#endif
