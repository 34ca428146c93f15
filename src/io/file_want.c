/* file_want.c - the bytes of a file, asked for before they are touched.
 * See file_want.h.
 * SPDX-License-Identifier: MIT */
#include "io/file_want.h"

#include <string.h>

static bool past_the_end(const file_map *map, uint64_t offset, uint64_t length, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_FILE, "the file ends before the %llu bytes that should be here",
              (unsigned long long)length);
    error_where(err, "%s, byte %llu", map->path, (unsigned long long)offset);
    return error_hint(err, "the file is damaged or of another kind; fetch or save it again");
}

/* Keeps the first failure of a source. Returns false. */
static bool keep_failure(file_source *source, const tokvec_error *why)
{
    if (!atomic_exchange(&source->failing, true)) {
        source->why = *why;
        atomic_store(&source->failed, true);
    }
    return false;
}

bool file_want_more(const file_map *map, uint64_t offset, uint64_t length, tokvec_error *err)
{
    tokvec_error why = {.code = TOKVEC_OK};
    if (offset > map->size || length > map->size - offset)
        return past_the_end(map, offset, length, err);
    if (length == 0 || map->source->fetch(map->source, map, offset, length, &why))
        return true;
    if (why.code == TOKVEC_OK)
        return past_the_end(map, offset, length, err);
    if (err != NULL)
        *err = why;
    return keep_failure(map->source, &why);
}

uint64_t file_piece_more(const file_map *map, uint64_t at, tokvec_error *err)
{
    for (uint64_t size = map->size; at < size; size = map->size) {
        uint64_t left = size - at;
        uint64_t n = left < map->source->piece ? left : map->source->piece;
        if (file_want_more(map, at, n, NULL))
            return at + n;
        if (file_map_suspect(map) && err != NULL)
            *err = map->source->why;
        if (file_map_suspect(map) || map->size == size)
            return at;
    }
    return at;
}

uint64_t file_some_more(const file_map *map, uint64_t at, uint64_t most)
{
    for (uint64_t size = map->size; at < size; size = map->size) {
        uint64_t n = size - at < most ? size - at : most;
        if (file_want_more(map, at, n, NULL))
            return n;
        if (file_map_suspect(map) || map->size == size)
            return 0;
    }
    return 0;
}

uint64_t file_find(const file_map *map, uint64_t from, uint64_t stop, char byte)
{
    while (from < stop) {
        uint64_t end = file_piece(map, from, NULL);
        end = end < stop ? end : stop;
        if (end == from)
            break; /* as if it were not there, until file_map_intact is asked */
        const uint8_t *found = memchr(map->data + from, byte, (size_t)(end - from));
        if (found != NULL)
            return (uint64_t)(found - map->data);
        from = end;
    }
    return stop < map->size ? stop : map->size; /* which may have turned out to be less */
}
