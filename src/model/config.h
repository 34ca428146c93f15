/* config.h - what a model's config.json says of its token embedding.
 * Only compared, never needed: whatever is wrong with the file is a warning.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_CONFIG_H
#define TOKVEC_MODEL_CONFIG_H

#include "table/weights.h"

/* A larger config.json is not read; real ones have a few thousand bytes. */
enum { CONFIG_MAX_BYTES = 1 << 24 };

/* Compares the shape of a token embedding with the config.json of its model, whose path may be
 * that of no file. Writes what differs, or what is wrong with the config, to out as one line, or
 * "" if nothing is. */
void config_compare(const char *path, const tokvec_tensor *tensor, char *out, size_t size);

/* The same with the config as it is mapped. */
void config_compare_map(const file_map *config, const tokvec_tensor *tensor, char *out,
                        size_t size);

/* Whether the config.json beside a file says that the output head is not the token embedding.
 * False, with an error, if there is not enough memory to tell. */
bool config_unties(const char *file, bool *unties, tokvec_error *err);

/* Refuses `head`, an output head that is the only matrix of `file`, where the config.json beside it
 * says that it is not the token embedding. Returns false then. */
bool config_allows_head(const char *file, const char *head, tokvec_error *err);

#endif
