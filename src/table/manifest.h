/* manifest.h - Ollama's manifests: which of its blobs is a model.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_MANIFEST_H
#define TOKVEC_TABLE_MANIFEST_H

#include "base/file_map.h"

/* True if the file is a manifest of Ollama's. */
bool manifest_recognise(const file_map *map);

/* The path of the blob that holds the model, which is there; the caller frees it. NULL and an
 * error if there is none. */
char *manifest_blob(const file_map *map, tokvec_error *err);

#endif
