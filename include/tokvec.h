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

/* The version of this header. */
#define TOKVEC_VERSION_MAJOR 0
#define TOKVEC_VERSION_MINOR 2
#define TOKVEC_VERSION_PATCH 0
#define TOKVEC_VERSION_NUMBER \
    (TOKVEC_VERSION_MAJOR * 10000 + TOKVEC_VERSION_MINOR * 100 + TOKVEC_VERSION_PATCH)

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

/* What exactly went wrong, where a caller may know better than the hint what to do about it. */
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
    TOKVEC_KIND_OWN_DTYPE      /* the dtype was told, but the file has its own */
} tokvec_error_kind;

/* Why a call failed, filled in by the place that knows; every part is one line of text, and
 * `where` and `hint` may be empty. A caller that does not want to know passes NULL. */
typedef struct tokvec_error {
    tokvec_code code;
    tokvec_error_kind kind;
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

/* A matrix of vectors, one row a token ID. Made by tokvec_table_seed, tokvec_table_open or
 * tokvec_weights_table; released by tokvec_table_close. Not to be shared between threads, unless
 * table_concurrent says so. */
typedef struct tokvec_table tokvec_table;

TOKVEC_API void tokvec_table_close(tokvec_table *table); /* NULL is allowed */

TOKVEC_API uint64_t tokvec_table_rows(const tokvec_table *table);
TOKVEC_API uint64_t tokvec_table_dim(const tokvec_table *table);
TOKVEC_API tokvec_dtype tokvec_table_dtype(const tokvec_table *table);

/* True if words outside the vocabulary get rows too, made when tokvec_vocab_find meets them:
 * their IDs, from tokvec_table_rows on, can be read like the others. fastText's are so. */
TOKVEC_API bool tokvec_table_makes_rows(const tokvec_table *table);

/* True if the file says itself which IDs its rows belong to, as what tokvec wrote does, and these
 * are not just 0, 1, 2, ... All other calls go by the number of a row, from 0 in the order of the
 * file; without IDs of its own, a table's token ID is that number. */
TOKVEC_API bool tokvec_table_has_ids(const tokvec_table *table);

/* How many different IDs there are, and the lowest and the highest of them; false if none. */
TOKVEC_API bool tokvec_table_ids(const tokvec_table *table, uint64_t *count, int64_t *lowest,
                                 int64_t *highest);

/* The first row that belongs to an ID; false if there is none. */
TOKVEC_API bool tokvec_table_find(const tokvec_table *table, int64_t id, int64_t *row);

/* The ID that a row belongs to; false if it has none, as rows of words outside a vocabulary. */
TOKVEC_API bool tokvec_table_id(const tokvec_table *table, int64_t row, int64_t *id);

/* Writes the rows of n token IDs to out, one after the other, in the table's dtype and the
 * machine's byte order: n * dim elements. out must be aligned to an element. An ID outside
 * 0 .. rows-1 fails with TOKVEC_BAD_ID; out then holds nothing of use. */
TOKVEC_API bool tokvec_table_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                                  tokvec_error *error);

/* The row of one token ID where it lies in memory; NULL if there is no such row, or if the table
 * cannot give a pointer to it (then read it). The rows that follow lie right after it. Valid until
 * the table is closed. After using what it points to, ask tokvec_table_intact. */
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

/* The weight of that layer, bit for bit as PyTorch makes it on x86-64 with AVX2. Rows are made as
 * they are read; the table itself takes no memory but for 5 MB at most, whatever its size. Fastest
 * are rows in ascending order, and many at a time. */
TOKVEC_API tokvec_table *tokvec_table_seed(const tokvec_seed_spec *spec, tokvec_error *error);

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
    const char *file;      /* path of the file that holds it */
    uint64_t offset;       /* of the first byte in that file; of compressed ones if it is packed */
    uint64_t bytes;        /* of all elements, as they are before packing */
} tokvec_tensor;

/* Opens a weights file of any known format, recognised by its content,
 * or a folder with one model in it. Reads headers only. Where an index tells which file holds which
 * tensor, those files are opened when a tensor of theirs is wanted. Of a PyTorch checkpoint's
 * pickle nothing is ever imported or executed; its tensors are named by the path of keys that leads
 * to them ("model.tok_emb.weight"), up to 64 keys deep. */
TOKVEC_API tokvec_weights *tokvec_weights_open(const char *path, tokvec_error *error);

/* What a file does not say itself. All 0: what tokvec_weights_open takes it for. */
typedef struct tokvec_file_spec {
    /* Of a file of bare values: their type. Of numbers in text (CSV, TSV, JSON, .vec, GloVe):
     * the type they are rounded to, any but the 8-bit floats; TOKVEC_NO_DTYPE: what the file
     * says, else float32. Other files have a type of their own. */
    tokvec_dtype dtype;
    bool raw;        /* the file is bare little-endian values, of which the rest tells more */
    uint64_t dim;    /* so many in a row */
    uint64_t offset; /* bytes before them; what follows must be whole rows */
} tokvec_file_spec;

/* As tokvec_weights_open, told what the file does not say. */
TOKVEC_API tokvec_weights *tokvec_weights_open_as(const char *path, const tokvec_file_spec *spec,
                                                  tokvec_error *error);

/* NULL is allowed. Tables made from it by tokvec_weights_table must be closed before. */
TOKVEC_API void tokvec_weights_close(tokvec_weights *weights);

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
 * __metadata__ of a safetensors file, the metadata of an index. Other formats have none. */
TOKVEC_API bool tokvec_weights_metadata(tokvec_weights *weights, tokvec_visitor *visit,
                                        void *context, tokvec_error *error);

