/* open.c - opening a weights file by what is in it.
 * See open.h. The list of formats is here; each has a file of its own.
 * SPDX-License-Identifier: MIT */
#include "model/open.h"

#include "codec/zip_files.h"
#include "codec/zip_map.h"
#include "io/path.h"
#include "model/archive_members.h"
#include "model/blob.h"
#include "model/folder.h"
#include "model/foreign.h"
#include "model/hub.h"
#include "model/parts.h"
#include "model/shards.h"
#include "model/unpacked.h"
#include "text/lines.h"
#include "text/number.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One line a format. Their order is that of the suffixes in a message, and decides nothing else. */
#define FORMATS(F)            \
    F(gguf_format)            \
    F(npy_format)             \
    F(npz_format)             \
    F(torch_zip_format)       \
    F(torch_legacy_format)    \
    F(safetensors_format)     \
    F(fasttext_format)        \
    F(index_format)           \
    F(archive_format)         \
    F(word2vec_format)        \
    F(word2vec_binary_format) \
    F(glove_format)           \
    F(columns_format)         \
    F(json_table_format)      \
    F(jsonl_table_format)     \
    F(csv_table_format)       \
    F(tsv_table_format)       \
    F(semicolon_table_format)

#define DECLARE(format) extern const weights_format format;
#define ADDRESS(format) &(format),
FORMATS(DECLARE)
DECLARE(raw_table_format) /* for bare values, which nothing recognises */

const weights_format *const weights_formats[] = {FORMATS(ADDRESS) NULL};

#define PIPED_UNSAID \
    (UINT64_C(64) << 20) /* bytes; that a pipe's content is kept goes without saying */

/* ---------------------------------------------------------------- recognition */

static bool has_suffix(const weights_format *format, const char *path)
{
    for (const char *const *suffix = format->suffixes; *suffix != NULL; suffix++) {
        if (path_ends_in(path, *suffix))
            return true;
    }
    return false;
}

typedef struct recognition {
    const weights_format *format; /* that is surest that the file is of it; NULL: none is */
    const weights_format *rival;  /* another that is as sure, whatever the file's name; or NULL */
    format_grade grade;
} recognition;

static recognition recognise(const file_map *map)
{
    recognition best = {.grade = GRADE_NO};
    bool best_named = false;
    for (const weights_format *const *f = weights_formats; *f != NULL; f++) {
        format_grade grade = (*f)->recognise(map);
        bool named = has_suffix(*f, map->path);
        if (grade == GRADE_NO || grade < best.grade || (grade == best.grade && named < best_named))
            continue;
        if (grade == best.grade && named == best_named) {
            best.rival = *f;
            continue;
        }
        best = (recognition){*f, NULL, grade};
        best_named = named;
    }
    return best;
}

/* Foreign files are looked for first: hardly any file is one, and the formats of text may look at
 * all of a vocabulary before they say no. */
bool open_refuse_foreign(const file_map *map, tokvec_error *err)
{
    tokvec_error foreign;
    if (!foreign_refuse(map, &foreign) || recognise(map).grade >= GRADE_CERTAIN)
        return false;
    if (err != NULL)
        *err = foreign;
    return true;
}

/* "it opens files such as .gguf, .npy, ...": every suffix once. */
static bool hint_formats(tokvec_error *err)
{
    char list[300] = "";
    size_t length = 0;
    for (const weights_format *const *f = weights_formats; *f != NULL; f++) {
        for (const char *const *suffix = (*f)->suffixes; *suffix != NULL; suffix++) {
            char item[32];
            int n = snprintf(item, sizeof item, " %s,", *suffix);
            if (n < 0 || (size_t)n >= sizeof list - length || strstr(list, item) != NULL)
                continue;
            memcpy(list + length, item, (size_t)n + 1);
            length += (size_t)n;
        }
    }
    error_kind(err, TOKVEC_KIND_NO_FORMAT);
    return error_hint(err, "it opens files such as%s and folders of models", list);
}

/* A file that nothing recognises: its name may tell what it was meant to be, and then that
 * format's reader says best what is wrong with it. Never returns success. */
