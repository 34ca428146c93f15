/* weights.c - the tensors of an open weights file.
 * See weights.h.
 * SPDX-License-Identifier: MIT */
#include "table/weights.h"

#include "base/array.h"
#include "base/bytes.h"
#include "table/inflated.h"
#include "table/mapped.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void release_copies(tensor_copies *c)
{
    free(c->name);
    free(c->shape);
    free(c->strides);
    free(c->unusable);
}

void tokvec_weights_close(tokvec_weights *weights)
{
    if (weights == NULL)
        return;
    tokvec_vocab_close(weights->vocab);
    if (weights->format != NULL && weights->format->close != NULL)
        weights->format->close(weights);
    for (size_t i = 0; i < weights->count; i++)
        release_copies(&weights->copies[i]);
    if (weights->kept != NULL)
        weights->close_kept(weights->kept);
    free(weights->copies);
    free(weights->tensors);
    free(weights->layouts);
    free(weights->folder);
    free(weights->config);
    free(weights->found_as);
    file_map_close(weights->map);
    free(weights);
}

/* ---------------------------------------------------------------- adding */

static uint64_t *copy_axes(const uint64_t *axes, unsigned n)
{
    uint64_t *copy = malloc((n + 1) * sizeof *copy);
    if (copy != NULL && n > 0)
        memcpy(copy, axes, n * sizeof *copy);
    return copy;
}

static bool copy_parts(tensor_copies *c, const tokvec_tensor *tensor, const tensor_layout *layout)
{
    c->name = strdup(tensor->name);
    c->shape = copy_axes(tensor->shape, tensor->ndim);
    if (layout->strides != NULL)
        c->strides = copy_axes(layout->strides, tensor->ndim - 1);
    if (layout->unusable != NULL)
        c->unusable = strdup(layout->unusable);
    return c->name != NULL && c->shape != NULL && !c->strides == !layout->strides &&
           !c->unusable == !layout->unusable;
}

bool weights_add(tokvec_weights *weights, const tokvec_tensor *tensor, tensor_layout layout,
                 tokvec_error *err)
{
    size_t n = weights->count;
    if (!array_reserve(&weights->tensors, &weights->capacity, n + 1, sizeof *weights->tensors,
                       err) ||
        !array_reserve(&weights->layouts, &weights->layout_capacity, n + 1,
                       sizeof *weights->layouts, err) ||
        !array_reserve(&weights->copies, &weights->copies_capacity, n + 1, sizeof *weights->copies,
                       err))
        return false;
    tensor_copies *copies = &weights->copies[n];
    *copies = (tensor_copies){.name = NULL};
    if (!copy_parts(copies, tensor, &layout)) {
        release_copies(copies);
        return error_no_memory(err, strlen(tensor->name));
    }
    tokvec_tensor *added = &weights->tensors[n];
    *added = *tensor;
    added->name = copies->name;
    added->shape = copies->shape;
    if (added->file == NULL)
        added->file = layout.map != NULL ? layout.map->path : weights->map->path;
    layout.unusable = copies->unusable;
    layout.strides = copies->strides;
    weights->layouts[n] = layout;
    weights->count++;
    return true;
}

tokvec_weights *weights_holder(tokvec_weights *weights, size_t *index, tokvec_error *err)
{
    return !weights->format->of_files || weights->format->locate(&weights, index, err) ? weights
                                                                                       : NULL;
}

bool tokvec_weights_vocab_of(tokvec_weights *weights, const tokvec_tensor *tensor,
                             tokvec_vocab **vocab, tokvec_error *error)
{
    size_t index = (size_t)(tensor - weights->tensors);
    *vocab = NULL;
    weights = weights_holder(weights, &index, error);
    return weights != NULL && tokvec_weights_vocab(weights, vocab, error);
}

bool tokvec_weights_vocab(tokvec_weights *weights, tokvec_vocab **vocab, tokvec_error *error)
{
    tokvec_error local = {.code = TOKVEC_OK};
    *vocab = NULL;
    if (weights->format->of_files)
        return weights->count != 1 ||
               tokvec_weights_vocab_of(weights, &weights->tensors[0], vocab, error);
    if (weights->vocab == NULL && weights->format->vocab != NULL)
        weights->vocab = weights->format->vocab(weights, &local);
    *vocab = weights->vocab;
    if (weights->vocab != NULL || local.code == TOKVEC_OK)
        return true;
    if (error != NULL)
        *error = local;
    return false;
}

