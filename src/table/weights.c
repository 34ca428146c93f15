/* weights.c - opening a weights file by what is in it.
 * The list of formats is here; each has a file of its own beside this one.
 * SPDX-License-Identifier: MIT */
#include "table/weights.h"

#include "base/array.h"
#include "base/bytes.h"
#include "table/inflated.h"
#include "table/names.h"

#include <stdio.h>
#include <stdlib.h>

/* In the order in which they are asked: what npz does not want of zip archives, torch takes. */
static const weights_format *const formats[] = {
    &gguf_format,      &npy_format,          &npz_format,
    &torch_zip_format, &torch_legacy_format, &safetensors_format,
};
enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

static const weights_format *recognise(const file_map *map)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (formats[i]->recognise(map))
            return formats[i];
    }
    return NULL;
}

static bool has_suffix(const char *path, const char *suffix)
{
    size_t length = strlen(path), tail = strlen(suffix);
    return length > tail && strcmp(path + length - tail, suffix) == 0;
}

/* "it opens .gguf, .npy, ... files": every suffix once. */
static bool hint_formats(tokvec_error *err)
{
    char list[300] = "";
    size_t length = 0;
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        for (const char *const *suffix = formats[i]->suffixes; *suffix != NULL; suffix++) {
            int n = snprintf(list + length, sizeof list - length, "%s%s", length > 0 ? ", " : "",
                             *suffix);
            if (n < 0 || (size_t)n >= sizeof list - length)
                break;
            length += (size_t)n;
        }
    }
    return error_hint(err, "it opens %s files", list);
}

/* A file that nothing recognises: its name may tell what it was meant to be, and then that
 * format's reader says best what is wrong with it. Never returns success. */
static bool refuse_unknown(tokvec_weights *weights, tokvec_error *err)
{
    const char *path = weights->map->path;
    for (size_t i = 0; i < FORMAT_COUNT && weights->map->size > 0; i++) {
        for (const char *const *suffix = formats[i]->suffixes; *suffix != NULL; suffix++) {
            if (!has_suffix(path, *suffix))
                continue;
            weights->format = formats[i];
            if (!formats[i]->read_header(weights, err))
                return false;
        }
    }
    error_set(err, TOKVEC_BAD_FILE, "%s",
              weights->map->size == 0 ? "the file is empty" : "no weights file that tokvec knows");
    error_where(err, "%s", path);
    return hint_formats(err);
}

tokvec_weights *weights_of_map(file_map *map, tokvec_error *err)
{
    tokvec_weights *weights = calloc(1, sizeof *weights);
    if (weights == NULL) {
        error_no_memory(err, sizeof *weights);
        file_map_close(map);
        return NULL;
    }
    weights->map = map;
    weights->format = recognise(map);
    bool read = weights->format == NULL ? refuse_unknown(weights, err)
                                        : weights->format->read_header(weights, err);
    /* A header that was cut while it was read is a shrunk file first, a bad one second. */
    if (!file_map_intact(map, err) || !read) {
        tokvec_weights_close(weights);
        return NULL;
    }
    return weights;
}

tokvec_weights *tokvec_weights_open(const char *path, tokvec_error *error)
{
    file_map *map = file_map_open(path, error);
    return map == NULL ? NULL : weights_of_map(map, error);
}

void tokvec_weights_close(tokvec_weights *weights)
{
    if (weights == NULL)
        return;
    if (weights->format != NULL && weights->format->close != NULL)
        weights->format->close(weights);
    for (size_t i = 0; i < weights->count; i++) {
        free((char *)(uintptr_t)weights->tensors[i].name);
        free((uint64_t *)(uintptr_t)weights->tensors[i].shape);
        free((char *)(uintptr_t)weights->layouts[i].unusable);
    }
    free(weights->tensors);
    free(weights->layouts);
    file_map_close(weights->map);
    free(weights);
}

bool weights_add(tokvec_weights *weights, const tokvec_tensor *tensor, tensor_layout layout,
                 tokvec_error *err)
{
    if (!array_reserve(&weights->tensors, &weights->capacity, weights->count + 1,
                       sizeof *weights->tensors, err) ||
        !array_reserve(&weights->layouts, &weights->layout_capacity, weights->count + 1,
                       sizeof *weights->layouts, err))
        return false;
    char *name = strdup(tensor->name);
    uint64_t *shape = malloc((tensor->ndim + 1) * sizeof *shape);
    char *unusable = layout.unusable == NULL ? NULL : strdup(layout.unusable);
    if (name == NULL || shape == NULL || (unusable == NULL && layout.unusable != NULL)) {
        free(name);
        free(shape);
        free(unusable);
        return error_no_memory(err, strlen(tensor->name));
    }
    if (tensor->ndim > 0)
        memcpy(shape, tensor->shape, tensor->ndim * sizeof *shape);
    weights->tensors[weights->count] = *tensor;
    weights->tensors[weights->count].name = name;
    weights->tensors[weights->count].shape = shape;
    weights->layouts[weights->count] = layout;
    weights->layouts[weights->count].unusable = unusable;
    weights->count++;
    return true;
}

const char *tokvec_weights_format(const tokvec_weights *weights)
{
    return weights->format->name;
}