static bool refuse_unknown(tokvec_weights *weights, tokvec_error *err)
{
    const char *path = weights->map->path;
    if (foreign_refuse_unknown(weights->map, err))
        return false;
    for (const weights_format *const *f = weights_formats; *f != NULL && weights->map->size > 0;
         f++) {
        if (!has_suffix(*f, path))
            continue;
        weights->format = *f; /* which will release what it made */
        if (!(*f)->read_header(weights, err))
            return false;
    }
    error_set(err, TOKVEC_BAD_FILE, "%s",
              weights->map->size == 0 ? "the file is empty"
                                      : "the file is not in a format that tokvec knows");
    error_where(err, "%s", path);
    return hint_formats(err);
}

/* True if the file is taken for bare values from its first byte on, and is none: its first bytes
 * are those of a format that they tell for certain. Text is not such a format, as bare values may
 * look like it; and an offset past a header is given on purpose. */
static bool refuse_bare(const file_map *map, tokvec_error *err)
{
    recognition found = recognise(map);
    if (found.grade < GRADE_CERTAIN)
        return false;
    error_set(err, TOKVEC_BAD_ARGUMENT, "the file is of a format with a shape of its own (%s)",
              found.format->name);
    error_where(err, "%s", map->path);
    error_kind(err, TOKVEC_KIND_OWN_DIM);
    error_hint(err, "leave out the dim, or give the bytes before its bare values");
    return true;
}

/* Returns false. */
static bool refuse_to_choose(tokvec_weights *weights, const weights_format *rival,
                             tokvec_error *err)
{
    error_set(err, TOKVEC_UNSUPPORTED, "the file may be of the format %s or %s",
              weights->format->name, rival->name);
    error_where(err, "%s", weights->map->path);
    return error_hint(err, "give it the suffix of its format");
}

/* The format, by what the caller says and by the content, of which `look` is the beginning or all.
 * False with an error if these differ; NULL if nothing fits. */
static bool choose_format(tokvec_weights *weights, const file_map *look, tokvec_error *err)
{
    const tokvec_file_spec *as = &weights->as;
    if (as->raw && as->offset == 0 && refuse_bare(look, err))
        return false;
    if (as->raw) {
        weights->format = &raw_table_format;
        return true;
    }
    recognition found = recognise(look);
    if (found.grade < GRADE_CERTAIN && foreign_refuse(look, err))
        return false;
    weights->format = found.format;
    if (found.rival != NULL)
        return refuse_to_choose(weights, found.rival, err);
    if (weights->format == NULL)
        return true;
    if (as->offset > 0 || as->dim > 0) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "%s is for files of bare values",
                  as->offset > 0 ? "an offset" : "a dim");
        error_where(err, "%s", weights->map->path);
        return error_hint(err, "give the dtype and the dimension of its rows too");
    }
    if (as->dtype == TOKVEC_NO_DTYPE)
        return true;
    if (!weights->format->numbers_are_text) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "the file has a dtype of its own (%s)",
                  weights->format->name);
        error_where(err, "%s", weights->map->path);
        error_kind(err, TOKVEC_KIND_OWN_DTYPE);
        return error_hint(err, "leave out the dtype");
    }
    if (number_reads(as->dtype))
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "numbers in text cannot become %s",
              tokvec_dtype_name(as->dtype));
    return error_hint(err, "give float32 or float64");
}

bool open_recognised(const file_map *map)
{
    file_map *look = unpacked_look(map);
    bool is = recognise(look == NULL ? map : look).format != NULL;
    file_map_close(look);
    return is;
}

tokvec_weights *open_weights(file_map *map, tokvec_error *err)
{
    return open_weights_as(map, &(tokvec_file_spec){.dim = 0}, err);
}

