/* packed_open.c - the parts of a packed tensor, checked and put together.
 * See packed.h. Counts are compared by division, so that no product can wrap.
 * SPDX-License-Identifier: MIT */
#include "model/packed.h"

#include "base/dtype.h"
#include "model/packed_parts.h"

/* A part of one row of numbers for each row of codes, each number for `dim / columns` values. */
static bool open_groups(tokvec_weights *weights, const packed *p, packed_part part, uint64_t rows,
                        uint64_t dim, packed_grid *grid, tokvec_error *err)
{
    const tokvec_tensor *t = packed_parts_get(weights, p, part);
    if (t == NULL || t->ndim != 2 || t->shape[0] != rows || t->shape[1] == 0 ||
        dim % t->shape[1] != 0 || dim == 0)
        return packed_parts_misfit(weights, p, part, err);
    return packed_parts_open(weights, p, part, false, 1, dim / t->shape[1], grid, err);
}

static bool is_float(const tokvec_tensor *t, size_t size_max)
{
    return tokvec_dtype_is_float(t->dtype) && tokvec_dtype_size(t->dtype) >= 2 &&
           tokvec_dtype_size(t->dtype) <= size_max;
}

/* ---- MLX ------------------------------------------------------------------------------------ */

static bool open_mlx_affine(tokvec_weights *weights, const packed *p, packed_layout *l,
                            tokvec_error *err)
{
    const tokvec_tensor *codes = &weights->tensors[p->codes];
    const tokvec_tensor *scales = packed_parts_get(weights, p, PART_SCALES);
    const tokvec_tensor *biases = packed_parts_get(weights, p, PART_BIASES);
    unsigned group = 0;
    if (!packed_check_mlx(weights, p->layer, true, err))
        return false;
    if (scales->ndim != 2 || scales->shape[0] != codes->shape[0] || !is_float(scales, 4))
        return packed_parts_misfit(weights, p, PART_SCALES, err);
    if (biases->ndim != 2 || biases->shape[0] != scales->shape[0] ||
        biases->shape[1] != scales->shape[1] || biases->dtype != scales->dtype)
        return packed_parts_misfit(weights, p, PART_BIASES, err);
    if (!packed_mlx_numbers(weights, p->layer, codes->shape[1], scales->shape[1], &l->bits, &group,
                            err))
        return false;
    l->dim = scales->shape[1] * group;
    l->dtype = scales->dtype;
    l->code = CODE_BITS;
    return open_groups(weights, p, PART_SCALES, codes->shape[0], l->dim, &l->scales, err) &&
           open_groups(weights, p, PART_BIASES, codes->shape[0], l->dim, &l->biases, err);
}

/* mxfp4, mxfp8 and nvfp4 differ in the words that a scale goes with: 4, 8 and 2. */
static bool open_mlx_float(tokvec_weights *weights, const packed *p, packed_layout *l,
                           tokvec_error *err)
{
    const tokvec_tensor *codes = &weights->tensors[p->codes];
    const tokvec_tensor *scales = packed_parts_get(weights, p, PART_SCALES);
    if (!packed_check_mlx(weights, p->layer, false, err))
        return false;
    if (scales->ndim != 2 || scales->dtype != TOKVEC_UINT8 || scales->shape[1] == 0 ||
        codes->shape[1] % scales->shape[1] != 0)
        return packed_parts_misfit(weights, p, PART_SCALES, err);
    uint64_t words = codes->shape[1] / scales->shape[1];
    if (words != 2 && words != 4 && words != 8)
        return packed_parts_misfit(weights, p, PART_SCALES, err);
    l->dim = codes->shape[1] * (words == 8 ? 4 : 8);
    l->dtype = TOKVEC_BFLOAT16;
    l->code = words == 8 ? CODE_E4M3 : CODE_E2M1;
    l->scale = words == 2 ? SCALE_E4M3 : SCALE_EXPONENTS_INF;
    return open_groups(weights, p, PART_SCALES, codes->shape[0], l->dim, &l->scales, err);
}

/* ---- one number a value --------------------------------------------------------------------- */

/* The size of `count` blocks that n rows or columns fall into, where no config tells it: the usual
 * one, or what divides them. 0: there is none, or no telling which. */
