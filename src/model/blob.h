/* blob.h - small files that stand for a blob elsewhere: Ollama's manifests, and links of the hub's
 * cache that were copied as text.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_BLOB_H
#define TOKVEC_MODEL_BLOB_H

#include "io/file_map.h"

/* True if the file stands for a blob. */
bool blob_recognise(const file_map *map);

/* The path of the blob that is meant, which is there; the caller frees it. NULL and an
 * error if there is none. */
char *blob_path(const file_map *map, tokvec_error *err);

#endif
