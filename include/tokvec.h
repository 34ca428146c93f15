/* tokvec.h - token IDs to embedding vectors: the library's public interface.
 *
 * A table is a matrix with one row for each token ID. It comes out of a weights file of almost any
 * format, of which only the rows that are asked for are read, or out of a seed, as PyTorch makes
 * it. A whole program, which prints the vectors of the token IDs 3 and 11:
 *
 * @code
 * #include <stdio.h>
 * #include <tokvec.h>
 *
 * int main(int argc, char **argv)
 * {
 *     const int64_t ids[2] = {3, 11};
 *     float rows[2][8]; // of a table of 8 columns of float32
 *     char text[TOKVEC_ERROR_TEXT_SIZE];
 *     tokvec_error error;
 *     tokvec_table *table = argc > 1 ? tokvec_table_open(argv[1], &error) : NULL;
 *     if (table == NULL || tokvec_table_dim(table) != 8 ||
 *         tokvec_table_dtype(table) != TOKVEC_FLOAT32 ||
 *         !tokvec_table_read(table, ids, 2, rows, &error)) {
 *         fprintf(stderr, "%s\n", table == NULL ? tokvec_error_text(&error, text, sizeof text)
 *                                               : "this table is another");
 *         tokvec_table_close(table);
 *         return 1;
 *     }
 *     for (int i = 0; i < 2; i++)
 *         printf("%d: %.4f ... %.4f\n", (int)ids[i], rows[i][0], rows[i][7]);
 *     tokvec_table_close(table);
 *     return 0;
 * }
 * // prints: 3: -0.0009 ... 0.0214
 * // prints: 11: 0.0306 ... -0.0011
 * @endcode
 *
 * The other examples are pieces of a function that has `const char *path`, the name of a weights
 * file, and `tokvec_error error`.
 *
 * Names: a call on a thing is named after the thing. What X_open and X_seed return is yours; NULL
 * means that it failed; X_close releases it. What other calls return a pointer to is lent, for as
 * long as is said there. Calls that can fail return bool or a pointer and take a tokvec_error; what
 * is false or NULL without having one is an answer, not a failure. Structures that you fill in
 * start as {0}, which leaves everything as usual.
 *
 * Threads: nothing here is kept between calls but in the things themselves. A table, or a weights
 * file with all tables and vocabularies that were made from it, or a vocabulary is for one thread
 * at a time; different ones are independent of one another. tokvec_rows_each uses several threads
 * by itself. The calls on dtypes, versions and errors are for any thread at any time.
 *
 * Versions: before 1.0 neither the ABI nor the interface is stable. Structures may grow from one
 * minor version to the next; so programs are compiled again for each, and a shared library has the
 * minor version in its name. A patch changes nothing here.
 *
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

/* ---------------------------------------------------------------- version */

/* Of this header. */
#define TOKVEC_VERSION_MAJOR 0
#define TOKVEC_VERSION_MINOR 3
#define TOKVEC_VERSION_PATCH 0

/* As one number, for `#if TOKVEC_VERSION_NUMBER >= 200`: 200 is 0.2.0, 10203 is 1.2.3. */
#define TOKVEC_VERSION_NUMBER \
    (TOKVEC_VERSION_MAJOR * 10000 + TOKVEC_VERSION_MINOR * 100 + TOKVEC_VERSION_PATCH)

/* Of the library that runs, as "1.2.3". The text stays for ever. */
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

/* What exactly went wrong, where a caller may know better than the hint what to do about it: which
 * of its own options or fields to name. Most errors are of no kind; there may be new ones in any
 * version. */
