/* gguf.c - GGUF files, versions 2 and 3, of either byte order.
 * Header, key/value pairs, tensor infos, then the data. What is wrong with the header refuses
 * the file; what is wrong with the data of a tensor refuses that tensor when it is asked for, so
 * that an unfinished download can still be listed and its whole tensors read.
 * SPDX-License-Identifier: MIT */
#include "formats/gguf/gguf.h"

#include "base/bytes.h"
#include "base/utf8_copy.h"
#include "table/mapped.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    NDIM_MAX = 4,
    NAME_MAX_BYTES = 65535, /* ggml stops at 63, programs built on it at more */
};

/* ---- tensor infos --------------------------------------------------------------------------- */

/* Dimensions, the fastest first in the file, the slowest first in `shape`. */
static bool take_shape(gguf_cursor *cursor, unsigned *ndim, uint64_t *shape)
{
    uint64_t start = cursor->at;
    uint32_t n;
    if (!gguf_take_u32(cursor, &n, "the number of dimensions of a tensor"))
        return false;
    if (n > NDIM_MAX)
        return file_map_bad(cursor->map, start, cursor->err,
                            "the number of dimensions of a tensor is %u, more than %d", n,
                            NDIM_MAX);
    *ndim = n;
    for (unsigned i = 0; i < n; i++) {
        start = cursor->at;
        if (!gguf_take_u64(cursor, &shape[n - 1 - i], "a dimension of a tensor"))
            return false;
        if (shape[n - 1 - i] > INT64_MAX)
            return file_map_bad(cursor->map, start, cursor->err,
                                "a dimension of a tensor is negative");
    }
    return true;
}

/* The bytes of a tensor; start is where its dimensions stand. Dimensions of 0 are left out of the
 * product, which must fit 63 bits all the same: another reader may not skip them. */
static bool measure(const gguf_cursor *cursor, uint64_t start, const quant_type *type,
                    tokvec_tensor *tensor)
{
    uint64_t elements = 1;
    bool empty = false;
    for (unsigned i = 0; i < tensor->ndim; i++) {
        uint64_t n = tensor->shape[tensor->ndim - 1 - i];
        empty |= n == 0;
        if (n != 0 && (!mul_u64(elements, n, &elements) || elements > INT64_MAX))
            return file_map_bad(cursor->map, start, cursor->err,
                                "the dimensions of tensor '%s' make more than 2^63 elements",
                                tensor->name);
    }
    if (type == NULL)
        return true;
    uint64_t dim = tensor->ndim == 0 ? 1 : tensor->shape[tensor->ndim - 1];
    if (dim % type->elements != 0)
        return file_map_bad(cursor->map, start, cursor->err,
                            "the first dimension of tensor '%s', %llu, is not a multiple of the %u "
                            "elements of a block of %s",
                            tensor->name, (unsigned long long)dim, type->elements, type->name);
    uint64_t bytes;
    if (!mul_u64(elements / type->elements, type->bytes, &bytes) || bytes > INT64_MAX)
        return file_map_bad(cursor->map, start, cursor->err, "tensor '%s' has more than 2^63 bytes",
                            tensor->name);
    tensor->bytes = empty ? 0 : bytes;
    return true;
}

static void set_type(gguf_place *place, uint32_t number, tokvec_tensor *tensor)
{
    place->type = quant_find(number);
    if (place->type == NULL) {
        snprintf(place->unknown, sizeof place->unknown, "GGML_TYPE_%u", number);
        tensor->dtype = TOKVEC_NO_DTYPE;
        tensor->dtype_name = place->unknown;
        return;
    }
    tensor->dtype = place->type->dtype;
    tensor->dtype_name =
        place->type->decode != NULL ? place->type->name : tokvec_dtype_name(tensor->dtype);
}

