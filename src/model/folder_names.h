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

/* Tells every name in a folder, also in one inside of a file (io/inner.h), until `tell` says false.
 * False if it did, or, with an error, if there is no such folder. */
bool folder_names_each(const char *folder, bool (*tell)(void *context, const char *name),
                       void *context, tokvec_error *err);

/* Adds, in the order of their bytes, the names of the files (also by links) or of the folders
 * (not by links) that `wanted` says yes to. Hidden ones are left alone. */
bool folder_names_of_files(const char *folder, bool (*wanted)(const char *name), name_list *list,
                           tokvec_error *err);
bool folder_names_of_folders(const char *folder, bool (*wanted)(const char *name), name_list *list,
                             tokvec_error *err);

#endif