typedef enum tokvec_error_kind {
    TOKVEC_KIND_NONE = 0,
    TOKVEC_KIND_NO_TENSOR,     /* the file has no such tensor; it may have others */
    TOKVEC_KIND_WHICH_TENSOR,  /* several tensors may be meant, which the hint lists */
    TOKVEC_KIND_NAMELESS,      /* a name was given, but the file's only tensor has none */
    TOKVEC_KIND_ELSEWHERE,     /* the token embedding is in another file, as the hint says */
    TOKVEC_KIND_NO_TOKEN,      /* the vocabulary has no such token */
    TOKVEC_KIND_NO_VOCABULARY, /* what is no ID may be a token, but no vocabulary is known */
    TOKVEC_KIND_OVER_INPUT,    /* the output would go into a file that is read */
    TOKVEC_KIND_NO_FORMAT,     /* of no known format; the file may hold bare values */
    TOKVEC_KIND_BARE_VALUES,   /* holds bare values, whose dtype, dim and offset the hint tells */
    TOKVEC_KIND_BARE_DTYPE,    /* of bare values the dtype must be told */
    TOKVEC_KIND_BARE_FIT,      /* the file's size does not fit what was told of its bare values */
    TOKVEC_KIND_OWN_DIM,       /* the dim was told, but the file has its own */
    TOKVEC_KIND_OWN_DTYPE,     /* the dtype was told, but the file has its own */
    TOKVEC_KIND_HARMFUL,       /* a pickle asks for what no model needs and an attack would call */
    TOKVEC_KIND_DRAWN_DTYPE,   /* what a seed stands for is not drawn in the dtype */
    TOKVEC_KIND_PACKED         /* the tensor holds codes, whose values are not to be had */
} tokvec_error_kind;

/* Bytes of the texts of an error, each with its final NUL; and of all of it as one line. */
enum {
    TOKVEC_WHAT_SIZE = 640,
    TOKVEC_WHERE_SIZE = 640,
    TOKVEC_HINT_SIZE = 1024,
    TOKVEC_ERROR_TEXT_SIZE = TOKVEC_WHAT_SIZE + TOKVEC_WHERE_SIZE + TOKVEC_HINT_SIZE + 8
};

/* Why a call failed. Every text is one line of UTF-8 without control characters, cut with "..." if
 * it is too long; `where` and `hint` may be empty. A call that does not fail leaves nothing of use
 * in it. A caller that does not want to know passes NULL. */
typedef struct tokvec_error {
    tokvec_code code;
    tokvec_error_kind kind;
    char what[TOKVEC_WHAT_SIZE];   /* what happened */
    char where[TOKVEC_WHERE_SIZE]; /* file and byte offset, or line and column */
    char hint[TOKVEC_HINT_SIZE];   /* what to do about it */
} tokvec_error;

/* Writes "WHAT (WHERE); HINT" to out, cut to size bytes with its final NUL; size is 1 or more.
 * Returns out. */
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

/* PyTorch's name without "torch.": "float32", "bfloat16", ... The text stays for ever. */
TOKVEC_API const char *tokvec_dtype_name(tokvec_dtype dtype);

/* The dtype of that name, or TOKVEC_NO_DTYPE. */
TOKVEC_API tokvec_dtype tokvec_dtype_from_name(const char *name);

/* True for floating-point types of any size. */
TOKVEC_API bool tokvec_dtype_is_float(tokvec_dtype dtype);

/* Converts n elements, each correctly rounded (to nearest, ties to even) where `to` is narrower.
 * `to` is a floating-point dtype of 16 bits or more; another one fails with
 * TOKVEC_BAD_ARGUMENT. in and out hold n elements each, do not overlap, and are aligned to their
 * elements.
 *
 * @code
 * const float third[1] = {1.0f / 3};
 * uint16_t half[1];
 * if (!tokvec_convert(TOKVEC_FLOAT32, third, TOKVEC_FLOAT16, half, 1, &error))
 *     return 1;
 * printf("%#x\n", (unsigned)half[0]);
 * // prints: 0x3555
 * @endcode */
TOKVEC_API bool tokvec_convert(tokvec_dtype from, const void *in, tokvec_dtype to, void *out,
                               size_t n, tokvec_error *error);

/* ---------------------------------------------------------------- tables */

/* A matrix of vectors. A row's number, from 0 on, is its token ID, unless the file has IDs of its
 * own (tokvec_table_has_ids). Released by tokvec_table_close. */
typedef struct tokvec_table tokvec_table;

/* The token embedding of a weights file, or of a folder with a model in it: tokvec_weights_open,
 * _embedding and _table in one. The table owns the file and closes it. */
TOKVEC_API tokvec_table *tokvec_table_open(const char *path, tokvec_error *error);

/* What a table is seeded by. With the first members alone: torch.manual_seed(seed);
 * torch.nn.Embedding(vocab_size, dim, padding_idx, dtype=dtype). The others may be zero; texts are
 * those of the program's options, and the program's help says what they equal in Python. */
