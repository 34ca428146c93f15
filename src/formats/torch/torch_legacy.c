/* torch_legacy.c - checkpoints of PyTorch before 1.6: pickles, then raw storages.
 * Also what torch.save writes with _use_new_zipfile_serialization=False.
 * SPDX-License-Identifier: MIT */
#include "formats/torch/torch.h"

#include "base/bytes.h"

#include <stdio.h>
#include <stdlib.h>

/* Format: torch/serialization.py, _legacy_save. The magic number as LONG1 writes it. */
static const uint8_t magic[] = {0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46,
                                0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19};
enum { PROTOCOL_VERSION = 1001, FRAME_SIZE = 9 };

/* PROTO, in protocol 4 and later perhaps FRAME, then the magic number. */
static bool begins_with_magic(const file_map *map)
{
    const uint8_t *data = map->data;
    enum { HEAD = 2 + FRAME_SIZE + sizeof magic };
    return file_head(map, HEAD) == HEAD && data[0] == 0x80 &&
           (memcmp(data + 2, magic, sizeof magic) == 0 ||
            memcmp(data + 2 + FRAME_SIZE, magic, sizeof magic) == 0);
}

static format_grade torch_legacy_recognise(const file_map *map)
{
    return begins_with_magic(map) ? GRADE_CERTAIN : GRADE_NO;
}

/* ---- the pickles before and after the object ------------------------------------------------ */

/* Reads the pickle at *at and steps over it. The caller releases r->p. */
static bool read_next(torch_reader *r, uint64_t *at)
{
    const file_map *map = r->weights->map;
    pickle_fault fault;
    r->pickle_at = *at;
    if (!pickle_read(&r->p, map, map->data + *at, map->size - *at, map->size - *at, &fault))
        return fault.no_memory ? error_no_memory(r->err, map->size - *at)
                               : torch_bad(r, fault.offset, "%s", fault.what);
    *at += r->p.size;
    return true;
}

static bool read_number(torch_reader *r, uint64_t *at, int64_t wanted, const char *what)
{
    if (!read_next(r, at))
        return false;
    const pickle_value *v = pickle_at(&r->p, r->p.top);
    bool good = v->kind == PICKLE_INTEGER && v->as.integer == wanted;
    if (!good)
        torch_bad(r, 0, "%s is not %lld", what, (long long)wanted);
    pickle_free(&r->p);
    return good;
}

/* A dict of the machine that saved it. Its little_endian says nothing of the storages, which
 * torch.save writes in little-endian order on every machine. */
static bool skip_system(torch_reader *r, uint64_t *at)
{
    if (!read_next(r, at))
        return false;
    pickle_free(&r->p);
    return true;
}

static bool read_magic(const torch_reader *r, uint64_t *at)
{
    const file_map *map = r->weights->map;
    if (!begins_with_magic(map))
        return file_map_bad(
            map, 0, r->err,
            "the file begins neither like a zip archive nor with the magic number of a checkpoint");
    size_t frame = map->data[2] == magic[0] ? 0 : FRAME_SIZE;
    *at = 2 + frame + sizeof magic;
    if (*at == map->size || !file_want(map, *at, 1, r->err) || map->data[*at] != '.')
        return file_map_bad(map, *at, r->err, "the pickle of the magic number does not end");
    ++*at;
    return true;
}

/* ---- storages ------------------------------------------------------------------------------- */

/* The number of elements and the elements at *at; `same` are the n storages of that key. */
static bool place(torch_reader *r, torch_storage **same, size_t n, uint64_t *at)
{
    const file_map *map = r->weights->map;
    if (map->size - *at < 8)
        return file_map_bad(map, *at, r->err, "the file is cut in the length of a storage");
    if (!file_want(map, *at, 8, r->err))
        return false;
    uint64_t count = load_le64(map->data + *at), bytes = 0;
    for (size_t i = 0; i < n; i++) {
        if (same[i]->numel != count || same[i]->type != same[0]->type)
            return file_map_bad(map, *at, r->err,
                                "the storage has %lld elements, but %llu by the pickle",
                                (long long)count, (unsigned long long)same[i]->numel);
        same[i]->offset = *at + 8;
    }
    torch_storage_bytes(same[0], &bytes);
    if (bytes > map->size - *at - 8)
        return file_map_bad(map, *at, r->err,
                            "the file is cut: a storage needs %llu bytes, %llu are left",
                            (unsigned long long)bytes, (unsigned long long)(map->size - *at - 8));
    *at += 8 + bytes;
    return true;
}

/* The storages of `key` among those sorted. */
static size_t find_key(torch_storage **sorted, size_t count, const torch_reader *r,
                       const pickle *keys, pickle_ref key)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (torch_compare_keys(&r->p, sorted[middle]->key, keys, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Goes through the list of keys, in whose order the storages follow. */
static bool place_all(torch_reader *r, torch_storage **sorted, const pickle *keys, uint64_t at)
{
    const pickle_value *list = pickle_at(keys, keys->top);
    uint32_t link = list->as.first;
    size_t placed = 0;
    for (uint32_t i = 0; i < list->count; i++, link = keys->links[link].next) {
        pickle_ref key = keys->links[link].value;
        size_t first = r->count, end;
        if (pickle_is(keys, key, PICKLE_TEXT))
            first = find_key(sorted, r->count, r, keys, key);
        for (end = first; end < r->count; end++) {
            if (torch_compare_keys(&r->p, sorted[end]->key, keys, key) != 0 ||
                sorted[end]->offset != 0)
                break;
        }
        if (end == first)
            return file_map_bad(
                r->weights->map, at, r->err,
                "the list of storages has one that no tensor uses, or one that is repeated");
        if (!place(r, sorted + first, end - first, &at))
            return false;
        placed += end - first;
    }
    if (placed < r->count)
        return file_map_bad(r->weights->map, at, r->err,
                            "the list of storages does not have one that a tensor uses");
    return true;
}

static bool place_storages(torch_reader *r, uint64_t at)
{
    const file_map *map = r->weights->map;
    pickle keys;
    pickle_fault fault;
    if (!pickle_read(&keys, map, map->data + at, map->size - at, map->size - at, &fault))
        return fault.no_memory ? error_no_memory(r->err, map->size - at)
                               : file_map_bad(map, at + fault.offset, r->err, "%s", fault.what);
    torch_storage **sorted = torch_storages_by_key(r);
    bool good = sorted != NULL;
    if (good && !pickle_is(&keys, keys.top, PICKLE_LIST))
        good = file_map_bad(map, at, r->err, "the list of storages is not a list");
    good = good && place_all(r, sorted, &keys, at + keys.size);
    free(sorted);
    pickle_free(&keys);
    return good;
}

static bool torch_legacy_read_header(tokvec_weights *weights, tokvec_error *err)
{
    torch_reader r = {.weights = weights, .has_modules = true, .err = err};
    uint64_t at = 0;
    if (!read_magic(&r, &at) ||
        !read_number(&r, &at, PROTOCOL_VERSION, "the checkpoint's protocol version") ||
        !skip_system(&r, &at))
        return false;
    const file_map *map = weights->map;
    r.pickle_at = at;
    bool good = torch_read_pickle(&r, map, map->data + at, map->size - at, map->size - at) &&
                place_storages(&r, at + r.p.size) && torch_add_tensors(&r);
    torch_release(&r);
    return good;
}

const weights_format torch_legacy_format = {
    .name = "torch",
    .suffixes = {".pt", ".pth", ".ckpt", ".bin"},
    .recognise = torch_legacy_recognise,
    .read_header = torch_legacy_read_header,
};