static uint64_t guess_block(uint64_t n, uint64_t count, bool usual)
{
    enum { USUAL_BLOCK = 128 };
    bool fits = packed_parts_count(n, USUAL_BLOCK) == count;
    if (usual)
        return fits ? USUAL_BLOCK : 0;
    if (n % count != 0 || (fits && count > 1 && n / count != USUAL_BLOCK))
        return 0;
    return n / count;
}

/* Finds rows and columns of the blocks that share a scale: by the shape of the scales, and for
 * blocks by config.json where it is given. */
static bool find_blocks(tokvec_weights *weights, const packed *p, const tokvec_tensor *scales,
                        bool *column, uint64_t block[2], tokvec_error *err)
{
    const tokvec_tensor *codes = &weights->tensors[p->codes];
    uint64_t rows = codes->shape[0], dim = codes->shape[1];
    *column = false;
    block[0] = rows > 0 ? rows : 1;
    block[1] = dim > 0 ? dim : 1;
    if (scales->ndim == 0 || (scales->ndim == 1 && scales->shape[0] == 1))
        return true;
    if (scales->ndim == 1) {
        *column = true;
        block[0] = 1;
        return scales->shape[0] == rows || packed_parts_misfit(weights, p, PART_WEIGHT_SCALE, err);
    }
    if (scales->ndim != 2)
        return packed_parts_misfit(weights, p, PART_WEIGHT_SCALE, err);
    uint64_t a = scales->shape[0], b = scales->shape[1];
    if (a == 0 || b == 0 || a > rows || b > dim)
        return packed_parts_misfit(weights, p, PART_WEIGHT_SCALE, err);
    if (b == 1 && (a == 1 || a == rows)) {
        block[0] = a == 1 ? rows : 1;
        return true;
    }
    if (a == 1 && b == dim) {
        block[1] = 1;
        return true;
    }
    if (!packed_block_size(weights, block, err))
        return false;
    if (block[0] == 0) {
        bool usual = guess_block(rows, a, true) != 0 && guess_block(dim, b, true) != 0;
        block[0] = guess_block(rows, a, usual);
        block[1] = guess_block(dim, b, usual);
        if (block[0] == 0 || block[1] == 0)
            return packed_parts_misfit(weights, p, PART_WEIGHT_SCALE, err);
    }
    return (packed_parts_count(rows, block[0]) == a && packed_parts_count(dim, block[1]) == b) ||
           packed_parts_misfit(weights, p, PART_WEIGHT_SCALE, err);
}

static bool open_scaled(tokvec_weights *weights, const packed *p, packed_layout *l,
                        tokvec_error *err)
{
    const tokvec_tensor *codes = &weights->tensors[p->codes];
    const tokvec_tensor *scales = packed_parts_get(weights, p, PART_WEIGHT_SCALE);
    const tokvec_tensor *zeros = packed_parts_get(weights, p, PART_ZERO_POINT);
    bool column, bytes = scales->dtype == TOKVEC_UINT8 || scales->dtype == TOKVEC_FLOAT8_E8M0FNU;
    uint64_t block[2];
    if (bytes ? codes->dtype == TOKVEC_INT8 : !is_float(scales, 4)) /* pairs of FP4, perhaps */
        return packed_parts_misfit(weights, p, PART_WEIGHT_SCALE, err);
    if (!find_blocks(weights, p, scales, &column, block, err))
        return false;
    l->dim = codes->shape[1];
    l->dtype = TOKVEC_FLOAT32;
    l->code = CODE_NUMBERS;
    l->scale = bytes ? SCALE_EXPONENTS : SCALE_NUMBERS;
    if (!packed_parts_open(weights, p, PART_WEIGHT_SCALE, column, block[0], block[1], &l->scales,
                           err))
        return false;
    if (zeros == NULL)
        return true;
    bool same = zeros->ndim == scales->ndim &&
                (zeros->dtype == TOKVEC_INT8 || zeros->dtype == TOKVEC_INT32);
    for (unsigned i = 0; same && i < zeros->ndim; i++)
        same = zeros->shape[i] == scales->shape[i];
    return same ? packed_parts_open(weights, p, PART_ZERO_POINT, column, block[0], block[1],
                                    &l->zeros, err)
                : packed_parts_misfit(weights, p, PART_ZERO_POINT, err);
}

/* ---- compressed-tensors --------------------------------------------------------------------- */