typedef struct tokvec_seed_spec {
    uint64_t seed; /* of PyTorch negative ones as two's complement, as manual_seed takes them */
    uint64_t vocab_size; /* rows: 1 or more */
    uint64_t dim;        /* columns: 1 or more */
    tokvec_dtype dtype;  /* TOKVEC_NO_DTYPE: the one that the generator makes by itself */
    bool has_padding_idx;
    int64_t padding_idx;   /* its row is zero; negative counts from the end */
    const char *seed_text; /* in place of seed: an integer of any size, or several with commas */
    const char *rng;       /* whose generator: NULL or "torch", "numpy", ... */
    const char *init;      /* the distribution, such as "normal:0,0.02"; NULL: the generator's */
    const char *times;     /* a factor: each value is multiplied by it, and rounded again */
    const char *torch, *numpy, *jax; /* the release whose values are wanted; NULL: the newest */
    const char *layer;               /* torch: NULL or "embedding", "linear", "linear.bias" */
    const char *after;               /* torch: what was drawn before, such as "50257x768,skip:12" */
    const void *state;               /* torch: a generator's state, of state_size bytes; no seed */
    size_t state_size;
    const char *key;  /* jax, flax, nnx: "split:0/2,fold_in:7": how the key came from the seed's */
    const char *path; /* flax, gensim: whose parameter it is */
    const char *call; /* nnx, keras, tensorflow, mlx: how many draws came before, from 0 */
    bool jit;         /* jax, flax, nnx: as a jitted function makes it */
} tokvec_seed_spec;

/* The table of that seed, bit for bit as the original makes it on x86-64 with AVX2, but for what
 * tokvec_table_warning says. Rows are made as they are read; the table itself takes no memory but
 * for 50 MB at most, whatever its size (or all of it, where that warning says so). Fastest are rows
 * in ascending order, and many at a time. The spec is not needed afterwards; one that the original
 * would not take fails with TOKVEC_BAD_ARGUMENT.
 *
 * @code
 * const int64_t id = 3;
 * float row[3];
 * tokvec_seed_spec spec = {0};
 * spec.seed = 123;
 * spec.vocab_size = 6;
 * spec.dim = 3;
 * spec.dtype = TOKVEC_FLOAT32;
 * tokvec_table *table = tokvec_table_seed(&spec, &error);
 * if (table == NULL || !tokvec_table_read(table, &id, 1, row, &error))
 *     return 1;
 * printf("%.4f %.4f %.4f\n", row[0], row[1], row[2]);
 * tokvec_table_close(table);
 * // prints: -0.4015 0.9666 -1.1481
 * @endcode */
TOKVEC_API tokvec_table *tokvec_table_seed(const tokvec_seed_spec *spec, tokvec_error *error);

/* Bytes of a state of PyTorch's CPU generator. */
#define TOKVEC_TORCH_STATE_SIZE 5056

/* The state of PyTorch's generator after it has drawn the table of that spec, with all its rows: as
 * torch.get_rng_state() gives it, TOKVEC_TORCH_STATE_SIZE bytes. As spec.state they begin the next
 * table. Fails as tokvec_table_seed does, and where the generator is another library's.
 *
 * @code
 * uint8_t state[TOKVEC_TORCH_STATE_SIZE];
 * const int64_t id = 0;
 * float row[3];
 * tokvec_seed_spec spec = {0};
 * spec.seed = 123;
 * spec.vocab_size = 6; // the token embedding
 * spec.dim = 3;
 * if (!tokvec_seed_state(&spec, state, &error))
 *     return 1;
 * spec.vocab_size = 4; // the position embedding
 * spec.state = state;
 * spec.state_size = sizeof state;
 * tokvec_table *table = tokvec_table_seed(&spec, &error);
 * if (table == NULL || !tokvec_table_read(table, &id, 1, row, &error))
 *     return 1;
 * printf("%.4f %.4f %.4f\n", row[0], row[1], row[2]);
 * tokvec_table_close(table);
 * // prints: -0.6307 1.2340 0.3127
 * @endcode */
TOKVEC_API bool tokvec_seed_state(const tokvec_seed_spec *spec, void *state, tokvec_error *error);