bool weights_fill_in(tokvec_weights *weights, size_t index, const tokvec_tensor *tensor,
                     tokvec_error *err)
{
    tokvec_tensor *known = &weights->tensors[index];
    uint64_t *shape = copy_axes(tensor->shape, tensor->ndim);
    if (shape == NULL)
        return error_no_memory(err, tensor->ndim * sizeof *shape);
    tensor_copies *copies = &weights->copies[index];
    free(copies->shape);
    copies->shape = shape;
    *known = *tensor;
    known->name = copies->name;
    known->shape = shape;
    return true;
}

bool weights_complete(tokvec_weights *weights, size_t index, tokvec_error *err)
{
    return weights->tensors[index].dtype_name[0] != '\0' ||
           weights->format->complete(weights, index, err);
}

bool tokvec_weights_complete(tokvec_weights *weights, tokvec_error *error)
{
    for (size_t i = 0; i < weights->count; i++) {
        if (!weights_complete(weights, i, error))
            return false;
    }
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const tokvec_tensor *const *)a)->name,
                  (*(const tokvec_tensor *const *)b)->name);
}

const tokvec_tensor **weights_by_name(const tokvec_weights *weights, tokvec_error *err)
{
    size_t n = weights->count;
    const tokvec_tensor **sorted = malloc((n + 1) * sizeof *sorted);
    if (sorted == NULL) {
        error_no_memory(err, n * sizeof *sorted);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        sorted[i] = &weights->tensors[i];
    qsort(sorted, n, sizeof *sorted, by_name);
    return sorted;
}

bool weights_find_repeated(const tokvec_weights *weights, const tokvec_tensor **repeated,
                           tokvec_error *err)
{
    const tokvec_tensor **sorted = weights_by_name(weights, err);
    *repeated = NULL;
    if (sorted == NULL)
        return false;
    for (size_t i = 1; *repeated == NULL && i < weights->count; i++) {
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) == 0)
            *repeated = sorted[i] > sorted[i - 1] ? sorted[i] : sorted[i - 1];
    }
    free(sorted);
    return true;
}

bool weights_check_names(const tokvec_weights *weights, tokvec_error *err)
{
    const tokvec_tensor *repeated;
    return weights_find_repeated(weights, &repeated, err) &&
           (repeated == NULL ||
            file_map_bad(weights->map, 0, err, "the tensor name '%s' is repeated", repeated->name));
}

bool tokvec_weights_metadata(tokvec_weights *weights, tokvec_visitor *visit, void *context,
                             tokvec_error *error)
{
    return weights->format->metadata == NULL ||
           (weights->format->metadata(weights, visit, context, error) &&
            file_map_intact(weights->map, error));
}

const char *tokvec_weights_warning(const tokvec_weights *weights)
{
    return weights->warning[0] == '\0' ? NULL : weights->warning;
}

const char *tokvec_weights_notice(const tokvec_weights *weights)
{
    return weights->notice[0] == '\0' ? NULL : weights->notice;
}

