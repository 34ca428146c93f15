/* folder.h - a model's folder: which file in it holds the weights.
 * The names are those under which Hugging Face's programs save models.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_FOLDER_H
#define TOKVEC_MODEL_FOLDER_H

#include "table/weights.h"

/* The path of the weights in a folder, or of their index; the caller frees it. NULL and an error
 * that lists the candidates if there is none or no telling which. */
char *folder_weights(const char *folder, tokvec_error *err);

/* Sets weights->notice, as one line, to which files beside the weights of a folder, opened from that
 * path in it, were left though they may be a model's too; leaves it alone if there was no choice. */
void folder_choice(tokvec_weights *weights, const char *path);

/* True for the name of a part of a model that embeds no tokens, whatever its tensors look like. */
bool folder_is_other_part(const char *name);

/* True if programs save a whole model, or one of its shards, under the file's name. NULL is not. */
bool folder_is_usual(const char *path);

#endif
