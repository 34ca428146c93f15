/* archive.c - zip archives of tables.
 * Tables of word vectors are downloaded in archives, each a file of its own, which here is a tensor
 * that is named by its file. A model's folder in an archive is looked into as any folder is: see
 * archive_members.h.
 * SPDX-License-Identifier: MIT */
#include "table/weights.h"

#include "codec/zip_map.h"
#include "io/path.h"
#include "model/archive_members.h"
#include "model/open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEMBERS_MOST = 1000 }; /* of an archive of tables; the largest known has some dozens */

/* A file with a table: the detail of its tensor's layout. */
typedef struct member {
    const zip_member *packed;
    char *path;              /* "glove.zip/glove.6B.50d.txt" */
    tokvec_weights *weights; /* NULL until it is opened */
} member;

/* weights->detail */
typedef struct archive_state {
    zip_archive zip;
    member *members;
    size_t count;
} archive_state;

/* ---- reading -------------------------------------------------------------------------------- */

/* A member's path, which goes on behind that of the archive. */
static char *path_of(const file_map *map, const zip_member *m, tokvec_error *err)
{
    char *name = strndup(m->name, m->name_length);
    char *path = name == NULL ? NULL : path_in_folder(map->path, name, err);
    if (name == NULL)
        error_no_memory(err, m->name_length);
    free(name);
    return path;
}

/* Whether a member is a table by its first bytes: a text about the tables is none. One that cannot
 * be looked at is for who opens it to complain of. */
static bool is_table(const zip_archive *zip, const zip_member *m)
{
    if (!archive_members_may_be_table(m))
        return false;
    char *path = path_of(zip->map, m, NULL);
    file_map *map = path == NULL ? NULL : zip_map_open(zip, m, false, path, NULL);
    bool is = map == NULL || open_recognised(map) || file_map_suspect(map);
    file_map_close(map);
    free(path);
    return is;
}

static format_grade archive_recognise(const file_map *map)
{
    zip_archive zip;
    if (map->inner || !zip_recognise(map) || path_ends_in(map->path, ".npz") ||
        !zip_open(&zip, map, NULL))
        return GRADE_NO;
    enum archive_kind kind = archive_members_kind(&zip);
    bool is = kind == ARCHIVE_OF_MODEL;
    for (size_t i = 0; !is && kind == ARCHIVE_OF_FILES && i < zip.count && i < MEMBERS_MOST; i++)
        is = is_table(&zip, &zip.members[i]);
    zip_close(&zip);
    return is ? GRADE_CERTAIN : GRADE_NO;
}

static bool add_member(tokvec_weights *weights, const zip_member *m, tokvec_error *err)
{
    archive_state *state = weights->detail;
    member *added = &state->members[state->count];
    *added = (member){.packed = m, .path = path_of(weights->map, m, err)};
    if (added->path == NULL)
        return false;
    state->count++;
    const tokvec_tensor tensor = {.name = added->path + strlen(added->path) - m->name_length,
                                  .dtype_name = "",
                                  .file = weights->map->path};
    return weights_add(weights, &tensor,
                       (tensor_layout){.detail = added, .key_at = archive_members_base(m)}, err);
}

static bool refuse_model(const file_map *map, tokvec_error *err)
{
    error_set(
        err, TOKVEC_UNSUPPORTED,
        "a zip archive of a model's folder is looked into by the names of its files, and this "
        "one has come through a pipe");
    error_where(err, "%s", map->path);
    return error_hint(err, "save it to a file first");
}

static bool archive_read_header(tokvec_weights *weights, tokvec_error *err)
{
    archive_state *state = calloc(1, sizeof *state);
    if (state == NULL)
        return error_no_memory(err, sizeof *state);
    weights->detail = state;
    zip_archive *zip = &state->zip;
    if (!zip_open(zip, weights->map, err) || !zip_map_check(zip, err))
        return false;
    if (archive_members_kind(zip) == ARCHIVE_OF_MODEL)
        return refuse_model(weights->map, err);
    if (zip->count > MEMBERS_MOST)
        return file_map_bad(weights->map, zip->directory, err,
                            "the zip archive has %zu members, more than any of tables", zip->count);
    state->members = calloc(zip->count + 1, sizeof *state->members);
    if (state->members == NULL)
        return error_no_memory(err, zip->count * sizeof *state->members);
    for (size_t i = 0; i < zip->count; i++) {
        const zip_member *m = &zip->members[i];
        if (is_table(zip, m) && !add_member(weights, m, err))
            return false;
    }
    return true;
}

/* ---- a member ------------------------------------------------------------------------------- */

/* A file of one table. Others hold several, and their names would need another. */
static bool check_table(const member *m, const tokvec_weights *weights, tokvec_error *err)
{
    if (weights->count == 1 && !weights_is_index(weights))
        return true;
    error_set(err, TOKVEC_UNSUPPORTED,
              "a file in the archive is of the format %s, with %zu tensors", weights->format->name,
              weights->count);
    error_where(err, "%s", m->path);
    return error_hint(err, "unpack the archive, and name the file");
}

static bool open_member(member *m, const tokvec_weights *archive, tokvec_error *err)
{
    const archive_state *state = archive->detail;
    if (m->weights != NULL)
        return true;
    file_map *map = zip_map_open(&state->zip, m->packed, false, m->path, err);
    if (map == NULL)
        return false;
    tokvec_weights *weights = open_weights_as(map, &archive->as, err);
    if (weights != NULL && check_table(m, weights, err)) {
        m->weights = weights;
        return true;
    }
    tokvec_weights_close(weights);
    return false;
}

static bool archive_complete(tokvec_weights *weights, size_t index, tokvec_error *err)
{
    member *m = weights->layouts[index].detail;
    if (!open_member(m, weights, err) || !weights_complete(m->weights, 0, err))
        return false;
    tokvec_tensor tensor = m->weights->tensors[0];
    tensor.file = weights->map->path;
    return weights_fill_in(weights, index, &tensor, err);
}

static bool archive_locate(tokvec_weights **weights, size_t *index, tokvec_error *err)
{
    member *m = (*weights)->layouts[*index].detail;
    if (!open_member(m, *weights, err))
        return false;
    *weights = m->weights;
    *index = 0;
    return true;
}

static void archive_close(tokvec_weights *weights)
{
    archive_state *state = weights->detail;
    if (state == NULL)
        return;
    for (size_t i = 0; i < state->count; i++) {
        tokvec_weights_close(state->members[i].weights);
        free(state->members[i].path);
    }
    free(state->members);
    zip_close(&state->zip);
    free(state);
}

const weights_format archive_format = {
    .name = "zip",
    .suffixes = {".zip"},
    .recognise = archive_recognise,
    .read_header = archive_read_header,
    .complete = archive_complete,
    .locate = archive_locate,
    .close = archive_close,
    .numbers_are_text = true,
    .of_files = true,
};