/* What has to be said about the values of a seeded table, as one line: that some may differ from
 * the original's in their last bit, or that the table is held in memory; NULL if nothing has to.
 * Lent until the table is closed. */
TOKVEC_API const char *tokvec_table_warning(const tokvec_table *table);

/* Releases the table, and the file if it owns one. NULL is allowed. */
TOKVEC_API void tokvec_table_close(tokvec_table *table);

/* How many rows, how many values a row has, and of which type they are. */
TOKVEC_API uint64_t tokvec_table_rows(const tokvec_table *table);
TOKVEC_API uint64_t tokvec_table_dim(const tokvec_table *table);
TOKVEC_API tokvec_dtype tokvec_table_dtype(const tokvec_table *table);

/* ---------------------------------------------------------------- reading rows */

/* Writes the rows of n IDs, in their order, to out, one right after the other: n * dim elements in
 * the table's dtype and the machine's byte order. out is aligned to an element. An ID outside
 * 0 .. rows-1 fails with TOKVEC_BAD_ID, a file that turns out to be damaged or has shrunk with
 * TOKVEC_BAD_FILE or TOKVEC_SYSTEM; out then holds nothing of use. */
TOKVEC_API bool tokvec_table_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                                  tokvec_error *error);

/* Some of the rows that tokvec_rows_each was asked for. All of it is lent until the call returns.
 */
typedef struct tokvec_block {
    const int64_t *ids; /* n: whose rows they are */
    size_t n;           /* how many rows: 1 or more */
    size_t first;       /* how many came before these */
    const void *rows;   /* n * dim elements, as tokvec_table_read writes them */
} tokvec_block;

/* Sees the next rows. False: it has had enough. */
typedef bool tokvec_consumer(void *context, const tokvec_block *block);

/* Shows the rows of n IDs to consume, in their order, many at a time: the way to go through a large
 * table. Up to `threads` threads read, decode or generate what comes next; 0: as many as there are
 * processors. consume is called by one of them at a time, with `threads` 1 by the caller's; context
 * is handed on. While it runs, only what takes a const tokvec_table may be asked of the table, and
 * no vocabulary of its file. The memory that this takes does not grow with n.
 *
 * That consume has had enough ends the call early and well. All IDs are checked before consume sees
 * anything (TOKVEC_BAD_ID). A file that turns out to be damaged, or has shrunk (TOKVEC_SYSTEM),
 * may do so after some blocks have been seen, of which the last one may not be what was in the
 * file. If IDs are as many as the table has rows, or more, the file's checksum of the rows is
 * compared too, where it has one.
 *
 * @code
 * #include <stdio.h>
 * #include <tokvec.h>
 *
 * struct sum {
 *     size_t dim;
 *     double total;
 * };
 *
 * static bool add(void *context, const tokvec_block *block)
 * {
 *     struct sum *sum = (struct sum *)context;
 *     const float *values = (const float *)block->rows;
 *     for (size_t i = 0; i < block->n * sum->dim; i++)
 *         sum->total += values[i];
 *     return true;
 * }
 *
 * int main(void)
 * {
 *     static int64_t ids[50000];
 *     struct sum sum = {64, 0};
 *     tokvec_seed_spec spec = {0};
 *     spec.vocab_size = 50000;
 *     spec.dim = sum.dim;
 *     spec.dtype = TOKVEC_FLOAT32;
 *     tokvec_table *table = tokvec_table_seed(&spec, NULL);
 *     for (int64_t i = 0; i < 50000; i++)
 *         ids[i] = i;
 *     bool good = table != NULL && tokvec_rows_each(table, ids, 50000, 0, add, &sum, NULL);
 *     tokvec_table_close(table);
 *     printf("mean %.5f\n", sum.total / (50000 * 64));
 *     return good ? 0 : 1;
 * }
 * // prints: mean -0.00079
 * @endcode */
TOKVEC_API bool tokvec_rows_each(tokvec_table *table, const int64_t *ids, size_t n,
                                 unsigned threads, tokvec_consumer *consume, void *context,
                                 tokvec_error *error);

/* The row of an ID where it lies in memory, aligned to an element; NULL if the table has no such
 * row, or cannot give a pointer to it (then read it). The rows that follow lie right after it. Lent
 * until the table is closed. Nothing is checked but the ID: after using what it points to, ask
 * tokvec_table_intact. */
