/* npz.c - NumPy's .npz files: zip archives of arrays.
 * Stored members are used where they lie; of deflated ones the header is inflated now and the
 * rest when rows are read. An array that cannot be read spoils only itself.
 * SPDX-License-Identifier: MIT */
#include "table/weights.h"

#include "base/utf8_copy.h"
#include "codec/zip.h"
#include "formats/numpy/npy.h"
#include "formats/numpy/npz_words.h"
#include "io/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SUFFIX_SIZE = 4, /* ".npy" */
    /* All headers together are inflated to no more than this many bytes, and this many times the
     * bytes of the file. */
    HEADERS_FAIR = 32 << 20,
    HEADERS_FAIR_FACTOR = 8,
};

static bool ends_with(const zip_member *m, const char *end)
{
    size_t length = strlen(end);
    return m->name_length > length && memcmp(m->name + m->name_length - length, end, length) == 0;
}

static bool is_array(const zip_member *m)
{
    return ends_with(m, ".npy");
}

/* A zip archive with arrays; or of that name, whatever is wrong with it. */
static format_grade npz_recognise(const file_map *map)
{
    zip_archive zip;
    if (!zip_recognise(map))
        return GRADE_NO;
    format_grade named = path_ends_in(map->path, ".npz") ? GRADE_LIKELY : GRADE_NO;
    if (!zip_open(&zip, map, NULL))
        return named;
    bool arrays = false, checkpoint = false;
    for (size_t i = 0; i < zip.count; i++) {
        arrays |= is_array(&zip.members[i]);
        checkpoint |= ends_with(&zip.members[i], "/data.pkl");
    }
    zip_close(&zip);
    return arrays && !checkpoint ? GRADE_CERTAIN : named;
}

/* ---- one array ------------------------------------------------------------------------------ */

/* The first bytes of a deflated array: its whole header. The caller frees *out. */
static bool inflate_header(const file_map *map, const zip_member *m, uint64_t data, uint8_t **out,
                           uint64_t *there, uint64_t *budget, tokvec_error *err)
{
    uint8_t prefix[NPY_PREFIX_SIZE];
    *out = NULL;
    zip_stream *stream = zip_stream_open(map, m, data, err);
    if (stream == NULL)
        return false;
    *there = m->size < sizeof prefix ? m->size : sizeof prefix;
    bool good = zip_stream_read(stream, prefix, (size_t)*there, err);
    uint64_t size = good ? npy_header_size(prefix, *there) : 0;
    if (size > m->size || size > NPY_HEADER_MAX)
        size = 0; /* npy_parse says what is wrong */
    size_t more = size > *there ? (size_t)(size - *there) : 0;
    if (more > *budget) {
        zip_stream_close(stream);
        return file_map_bad(map, data, err,
                            "the headers of its arrays are compressed to less than 1/%d of their "
                            "size, and more than %d bytes",
                            HEADERS_FAIR_FACTOR, HEADERS_FAIR);
    }
    *budget -= more;
    uint8_t *bytes = good ? malloc(sizeof prefix + more) : NULL;
    if (good && bytes == NULL)
        good = error_no_memory(err, more);
    if (good) {
        memcpy(bytes, prefix, (size_t)*there);
        good = more == 0 || zip_stream_read(stream, bytes + *there, more, err);
    }
    zip_stream_close(stream);
    *there += more;
    *out = bytes;
    return good;
}

/* Reads the header of a member whose content begins at `data` in the file. */
static bool read_array(const file_map *map, const zip_member *m, uint64_t data, npy_header *h,
                       uint64_t *budget, tokvec_error *err)
{
    const uint8_t *bytes = map->data + data;
    uint64_t there = m->size;
    uint8_t *inflated = NULL;
    npy_fault fault;
    bool good = zip_is_deflated(m) ? inflate_header(map, m, data, &inflated, &there, budget, err)
                                   : npy_want_header(map, data, m->size, err);
    if (good && !npy_parse(inflated != NULL ? inflated : bytes, there, m->size, h, &fault)) {
        int length = (int)m->name_length;
        uint64_t at = data + (inflated == NULL ? fault.offset : 0);
        good = file_map_bad(map, at, err, "the array '%.*s': %s", length, m->name, fault.what);
    }
    free(inflated);
    return good;
}

