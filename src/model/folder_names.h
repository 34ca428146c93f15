/* folder_names.h - the names in a folder.
 * See folder.h.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_FOLDER_NAMES_H
#define TOKVEC_MODEL_FOLDER_NAMES_H

#include "base/error.h"

#include <stddef.h>

typedef struct name_list {
    char **names;
    size_t count, capacity;
} name_list;

/* A copy is added. */
bool folder_names_add(name_list *list, const char *name, tokvec_error *err);
void folder_names_free(name_list *list);

/* For qsort, of an array of texts: by their bytes. */
int folder_names_compare(const void *a, const void *b);

/* "a, b and 3 more" of the first few, cut to size. Returns out. */
const char *folder_names_text(const name_list *list, char *out, size_t size);

/* Adds, in the order of their bytes, the names of the files (also by links) or of the folders
 * (not by links) that `wanted` says yes to. Hidden ones are left alone. */
bool folder_names_of_files(const char *folder, bool (*wanted)(const char *name), name_list *list,
                           tokvec_error *err);
bool folder_names_of_folders(const char *folder, bool (*wanted)(const char *name), name_list *list,
                             tokvec_error *err);

#endif