TOKVEC_API const void *tokvec_table_row(const tokvec_table *table, int64_t id);

/* False, with TOKVEC_SYSTEM, if the file under the table has shrunk or been written to since it was
 * opened, so that rows taken by pointer may be cut or of two files. Always true for tables that
 * have no file. Of use only after tokvec_survive_truncation. */
TOKVEC_API bool tokvec_table_intact(const tokvec_table *table, tokvec_error *error);

/* ---------------------------------------------------------------- rows with IDs of their own */

/* True if the file says itself which IDs its rows belong to, as what tokvec wrote does, and these
 * are not just 0, 1, 2, ... All other calls go by the number of a row, from 0 on in the order of
 * the file, and call it ID too: find it first by tokvec_table_find. */
TOKVEC_API bool tokvec_table_has_ids(const tokvec_table *table);

/* How many different IDs there are, and the lowest and the highest of them; false if there are
 * none, and then only *count is set. */
TOKVEC_API bool tokvec_table_ids(const tokvec_table *table, uint64_t *count, int64_t *lowest,
                                 int64_t *highest);

/* The first row that belongs to an ID; false if there is none. */
TOKVEC_API bool tokvec_table_find(const tokvec_table *table, int64_t id, int64_t *row);

/* The ID that a row belongs to; false if it has none, as rows of words outside a vocabulary. */
TOKVEC_API bool tokvec_table_id(const tokvec_table *table, int64_t row, int64_t *id);

/* True if words outside the vocabulary get rows too, made when tokvec_vocab_find meets them:
 * their numbers, from tokvec_table_rows on, can be read like the others. fastText's are so. */
TOKVEC_API bool tokvec_table_makes_rows(const tokvec_table *table);

/* ---------------------------------------------------------------- weights files */

/* An open weights file: its list of tensors. The data stays on disk until rows are read. Released
 * by tokvec_weights_close. */
typedef struct tokvec_weights tokvec_weights;

/* A number of bytes that has not been counted. */
#define TOKVEC_BYTES_UNKNOWN UINT64_MAX

/* What a file says of one tensor. Lent, with all it points to, until the weights are closed. */
typedef struct tokvec_tensor {
    const char *name;       /* UTF-8; "" where the format has no names (.npy). A NUL inside a name
                               is written as the two bytes C0 80. */
    const char *dtype_name; /* PyTorch's name, or the format's own where PyTorch has none */
    tokvec_dtype dtype;     /* of the rows as they are read */
    unsigned ndim;
    const uint64_t *shape; /* ndim dimensions */
    const char *file;      /* path of the file that holds it */
    uint64_t offset;       /* of the first byte in that file; of compressed ones if it is packed */
    uint64_t bytes;        /* of all elements, as they are before packing; TOKVEC_BYTES_UNKNOWN in a
                              compressed file that is not unpacked whole */
} tokvec_tensor;

/* Opens a weights file, whose format is recognised by its content, or a folder with one model in
 * it. Only headers are read. Where an index tells which file holds which tensor, those files are
 * opened when a tensor of theirs is wanted. Of a PyTorch checkpoint's pickle nothing is ever
 * imported or executed; its tensors are named by the path of keys that leads to them
 * ("model.tok_emb.weight"), up to 64 keys deep. */
TOKVEC_API tokvec_weights *tokvec_weights_open(const char *path, tokvec_error *error);

/* What a file does not say itself, and how it is to be taken; starts as {0}, for which it is taken
 * for what it is. */
typedef struct tokvec_file_spec {
    bool raw;        /* it is bare little-endian values, of which dtype, dim and offset tell all */
    uint64_t dim;    /* only with raw: so many values are a row, 1 or more */
    uint64_t offset; /* only with raw: bytes before the first row; what follows is whole rows */

    /* With raw: the type of the values. Of numbers in text (CSV, TSV, JSON, .vec, GloVe): the type
     * they are rounded to, any but the 8-bit floats; TOKVEC_NO_DTYPE: what the file says, else
     * float32. Other files have a type of their own. */
    tokvec_dtype dtype;

    /* tokvec_weights_table takes tensors for the numbers that are stored, where a model makes its
     * values of them: codes that have scales beside them, a matrix some rows of which belong to
     * several IDs. Of other tensors it gives the same as without. */
    bool stored;
} tokvec_file_spec;