size_t tokvec_weights_count(const tokvec_weights *weights)
{
    return weights->count;
}

const tokvec_tensor *tokvec_weights_tensor(const tokvec_weights *weights, size_t index)
{
    return index < weights->count ? &weights->tensors[index] : NULL;
}

tensor_layout layout_contiguous(const tokvec_tensor *tensor)
{
    size_t size = tokvec_dtype_size(tensor->dtype);
    uint64_t dim = tensor->ndim == 0 ? 1 : tensor->shape[tensor->ndim - 1];
    return (tensor_layout){.row_stride = dim * size, .col_stride = size};
}

const char *weights_shape_text(const tokvec_tensor *tensor, char *out, size_t size)
{
    size_t length = (size_t)snprintf(out, size, "(");
    for (unsigned i = 0; i < tensor->ndim && length < size; i++)
        length += (size_t)snprintf(out + length, size - length, "%s%llu", i == 0 ? "" : ", ",
                                   (unsigned long long)tensor->shape[i]);
    if (length < size)
        snprintf(out + length, size - length, tensor->ndim == 1 ? ",)" : ")");
    return out;
}

/* A tensor that can be a table: its dtype is one, and it has at most two dimensions. */
static bool check_usable(const tokvec_weights *weights, const tokvec_tensor *tensor,
                         tokvec_error *err)
{
    char shape[200];
    const char *unusable = weights->layouts[tensor - weights->tensors].unusable;
    if (unusable != NULL) {
        error_set(err, TOKVEC_UNSUPPORTED, "tensor '%s' %s", tensor->name, unusable);
        return error_where(err, "%s", weights->map->path);
    }
    if (tensor->dtype == TOKVEC_NO_DTYPE) {
        error_set(err, TOKVEC_UNSUPPORTED, "tensor '%s' has elements of type %s", tensor->name,
                  tensor->dtype_name);
        error_where(err, "%s", weights->map->path);
        return error_hint(err, "a table needs floats, integers or bools of 8 to 64 bits");
    }
    if (tensor->ndim > 2) {
        error_set(err, TOKVEC_UNSUPPORTED, "tensor '%s' has the shape %s", tensor->name,
                  weights_shape_text(tensor, shape, sizeof shape));
        error_where(err, "%s", weights->map->path);
        return error_hint(err, "a table has one or two dimensions; name another tensor with -t");
    }
    return true;
}

tokvec_table *tokvec_weights_table(tokvec_weights *weights, const tokvec_tensor *tensor,
                                   tokvec_error *error)
{
    if (!check_usable(weights, tensor, error))
        return NULL;
    size_t index = (size_t)(tensor - weights->tensors);
    if (weights->format->table != NULL)
        return weights->format->table(weights, index, error);
    const tensor_layout *layout = &weights->layouts[index];
    matrix_view view = {
        .rows = tensor->ndim == 2 ? tensor->shape[0] : 1,
        .dim = tensor->ndim == 0 ? 1 : tensor->shape[tensor->ndim - 1],
        .dtype = tensor->dtype,
        .offset = tensor->offset,
        .row_stride = layout->row_stride,
        .col_stride = layout->col_stride,
        .big_endian = layout->big_endian,
    };
    if (layout->member == NULL)
        return mapped_table(weights->map, &view, error);
    view.offset = layout->member_offset;
    return inflated_table(weights->map, layout->member, tensor->offset, &view, error);
}

/* The only tensor whose innermost key is `name`, in files whose names are paths. */
static const tokvec_tensor *find_key(const tokvec_weights *weights, const char *name)
{
    const tokvec_tensor *found = NULL;
    for (size_t i = 0; i < weights->count; i++) {
        size_t key_at = weights->layouts[i].key_at;
        if (key_at == 0 || strcmp(weights->tensors[i].name + key_at, name) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = &weights->tensors[i];
    }
    return found;
}

const tokvec_tensor *tokvec_weights_find(const tokvec_weights *weights, const char *name,
                                         tokvec_error *error)
{
    if (name == NULL)
        return names_choose(weights, error);
    const tokvec_tensor *found = NULL;
    for (size_t i = 0; i < weights->count; i++) {
        if (strcmp(weights->tensors[i].name, name) != 0)
            continue;
        if (found != NULL) { /* {"a.b": ..., "a": {"b": ...}} */
            error_set(error, TOKVEC_NOT_FOUND, "two tensors are named '%s'", name);
            error_where(error, "%s", weights->map->path);
            return NULL;
        }
        found = &weights->tensors[i];
    }
    if (found == NULL)
        found = find_key(weights, name);
    if (found != NULL)
        return found;
    names_refuse(weights, name, error);
    return NULL;
}

tokvec_table *tokvec_open(const char *path, const char *name, tokvec_error *error)
{
    tokvec_weights *weights = tokvec_weights_open(path, error);
    if (weights == NULL)
        return NULL;
    const tokvec_tensor *tensor = tokvec_weights_find(weights, name, error);
    tokvec_table *table = tensor == NULL ? NULL : tokvec_weights_table(weights, tensor, error);
    if (table == NULL)
        tokvec_weights_close(weights);
    else
        table->owned = weights;
    return table;
}
