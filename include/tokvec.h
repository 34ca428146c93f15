/* tokvec.h - token IDs to embedding vectors: the library's public interface.
 * Opens or seeds a table (a matrix of vocab_size rows of dim values) and looks rows up in it.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_H
#define TOKVEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(TOKVEC_BUILD_SHARED) && defined(__GNUC__)
#define TOKVEC_API __attribute__((visibility("default")))
#else
#define TOKVEC_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library, as "1.2.3". */
TOKVEC_API const char *tokvec_version(void);

/* ---------------------------------------------------------------- errors */

typedef enum tokvec_code {
    TOKVEC_OK = 0,
    TOKVEC_BAD_ARGUMENT, /* the caller asked for something that makes no sense */
    TOKVEC_BAD_ID,       /* a token ID outside the table */
    TOKVEC_BAD_FILE,     /* a file that does not keep to its format */
    TOKVEC_UNSUPPORTED,  /* well-formed, but nothing that can be looked up in */
    TOKVEC_NOT_FOUND,    /* no such tensor, or no telling which one is meant */
    TOKVEC_SYSTEM,       /* the operating system refused: open, read, map, write */
    TOKVEC_NO_MEMORY
} tokvec_code;

/* Why a call failed, filled in by the place that knows; every part is one line of text, and
 * `where` and `hint` may be empty. A caller that does not want to know passes NULL. */
typedef struct tokvec_error {
    tokvec_code code;
    char what[640];  /* what happened */
    char where[640]; /* file and byte offset, or line and column */
    char hint[1024]; /* what to do about it */
} tokvec_error;

/* Writes "WHAT (WHERE); HINT" to out, cut to size bytes with its final NUL. Returns out. */
TOKVEC_API const char *tokvec_error_text(const tokvec_error *error, char *out, size_t size);

/* ---------------------------------------------------------------- dtypes */

/* Element types, named as in PyTorch. TOKVEC_NO_DTYPE marks a tensor whose elements cannot be
 * rows of a table (complex or packed numbers). */
typedef enum tokvec_dtype {
    TOKVEC_NO_DTYPE = 0,
    TOKVEC_FLOAT32,
    TOKVEC_FLOAT64,
    TOKVEC_FLOAT16,
    TOKVEC_BFLOAT16,
    TOKVEC_FLOAT8_E4M3FN,
    TOKVEC_FLOAT8_E5M2,
    TOKVEC_FLOAT8_E4M3FNUZ,
    TOKVEC_FLOAT8_E5M2FNUZ,
    TOKVEC_FLOAT8_E8M0FNU,
    TOKVEC_BOOL,
    TOKVEC_INT8,
    TOKVEC_INT16,
    TOKVEC_INT32,
    TOKVEC_INT64,
    TOKVEC_UINT8,
    TOKVEC_UINT16,
    TOKVEC_UINT32,
    TOKVEC_UINT64,
    TOKVEC_DTYPE_COUNT
} tokvec_dtype;

/* Bytes of one element; 0 for TOKVEC_NO_DTYPE. */
TOKVEC_API size_t tokvec_dtype_size(tokvec_dtype dtype);

/* PyTorch's name without "torch.": "float32", "bfloat16", ... */
TOKVEC_API const char *tokvec_dtype_name(tokvec_dtype dtype);

/* The dtype of that name, or TOKVEC_NO_DTYPE. */
TOKVEC_API tokvec_dtype tokvec_dtype_from_name(const char *name);

TOKVEC_API bool tokvec_dtype_is_float(tokvec_dtype dtype);

/* Converts n elements, each correctly rounded (to nearest, ties to even) where `to` is narrower.
 * `to` is a floating-point dtype of 16 bits or more. in and out must not overlap and be aligned
 * to their elements. */
TOKVEC_API bool tokvec_convert(tokvec_dtype from, const void *in, tokvec_dtype to, void *out,
                               size_t n, tokvec_error *error);

/* ---------------------------------------------------------------- tables */

/* A matrix of vectors, one row a token ID. Made by tokvec_seed, tokvec_open or
 * tokvec_weights_table; released by tokvec_table_close. Not to be shared between threads. */
typedef struct tokvec_table tokvec_table;

TOKVEC_API void tokvec_table_close(tokvec_table *table); /* NULL is allowed */

TOKVEC_API uint64_t tokvec_table_rows(const tokvec_table *table);
TOKVEC_API uint64_t tokvec_table_dim(const tokvec_table *table);
TOKVEC_API tokvec_dtype tokvec_table_dtype(const tokvec_table *table);

/* Writes the rows of n token IDs to out, one after the other, in the table's dtype and the
 * machine's byte order: n * dim elements. out must be aligned to an element. An ID outside
 * 0 .. rows-1 fails with TOKVEC_BAD_ID; out then holds nothing of use. */
