/* folder_names.c - the names in a folder.
 * See folder_names.h.
 * SPDX-License-Identifier: MIT */
#include "model/folder_names.h"

#include "base/array.h"
#include "io/inner.h"
#include "io/path.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void folder_names_free(name_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->names[i]);
    free(list->names);
    *list = (name_list){NULL, 0, 0};
}

bool folder_names_add(name_list *list, const char *name, tokvec_error *err)
{
    if (!array_reserve(&list->names, &list->capacity, list->count + 1, sizeof *list->names, err))
        return false;
    list->names[list->count] = strdup(name);
    if (list->names[list->count] == NULL)
        return error_no_memory(err, strlen(name));
    list->count++;
    return true;
}

const char *folder_names_text(const name_list *list, char *out, size_t size)
{
    enum { LISTED_MAX = 8, TAIL = 40 };
    size_t length = 0, i = 0;
    out[0] = '\0';
    for (; i < list->count && i < LISTED_MAX; i++) {
        size_t room = size - length;
        if (strlen(list->names[i]) + TAIL >= room)
            break;
        length += (size_t)snprintf(out + length, room, "%s%s", i == 0 ? "" : ", ", list->names[i]);
    }
    if (i < list->count)
        snprintf(out + length, size - length, "%s%zu more", i == 0 ? "" : " and ", list->count - i);
    return out;
}

int folder_names_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names that are being looked through. */
typedef struct listing {
    const char *folder;
    bool (*is_kind)(const char *path);
    bool (*wanted)(const char *name);
    name_list *list;
    tokvec_error *err;
} listing;

static bool add_wanted(void *context, const char *name)
{
    listing *l = context;
    if (name[0] == '.' || !l->wanted(name))
        return true;
    char *path = path_in_folder(l->folder, name, l->err);
    bool good = path != NULL && (!l->is_kind(path) || folder_names_add(l->list, name, l->err));
    free(path);
    return good;
}

bool folder_names_each(const char *folder, bool (*tell)(void *context, const char *name),
                       void *context, tokvec_error *err)
{
    DIR *stream = opendir(folder);
    const inner_files *inner = stream == NULL ? inner_of_errno() : NULL;
    if (inner != NULL)
        return inner->names(folder, tell, context, err);
    if (stream == NULL)
        return error_system(err, errno, "open", folder);
    bool good = true;
    for (struct dirent *entry; good && (entry = readdir(stream)) != NULL;)
        good = tell(context, entry->d_name);
    closedir(stream);
    return good;
}

static bool list_names(const char *folder, bool (*is_kind)(const char *path),
                       bool (*wanted)(const char *name), name_list *list, tokvec_error *err)
{
    size_t before = list->count;
    listing l = {folder, is_kind, wanted, list, err};
    bool good = folder_names_each(folder, add_wanted, &l, err);
    if (good && list->count > before + 1)
        qsort(list->names + before, list->count - before, sizeof *list->names,
              folder_names_compare);
    return good;
}

bool folder_names_of_files(const char *folder, bool (*wanted)(const char *name), name_list *list,
                           tokvec_error *err)
{
    return list_names(folder, path_is_file, wanted, list, err);
}

bool folder_names_of_folders(const char *folder, bool (*wanted)(const char *name), name_list *list,
                             tokvec_error *err)
{
    return list_names(folder, path_is_folder, wanted, list, err);
}
