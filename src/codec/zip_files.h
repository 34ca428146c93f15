/* zip_files.h - paths that lead into zip archives: "model.zip/config.json".
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CODEC_ZIP_FILES_H
#define TOKVEC_CODEC_ZIP_FILES_H

#include "io/inner.h"

/* Archives of files; for inner_set. Each call opens the archive, and reads its directory, anew. */
extern const inner_files zip_files;

#endif