/* An array that is there but no use: why is kept for when it is asked for. */
static bool add_unreadable(tokvec_weights *weights, const char *name, const tokvec_error *why,
                           tokvec_error *err)
{
    char text[sizeof why->what + sizeof why->where + 40];
    size_t path = strlen(weights->map->path); /* which the error will name again */
    const char *at = strlen(why->where) > path ? why->where + path : "";
    snprintf(text, sizeof text, "cannot be read: %s%s", why->what, at);
    tokvec_tensor tensor = {.name = name, .dtype_name = "unreadable"};
    return weights_add(weights, &tensor, (tensor_layout){.unusable = text}, err);
}

static bool add_array(tokvec_weights *weights, const zip_archive *zip, const zip_member *m,
                      size_t *readable, uint64_t *budget, tokvec_error *err)
{
    npy_header h;
    uint64_t data;
    tokvec_error why = {.what = ""};
    if (zip_find(zip, m->name, m->name_length - SUFFIX_SIZE) != NULL)
        return file_map_bad(weights->map, m->at, err,
                            "the array '%.*s' is repeated, with and without .npy",
                            (int)(m->name_length - SUFFIX_SIZE), m->name);
    if (!zip_locate(zip, m, &data, err)) /* the archive is damaged, not only an array in it */
        return false;
    char *name = utf8_copy(m->name, m->name_length - SUFFIX_SIZE, err);
    if (name == NULL)
        return false;
    if (!read_array(weights->map, m, data, &h, budget, &why)) {
        bool bad = why.code == TOKVEC_BAD_FILE || why.code == TOKVEC_UNSUPPORTED;
        bool added = bad && add_unreadable(weights, name, &why, err);
        if (!bad && err != NULL) /* no memory, or no zlib */
            *err = why;
        free(name);
        return added;
    }
    tensor_layout layout;
    tokvec_tensor tensor = npy_tensor(&h, &layout);
    tensor.name = name;
    tensor.offset += data;
    if (zip_is_deflated(m)) {
        layout.member = m;
        layout.member_offset = h.data;
        tensor.offset = data;
    } else {
        layout.checked = m;
        layout.member_offset = h.data;
    }
    ++*readable;
    bool added = weights_add(weights, &tensor, layout, err);
    free(name);
    return added;
}

/* ---- the archive ---------------------------------------------------------------------------- */

static bool npz_read_header(tokvec_weights *weights, tokvec_error *err)
{
    zip_archive *zip = calloc(1, sizeof *zip);
    if (zip == NULL)
        return error_no_memory(err, sizeof *zip);
    weights->detail = zip;
    if (!zip_open(zip, weights->map, err))
        return false;
    size_t readable = 0;
    uint64_t budget = HEADERS_FAIR + HEADERS_FAIR_FACTOR * weights->map->size;
    for (size_t i = 0; i < zip->count; i++) {
        if (is_array(&zip->members[i]) &&
            !add_array(weights, zip, &zip->members[i], &readable, &budget, err))
            return false;
    }
    if (weights->count == 0)
        return file_map_bad(weights->map, zip->directory, err,
                            "the zip archive holds no arrays of NumPy");
    if (readable == 0) {
        error_set(err, TOKVEC_BAD_FILE, "the array '%s' %s", weights->tensors[0].name,
                  weights->layouts[0].unusable);
        error_where(err, "%s", weights->map->path);
        return error_hint(err, "save the arrays again as plain numbers: numpy.savez");
    }
    return true;
}

static void npz_close(tokvec_weights *weights)
{
    zip_free(weights->detail);
}

const weights_format npz_format = {
    .name = "npz",
    .suffixes = {".npz"},
    .recognise = npz_recognise,
    .read_header = npz_read_header,
    .vocab = npz_words,
    .close = npz_close,
};
