/* folder.c - a model's folder: which file in it holds the weights.
 * See folder.h.
 * SPDX-License-Identifier: MIT */
#include "table/folder.h"

#include "base/array.h"
#include "base/path.h"
#include "table/gguf.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Under these names transformers saves and looks for a model; it takes the first that is there. */
static const char *const usual_names[] = {
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "pytorch_model.bin.index.json",
};

static bool is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* ---- files by other names ------------------------------------------------------------------- */

typedef struct name_list {
    char **names;
    size_t count, capacity;
} name_list;

static void free_names(name_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->names[i]);
    free(list->names);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Of a model in several GGUF files the first stands for all, unless any is wanted. */
static bool is_candidate(const char *name, bool any_part)
{
    uint64_t number = 1, count;
    if (path_ends_in(name, ".gguf"))
        return any_part || !gguf_split_name(name, &number, &count) || number == 1;
    return path_ends_in(name, ".safetensors");
}

static bool add_name(name_list *list, const char *name, tokvec_error *err)
{
    if (!array_reserve(&list->names, &list->capacity, list->count + 1, sizeof *list->names, err))
        return false;
    list->names[list->count] = strdup(name);
    if (list->names[list->count] == NULL)
        return error_no_memory(err, strlen(name));
    list->count++;
    return true;
}

static bool list_candidates(const char *folder, bool any_part, name_list *list, tokvec_error *err)
{
    DIR *stream = opendir(folder);
    if (stream == NULL)
        return error_system(err, errno, "open", folder);
    bool good = true;
    for (struct dirent *entry; good && (entry = readdir(stream)) != NULL;) {
        if (!is_candidate(entry->d_name, any_part))
            continue;
        char *path = path_in_folder(folder, entry->d_name, err);
        good = path != NULL && (!is_file(path) || add_name(list, entry->d_name, err));
        free(path);
    }
    closedir(stream);
    if (good && list->count > 1)
        qsort(list->names, list->count, sizeof *list->names, by_text);
    return good;
}

static void refuse(const char *folder, const name_list *list, tokvec_error *err)
{
    enum { LISTED_MAX = 8 };
    char names[800] = "";
    size_t length = 0, listed = 0;
    for (; listed < list->count && listed < LISTED_MAX; listed++) {
        int n = snprintf(names + length, sizeof names - length, "%s%s", listed == 0 ? "" : ", ",
                         list->names[listed]);
        if (n < 0 || (size_t)n >= sizeof names - length) {
            names[length] = '\0';
            break;
        }
        length += (size_t)n;
    }
    if (list->count == 0) {
        error_set(err, TOKVEC_NOT_FOUND, "the folder holds no model that tokvec knows");
        error_where(err, "%s", folder);
        error_hint(err, "it opens model.safetensors, pytorch_model.bin, their .index.json, or a "
                        "single .safetensors or .gguf file");
        return;
    }
    error_set(err, TOKVEC_NOT_FOUND, "the folder holds %zu weights files and no index",
              list->count);
    error_where(err, "%s", folder);
    if (listed < list->count)
        error_hint(err, "name one of them: %s and %zu more", names, list->count - listed);
    else
        error_hint(err, "name one of them: %s", names);
}

char *folder_weights(const char *folder, tokvec_error *err)
{
    for (size_t i = 0; i < sizeof usual_names / sizeof *usual_names; i++) {
        char *path = path_in_folder(folder, usual_names[i], err);
        if (path == NULL || is_file(path))
            return path;
        free(path);
    }
    name_list list = {NULL, 0, 0};
    char *path = NULL;
    if (list_candidates(folder, false, &list, err) &&
        (list.count > 0 || list_candidates(folder, true, &list, err))) {
        if (list.count == 1)
            path = path_in_folder(folder, list.names[0], err);
        else
            refuse(folder, &list, err);
    }
    free_names(&list);
    return path;
}
