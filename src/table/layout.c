/* layout.c - how the vectors of a tensor's last axis make the rows of a table.
 * See layout.h. What a format adds is checked: the axes other than 0 have a product of less than
 * 2^63 elements.
 * SPDX-License-Identifier: MIT */
#include "table/layout.h"

#include "base/bytes.h"

uint64_t layout_rows(const tokvec_tensor *tensor)
{
    uint64_t rows = 1;
    for (unsigned i = 0; i + 1 < tensor->ndim; i++) {
        if (tensor->shape[i] == 0)
            return 0;
        rows *= tensor->shape[i];
    }
    return rows;
}

uint64_t layout_dim(const tokvec_tensor *tensor)
{
    return tensor->ndim == 0 ? 1 : tensor->shape[tensor->ndim - 1];
}

bool layout_is_bounded(const tokvec_tensor *tensor)
{
    uint64_t lists = 1;
    for (unsigned i = 0; i < tensor->ndim; i++) {
        if (tensor->shape[i] == 0)
            return lists <= TENSOR_EMPTY_MAX && layout_dim(tensor) <= TENSOR_EMPTY_MAX;
        lists *= tensor->shape[i];
    }
    return true;
}

tensor_layout layout_contiguous(const tokvec_tensor *tensor)
{
    uint64_t size = tokvec_dtype_size(tensor->dtype), dim = layout_dim(tensor), elements;
    bool other = size == 0 && tensor->bytes > 0; /* of a type that no table has */
    if (other && mul_u64(layout_rows(tensor), dim, &elements) && elements > 0)
        size = tensor->bytes / elements; /* 0 if they are smaller than bytes */
    return (tensor_layout){.row_stride = dim * size, .col_stride = size};
}

/* Whether one distance leads from each row to the next, over all axes but the last; *distance is
 * it. */
static bool is_regular(const tokvec_tensor *tensor, const uint64_t *strides, uint64_t *distance)
{
    uint64_t span = 0; /* of the axes looked at so far, as one; 0: all have one index */
    *distance = 0;
    for (unsigned i = tensor->ndim - 1; i-- > 0;) {
        if (tensor->shape[i] == 1)
            continue;
        if (span == 0)
            *distance = strides[i];
        else if (strides[i] != span)
            return false;
        span = strides[i] * tensor->shape[i];
    }
    return true;
}

void layout_stride(tensor_layout *layout, const tokvec_tensor *tensor, const uint64_t *strides,
                   size_t size)
{
    layout->strides = NULL;
    layout->row_stride = 0;
    layout->col_stride = layout_dim(tensor) > 1 ? strides[tensor->ndim - 1] : size;
    if (tensor->ndim >= 2 && !is_regular(tensor, strides, &layout->row_stride))
        layout->strides = strides;
}

matrix_view layout_view(const tensor_layout *layout, const tokvec_tensor *tensor)
{
    return (matrix_view){
        .rows = layout_rows(tensor),
        .dim = layout_dim(tensor),
        .dtype = tensor->dtype,
        .offset = tensor->offset,
        .row_stride = layout->row_stride,
        .col_stride = layout->col_stride,
        .big_endian = layout->big_endian,
        .axes = layout->strides == NULL ? 0 : tensor->ndim - 1,
        .shape = tensor->shape,
        .stride = layout->strides,
    };
}