const char *tokvec_weights_compression(const tokvec_weights *weights)
{
    return weights->compression;
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

/* A tensor that can be a table: its dtype is one, and its rows, if they hold no values, are not
 * without end. */
static bool check_usable(const tokvec_weights *weights, const tokvec_tensor *tensor,
                         tokvec_error *err)
{
    char shape[200];
    char which[300] = "the array";
    if (tensor->name[0] != '\0')
        snprintf(which, sizeof which, "tensor '%.250s'", tensor->name);
    const char *unusable = weights->layouts[tensor - weights->tensors].unusable;
    if (unusable != NULL) {
        error_set(err, TOKVEC_UNSUPPORTED, "%s %s", which, unusable);
        error_where(err, "%s", tensor->file);
        return error_hint(err, "save it again as plain numbers, or choose another tensor");
    }
    if (tensor->dtype == TOKVEC_NO_DTYPE) {
        error_set(err, TOKVEC_UNSUPPORTED, "%s has elements of type %s", which, tensor->dtype_name);
        error_where(err, "%s", tensor->file);
        return error_hint(err, "a table needs floats, integers or bools of 8 to 64 bits");
    }
    if (!layout_is_bounded(tensor)) {
        error_set(err, TOKVEC_UNSUPPORTED, "%s has the shape %s, which holds no values", which,
                  weights_shape_text(tensor, shape, sizeof shape));
        error_where(err, "%s", tensor->file);
        return error_hint(err, "at most %d empty rows or columns can be shown", TENSOR_EMPTY_MAX);
    }
    return true;
}

/* The elements of tensor `index`, of a format without tables of its own, as that view of them. */
static tokvec_table *view_table(const tokvec_weights *weights, size_t index, matrix_view *view,
                                tokvec_error *err)
{
    const tokvec_tensor *tensor = &weights->tensors[index];
    const tensor_layout *layout = &weights->layouts[index];
    const file_map *map = layout->map != NULL ? layout->map : weights->map;
    if (layout->member != NULL) {
        view->offset = layout->member_offset;
        return inflated_table(map, layout->member, tensor->offset, view, err);
    }
    tokvec_table *table = mapped_table(map, view, err);
    if (table == NULL || layout->checked == NULL ||
        mapped_check(table, layout->checked, tensor->offset - layout->member_offset, err))
        return table;
    tokvec_table_close(table);
    return NULL;
}

tokvec_table *weights_stored_table(tokvec_weights *weights, size_t index, bool column,
                                   tokvec_error *err)
{
    if (!weights_complete(weights, index, err))
        return NULL;
    if (weights->format->locate != NULL && !weights->format->locate(&weights, &index, err))
        return NULL;
    const tokvec_tensor *tensor = &weights->tensors[index];
    if (!check_usable(weights, tensor, err))
        return NULL;
    if (weights->format->table != NULL)
        return weights->format->table(weights, index, err);
    matrix_view view = layout_view(&weights->layouts[index], tensor);
    if (column && tensor->ndim == 1) {
        view.rows = view.dim;
        view.dim = 1;
        view.row_stride = view.col_stride;
    }
    return view_table(weights, index, &view, err);
}

/* Whether the elements, of whatever type, lie there one after the other, in whole bytes. */
static bool is_contiguous(const tokvec_tensor *tensor, const tensor_layout *layout)
{
    uint64_t rows = layout_rows(tensor), dim = layout_dim(tensor), elements;
    if (layout->unusable != NULL || layout->strides != NULL || layout->big_endian ||
        !mul_u64(rows, dim, &elements) || elements == 0 || tensor->bytes == 0 ||
        tensor->bytes % elements != 0)
        return false;
    uint64_t size = tensor->bytes / elements;
    return (dim == 1 || layout->col_stride == size) &&
           (rows == 1 || layout->row_stride == dim * size);
}

tokvec_table *weights_flat_table(tokvec_weights *weights, size_t index, uint64_t width,
                                 tokvec_error *err)
{
    if (!weights_complete(weights, index, err))
        return NULL;
    if (weights->format->locate != NULL && !weights->format->locate(&weights, &index, err))
        return NULL;
    const tokvec_tensor *tensor = &weights->tensors[index];
    const uint64_t size = tokvec_dtype_size(tensor->dtype);
    if (!check_usable(weights, tensor, err))
        return NULL;
    if (weights->format->table != NULL || !is_contiguous(tensor, &weights->layouts[index]) ||
        width == 0 || tensor->bytes / size % width != 0) {
        error_set(err, TOKVEC_UNSUPPORTED, "the elements of tensor '%.250s' are not in one piece",
                  tensor->name);
        error_where(err, "%s", tensor->file);
        return NULL;
    }
    matrix_view view = {.rows = tensor->bytes / size / width,
                        .dim = width,
                        .dtype = tensor->dtype,
                        .offset = tensor->offset,
                        .row_stride = width * size,
                        .col_stride = size};
    return view_table(weights, index, &view, err);
}

tokvec_table *weights_bytes_table(tokvec_weights *weights, size_t index, tokvec_error *err)
{
    if (!weights_complete(weights, index, err))
        return NULL;
    if (weights->format->locate != NULL && !weights->format->locate(&weights, &index, err))
        return NULL;
    const tokvec_tensor *tensor = &weights->tensors[index];
    if (tensor->dtype != TOKVEC_NO_DTYPE || !is_contiguous(tensor, &weights->layouts[index])) {
        check_usable(weights, tensor, err);
        return NULL;
    }
    uint64_t rows = layout_rows(tensor), row_bytes = tensor->bytes / rows;
    matrix_view view = {.rows = rows,
                        .dim = row_bytes,
                        .dtype = TOKVEC_UINT8,
                        .offset = tensor->offset,
                        .row_stride = row_bytes,
                        .col_stride = 1};
    return view_table(weights, index, &view, err);
}

static void release(void *weights)
{
    tokvec_weights_close(weights);
}

void weights_give(tokvec_weights *weights, void **owner, void (**release_owner)(void *))
{
    *owner = weights;
    *release_owner = release;
}
