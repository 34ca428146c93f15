/* archive_members.c - what a zip archive is of, by the names of its members.
 * See archive_members.h.
 * SPDX-License-Identifier: MIT */
#include "model/archive_members.h"

#include "codec/zip_map.h"
#include "io/path.h"

#include <string.h>
#include <strings.h>

size_t archive_members_base(const zip_member *m)
{
    const char *slash = memrchr(m->name, '/', m->name_length);
    return slash == NULL ? 0 : (size_t)(slash - m->name) + 1;
}

static bool ends_in(const zip_member *m, const char *end)
{
    size_t n = strlen(end);
    return m->name_length >= n && memcmp(m->name + m->name_length - n, end, n) == 0;
}

/* What a model is kept in, and not a table. */
static bool is_model_file(const zip_member *m)
{
    static const char *const ends[] = {".safetensors",
                                       ".gguf",
                                       ".safetensors.index.json",
                                       ".pth",
                                       ".bin.index.json",
                                       "pytorch_model.bin",
                                       "adapter_model.bin"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (ends_in(m, ends[i]))
            return true;
    }
    return false;
}

/* What lies beside tables and may look like one. */
static bool is_about(const zip_member *m)
{
    static const char *const begins[] = {"readme", "license",   "licence", "copying",
                                         "notice", "changelog", "citation"};
    static const char *const ends[] = {".md", ".pdf", ".html", ".rst", ".py", ".sh", ".json"};
    size_t at = archive_members_base(m), length = m->name_length - at;
    if (length == 0 || m->name[at] == '.')
        return true;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        size_t n = strlen(begins[i]);
        if (length >= n && strncasecmp(m->name + at, begins[i], n) == 0)
            return true;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (ends_in(m, ends[i]))
            return true;
    }
    return false;
}

bool archive_members_may_be_table(const zip_member *m)
{
    return m->size > 0 && !zip_map_is_furniture(m) && !is_model_file(m) && !is_about(m);
}

static bool is_checkpoint(const zip_archive *zip)
{
    for (size_t i = 0; i < zip->count; i++) {
        const zip_member *m = &zip->members[i];
        if (ends_in(m, "data.pkl") || ends_in(m, ".weights.h5"))
            return true;
    }
    return false;
}

static bool holds(const zip_archive *zip, bool (*wanted)(const zip_member *m))
{
    for (size_t i = 0; i < zip->count; i++) {
        if (!zip_map_is_furniture(&zip->members[i]) && wanted(&zip->members[i]))
            return true;
    }
    return false;
}

static bool is_array(const zip_member *m)
{
    return ends_in(m, ".npy");
}

enum archive_kind archive_members_kind(const zip_archive *zip)
{
    if (is_checkpoint(zip))
        return ARCHIVE_OF_OTHERS;
    return holds(zip, is_model_file) ? ARCHIVE_OF_MODEL
           : holds(zip, is_array)    ? ARCHIVE_OF_OTHERS
                                     : ARCHIVE_OF_FILES;
}

bool archive_members_is_folder(const char *path)
{
    zip_archive zip;
    file_map *map = path_is_regular(path) ? file_map_open(path, NULL) : NULL;
    bool is = map != NULL && zip_recognise(map) && zip_open(&zip, map, NULL);
    if (is) {
        is = archive_members_kind(&zip) == ARCHIVE_OF_MODEL;
        zip_close(&zip);
    }
    file_map_close(map);
    return is;
}
