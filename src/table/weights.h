/* weights.h - an open weights file and its formats.
 * A format is one file in this folder: it recognises its content, reads the header into a list
 * of tensors, and stands in the list of openers in weights.c.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_WEIGHTS_H
#define TOKVEC_TABLE_WEIGHTS_H

#include "base/file_map.h"
#include "table/table.h"

/* How the elements of a tensor lie in the file, beyond what tokvec_tensor tells. */
typedef struct tensor_layout {
    uint64_t row_stride, col_stride; /* of the matrix, in bytes */
    bool big_endian;
    const void *detail; /* the format's own, for its table(); released by its close() */
    /* Why no table can be made of the tensor, after "tensor 'NAME' "; NULL if one can. */
    const char *unusable;
    size_t key_at; /* where the innermost key begins in a name that is a path, or 0 */
    /* The deflated zip member that the elements lie in, from byte member_offset of its content;
     * the tensor's own offset is then that of the member's bytes. NULL: in the file as they are. */
    const struct zip_member *member;
    uint64_t member_offset;
} tensor_layout;

/* The layout of a tensor whose rows follow one another (C order), little-endian. */
tensor_layout layout_contiguous(const tokvec_tensor *tensor);

struct tokvec_weights {
    const struct weights_format *format;
    file_map *map;
    tokvec_tensor *tensors;
    tensor_layout *layouts; /* [i] belongs to tensors[i] */
    size_t count, capacity, layout_capacity;
    void *detail; /* the format's own */
};

typedef struct weights_format {
    const char *name;
    const char *suffixes[5]; /* of file names; only for better messages. Ends with NULL. */
    bool (*recognise)(const file_map *map);
    /* Adds the tensors of weights->map with weights_add, everything about them checked: the
     * data of each lies inside the file and is as long as its shape and dtype need. */
    bool (*read_header)(tokvec_weights *weights, tokvec_error *err);
    /* Tensor `index`, of at most two dimensions, as a table; NULL: as a mapped matrix, by its
     * layout. The table borrows weights. */
    tokvec_table *(*table)(tokvec_weights *weights, size_t index, tokvec_error *err);
    /* Releases weights->detail and the tensors' details; NULL if the format has none. */
    void (*close)(tokvec_weights *weights);
} weights_format;

extern const weights_format gguf_format;
extern const weights_format npy_format;
extern const weights_format npz_format;
extern const weights_format safetensors_format;
extern const weights_format torch_legacy_format;
extern const weights_format torch_zip_format;

/* Opens what is mapped; owns map from the call on, also when it fails. */
tokvec_weights *weights_of_map(file_map *map, tokvec_error *err);

/* Appends a copy of `tensor`, its name and its shape, and of layout.unusable. */
bool weights_add(tokvec_weights *weights, const tokvec_tensor *tensor, tensor_layout layout,
                 tokvec_error *err);

/* A matrix whose elements lie at regular distances in a mapped file. */
typedef struct matrix_view {
    uint64_t rows, dim;
    tokvec_dtype dtype;
    uint64_t offset;                 /* of element (0, 0) in the file, in bytes */
    uint64_t row_stride, col_stride; /* in bytes */
    bool big_endian;
} matrix_view;

/* The view as a table. The caller has checked that all of it lies inside the map, which must
 * outlive the table. */
tokvec_table *mapped_table(const file_map *map, const matrix_view *view, tokvec_error *err);

/* "12 x 768", "(2, 3, 4)": a shape for messages. Returns out. */
const char *weights_shape_text(const tokvec_tensor *tensor, char *out, size_t size);

#endif