/* What follows the name in a tensor's info. */
static bool take_info(gguf_cursor *cursor, gguf_place *place, tokvec_tensor *tensor,
                      uint64_t *shape)
{
    uint64_t shape_at = cursor->at;
    uint32_t type;
    if (!take_shape(cursor, &tensor->ndim, shape) ||
        !gguf_take_u32(cursor, &type, "the type of a tensor"))
        return false;
    set_type(place, type, tensor);
    place->offset_at = cursor->at;
    return gguf_take_u64(cursor, &place->offset, "the offset of a tensor") &&
           measure(cursor, shape_at, place->type, tensor);
}

static bool add_tensor(tokvec_weights *weights, const tokvec_tensor *tensor, gguf_place *place,
                       const gguf_cursor *cursor)
{
    tensor_layout layout = layout_contiguous(tensor);
    layout.big_endian = place->part->big_endian;
    layout.map = place->part->map;
    layout.detail = place;
    return weights_add(weights, tensor, layout, cursor->err);
}

static bool read_info(tokvec_weights *weights, const gguf_part *part, gguf_cursor *cursor)
{
    uint64_t start = cursor->at;
    uint64_t shape[NDIM_MAX];
    tokvec_text text;
    if (!gguf_take_text(cursor, &text, "the name of a tensor"))
        return false;
    if (text.length > NAME_MAX_BYTES)
        return file_map_bad(cursor->map, start, cursor->err,
                            "the name of a tensor has %zu bytes, more than %d", text.length,
                            NAME_MAX_BYTES);
    char *name = utf8_copy(text.bytes, text.length, cursor->err);
    gguf_place *place = calloc(1, sizeof *place);
    if (place == NULL && name != NULL)
        error_no_memory(cursor->err, sizeof *place);
    bool good = name != NULL && place != NULL;
    if (good) {
        place->part = part;
        place->info_at = start;
        tokvec_tensor tensor = {.name = name, .shape = shape};
        good =
            take_info(cursor, place, &tensor, shape) && add_tensor(weights, &tensor, place, cursor);
    }
    if (!good)
        free(place);
    free(name);
    return good;
}

/* Turns the offsets of the tensors from index `first` on into offsets in the file. */
static bool place_data(tokvec_weights *weights, const gguf_part *part, size_t first, uint64_t end,
                       tokvec_error *err)
{
    uint64_t data = (end + part->alignment - 1) / part->alignment * part->alignment;
    if (part->tensor_count > 0 && data > part->map->size)
        return file_map_bad(part->map, end, err,
                            "the tensor data would begin at byte %llu, past the end of the file",
                            (unsigned long long)data);
    for (size_t i = first; i < weights->count; i++) {
        const gguf_place *place = weights->layouts[i].detail;
        tokvec_tensor *tensor = &weights->tensors[i];
        uint64_t last;
        if (!add_u64(data, place->offset, &tensor->offset) ||
            !add_u64(tensor->offset, tensor->bytes, &last) || last > INT64_MAX)
            return file_map_bad(part->map, place->offset_at, err,
                                "the offset of tensor '%s', %llu, does not fit 63 bits",
                                tensor->name, (unsigned long long)place->offset);
    }
    return true;
}

static bool read_tensors(tokvec_weights *weights, const gguf_part *part, tokvec_error *err)
{
    gguf_cursor cursor = {
        .map = part->map, .at = part->tensors_at, .big_endian = part->big_endian, .err = err};
    size_t first = weights->count;
    if (part->tensor_count > (part->map->size - cursor.at) / GGUF_INFO_MIN)
        return file_map_bad(part->map, 8, err,
                            "the number of tensors, %llu, is more than fits the "
                            "file",
                            (unsigned long long)part->tensor_count);
    for (uint64_t i = 0; i < part->tensor_count; i++) {
        if (!read_info(weights, part, &cursor))
            return false;
    }
    return place_data(weights, part, first, cursor.at, err);
}

