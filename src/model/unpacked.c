/* unpacked.c - compressed files, and what is in them.
 * See unpacked.h.
 * SPDX-License-Identifier: MIT */
#include "model/unpacked.h"

#include <stdio.h>
#include <string.h>

const unpack_kind *unpacked_kind(const file_map *map)
{
    return unpack_kind_of(map->data, (size_t)file_head(map, UNPACK_HEAD));
}

file_map *unpacked_open(file_map *packed, const unpack_kind *kind, tokvec_error *err)
{
    /* In an archive that packs what is packed already its size is still to be found out. */
    if (file_is_open_ended(packed) && !unpack_all(packed, err)) {
        file_map_close(packed);
        return NULL;
    }
    const unpack_from from = {.packed = packed,
                              .owned = true,
                              .length = packed->size,
                              .kind = kind,
                              .size = UNPACK_ANY_SIZE};
    return unpack_open(&from, err);
}

file_map *unpacked_look(const file_map *map)
{
    if (!file_is_open_ended(map))
        return NULL;
    uint64_t most = unpack_look(), n = file_head(map, most);
    if (n < most) /* there is no more */
        return NULL;
    const uint8_t *end = memrchr(map->data, '\n', (size_t)n);
    return file_map_of_copy(map->path, map->data, end == NULL ? n : (size_t)(end + 1 - map->data));
}

file_map *unpacked_whole(file_map *packed, const unpack_kind *kind, tokvec_error *err)
{
    file_map *map = unpacked_open(packed, kind, err);
    if (map == NULL || unpack_all(map, err))
        return map;
    file_map_close(map);
    return NULL;
}

/* "7.1 MB" */
static void put_size(uint64_t size, char out[32])
{
    double bytes = (double)size;
    const char *unit = bytes < 1e6 ? "kB" : bytes < 1e9 ? "MB" : "GB";
    double scale = bytes < 1e6 ? 1e3 : bytes < 1e9 ? 1e6 : 1e9;
    snprintf(out, 32, "%.1f %s", bytes / scale, unit);
}

void unpacked_notice(const file_map *map, const unpack_kind *kind, char *out, size_t size)
{
    char what[100] = "the file", bytes[32];
    const char *slash = strrchr(map->path, '/');
    if (map->inner && slash != NULL)
        snprintf(what, sizeof what, "%.60s in the archive", slash + 1);
    put_size(map->size, bytes);
    snprintf(out, size, "%s is compressed (%s): unpacked to %s of memory", what, kind->name, bytes);
}

void unpacked_notice_piped(const char *path, uint64_t piped, char *out, size_t size)
{
    char bytes[32];
    put_size(piped, bytes);
    snprintf(out, size, "%.60s is no file: all of it is kept, in %s of memory", path, bytes);
}