/* The width that the tensor beside the codes tells. */
static bool read_width(tokvec_weights *weights, const packed *p, uint64_t rows, uint64_t *dim,
                       tokvec_error *err)
{
    const tokvec_tensor *t = packed_parts_get(weights, p, PART_SHAPE);
    uint8_t bytes[16];
    int64_t shape[2];
    tokvec_dtype dtype = t != NULL && t->dtype == TOKVEC_INT32 ? TOKVEC_INT32 : TOKVEC_INT64;
    if (!packed_parts_read(weights, p, PART_SHAPE, dtype, 2, bytes, err))
        return false;
    for (size_t i = 0; i < 2; i++) {
        element e = dtype_element(dtype, bytes, i);
        shape[i] = e.negative || e.magnitude > INT64_MAX ? -1 : (int64_t)e.magnitude;
    }
    *dim = (uint64_t)shape[1];
    return (shape[0] >= 0 && (uint64_t)shape[0] == rows && shape[1] > 0) ||
           packed_parts_misfit(weights, p, PART_SHAPE, err);
}

/* Finds bits a code, and whether codes go on from word to word: so newer compressed-tensors does
 * it, while in older ones a word has as many as fit whole. Of 2, 4 and 8 bits, which are the usual
 * ones, both ways are one. */
static bool choose_words(tokvec_weights *weights, const packed *p, uint64_t words, packed_layout *l,
                         tokvec_error *err)
{
    unsigned said, found = 0;
    if (!packed_word_bits(weights, &said, err))
        return false;
    if (l->dim / 16 > words) /* of 2 bits a word has no more */
        return packed_parts_misfit(weights, p, PART_SHAPE, err);
    for (unsigned pass = 0; pass < 2 && found == 0; pass++) {
        for (unsigned bits = 2; bits <= 8; bits++) {
            bool is_usual = 32 % bits == 0;
            bool whole = packed_parts_count(l->dim, 32 / bits) == words;
            bool dense = !is_usual && words > 1 && packed_parts_count(l->dim * bits, 32) == words;
            if ((said != 0 && !(said >> bits & 1)) || (said == 0 && pass == 0 && !is_usual))
                continue;
            found += whole + dense;
            l->bits = whole || dense ? bits : l->bits;
            l->code = dense ? CODE_BITS : whole ? CODE_WORDS : l->code;
        }
    }
    return found == 1 || packed_parts_misfit(weights, p, PART_SHAPE, err);
}

static bool open_words(tokvec_weights *weights, const packed *p, packed_layout *l,
                       tokvec_error *err)
{
    const tokvec_tensor *codes = &weights->tensors[p->codes];
    const tokvec_tensor *scales = packed_parts_get(weights, p, PART_WEIGHT_SCALE);
    const tokvec_tensor *zeros = packed_parts_get(weights, p, PART_ZERO_POINT);
    uint64_t rows = codes->shape[0], words = codes->shape[1];
    if (!read_width(weights, p, rows, &l->dim, err))
        return false;
    if (codes->dtype != TOKVEC_INT32)
        return packed_parts_misfit(weights, p, PART_SHAPE, err);
    if (!choose_words(weights, p, words, l, err))
        return false;
    if (scales == NULL || !is_float(scales, 4))
        return packed_parts_misfit(weights, p, PART_WEIGHT_SCALE, err);
    l->dtype = scales->dtype;
    l->offset = 1 << (l->bits - 1);
    if (!open_groups(weights, p, PART_WEIGHT_SCALE, rows, l->dim, &l->scales, err))
        return false;
    if (zeros == NULL)
        return true;
    if (l->code != CODE_WORDS || zeros->ndim != 2 || zeros->dtype != TOKVEC_INT32 ||
        zeros->shape[1] != scales->shape[1] ||
        zeros->shape[0] != packed_parts_count(rows, 32 / l->bits))
        return packed_parts_misfit(weights, p, PART_ZERO_POINT, err);
    return packed_parts_open(weights, p, PART_ZERO_POINT, false, 32 / l->bits,
                             l->dim / zeros->shape[1], &l->zeros, err);
}