/* What is odd about a model without keeping its tensors from being read, as one line; NULL if
 * nothing is. In a folder, the shape of the token embedding is compared with config.json when a
 * table is made of it. Valid until the next table is made. */
TOKVEC_API const char *tokvec_weights_warning(const tokvec_weights *weights);

TOKVEC_API const char *tokvec_weights_format(const tokvec_weights *weights); /* "npy", ... */
TOKVEC_API size_t tokvec_weights_count(const tokvec_weights *weights);
TOKVEC_API const tokvec_tensor *tokvec_weights_tensor(const tokvec_weights *weights, size_t index);

/* Opens every file that an index names. Before this, of a tensor that nobody has asked for by
 * tokvec_weights_find only name and file are known: its dtype_name is "", the rest 0. */
TOKVEC_API bool tokvec_weights_complete(tokvec_weights *weights, tokvec_error *error);

/* The token embedding: by its well-known name, else the only tensor of the file that is a matrix.
 * NULL and an error if there is none, or no telling which. */
TOKVEC_API const tokvec_tensor *tokvec_weights_embedding(tokvec_weights *weights,
                                                         tokvec_error *error);

/* The tensor of that name. In a checkpoint the innermost key alone will do where only one tensor
 * has it. NULL and an error if there is none, or no telling which. */
TOKVEC_API const tokvec_tensor *tokvec_weights_find(tokvec_weights *weights, const char *name,
                                                    tokvec_error *error);

/* One tensor of the file as a table. A matrix is taken as it is, a vector or single number as
 * one row; with more than two dimensions the vectors of its last are the rows, numbered in
 * row-major order over the others. The table borrows weights. */
TOKVEC_API tokvec_table *tokvec_weights_table(tokvec_weights *weights, const tokvec_tensor *tensor,
                                              tokvec_error *error);

/* The token embedding of a file: tokvec_weights_open, _embedding and _table in one; the table owns
 * the file and closes it. */
TOKVEC_API tokvec_table *tokvec_table_open(const char *path, tokvec_error *error);

/* ---------------------------------------------------------------- token strings */

/* Text of any bytes, not ended by a NUL. */
typedef struct tokvec_text {
    const char *bytes;
    size_t length;
} tokvec_text;

/* Token strings: which token a row stands for, and which row a token. Made by tokvec_vocab_open,
 * released by tokvec_vocab_close; or tokvec_weights_vocab's. Not to be shared between threads. */
typedef struct tokvec_vocab tokvec_vocab;

/* A vocabulary in a file of its own, or the token strings that a weights file has. Which kind it
 * is shows in its content. */
TOKVEC_API tokvec_vocab *tokvec_vocab_open(const char *path, tokvec_error *error);

TOKVEC_API void tokvec_vocab_close(tokvec_vocab *vocab); /* NULL is allowed */

/* The token strings that a weights file has itself; *vocab is NULL if it has none. Made at the
 * first call, and nothing of it before; weights owns it. Its IDs are numbers of rows, also where
 * the rows have IDs of their own (tokvec_table_has_ids). */
TOKVEC_API bool tokvec_weights_vocab(tokvec_weights *weights, tokvec_vocab **vocab,
                                     tokvec_error *error);

/* True if the rows of the tensor are those of tokens, so that token strings belong beside them: it
 * is the token embedding, or the output head. */
TOKVEC_API bool tokvec_weights_rows_are_tokens(tokvec_weights *weights,
                                               const tokvec_tensor *tensor);

/* True if the vocabulary was a bare list in JSON: nothing but its length tells whose it is. */
TOKVEC_API bool tokvec_vocab_is_list(const tokvec_vocab *vocab);

/* The largest token ID that has a token; -1 if none has. */
TOKVEC_API int64_t tokvec_vocab_last_id(tokvec_vocab *vocab);

/* Tokens are shown and taken as text (" the", a new line) where they are stored in the alphabet
 * of a tokenizer ("Ġthe", "▁the", "<0x0A>"). With raw they are shown and taken as stored. */
TOKVEC_API void tokvec_vocab_set_raw(tokvec_vocab *vocab, bool raw);

/* How many tokens there are. IDs may be missing between them, and so be larger than that. */
TOKVEC_API uint64_t tokvec_vocab_count(tokvec_vocab *vocab);

/* Token `index` of 0 .. count-1, in the order of the IDs, with its ID. The label is valid until
 * the next call for this vocabulary. */
TOKVEC_API bool tokvec_vocab_token(tokvec_vocab *vocab, uint64_t index, int64_t *id,
                                   tokvec_text *label, tokvec_error *error);

/* The token of an ID, valid until the next call for this vocabulary. Fails with TOKVEC_NOT_FOUND
 * if that ID has none. Bytes that are not UTF-8 are shown as "<0xE4>". */
TOKVEC_API bool tokvec_vocab_label(tokvec_vocab *vocab, int64_t id, tokvec_text *label,
                                   tokvec_error *error);

/* The ID of a token, the lowest if there are several. Fails with TOKVEC_NOT_FOUND, a message that
 * names the token and, where one is close, a hint that suggests it. Where words outside the
 * vocabulary have rows (tokvec_table_makes_rows), there is none that is not found. */
TOKVEC_API bool tokvec_vocab_find(tokvec_vocab *vocab, tokvec_text token, int64_t *id,
                                  tokvec_error *error);

/* ---------------------------------------------------------------- truncation */

/* Weights files are mapped into memory. Another process that shrinks one while it is in use
 * makes the next access raise SIGBUS. This call installs a handler for that signal, after which
 * reads report such a file as an error instead; signals from elsewhere go on to the handler
 * that was there before. It belongs to the program, not the library, to decide this. */
TOKVEC_API bool tokvec_survive_truncation(tokvec_error *error);

#ifdef __cplusplus
}
#endif
#endif