TOKVEC_API bool tokvec_table_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                                  tokvec_error *error);

/* The row of one valid token ID where it lies in memory, or NULL if the table cannot give a
 * pointer to it (then read it). The rows that follow lie right after it. Valid until the table
 * is closed. After using what it points to, ask tokvec_table_intact. */
TOKVEC_API const void *tokvec_table_row(const tokvec_table *table, int64_t id);

/* False if the file under the table has shrunk since it was opened, so that rows taken by
 * pointer may have been cut. Always true for tables that have no file. */
TOKVEC_API bool tokvec_table_intact(const tokvec_table *table, tokvec_error *error);

/* ---------------------------------------------------------------- seeded tables */

/* torch.manual_seed(seed); torch.nn.Embedding(vocab_size, dim, padding_idx, dtype=dtype). */
typedef struct tokvec_seed_spec {
    uint64_t seed;       /* negative seeds as two's complement, as torch.manual_seed takes them */
    uint64_t vocab_size; /* 1 or more */
    uint64_t dim;        /* 1 or more */
    tokvec_dtype dtype;  /* TOKVEC_FLOAT32 or TOKVEC_FLOAT64 */
    bool has_padding_idx;
    int64_t padding_idx; /* its row is zero; negative counts from the end */
} tokvec_seed_spec;

/* The weight of that layer, bit for bit as PyTorch makes it on x86-64 with AVX2. */
TOKVEC_API tokvec_table *tokvec_seed(const tokvec_seed_spec *spec, tokvec_error *error);

/* ---------------------------------------------------------------- weights files */

/* An open weights file: its list of tensors. The data stays on disk until rows are read. */
typedef struct tokvec_weights tokvec_weights;

/* What a file says of one tensor. The pointers live as long as the tokvec_weights. */
typedef struct tokvec_tensor {
    const char *name;       /* UTF-8; "" where the format has no names (.npy). A NUL inside a name
                               is written as the two bytes C0 80. */
    const char *dtype_name; /* PyTorch's name, or the format's own where PyTorch has none */
    tokvec_dtype dtype;     /* of the rows as they are read */
    unsigned ndim;
    const uint64_t *shape; /* ndim dimensions */
    uint64_t offset;       /* of the first byte in the file; of compressed ones if it is packed */
    uint64_t bytes;        /* of all elements, as they are before packing */
} tokvec_tensor;

/* Opens a weights file of any format in the list in src/table/weights.c (GGUF, .npy, .npz, PyTorch
 * checkpoints, .safetensors), recognised by its content. Reads the header only. Of a checkpoint's
 * pickle nothing is ever imported or executed; tensors are named by the path of keys that leads to
 * them ("model.tok_emb.weight"), up to 64 keys deep. */
TOKVEC_API tokvec_weights *tokvec_weights_open(const char *path, tokvec_error *error);

/* NULL is allowed. Tables made from it by tokvec_weights_table must be closed before. */
TOKVEC_API void tokvec_weights_close(tokvec_weights *weights);

TOKVEC_API const char *tokvec_weights_format(const tokvec_weights *weights); /* "npy", ... */
TOKVEC_API size_t tokvec_weights_count(const tokvec_weights *weights);
TOKVEC_API const tokvec_tensor *tokvec_weights_tensor(const tokvec_weights *weights, size_t index);

/* The tensor of that name; with name NULL, the token embedding: by its well-known name, else
 * the only tensor of the file that is a matrix. In a checkpoint the innermost key alone will do
 * where only one tensor has it. NULL and an error if there is none, or no telling which. */
TOKVEC_API const tokvec_tensor *tokvec_weights_find(const tokvec_weights *weights, const char *name,
                                                    tokvec_error *error);

/* One tensor of the file as a table. A matrix is taken as it is, a vector or single number as
 * one row; more than two dimensions are refused. The table borrows weights. */
TOKVEC_API tokvec_table *tokvec_weights_table(tokvec_weights *weights, const tokvec_tensor *tensor,
                                              tokvec_error *error);

/* tokvec_weights_open, _find and _table in one; the table owns the file and closes it. */
TOKVEC_API tokvec_table *tokvec_open(const char *path, const char *name, tokvec_error *error);

/* Weights files are mapped into memory. Another process that shrinks one while it is in use
 * makes the next access raise SIGBUS. This call installs a handler for that signal, after which
 * reads report such a file as an error instead; signals from elsewhere go on to the handler
 * that was there before. It belongs to the program, not the library, to decide this. */
TOKVEC_API bool tokvec_survive_truncation(tokvec_error *error);

#ifdef __cplusplus
}
#endif
#endif