/* As tokvec_weights_open, told what the file does not say. What does not fit together, or the file
 * says itself, fails with TOKVEC_BAD_ARGUMENT. The spec is not needed afterwards.
 *
 * @code
 * tokvec_file_spec spec = {0};
 * spec.raw = true;
 * spec.offset = 128; // where the rows begin in this file
 * spec.dim = 4;
 * spec.dtype = TOKVEC_FLOAT16;
 * tokvec_weights *weights = tokvec_weights_open_as("table.npy", &spec, &error);
 * if (weights == NULL)
 *     return 1;
 * printf("%d rows\n", (int)tokvec_weights_tensor(weights, 0)->shape[0]);
 * tokvec_weights_close(weights);
 * // prints: 5 rows
 * @endcode */
TOKVEC_API tokvec_weights *tokvec_weights_open_as(const char *path, const tokvec_file_spec *spec,
                                                  tokvec_error *error);

/* Closes the file. Tables that tokvec_weights_table made of it must be closed before. NULL is
 * allowed. */
TOKVEC_API void tokvec_weights_close(tokvec_weights *weights);

/* The name of the format: "npy", ... Lent until the weights are closed. */
TOKVEC_API const char *tokvec_weights_format(const tokvec_weights *weights);

/* How many tensors there are; and one of them, in the order of the file, NULL from the count on.
 *
 * @code
 * tokvec_weights *weights = tokvec_weights_open(path, &error);
 * if (weights == NULL || !tokvec_weights_complete(weights, &error))
 *     return 1;
 * for (size_t i = 0; i < tokvec_weights_count(weights); i++) {
 *     const tokvec_tensor *tensor = tokvec_weights_tensor(weights, i);
 *     printf("%s %s %u\n", tensor->name, tensor->dtype_name, tensor->ndim);
 * }
 * tokvec_weights_close(weights);
 * // prints: ln_f.weight float32 1
 * // prints: wpe.weight float32 2
 * // prints: wte.weight float32 2
 * // prints: ln_f.bias float16 1
 * @endcode */
TOKVEC_API size_t tokvec_weights_count(const tokvec_weights *weights);
TOKVEC_API const tokvec_tensor *tokvec_weights_tensor(const tokvec_weights *weights, size_t index);

/* Opens every file that an index names. Before this, of a tensor that nobody has asked for by name
 * only name and file are known: its dtype_name is "", the rest 0. */
TOKVEC_API bool tokvec_weights_complete(tokvec_weights *weights, tokvec_error *error);

/* The token embedding: by its well-known name, else the only tensor of the file that is a matrix.
 * Fails with TOKVEC_NOT_FOUND if there is none, or no telling which. */
TOKVEC_API const tokvec_tensor *tokvec_weights_embedding(tokvec_weights *weights,
                                                         tokvec_error *error);

/* The tensor of that name. In a checkpoint the innermost key alone will do where only one tensor
 * has it. Fails with TOKVEC_NOT_FOUND, and a hint with names that are close. */
TOKVEC_API const tokvec_tensor *tokvec_weights_find(tokvec_weights *weights, const char *name,
                                                    tokvec_error *error);

/* One tensor of the file as a table, which is yours to close, before the weights. A matrix is taken
 * as it is, a vector or single number as one row; with more than two dimensions the vectors of its
 * last are the rows, numbered in row-major order over the others. What is packed, so that other
 * tensors beside it have a part in its values (codes and their scales), is decoded row by row as it
 * is read, bit for bit as the library that packed it does on a CPU; for what is stored itself, see
 * tokvec_file_spec. What can be no table, as it has TOKVEC_NO_DTYPE or is packed in a way that is
 * not known, fails with TOKVEC_UNSUPPORTED.
 *
 * @code
 * tokvec_weights *weights = tokvec_weights_open(path, &error);
 * const tokvec_tensor *tensor =
 *     weights == NULL ? NULL : tokvec_weights_find(weights, "wpe.weight", &error);
 * tokvec_table *table = tensor == NULL ? NULL : tokvec_weights_table(weights, tensor, &error);
 * if (table == NULL)
 *     return 1;
 * printf("%d x %d %s\n", (int)tokvec_table_rows(table), (int)tokvec_table_dim(table),
 *        tokvec_dtype_name(tokvec_table_dtype(table)));
 * tokvec_table_close(table);
 * tokvec_weights_close(weights);
 * // prints: 6 x 8 float32
 * @endcode */
