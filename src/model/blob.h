/* blob.h - small files that stand for a blob elsewhere: Ollama's manifests, and links of the hub's
 * cache that were copied as text.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_BLOB_H
#define TOKVEC_MODEL_BLOB_H

#include "io/file_map.h"

/* Maps a file, or the blob that it stands for. NULL and an error that says what is missing, also
 * where a link leads to nothing. */
file_map *blob_open(const char *path, tokvec_error *err);

/* The same, where it may be open-ended: see file_map_open_any. */
file_map *blob_open_any(const char *path, tokvec_error *err);

#endif
