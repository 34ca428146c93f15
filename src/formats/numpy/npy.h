/* npy.h - the header of an array as NumPy writes it.
 * The same in .npy files and in the members of .npz files.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_NUMPY_NPY_H
#define TOKVEC_FORMATS_NUMPY_NPY_H

#include "table/weights.h"

enum {
    NPY_PREFIX_SIZE = 12,     /* magic, version and length: at most so long */
    NPY_HEADER_MAX = 1 << 20, /* NumPy stops at 10000 bytes unless told otherwise */
    NPY_NDIM_MAX = 64,        /* as in NumPy 2 */
};

typedef struct npy_header {
    tokvec_dtype dtype;
    const char *dtype_name;
    size_t item_size; /* of complex numbers and text too, which are not dtypes of a table */
    size_t char_size; /* of text: 4 (UCS-4) or 1 (bytes); 0: the elements are not text */
    bool big_endian;
    bool fortran_order;
    unsigned ndim;
    uint64_t shape[NPY_NDIM_MAX];
    uint64_t strides[NPY_NDIM_MAX]; /* in bytes, of an array in Fortran order */
    uint64_t data, bytes;           /* where the elements begin, and how many bytes they have */
    bool have_descr, have_order, have_shape;
    char unusable[200]; /* why no table can be made of it, or "" */
} npy_header;

/* What is wrong with a header, and at which byte of the array. */
typedef struct npy_fault {
    char what[200];
    uint64_t offset;
    const char *hint; /* what to do about it, or NULL */
} npy_fault;

/* Bytes of the header with all that comes before it, 0 if the prefix is not that of an array.
 * prefix has NPY_PREFIX_SIZE bytes, or all there are. */
uint64_t npy_header_size(const uint8_t *prefix, uint64_t size);

/* Asks for the header of an array that begins at `at` in a file and has `size` bytes in all. */
bool npy_want_header(const file_map *map, uint64_t at, uint64_t size, tokvec_error *err);

/* Reads the header of an array of `size` bytes in all, of which the first `there` are at data:
 * the header at least. The elements fit in `size`. */
bool npy_parse(const uint8_t *data, uint64_t there, uint64_t size, npy_header *out,
               npy_fault *fault);

/* What the header says as a tensor (without name) and its layout; h must outlive both. */
tokvec_tensor npy_tensor(const npy_header *h, tensor_layout *layout);

#endif
