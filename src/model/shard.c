/* shard.c - the index that a file of a model belongs to.
 * See shard.h.
 * SPDX-License-Identifier: MIT */
#include "model/shard.h"

#include "io/path.h"
#include "model/folder_names.h"
#include "model/open.h"

#include <stdlib.h>
#include <string.h>

const char *shard_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

bool shard_holds(const tokvec_weights *weights, const tokvec_weights *index, size_t i)
{
    return strcmp(shard_name(weights->map->path), shard_name(index->tensors[i].file)) == 0;
}

static bool is_index(const char *name)
{
    return path_ends_in(name, ".index.json");
}

static bool names_file(const tokvec_weights *index, const tokvec_weights *weights)
{
    for (size_t i = 0; weights_is_index(index) && i < index->count; i++) {
        if (shard_holds(weights, index, i))
            return true;
    }
    return false;
}

/* The index of that name beside the file, if it names the file. */
static tokvec_weights *open_index(const char *name, const tokvec_weights *weights)
{
    char *path = path_beside(weights->map->path, name, NULL);
    file_map *map = path == NULL ? NULL : file_map_open(path, NULL);
    tokvec_weights *index = map == NULL ? NULL : open_weights(map, NULL);
    free(path);
    if (index == NULL || names_file(index, weights))
        return index;
    tokvec_weights_close(index);
    return NULL;
}

tokvec_weights *shard_index(const tokvec_weights *weights)
{
    enum { INDEXES_MAX = 16 }; /* a model has one, or one for each variant */
    name_list list = {.count = 0};
    tokvec_weights *found = NULL;
    if (weights_is_index(weights) || weights->map->path == NULL)
        return NULL;
    char *folder = path_beside(weights->map->path, ".", NULL);
    if (folder != NULL && folder_names_of_files(folder, is_index, &list, NULL)) {
        for (size_t i = 0; found == NULL && i < list.count && i < INDEXES_MAX; i++)
            found = open_index(list.names[i], weights);
    }
    folder_names_free(&list);
    free(folder);
    return found;
}
