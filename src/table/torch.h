/* torch.h - PyTorch checkpoints, as far as both containers have them in common.
 * A pickle says what was saved; persistent ids in it name storages, of which tensors are views.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_TORCH_H
#define TOKVEC_TABLE_TORCH_H

#include "table/pickle.h"
#include "table/weights.h"
#include "table/zip.h"

/* A type of elements by PyTorch's name; dtype is TOKVEC_NO_DTYPE for what no table has. */
typedef struct torch_type {
    const char *storage; /* "FloatStorage" */
    const char *name;    /* "float32" */
    tokvec_dtype dtype;
    unsigned size;
} torch_type;

/* What a persistent id says of a storage; where it lies is added by the container. */
typedef struct torch_storage {
    pickle_ref id;          /* the value of kind PICKLE_PERSISTENT */
    pickle_ref key;         /* a text */
    const torch_type *type; /* of UntypedStorage: one byte */
    bool untyped;
    uint64_t numel;  /* elements in the file */
    uint64_t skip;   /* elements before the part that is meant, and their number */
    uint64_t length; /* in old files a storage may be a part of another */
    uint64_t offset; /* of the first element in the file; in a deflated member: its bytes */
    const zip_member *deflated; /* NULL: the elements lie in the map */
} torch_storage;

typedef struct torch_reader {
    tokvec_weights *weights;
    pickle p;
    uint64_t pickle_at;      /* of the pickle in the file */
    uint64_t stored;         /* bytes of it there */
    const char *inflated;    /* the name of the pickle's member if it is deflated, or NULL */
    torch_storage *storages; /* in the order of the ids */
    size_t count, capacity;
    bool big_endian;
    bool has_modules; /* persistent ids may stand for the classes of modules */
    tokvec_error *err;
} torch_reader;

/* Says what is wrong at byte `at` of the pickle. Returns false. */
bool torch_bad(const torch_reader *r, size_t at, const char *format, ...) ERROR_PRINTF(3, 4);

/* Reads the pickle, which has `stored` bytes in the file, and from it the list of storages. */
bool torch_read_pickle(torch_reader *r, const uint8_t *data, uint64_t size, uint64_t stored);

/* Bytes of a storage in the file; false if they need more than 64 bits. */
bool torch_storage_bytes(const torch_storage *storage, uint64_t *bytes);

/* Adds every tensor that the pickle leads to, by its path, to the weights. */
bool torch_add_tensors(torch_reader *r);

void torch_release(torch_reader *r);

/* One call of a function that makes a tensor, understood. */
typedef struct torch_view {
    const torch_storage *storage;
    const torch_type *type;
    unsigned ndim;
    uint64_t shape[64], stride[64]; /* in elements */
    uint64_t offset;                /* in bytes from the first of the storage */
    uint64_t numel;
    const char *unusable; /* why no table can be made of it, or NULL */
} torch_view;

typedef enum torch_answer { TORCH_NO_TENSOR, TORCH_TENSOR, TORCH_ERROR } torch_answer;

/* What an object of the pickle is: a tensor, something else, or a damaged tensor. */
torch_answer torch_view_of(const torch_reader *r, pickle_ref object, torch_view *view);

#endif
