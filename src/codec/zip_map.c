/* zip_map.c - a member of a zip archive as a file.
 * See zip_map.h.
 * SPDX-License-Identifier: MIT */
#include "codec/zip_map.h"

#include "codec/unpack_map.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 1 << 16 };

/* ---- stored members ------------------------------------------------------------------------- */

typedef struct part_source {
    file_source base;
    file_map *whole;
    bool owned;
    uint64_t offset; /* of the part */
} part_source;

static bool part_fetch(file_source *source, const file_map *map, uint64_t offset, uint64_t length,
                       tokvec_error *err)
{
    const part_source *part = (const part_source *)source;
    (void)map;
    return file_want(part->whole, part->offset + offset, length, err);
}

static bool part_intact(const file_source *source, tokvec_error *err)
{
    return file_map_intact(((const part_source *)source)->whole, err);
}

static void part_close(file_source *source, file_map *map)
{
    part_source *part = (part_source *)source;
    (void)map;
    if (part->owned)
        file_map_close(part->whole);
    free(part);
}

/* A range of a file as a file; takes the map only if it succeeds. */
static file_map *open_part(file_map *whole, bool owned, uint64_t offset, uint64_t length,
                           const char *path, tokvec_error *err)
{
    part_source *part = malloc(sizeof *part);
    if (part == NULL) {
        error_no_memory(err, sizeof *part);
        return NULL;
    }
    *part = (part_source){
        .base = {.fetch = part_fetch, .intact = part_intact, .close = part_close, .piece = PIECE},
        .whole = whole,
        .owned = owned,
        .offset = offset};
    file_map *map = file_map_of_source(path, whole->data + offset, length, &part->base, err);
    if (map == NULL)
        free(part);
    else if (file_is_whole(whole))
        map->here = length;
    return map;
}

/* ---- members -------------------------------------------------------------------------------- */

static file_map *open_deflated(file_map *whole, bool owned, const zip_member *m, uint64_t data,
                               const char *path, tokvec_error *err)
{
    const unpack_from from = {.packed = whole,
                              .owned = owned,
                              .offset = data,
                              .length = m->packed,
                              .kind = &unpack_deflate,
                              .size = m->size,
                              .path = path,
                              .has_crc = true,
                              .crc = m->crc};
    return unpack_open(&from, err);
}

static file_map *open_stored(const zip_archive *zip, file_map *whole, bool owned,
                             const zip_member *m, uint64_t data, const char *path,
                             tokvec_error *err)
{
    enum { SMALL = 1 << 24 }; /* of more the sum would take as long as what is done with it */
    file_map *map = NULL;
    if (m->size > SMALL || zip_check_stored(zip->map, m, data, err))
        map = open_part(whole, owned, data, m->size, path, err);
    if (map == NULL && owned)
        file_map_close(whole);
    return map;
}

file_map *zip_map_open(const zip_archive *zip, const zip_member *member, bool owned,
                       const char *path, tokvec_error *err)
{
    file_map *whole = (file_map *)(uintptr_t)zip->map;
    const zip_member m = *member; /* whose name lies in the map */
    uint64_t data;
    file_map *map = NULL;
    if (!zip_locate(zip, &m, &data, err)) {
        if (owned)
            file_map_close(whole);
        return NULL;
    }
    map = zip_is_deflated(&m) ? open_deflated(whole, owned, &m, data, path, err)
                              : open_stored(zip, whole, owned, &m, data, path, err);
    if (map != NULL)
        map->inner = true;
    return map;
}

bool zip_map_is_unpacked(const file_map *map)
{
    return map->inner && (map->source == NULL || map->source->fetch != part_fetch);
}

bool zip_map_is_furniture(const zip_member *m)
{
    static const char mac[] = "__MACOSX/", store[] = ".DS_Store";
    size_t n = m->name_length, tail = sizeof store - 1;
    return n == 0 || m->name[n - 1] == '/' ||
           (n >= sizeof mac - 1 && memcmp(m->name, mac, sizeof mac - 1) == 0) ||
           (n >= tail && memcmp(m->name + n - tail, store, tail) == 0);
}

/* ---- the archive ---------------------------------------------------------------------------- */

static bool leads_out(const zip_member *m)
{
    const char *name = m->name, *end = name + m->name_length;
    if (name < end && (*name == '/' || *name == '\\'))
        return true;
    while (name < end) {
        const char *slash = memchr(name, '/', (size_t)(end - name));
        size_t n = (size_t)((slash == NULL ? end : slash) - name);
        if (n == 2 && memcmp(name, "..", 2) == 0)
            return true;
        name = slash == NULL ? end : slash + 1;
    }
    return false;
}

static int by_place(const void *a, const void *b)
{
    const zip_member *x = *(const zip_member *const *)a, *y = *(const zip_member *const *)b;
    return (x->header > y->header) - (x->header < y->header);
}

static bool check_overlap(const zip_archive *zip, tokvec_error *err)
{
    enum { LOCAL_SIZE = 30 }; /* of a local header without its name */
    const zip_member **by = malloc((zip->count + 1) * sizeof *by);
    if (by == NULL)
        return error_no_memory(err, zip->count * sizeof *by);
    for (size_t i = 0; i < zip->count; i++)
        by[i] = &zip->members[i];
    qsort(by, zip->count, sizeof *by, by_place);
    bool good = true;
    for (size_t i = 1; good && i < zip->count; i++) {
        uint64_t room = by[i]->header - by[i - 1]->header;
        if (room < LOCAL_SIZE + by[i - 1]->name_length ||
            room - LOCAL_SIZE - by[i - 1]->name_length < by[i - 1]->packed)
            good = file_map_bad(zip->map, by[i]->at, err,
                                "the zip member '%.*s' lies inside another one",
                                (int)by[i]->name_length, by[i]->name);
    }
    free(by);
    return good;
}

bool zip_map_check(const zip_archive *zip, tokvec_error *err)
{
    for (size_t i = 0; i < zip->count; i++) {
        const zip_member *m = &zip->members[i];
        if (memchr(m->name, '\0', m->name_length) != NULL)
            return file_map_bad(zip->map, m->at, err, "the name of a zip member has a zero byte");
        if (leads_out(m))
            return file_map_bad(zip->map, m->at, err,
                                "the zip member '%.*s' leads out of the archive",
                                (int)m->name_length, m->name);
    }
    return check_overlap(zip, err);
}
