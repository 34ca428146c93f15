/* raw.c - bare values, of which the caller knows the rest.
 * Little-endian, row after row, after a given number of bytes of something else.
 * SPDX-License-Identifier: MIT */
#include "table/weights.h"

#include "base/bytes.h"

static format_grade raw_recognise(const file_map *map)
{
    (void)map;
    return GRADE_NO;
}

static bool bad_fit(const tokvec_weights *weights, uint64_t row_bytes, tokvec_error *err)
{
    const tokvec_file_spec *as = &weights->as;
    error_set(err, TOKVEC_BAD_FILE, "the file is not whole rows of %llu %s values: %llu bytes",
              (unsigned long long)as->dim, tokvec_dtype_name(as->dtype),
              (unsigned long long)weights->map->size);
    error_where(err, "%s", weights->map->path);
    error_kind(err, TOKVEC_KIND_BARE_FIT);
    if (row_bytes == 0 || as->offset > weights->map->size)
        return error_hint(err, "it is too short for that");
    return error_hint(err, "%llu bytes are left over",
                      (unsigned long long)((weights->map->size - as->offset) % row_bytes));
}

static bool raw_read_header(tokvec_weights *weights, tokvec_error *err)
{
    const tokvec_file_spec *as = &weights->as;
    if (as->dtype == TOKVEC_NO_DTYPE) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "a file of bare values does not say their type");
        return error_kind(err, TOKVEC_KIND_BARE_DTYPE);
    }
    if (as->dim == 0)
        return error_set(err, TOKVEC_BAD_ARGUMENT, "rows of bare values have a dim of 1 or more");
    uint64_t row_bytes;
    if (!mul_u64(as->dim, tokvec_dtype_size(as->dtype), &row_bytes))
        return bad_fit(weights, 0, err);
    if (as->offset > weights->map->size || (weights->map->size - as->offset) % row_bytes != 0)
        return bad_fit(weights, row_bytes, err);
    uint64_t bytes = weights->map->size - as->offset;
    const uint64_t shape[] = {bytes / row_bytes, as->dim};
    const tokvec_tensor tensor = {
        .name = "",
        .dtype_name = tokvec_dtype_name(as->dtype),
        .dtype = as->dtype,
        .ndim = 2,
        .shape = shape,
        .offset = as->offset,
        .bytes = bytes,
    };
    return weights_add(weights, &tensor, layout_contiguous(&tensor), err);
}

const weights_format raw_table_format = {
    .name = "raw",
    .suffixes = {".raw"},
    .recognise = raw_recognise,
    .read_header = raw_read_header,
};