/* No name twice, in all parts together. */
static bool check_names(const tokvec_weights *weights, tokvec_error *err)
{
    const tokvec_tensor *repeated;
    if (!weights_find_repeated(weights, &repeated, err))
        return false;
    if (repeated == NULL)
        return true;
    const gguf_place *place = weights->layouts[repeated - weights->tensors].detail;
    return file_map_bad(place->part->map, place->info_at, err, "the tensor name '%s' is repeated",
                        repeated->name);
}

/* ---- the format ----------------------------------------------------------------------------- */

static bool gguf_read_header(tokvec_weights *weights, tokvec_error *err)
{
    gguf_part own = {.map = weights->map};
    if (!gguf_read_pairs(&own, err))
        return false;
    gguf_model *model = calloc(1, sizeof *model);
    if (model == NULL)
        return error_no_memory(err, sizeof *model);
    weights->detail = model;
    if (!gguf_find_parts(model, &own, err))
        return false;
    for (size_t i = 0; i < model->count; i++) {
        if (!read_tensors(weights, &model->parts[i], err) ||
            !file_map_intact(model->parts[i].map, err))
            return false;
    }
    return check_names(weights, err);
}

/* What can only be told when the tensor's data is wanted. */
static bool check_data(const gguf_place *place, const tokvec_tensor *tensor, tokvec_error *err)
{
    const gguf_part *part = place->part;
    if (place->offset % part->alignment != 0)
        return file_map_bad(
            part->map, place->offset_at, err,
            "the offset of tensor '%s', %llu, is not a multiple of the alignment, %llu",
            tensor->name, (unsigned long long)place->offset, (unsigned long long)part->alignment);
    uint64_t end = tensor->offset + tensor->bytes;
    if (tensor->bytes > 0 && end > part->map->size)
        return file_map_bad(part->map, tensor->offset, err,
                            "tensor '%s' has %llu bytes, and the file ends %llu bytes too soon",
                            tensor->name, (unsigned long long)tensor->bytes,
                            (unsigned long long)(end - part->map->size));
    if (part->big_endian && !place->type->has_big_endian) {
        error_set(err, TOKVEC_UNSUPPORTED,
                  "tensor '%s' is of type %s in a big-endian file, which GGUF does not define",
                  tensor->name, place->type->name);
        error_where(err, "%s", part->map->path);
        return error_hint(err, "use the little-endian file of the model");
    }
    return true;
}

static tokvec_table *gguf_table(tokvec_weights *weights, size_t index, tokvec_error *err)
{
    const tokvec_tensor *tensor = &weights->tensors[index];
    const tensor_layout *layout = &weights->layouts[index];
    const gguf_place *place = layout->detail;
    if (!check_data(place, tensor, err))
        return NULL;
    uint64_t offset = tensor->bytes == 0 ? 0 : tensor->offset; /* may lie outside without data */
    if (place->type->decode != NULL) {
        quant_view view = {layout_rows(tensor), layout_dim(tensor), place->type, offset,
                           place->part->big_endian};
        return quantised_table(place->part->map, &view, err);
    }
    matrix_view view = layout_view(layout, tensor);
    view.offset = offset;
    return mapped_table(place->part->map, &view, err);
}

static void gguf_close(tokvec_weights *weights)
{
    for (size_t i = 0; i < weights->count; i++)
        free(weights->layouts[i].detail);
    gguf_model *model = weights->detail;
    if (model == NULL)
        return;
    for (size_t i = 0; i < model->count; i++) {
        if (model->parts[i].map != weights->map)
            file_map_close(model->parts[i].map);
    }
    free(model->parts);
    free(model);
}

static format_grade recognise(const file_map *map)
{
    return gguf_recognise(map) ? GRADE_CERTAIN : GRADE_NO;
}

const weights_format gguf_format = {
    .name = "gguf",
    .suffixes = {".gguf"},
    .recognise = recognise,
    .read_header = gguf_read_header,
    .table = gguf_table,
    .metadata = gguf_metadata,
    .faults = gguf_faults,
    .close = gguf_close,
    .vocab = gguf_vocab,
};