static tokvec_weights *open_looked_at(file_map *map, const file_map *look,
                                      const tokvec_file_spec *spec, tokvec_error *err)
{
    tokvec_weights *weights = calloc(1, sizeof *weights);
    if (weights == NULL) {
        error_no_memory(err, sizeof *weights);
        file_map_close(map);
        return NULL;
    }
    weights->map = map;
    weights->as = *spec;
    bool read = choose_format(weights, look, err) &&
                (weights->format == NULL ? refuse_unknown(weights, err)
                                         : weights->format->read_header(weights, err));
    /* A header that was cut while it was read is a shrunk file first, a bad one second. */
    if (!file_map_intact(map, err) || !read) {
        if (!read && err != NULL && err->code == TOKVEC_BAD_FILE)
            foreign_hint_unfinished(map->path, err);
        tokvec_weights_close(weights);
        return NULL;
    }
    return weights;
}

tokvec_weights *open_weights_of(const char *path, const weights_format *format, tokvec_error *err)
{
    file_map *map = file_map_open(path, err);
    tokvec_weights *weights = map == NULL ? NULL : calloc(1, sizeof *weights);
    if (weights == NULL) {
        if (map != NULL)
            error_no_memory(err, sizeof *weights);
        file_map_close(map);
        return NULL;
    }
    weights->map = map;
    weights->format = format;
    if (format->read_header(weights, err) && file_map_intact(map, err))
        return weights;
    tokvec_weights_close(weights);
    return NULL;
}

/* What has been unpacked so far tells that all can be read in one pass. */
static bool is_one_pass(const file_map *look, const tokvec_file_spec *spec)
{
    recognition found = {.grade = GRADE_NO};
    if (look != NULL && !spec->raw)
        found = recognise(look);
    return found.format != NULL && found.rival == NULL && found.format->one_pass;
}

/* Whether the beginning of a content tells that no format reads it, so that the rest need not be
 * unpacked: nothing recognises it, and it does not begin as one that is told by its size or end. */
static bool is_hopeless(const file_map *look, const tokvec_file_spec *spec)
{
    if (look == NULL || spec->raw || recognise(look).format != NULL)
        return false;
    size_t head = look->size < LINES_LOOK ? (size_t)look->size : LINES_LOOK;
    if (memchr(look->data, '\n', (size_t)look->size) == NULL && lines_are_text(look->data, head))
        return false; /* a line that is longer may be of a table */
    const char *text = (const char *)look->data, *end = text + look->size;
    bool safetensors = look->size > 8 && text[8] == '{';
    while (text < end && strchr(" \t\r\n\xef\xbb\xbf", *text) != NULL && *text != '\0')
        text++; /* before JSON */
    return !safetensors && text < end &&
           (*text == '\0' || strchr("{[PG\x80\x93\xba", *text) == NULL);
}

tokvec_weights *open_weights_as(file_map *map, const tokvec_file_spec *spec, tokvec_error *err)
{
    file_map *look = unpacked_look(map);
    if (is_hopeless(look, spec)) {
        file_map_close(map);
        return open_looked_at(look, look, spec, err);
    }
    tokvec_weights *weights = NULL;
    bool one_pass = is_one_pass(look, spec);
    /* The look may have met the end of what is unpacked. */
    if (one_pass || !file_is_one_pass(map) || unpack_all(map, err))
        weights = open_looked_at(map, one_pass ? look : map, spec, err);
    else
        file_map_close(map);
    file_map_close(look);
    return weights;
}

tokvec_weights *open_unpacking(file_map *map, const tokvec_file_spec *spec, tokvec_error *err)
{
    const unpack_kind *kind = unpacked_kind(map);
    const uint64_t piped = map->piped ? map->size : 0;
    map = kind == NULL ? map : unpacked_open(map, kind, err);
    tokvec_weights *weights = map == NULL ? NULL : open_weights_as(map, spec, err);
    if (weights == NULL)
        return NULL;
    if (kind != NULL)
        weights->compression = kind->name;
    else if (zip_map_is_unpacked(map))
        kind = &unpack_deflate;
    if (kind != NULL && !weights->format->one_pass)
        unpacked_notice(map, kind, weights->notice, sizeof weights->notice);
    else if (piped > PIPED_UNSAID)
        unpacked_notice_piped(map->path, piped, weights->notice, sizeof weights->notice);
    return weights;
}