static bool open_nvfp4(tokvec_weights *weights, const packed *p, packed_layout *l,
                       tokvec_error *err)
{
    const tokvec_tensor *codes = &weights->tensors[p->codes];
    const tokvec_tensor *scales = packed_parts_get(weights, p, PART_WEIGHT_SCALE);
    enum { GROUP = 16 };
    if (codes->dtype != TOKVEC_UINT8 || scales == NULL || scales->ndim != 2 ||
        scales->dtype != TOKVEC_FLOAT8_E4M3FN || codes->shape[1] % (GROUP / 2) != 0 ||
        codes->shape[1] / (GROUP / 2) != scales->shape[1])
        return packed_parts_misfit(weights, p, PART_WEIGHT_SCALE, err);
    if (!packed_parts_read(weights, p, PART_GLOBAL_SCALE, TOKVEC_FLOAT32, 1, &l->divisor, err))
        return false;
    l->divides = true;
    l->dim = scales->shape[1] * GROUP;
    l->dtype = TOKVEC_FLOAT32;
    l->code = CODE_E2M1;
    return open_groups(weights, p, PART_WEIGHT_SCALE, codes->shape[0], l->dim, &l->scales, err);
}

/* ---- Gemma ---------------------------------------------------------------------------------- */

/* The width is not stored: it is that of config.json, which tells the bits. */
static bool open_gemma(tokvec_weights *weights, const packed *p, packed_layout *l,
                       tokvec_error *err)
{
    const tokvec_tensor *codes = &weights->tensors[p->codes];
    const tokvec_tensor *scales = packed_parts_get(weights, p, PART_EMBEDDING_SCALE);
    if (scales == NULL || scales->dtype != TOKVEC_FLOAT32)
        return packed_parts_misfit(weights, p, PART_EMBEDDING_SCALE, err);
    l->dim = codes->shape[1];
    if (codes->dtype != TOKVEC_INT8 && !packed_hidden_size(weights, &l->dim, err))
        return false;
    l->dtype = TOKVEC_FLOAT32;
    for (unsigned bits = 4; bits >= 2 && codes->dtype == TOKVEC_UINT8 && l->bits == 0; bits -= 2)
        l->bits = l->dim > 0 && packed_parts_count(l->dim, 8 / bits) == codes->shape[1] ? bits : 0;
    if (codes->dtype != TOKVEC_INT8 && l->bits == 0) {
        error_set(err, TOKVEC_UNSUPPORTED, "tensor '%.200s' is packed, and its width is not known",
                  codes->name);
        error_where(err, "%s", codes->file);
        return error_hint(err, "its config.json, which belongs beside it, has it as hidden_size");
    }
    l->code = l->bits == 0 ? CODE_NUMBERS : CODE_BITS;
    l->offset = l->bits == 0 ? 0 : 1 << (l->bits - 1);
    return open_groups(weights, p, PART_EMBEDDING_SCALE, codes->shape[0], l->dim, &l->scales, err);
}

/* ---- bitsandbytes, 8 bits ---------------------------------------------------------------------
 */

/* value = code * (SCB[row] / 127). Other orders of the codes than that of rows are old ones of some
 * GPUs. */
static bool open_bnb8(tokvec_weights *weights, const packed *p, packed_layout *l, tokvec_error *err)
{
    const tokvec_tensor *codes = &weights->tensors[p->codes];
    const tokvec_tensor *scales = packed_parts_get(weights, p, PART_SCB);
    uint8_t order = 0;
    if (codes->dtype != TOKVEC_INT8 || scales->dtype != TOKVEC_FLOAT32 || scales->ndim != 1 ||
        scales->shape[0] != codes->shape[0])
        return packed_parts_misfit(weights, p, PART_SCB, err);
    if (packed_parts_get(weights, p, PART_WEIGHT_FORMAT) != NULL &&
        !packed_parts_read(weights, p, PART_WEIGHT_FORMAT, TOKVEC_UINT8, 1, &order, err))
        return false;
    if (order != 0) {
        error_set(err, TOKVEC_UNSUPPORTED,
                  "tensor '%.200s' is packed by bitsandbytes in an order of its own for GPUs",
                  codes->name);
        error_where(err, "%s", codes->file);
        return error_hint(err, "save the model again with a newer bitsandbytes");
    }
    l->dim = codes->shape[1];
    l->dtype = TOKVEC_FLOAT32;
    l->code = CODE_NUMBERS;
    l->divides = true;
    l->divisor = 127;
    return packed_parts_open(weights, p, PART_SCB, true, 1, l->dim > 0 ? l->dim : 1, &l->scales,
                             err);
}

