/* folder.h - a model's folder: which file in it holds the weights, and what its config says.
 * The names are those under which Hugging Face's programs save models.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_FOLDER_H
#define TOKVEC_MODEL_FOLDER_H

#include "table/weights.h"

/* The path of the weights in a folder, or of their index; the caller frees it. NULL and an error
 * that lists the candidates if there is none or no telling which. */
char *folder_weights(const char *folder, tokvec_error *err);

/* Compares the shape of a token embedding with the config.json of its model, whose path may be
 * that of no file. Writes what differs, or what is wrong with the config, to out as one line, or
 * "" if nothing is. */
void folder_compare_config(const char *path, const tokvec_tensor *tensor, char *out, size_t size);

/* The same with the config as it is mapped. */
void folder_compare_text(const file_map *config, const tokvec_tensor *tensor, char *out,
                         size_t size);

/* Whether the config.json beside a file says that the output head is not the token embedding.
 * False, with an error, if there is not enough memory to tell. */
bool folder_unties(const char *file, bool *unties, tokvec_error *err);

/* Refuses weights without a token embedding as those of an adapter, with an error of its own, if
 * PEFT's adapter_config.json lies beside them. */
void folder_refuse_adapter(const tokvec_weights *weights, tokvec_error *err);

/* As a weights_format.number: the rows that PEFT has trained for some tokens get the IDs that
 * adapter_config.json lists for them; without a list that fits they are refused. Other tensors have
 * no numbering. */
bool folder_number_adapter(tokvec_weights *weights, size_t index, tokvec_table *table,
                           tokvec_error *err);

#endif
