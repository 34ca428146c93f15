/* gguf.h - what a GGUF file says beside its tensors, and what its readers share.
 * The key/value pairs are checked once, when the file is opened, and stepped through again when
 * somebody asks: nothing of them is copied.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_FORMATS_GGUF_GGUF_H
#define TOKVEC_FORMATS_GGUF_GGUF_H

#include "table/quantised.h"
#include "table/weights.h"

/* ---- key/value pairs ------------------------------------------------------------------------ */

/* The types of values, by their numbers in the file. */
typedef enum gguf_type {
    GGUF_UINT8 = 0,
    GGUF_INT8,
    GGUF_UINT16,
    GGUF_INT16,
    GGUF_UINT32,
    GGUF_INT32,
    GGUF_FLOAT32,
    GGUF_BOOL,
    GGUF_STRING,
    GGUF_ARRAY,
    GGUF_UINT64,
    GGUF_INT64,
    GGUF_FLOAT64,
    GGUF_TYPE_COUNT
} gguf_type;

/* "uint8", "string", ... */
const char *gguf_type_name(gguf_type type);

/* Whether a text in the file is that one. */
bool gguf_text_is(tokvec_text text, const char *wanted);

typedef struct gguf_value {
    gguf_type type;
    uint64_t offset; /* in the file: of a number, a string's bytes, an array's first element */
    union {
        uint64_t natural; /* GGUF_UINT8 .. GGUF_UINT64 */
        int64_t integer;  /* GGUF_INT8 .. GGUF_INT64 */
        double real;      /* GGUF_FLOAT32 (exact) and GGUF_FLOAT64 */
        bool truth;
        tokvec_text text;
        struct {
            gguf_type type; /* of the elements; GGUF_ARRAY: they are arrays themselves */
            uint64_t count;
        } array;
    } as;
} gguf_value;

/* A position in pairs or in the elements of an array. `left` is the number of those to come. It
 * lives as long as the tokvec_weights. */
typedef struct gguf_cursor {
    const file_map *map;
    uint64_t at;
    uint64_t left;
    gguf_type element; /* of an array */
    bool big_endian;
    unsigned depth;    /* of arrays in arrays */
    tokvec_error *err; /* may be NULL */
} gguf_cursor;

/* The pairs of a model, in the order of the file (of a split one, of its first part). weights
 * must be a GGUF file. */
gguf_cursor gguf_pairs(const tokvec_weights *weights);

/* The next pair. False at the end; sooner only if somebody has changed the file meanwhile. */
bool gguf_next_pair(gguf_cursor *cursor, tokvec_text *key, gguf_value *value);

/* The elements of an array that `cursor`, or a copy of it, came upon. */
gguf_cursor gguf_elements(const gguf_cursor *cursor, const gguf_value *array);

bool gguf_next_element(gguf_cursor *cursor, gguf_value *value);

/* The token strings (tokenizer.ggml.tokens), that of token ID 0 first, to go through with
 * gguf_next_element. False if the file has none, or weights is no GGUF file. */
bool gguf_tokens(const tokvec_weights *weights, gguf_cursor *tokens);

/* ---- shared by the readers ------------------------------------------------------------------ */

enum {
    GGUF_HEADER_SIZE = 24, /* magic, version, number of tensors, number of pairs */
    GGUF_INFO_MIN = 24,    /* of a tensor without name and dimensions */
};

/* One file of a model, which has several if it is split. */
typedef struct gguf_part {
    file_map *map; /* that of the weights, or closed with them */
    bool big_endian;
    uint64_t pair_count, tensor_count;
    uint64_t tensors_at; /* where the pairs end */
    uint64_t alignment;
    uint64_t tokens_at; /* of the first token string, 0 if there are none */
    uint64_t token_count;
    bool has_split_no, has_split_count, has_split_tensors;
    uint64_t split_no, split_count, split_tensors; /* split_no counts from 0 */
} gguf_part;

/* weights->detail */
typedef struct gguf_model {
    gguf_part *parts; /* in their order, of count */
    size_t count;
} gguf_model;

/* Where a tensor lies, and what its table needs to know: the detail of its layout. */
typedef struct gguf_place {
    const gguf_part *part;
    const quant_type *type; /* NULL: unknown */
    uint64_t info_at;       /* in the file: of the tensor's info */
    uint64_t offset_at;     /* of the offset in the info */
    uint64_t offset;        /* from the start of the data */
    char unknown[24];       /* the name of an unknown type */
} gguf_place;

/* Steps over a number of each width; `field` is for the message if the file ends before. */
bool gguf_take_u32(gguf_cursor *cursor, uint32_t *out, const char *field);
bool gguf_take_u64(gguf_cursor *cursor, uint64_t *out, const char *field);
bool gguf_take_text(gguf_cursor *cursor, tokvec_text *out, const char *field);

/* As gguf_next_pair, for a cursor that tells in cursor->err what is wrong. */
bool gguf_take_pair(gguf_cursor *cursor, tokvec_text *key, gguf_value *value);

/* True for GGUF, and for the formats before it, which are then refused by name. */
bool gguf_recognise(const file_map *map);

/* The token strings as a vocabulary; NULL without an error if there are none. */
tokvec_vocab *gguf_vocab(tokvec_weights *weights, tokvec_error *err);

/* Reads the header of part->map up to its tensors. */
bool gguf_read_pairs(gguf_part *part, tokvec_error *err);

/* The two numbers at the end of a part's name, NAME-00001-of-00003.gguf; false if it does not end
 * so. */
bool gguf_split_name(const char *path, uint64_t *number, uint64_t *count);

/* The format's metadata(). */
bool gguf_metadata(tokvec_weights *weights, tokvec_visitor *visit, void *context,
                   tokvec_error *err);

/* The format's faults(). */
bool gguf_faults(const tokvec_weights *weights, weights_fault *tell, void *context,
                 tokvec_error *err);

/* Fills in model->parts: `own` alone, or all the parts of the split model that it belongs to,
 * the others opened. What is in model->parts afterwards is the caller's to release, also when
 * this fails. */
bool gguf_find_parts(gguf_model *model, const gguf_part *own, tokvec_error *err);

extern const weights_format gguf_format;

#endif