/* ---- model2vec ------------------------------------------------------------------------------ */

static tokvec_table *open_mapped(tokvec_weights *weights, const packed *p, tokvec_error *err)
{
    const tokvec_tensor *vectors = &weights->tensors[p->codes];
    const tokvec_tensor *mapping = packed_parts_get(weights, p, PART_MAPPING);
    const tokvec_tensor *factors = packed_parts_get(weights, p, PART_WEIGHTS);
    uint64_t rows = mapping != NULL && mapping->ndim == 1 ? mapping->shape[0] : vectors->shape[0];
    tokvec_table *parts[3] = {NULL, NULL, NULL};
    if (mapping != NULL &&
        (mapping->ndim != 1 || (mapping->dtype != TOKVEC_INT64 && mapping->dtype != TOKVEC_INT32)))
        return packed_parts_misfit(weights, p, PART_MAPPING, err), NULL;
    if (factors != NULL &&
        (factors->ndim != 1 || factors->shape[0] != rows || !tokvec_dtype_is_float(factors->dtype)))
        return packed_parts_misfit(weights, p, PART_WEIGHTS, err), NULL;
    tokvec_dtype dtype =
        factors == NULL || vectors->dtype == TOKVEC_FLOAT64 ? vectors->dtype : TOKVEC_FLOAT32;
    parts[0] = weights_stored_table(weights, p->codes, false, err);
    bool good = parts[0] != NULL;
    if (good && mapping != NULL)
        good =
            (parts[1] = weights_stored_table(weights, p->parts[PART_MAPPING], true, err)) != NULL;
    if (good && factors != NULL)
        good =
            (parts[2] = weights_stored_table(weights, p->parts[PART_WEIGHTS], true, err)) != NULL;
    if (good)
        return packed_mapped(parts[0], parts[1], parts[2], dtype, err);
    for (size_t i = 0; i < 3; i++)
        tokvec_table_close(parts[i]);
    return NULL;
}

/* No tensor with values in a file is as wide; below this no product of columns can wrap. */
static bool is_bounded(const tokvec_tensor *t)
{
    for (unsigned i = 0; i < t->ndim; i++) {
        if (t->shape[i] >> 48 != 0)
            return false;
    }
    return true;
}

tokvec_table *packed_open(tokvec_weights *weights, packed *p, tokvec_error *err)
{
    static bool (*const openers[])(tokvec_weights *, const packed *, packed_layout *,
                                   tokvec_error *) = {[PACKED_MLX_AFFINE] = open_mlx_affine,
                                                      [PACKED_MLX_FLOAT] = open_mlx_float,
                                                      [PACKED_SCALED] = open_scaled,
                                                      [PACKED_WORDS] = open_words,
                                                      [PACKED_NVFP4] = open_nvfp4,
                                                      [PACKED_GEMMA] = open_gemma,
                                                      [PACKED_BNB8] = open_bnb8};
    const tokvec_tensor *codes = &weights->tensors[p->codes];
    packed_layout layout = {.dim = 0};
    if (codes->ndim != 2) {
        error_set(err, TOKVEC_UNSUPPORTED, "tensor '%.250s' is packed and has %u dimensions",
                  codes->name, codes->ndim);
        error_where(err, "%s", codes->file);
        error_hint(err, "of packed tensors only matrices are read");
        return NULL;
    }
    for (size_t k = 0; k < PART_COUNT; k++) {
        const tokvec_tensor *t = packed_parts_get(weights, p, (packed_part)k);
        if (!is_bounded(codes) || (t != NULL && !is_bounded(t)))
            return packed_parts_misfit(weights, p, (packed_part)k, err), NULL;
    }
    if (p->kind == PACKED_MAPPED)
        return open_mapped(weights, p, err);
    if (p->kind == PACKED_BNB4)
        return packed_open_bnb4(weights, p, err);
    if (openers[p->kind](weights, p, &layout, err))
        layout.codes = weights_stored_table(weights, p->codes, false, err);
    p->bits = layout.bits;
    if (layout.codes != NULL)
        return packed_values(&layout, err);
    packed_layout_close(&layout);
    return NULL;
}
