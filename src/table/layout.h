/* layout.h - how a tensor lies in a file, and what rows it has as a table.
 * The vectors of its last axis are the rows.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_LAYOUT_H
#define TOKVEC_TABLE_LAYOUT_H

#include "io/file_map.h"

/* How the elements of a tensor lie in the file, beyond what tokvec_tensor tells. */
typedef struct tensor_layout {
    uint64_t row_stride, col_stride; /* of the matrix, in bytes */
    /* Of the axes before the last, ndim - 1 of them, in bytes, where the rows do not lie at regular
     * distances; NULL: they do. weights_add makes a copy, which weights own. */
    const uint64_t *strides;
    bool big_endian;
    const file_map *map; /* of the file that holds it; NULL: weights->map */
    void *detail;        /* the format's own, for its table(); released by its close() */
    /* Why no table can be made of the tensor, after "tensor 'NAME' "; NULL if one can. */
    const char *unusable;
    size_t key_at; /* where the innermost key begins in a name that is a path, or 0 */
    /* The deflated zip member that the elements lie in, from byte member_offset of its content;
     * the tensor's own offset is then that of the member's bytes. NULL: in the file as they are. */
    const struct zip_member *member;
    uint64_t member_offset;
    /* The stored zip member that the elements lie in, likewise from byte member_offset, if its
     * CRC-32 counts. */
    const struct zip_member *checked;
} tensor_layout;

/* The layout of a tensor whose rows follow one another (C order), little-endian. */
tensor_layout layout_contiguous(const tokvec_tensor *tensor);

/* Lays the elements out by the strides of all axes, in bytes, of which the layout may borrow a
 * part. The elements have `size` bytes. */
void layout_stride(tensor_layout *layout, const tokvec_tensor *tensor, const uint64_t *strides,
                   size_t size);

/* The rows of the table that a tensor is, a row being a vector of its last axis: the product of
 * the other axes. Their length. */
uint64_t layout_rows(const tokvec_tensor *tensor);
uint64_t layout_dim(const tokvec_tensor *tensor);

/* False if the tensor holds no values, but more than this many empty rows, or rows of more than
 * this many: no size of a file bounds those. */
enum { TENSOR_EMPTY_MAX = 1 << 20 };
bool layout_is_bounded(const tokvec_tensor *tensor);

/* A matrix in a mapped file. The elements of a row lie at regular distances, and so do its rows,
 * or else they are numbered in row-major order over some axes, each with a distance of its own. */
typedef struct matrix_view {
    uint64_t rows, dim;
    tokvec_dtype dtype;
    uint64_t offset;                 /* of element (0, 0) in the file, in bytes */
    uint64_t row_stride, col_stride; /* in bytes */
    bool big_endian;
    unsigned axes;                  /* 0: row_stride tells it all */
    const uint64_t *shape, *stride; /* of each axis; borrowed from weights; strides in bytes */
} matrix_view;

/* The view of a tensor with that layout. */
matrix_view layout_view(const tensor_layout *layout, const tokvec_tensor *tensor);

/* Where row `id`, less than rows, begins in the file. */
static inline uint64_t layout_row(const matrix_view *v, uint64_t id)
{
    if (v->axes == 0)
        return v->offset + id * v->row_stride;
    uint64_t at = v->offset;
    for (unsigned i = v->axes; i-- > 0; id /= v->shape[i])
        at += id % v->shape[i] * v->stride[i];
    return at;
}

#endif
