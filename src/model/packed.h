/* packed.h - tensors that are not the numbers they seem to be.
 * Quantised models keep codes under the name of the weight, and beside it, in tensors of names that
 * tell the scheme, what turns codes into values. What can be decoded is a table of the values; the
 * rest is refused by the name of the tensor that tells it.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_PACKED_H
#define TOKVEC_MODEL_PACKED_H

#include "table/weights.h"

/* What may stand beside the codes of a weight. */
typedef enum packed_part {
    PART_SCALES,           /* MLX, and GPTQ, AWQ */
    PART_BIASES,           /* MLX */
    PART_QBIASES,          /* transformers for Apple's GPUs */
    PART_WEIGHT_SCALE,     /* FP8, int8, compressed-tensors */
    PART_WEIGHT_SCALE_INV, /* the same of DeepSeek */
    PART_SCALE_WEIGHT,     /* the same of ComfyUI */
    PART_SCALE,            /* DeepSeek's own files */
    PART_WEIGHT_SCALE_2,   /* ModelOpt's NVFP4 */
    PART_ZERO_POINT,
    PART_GLOBAL_SCALE,
    PART_SHAPE,
    PART_GROUP_INDEX,
    PART_EMBEDDING_SCALE, /* Gemma */
    PART_ABSMAX,          /* bitsandbytes, 4 bits, and the next ones */
    PART_QUANT_MAP,
    PART_NESTED_ABSMAX,
    PART_NESTED_QUANT_MAP,
    PART_QUANT_STATE_NF4,
    PART_QUANT_STATE_FP4,
    PART_SCB, /* bitsandbytes, 8 bits, and the next one */
    PART_WEIGHT_FORMAT,
    PART_MAPPING, /* model2vec */
    PART_WEIGHTS, /* model2vec */
    PART_COUNT
} packed_part;

typedef enum packed_kind {
    PACKED_PLAIN, /* the tensor is what it seems */
    PACKED_MLX_AFFINE,
    PACKED_MLX_FLOAT, /* mxfp4, mxfp8, nvfp4 */
    PACKED_SCALED,    /* one number a value, times a scale */
    PACKED_WORDS,     /* compressed-tensors, pack-quantized */
    PACKED_NVFP4,     /* compressed-tensors */
    PACKED_GEMMA,
    PACKED_BNB4, /* bitsandbytes */
    PACKED_BNB8,
    PACKED_MAPPED, /* model2vec */
} packed_kind;

/* How a tensor is packed. */
typedef struct packed {
    packed_kind kind;
    size_t codes;             /* index of the tensor */
    size_t parts[PART_COUNT]; /* of what stands beside it; SIZE_MAX: nothing */
    char layer[300];          /* its name without the last part */
    const char *scheme;       /* by whom it is packed, if tokvec does not decode it; or NULL */
    unsigned bits;            /* of a code, once it is opened; 0: the codes are numbers */
} packed;

/* Finds out how tensor `index` is packed. Fails with an error that names the scheme if tokvec does
 * not decode it. */
bool packed_detect(tokvec_weights *weights, size_t index, packed *p, tokvec_error *err);

/* The values of a packed tensor, each row decoded when it is asked for. Borrows weights. */
tokvec_table *packed_open(tokvec_weights *weights, packed *p, tokvec_error *err);

/* True if the stored rows of tensor `index` are those of the values, one by one. */
bool packed_stores_rows(tokvec_weights *weights, size_t index);

/* The same of PACKED_BNB4. */
tokvec_table *packed_open_bnb4(tokvec_weights *weights, const packed *p, tokvec_error *err);

/* Warns of a plain tensor that looks like the words of a quantised embedding whose scales went
 * astray. */
void packed_warn(tokvec_weights *weights, size_t index);

/* The length of a name without the ending under which some scheme keeps the codes of "P.weight":
 * that of "P". 0: it has none of these endings. ".weight" itself is one. */
size_t packed_stem(const char *name);

/* A tensor of the layer, the first `length` bytes of `layer`, that is a scale by its name, and no
 * part of p by which it is decoded; SIZE_MAX: there is none. */
size_t packed_stray_scale(const tokvec_weights *weights, const packed *p, const char *layer,
                          size_t length);

/* A scale, by its name, beside a weight that is taken for what it seems; SIZE_MAX: there is none.
 */
size_t packed_unused_scale(const tokvec_weights *weights, const packed *p);

/* The first of the scales that the values of a packed tensor are made with; SIZE_MAX: none are. */
size_t packed_used_scale(const packed *p);

/* Fails if parts of the layer lie in another file of the model, or if the model's scales are not
 * to be found. */
bool packed_check_files(tokvec_weights *weights, const packed *p, const char *layer, size_t length,
                        tokvec_error *err);

/* What config.json says. All fail only if there is not enough memory to tell. */

/* Whether all weights in FP8 have scales. */
bool packed_is_fp8_model(tokvec_weights *weights, bool *is_fp8, tokvec_error *err);

/* Fails if config.json says that MLX quantised the layer in another way, or in one that is unknown,
 * or contradicts itself. */
bool packed_check_mlx(tokvec_weights *weights, const char *layer, bool affine, tokvec_error *err);

/* Bits a code and columns a scale of MLX, of a matrix of `words` words and `groups` scales a row:
 * by config.json, and by what the shapes leave open. */
bool packed_mlx_numbers(tokvec_weights *weights, const char *layer, uint64_t words, uint64_t groups,
                        unsigned *bits, unsigned *group, tokvec_error *err);

/* Rows and columns of a block that share a scale; 0 and 0: it does not say. */
bool packed_block_size(tokvec_weights *weights, uint64_t block[2], tokvec_error *err);

/* A bit for each number of bits, 1 << 2 to 1 << 8, in which compressed-tensors has packed weights
 * of the model; 0: it does not say. */
bool packed_word_bits(tokvec_weights *weights, unsigned *bits, tokvec_error *err);

/* hidden_size; 0: it does not say. */
bool packed_hidden_size(tokvec_weights *weights, uint64_t *size, tokvec_error *err);

#endif