TOKVEC_API tokvec_table *tokvec_weights_table(tokvec_weights *weights, const tokvec_tensor *tensor,
                                              tokvec_error *error);

/* True if the rows of the tensor are those of tokens, so that token strings belong beside them: it
 * is the token embedding, or the output head. */
TOKVEC_API bool tokvec_weights_rows_are_tokens(tokvec_weights *weights,
                                               const tokvec_tensor *tensor);

/* What is odd about a model without keeping its tensors from being read, as one line; NULL if
 * nothing is. In a folder, the shape of the token embedding is compared with config.json when a
 * table is made of it. Lent until the next table is made. */
TOKVEC_API const char *tokvec_weights_warning(const tokvec_weights *weights);

/* What the file is compressed by, as "gzip"; NULL if it is not. Lent. */
TOKVEC_API const char *tokvec_weights_compression(const tokvec_weights *weights);

/* What about opening the weights may surprise, as one line; NULL if nothing does: a compressed file
 * or a pipe that is kept in memory, and how much that is; or which files of a folder were left
 * though they may be a model's too. Lent until they are closed. */
TOKVEC_API const char *tokvec_weights_notice(const tokvec_weights *weights);

/* ---------------------------------------------------------------- metadata */

/* One value of what a file says beside its tensors: of a pair, which has a key, or an element of
 * a list. A list is followed by its elements, then by a TOKVEC_VALUE_LIST_END. Texts are UTF-8,
 * NULs in them written as names have them, and stay only until the visitor returns. */
typedef enum tokvec_value_kind {
    TOKVEC_VALUE_TEXT,
    TOKVEC_VALUE_NATURAL,
    TOKVEC_VALUE_INTEGER,
    TOKVEC_VALUE_REAL,
    TOKVEC_VALUE_TRUTH,
    TOKVEC_VALUE_LIST,
    TOKVEC_VALUE_LIST_END
} tokvec_value_kind;

typedef struct tokvec_value {
    const char *key; /* NULL for elements and ends of lists */
    tokvec_value_kind kind;
    const char *type; /* the format's name of the type ("uint32"), of a list that of its elements */
    union {
        const char *text;
        uint64_t natural;
        int64_t integer;
        double real;
        bool truth;
        uint64_t count; /* of a list's elements */
    } as;
} tokvec_value;

/* Sees one value. False: the elements of the list that this is, or the rest of those of the list
 * that it is in, are left out. */
typedef bool tokvec_visitor(void *context, const tokvec_value *value);

/* Shows all pairs to the visitor: those of a GGUF file (of a split one, of its first part), the
 * __metadata__ of a safetensors file, the metadata of an index. Other formats have none, which is
 * no failure. context is handed on. */
TOKVEC_API bool tokvec_weights_metadata(tokvec_weights *weights, tokvec_visitor *visit,
                                        void *context, tokvec_error *error);

/* ---------------------------------------------------------------- token strings */

/* Text of any bytes, not ended by a NUL. */
typedef struct tokvec_text {
    const char *bytes;
    size_t length;
} tokvec_text;

/* Token strings: which token a row stands for, and which row a token. */
typedef struct tokvec_vocab tokvec_vocab;

/* A vocabulary in a file of its own or beside a model in its folder, or the token strings that a
 * weights file has. Which kind it is shows in its content. TOKVEC_NOT_FOUND: there are none. */
TOKVEC_API tokvec_vocab *tokvec_vocab_open(const char *path, tokvec_error *error);

/* Releases what tokvec_vocab_open has returned. NULL is allowed. */
TOKVEC_API void tokvec_vocab_close(tokvec_vocab *vocab);

/* The token strings that a weights file has itself; *vocab is NULL if it has none, or if they
 * cannot be read, which alone is a failure. Made at the first call, and nothing of it before; lent
 * until the weights are closed. Its IDs are numbers of rows, also where the rows have IDs of their
 * own (tokvec_table_has_ids). */
