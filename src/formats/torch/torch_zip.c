/* torch_zip.c - checkpoints as torch.save writes them since PyTorch 1.6: zip archives.
 * One folder with data.pkl, which says what was saved, and a member data/KEY for each storage.
 * SPDX-License-Identifier: MIT */
#include "formats/torch/torch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The archive's own folder: what the first member's name has before its first slash. */
typedef struct folder {
    const zip_archive *zip;
    const char *name;
    size_t length;
} folder;

static bool folder_of(const zip_archive *zip, folder *f)
{
    if (zip->count == 0)
        return false;
    const zip_member *first = &zip->members[0];
    const char *slash = memchr(first->name, '/', first->name_length);
    *f = (folder){zip, first->name, slash == NULL ? 0 : (size_t)(slash - first->name)};
    return slash != NULL;
}

/* The member PREFIX+REST of the folder, or NULL. PyTorch names the folder after the file, and its
 * members by numbers. */
static const zip_member *find_member(const folder *f, const char *prefix, const char *rest,
                                     size_t length)
{
    enum { LONGEST = 4096 }; /* as paths are; the stack may be small */
    char name[LONGEST];
    size_t before = strlen(prefix);
    if (f->length + 1 + before + length > sizeof name)
        return NULL;
    memcpy(name, f->name, f->length);
    name[f->length] = '/';
    memcpy(name + f->length + 1, prefix, before);
    if (length > 0)
        memcpy(name + f->length + 1 + before, rest, length);
    return zip_find(f->zip, name, f->length + 1 + before + length);
}

/* A zip archive with a pickle of that name; one that cannot be opened may have it. */
static format_grade torch_zip_recognise(const file_map *map)
{
    zip_archive zip;
    folder f;
    if (!zip_recognise(map))
        return GRADE_NO;
    if (!zip_open(&zip, map, NULL))
        return GRADE_MAYBE;
    bool is = folder_of(&zip, &f) && find_member(&f, "data.pkl", NULL, 0) != NULL;
    zip_close(&zip);
    return is ? GRADE_CERTAIN : GRADE_NO;
}

/* ---- small members -------------------------------------------------------------------------- */

/* A member of a few bytes as text; "" if it is not there. */
static bool read_mark(const folder *f, const char *name, char out[24], tokvec_error *err)
{
    const zip_member *m = find_member(f, name, NULL, 0);
    const uint8_t *bytes;
    uint8_t *owned;
    uint64_t at;
    out[0] = '\0';
    if (m == NULL)
        return true;
    if (m->size >= 24)
        return file_map_bad(f->zip->map, m->at, err, "the member %s is too long", name);
    if (!zip_content(f->zip, m, &bytes, &at, &owned, err))
        return false;
    memcpy(out, bytes, (size_t)m->size);
    out[m->size] = '\0';
    free(owned);
    return true;
}

static bool read_marks(const folder *f, bool *big_endian, tokvec_error *err)
{
    char version[24], order[24];
    if (!read_mark(f, "version", version, err) || !read_mark(f, "byteorder", order, err))
        return false;
    const file_map *map = f->zip->map;
    long number = strtol(version, NULL, 10);
    if (version[0] != '\0' && (number < 1 || number > 10))
        return error_set(err, TOKVEC_UNSUPPORTED, "version '%s' of checkpoints is unknown",
                         version) ||
               error_where(err, "%s, member version", map->path) ||
               error_hint(err, "save it again: torch.save(torch.load(FILE), NEW)");
    *big_endian = strcmp(order, "big") == 0;
    if (order[0] != '\0' && !*big_endian && strcmp(order, "little") != 0)
        return file_map_bad(map, find_member(f, "byteorder", NULL, 0)->header, err,
                            "the byte order '%s' is unknown", order);
    return true;
}

/* ---- storages ------------------------------------------------------------------------------- */

static bool place_storage(const torch_reader *r, const folder *f, torch_storage *s)
{
    size_t at = pickle_at(&r->p, s->id)->at;
    int length = (int)pickle_at(&r->p, s->key)->count;
    const char *key = pickle_text(&r->p, s->key);
    const zip_member *m = find_member(f, "data/", key, (size_t)length);
    uint64_t bytes = 0;
    if (m == NULL)
        return torch_bad(r, at, "the archive does not have the member data/%.*s of a storage",
                         length, key);
    if (!zip_locate(f->zip, m, &s->offset, r->err))
        return false;
    torch_storage_bytes(s, &bytes);
    if (bytes > m->size)
        return torch_bad(r, at, "storage %.*s should have %llu bytes, its member has %llu", length,
                         key, (unsigned long long)bytes, (unsigned long long)m->size);
    s->deflated = zip_is_deflated(m) ? m : NULL;
    return true;
}

/* A larger pickle than the first number of bytes is compressed by no more than the second one. */
enum { INFLATED_FAIR = 8 << 20, INFLATED_FACTOR = 32 };

static bool read_pickle(torch_reader *r, const folder *f)
{
    const zip_member *m = find_member(f, "data.pkl", NULL, 0);
    const uint8_t *bytes;
    uint8_t *owned;
    if (m->size > PICKLE_MAX_BYTES)
        return file_map_bad(f->zip->map, m->at, r->err, "data.pkl has %llu bytes, more than %d",
                            (unsigned long long)m->size, PICKLE_MAX_BYTES);
    if (m->size > INFLATED_FAIR && m->size / INFLATED_FACTOR > m->packed)
        return file_map_bad(f->zip->map, m->at, r->err,
                            "data.pkl has %llu bytes, compressed to %llu: more than %d times",
                            (unsigned long long)m->size, (unsigned long long)m->packed,
                            INFLATED_FACTOR);
    if (!zip_content(f->zip, m, &bytes, &r->pickle_at, &owned, r->err))
        return false;
    r->inflated = owned != NULL ? "data.pkl" : NULL;
    bool good = torch_read_pickle(r, NULL, bytes, m->size, m->packed);
    for (size_t i = 0; good && i < r->count; i++)
        good = place_storage(r, f, &r->storages[i]);
    good = good && torch_add_tensors(r);
    torch_release(r);
    free(owned);
    return good;
}

static bool read_folder(tokvec_weights *weights, const zip_archive *zip, tokvec_error *err)
{
    folder f;
    torch_reader r = {.weights = weights, .err = err};
    if (!folder_of(zip, &f) || find_member(&f, "data.pkl", NULL, 0) == NULL)
        return file_map_bad(weights->map, 0, err,
                            "the zip archive has no data.pkl, so it is not a checkpoint");
    if (find_member(&f, "constants.pkl", NULL, 0) != NULL) {
        error_set(err, TOKVEC_UNSUPPORTED, "the file is a TorchScript program, not a checkpoint");
        error_where(err, "%s", weights->map->path);
        return error_hint(err, "load it with torch.jit.load and save its state_dict()");
    }
    return read_marks(&f, &r.big_endian, err) && read_pickle(&r, &f);
}

static bool torch_zip_read_header(tokvec_weights *weights, tokvec_error *err)
{
    zip_archive *zip = calloc(1, sizeof *zip);
    if (zip == NULL)
        return error_no_memory(err, sizeof *zip);
    weights->detail = zip;
    return zip_open(zip, weights->map, err) && read_folder(weights, zip, err);
}

static void torch_zip_close(tokvec_weights *weights)
{
    zip_free(weights->detail);
}

const weights_format torch_zip_format = {
    .name = "torch",
    .suffixes = {NULL}, /* those stand with torch_legacy, which refuses for both */
    .recognise = torch_zip_recognise,
    .read_header = torch_zip_read_header,
    .close = torch_zip_close,
};
