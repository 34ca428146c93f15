/* folder_files.h - the files of a folder that a model was opened from: which were taken, and why.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_FOLDER_FILES_H
#define TOKVEC_MODEL_FOLDER_FILES_H

#include "table/weights.h"

typedef struct folder_file {
    char *name; /* from the folder on */
    bool taken;
    const char *why; /* a word or two: "weights", "vocabulary", "other weights"; lives for ever */
} folder_file;

/* Released with folder_files_free. */
typedef struct folder_files {
    folder_file *files; /* in the order of their names, those of a folder before those below it */
    size_t count, capacity;
    bool cut; /* there are more that were left */
} folder_files;

/* The files in the folder of weights that were opened as one, and in those below it; none if they
 * were not. In the cache of the hub the folder is the snapshot. */
bool folder_files_list(tokvec_weights *weights, folder_files *out, tokvec_error *err);
void folder_files_free(folder_files *files);

#endif