static tokvec_weights *open_one(const char *path, const tokvec_file_spec *spec, tokvec_error *err)
{
    file_map *map = blob_open_any(path, err);
    return map == NULL ? NULL : open_unpacking(map, spec, err);
}

/* The path is that of the weights from now on; closes them without memory. */
static tokvec_weights *found(tokvec_weights *weights, const char *path, tokvec_error *err)
{
    if (weights == NULL || path_is_standard_input(path))
        return weights;
    weights->found_as = strdup(path);
    if (weights->found_as != NULL)
        return weights;
    error_no_memory(err, strlen(path));
    tokvec_weights_close(weights);
    return NULL;
}

static tokvec_weights *open_file(const char *path, const tokvec_file_spec *spec, tokvec_error *err)
{
    return found(open_one(path, spec, err), path, err);
}

/* What the folder has of the model: one file, or several of which this is the first. */
static tokvec_weights *open_several(const char *path, const tokvec_file_spec *spec,
                                    tokvec_error *err)
{
    unsigned number, count;
    tokvec_weights *weights;
    if (spec->raw || spec->offset > 0 || spec->dim > 0 || spec->dtype != TOKVEC_NO_DTYPE)
        return open_file(path, spec, err); /* which refuses what does not fit */
    if (shards_number(path, &number, &count) && count > 1)
        weights = found(shards_open(path, err), path, err);
    else if (parts_count(path) > 1)
        weights = found(parts_open(path, err), path, err);
    else
        return open_file(path, spec, err);
    if (weights != NULL)
        weights->as = *spec;
    return weights;
}

static tokvec_weights *open_folder(const char *folder, const tokvec_file_spec *spec,
                                   tokvec_error *err)
{
    char *path = folder_weights(folder, err);
    char *config = path == NULL ? NULL : path_beside(path, "config.json", err);
    char *named = config == NULL ? NULL : strdup(folder);
    tokvec_weights *weights = NULL;
    if (named != NULL)
        weights = open_several(path, spec, err);
    else if (config != NULL)
        error_no_memory(err, strlen(folder));
    if (weights != NULL) {
        weights->config = config;
        weights->folder = named;
        if (weights->notice[0] == '\0')
            folder_choice(weights, path);
    } else {
        free(config);
        free(named);
    }
    free(path);
    return weights;
}

/* The model of a repository in the hub's cache. Programs fetch its files one by one: what is
 * missing may be had. */
static tokvec_weights *open_of_hub(const char *name, int reason, const tokvec_file_spec *spec,
                                   tokvec_error *err)
{
    char *folder = hub_find(name, reason, err);
    tokvec_weights *weights = folder == NULL ? NULL : open_folder(folder, spec, err);
    char hint[sizeof err->hint];
    bool snapshot = folder != NULL && strstr(folder, "/snapshots/") != NULL;
    if (snapshot && weights == NULL && err != NULL && err->code == TOKVEC_NOT_FOUND) {
        memcpy(hint, err->hint, sizeof hint);
        error_hint(err, "%s; or download the rest: hf download %.*s", hint, (int)strcspn(name, "@"),
                   name);
    }
    free(folder);
    return weights;
}

tokvec_weights *tokvec_weights_open_as(const char *path, const tokvec_file_spec *spec,
                                       tokvec_error *error)
{
    struct stat status = {.st_mode = 0};
    inner_set(&zip_files);
    if (path_is_standard_input(path))
        return open_file(path, spec, error);
    /* What leads through a file may be in an archive. */
    if (stat(path, &status) != 0 && errno != ENOTDIR)
        return open_of_hub(path, errno, spec, error);
    return S_ISDIR(status.st_mode) || archive_members_is_folder(path)
               ? open_folder(path, spec, error)
               : open_file(path, spec, error);
}

tokvec_weights *tokvec_weights_open(const char *path, tokvec_error *error)
{
    return tokvec_weights_open_as(path, &(tokvec_file_spec){.dim = 0}, error);
}
