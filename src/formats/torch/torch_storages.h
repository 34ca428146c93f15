/* torch_storages.h - a checkpoint's pickle, and the storages that it names.
 * Where these lie is for the containers to find.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_TORCH_TORCH_STORAGES_H
#define TOKVEC_FORMATS_TORCH_TORCH_STORAGES_H

#include "codec/zip.h"
#include "formats/torch/pickle.h"
#include "table/weights.h"

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
bool torch_read_pickle(torch_reader *r, const file_map *map, const uint8_t *data, uint64_t size,
                       uint64_t stored);

/* Compares the texts of two keys as bytes. */
int torch_compare_keys(const pickle *p, pickle_ref a, const pickle *q, pickle_ref b);

/* The storages sorted by key, those of the same key in the order of their ids, for free();
 * NULL with an error if there is no memory. */
torch_storage **torch_storages_by_key(const torch_reader *r);

/* Bytes of a storage in the file; false if they need more than 64 bits. */
bool torch_storage_bytes(const torch_storage *storage, uint64_t *bytes);

/* The class of ('module', class, file, source), which old files save for each module that was
 * pickled whole; else the value itself. */
pickle_ref torch_module_class(const pickle *p, pickle_ref id);

void torch_release(torch_reader *r);

#endif