TOKVEC_API bool tokvec_weights_vocab(tokvec_weights *weights, tokvec_vocab **vocab,
                                     tokvec_error *error);

/* The same for one tensor of the file. In an archive of tables each has its own token strings, and
 * the archive has none, unless it has only one table. */
TOKVEC_API bool tokvec_weights_vocab_of(tokvec_weights *weights, const tokvec_tensor *tensor,
                                        tokvec_vocab **vocab, tokvec_error *error);

/* The vocabulary that is kept beside weights: in the folder of their file, that of the link where
 * it is one; in the folder tokenizer beside a text_encoder; above it, up to the folder that was
 * opened. TOKVEC_NOT_FOUND: there is none. Nothing tells that it belongs to a file that was opened
 * by itself but that its tokens have rows. */
TOKVEC_API tokvec_vocab *tokvec_weights_vocab_beside(const tokvec_weights *weights,
                                                     tokvec_error *error);

/* Tokens are shown and taken as text (" the", a new line) where they are stored in the alphabet
 * of a tokenizer ("Ġthe", "▁the", "<0x0A>"). With raw they are shown and taken as stored. */
TOKVEC_API void tokvec_vocab_set_raw(tokvec_vocab *vocab, bool raw);

/* The ID of a token; of several the one that its tokenizer takes, which is the last in BERT's lists
 * and the lowest in most others. Fails with TOKVEC_NOT_FOUND, a message that names the token and,
 * where one is close, a hint that suggests it. Where words outside the vocabulary have rows
 * (tokvec_table_makes_rows), there is none that is not found. */
TOKVEC_API bool tokvec_vocab_find(tokvec_vocab *vocab, tokvec_text token, int64_t *id,
                                  tokvec_error *error);

/* The token of an ID, lent until the next call for this vocabulary. Fails with TOKVEC_NOT_FOUND
 * if that ID has none. Bytes that are not UTF-8 are shown as "<0xE4>".
 *
 * @code
 * const tokvec_text text = {"king", 4};
 * tokvec_text label;
 * int64_t id;
 * tokvec_vocab *vocab = tokvec_vocab_open("glove.txt", &error);
 * if (vocab == NULL || !tokvec_vocab_find(vocab, text, &id, &error) ||
 *     !tokvec_vocab_label(vocab, id, &label, &error))
 *     return 1;
 * printf("%d %.*s\n", (int)id, (int)label.length, label.bytes);
 * tokvec_vocab_close(vocab);
 * // prints: 2 king
 * @endcode */
TOKVEC_API bool tokvec_vocab_label(tokvec_vocab *vocab, int64_t id, tokvec_text *label,
                                   tokvec_error *error);

/* How many tokens there are. IDs may be missing between them, and so be larger than that. */
TOKVEC_API uint64_t tokvec_vocab_count(tokvec_vocab *vocab);

/* Token `index` of 0 .. count-1, in the order of the IDs, with its ID. The label is lent until the
 * next call for this vocabulary. */
TOKVEC_API bool tokvec_vocab_token(tokvec_vocab *vocab, uint64_t index, int64_t *id,
                                   tokvec_text *label, tokvec_error *error);

/* The largest token ID that has a token; -1 if none has. */
TOKVEC_API int64_t tokvec_vocab_last_id(tokvec_vocab *vocab);

/* True if the IDs are the places of pieces in a model of SentencePiece, and nothing beside it tells
 * that they are the IDs of the model that it belongs to, which may be others. */
TOKVEC_API bool tokvec_vocab_by_place(const tokvec_vocab *vocab);

/* True if the vocabulary was a bare list in JSON: nothing but its length tells whose it is. */
TOKVEC_API bool tokvec_vocab_is_list(const tokvec_vocab *vocab);

/* ---------------------------------------------------------------- truncation */

/* Weights files are mapped into memory. Another process that shrinks one while it is in use
 * makes the next access raise SIGBUS. This call installs a handler for that signal, after which
 * reads report such a file as an error instead; signals from elsewhere go on to the handler
 * that was there before. It belongs to the program, not the library, to decide this: call it once,
 * at the start, before there are threads. Fails with TOKVEC_SYSTEM. */
TOKVEC_API bool tokvec_survive_truncation(tokvec_error *error);

#ifdef __cplusplus
}
#endif
#endif
