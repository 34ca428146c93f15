/* packed_table.h - a matrix of codes, and of scales for them, as a table of values.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_PACKED_TABLE_H
#define TOKVEC_TABLE_PACKED_TABLE_H

#include "table/table.h"

typedef enum code_form {
    CODE_NUMBERS, /* of the dtype of the table */
    CODE_BITS,    /* of `bits` bits, one after the other, the lowest first */
    CODE_WORDS,   /* the same, as many as fit whole in each word of 32 bits */
    CODE_E2M1,    /* floats of 4 bits, the low half of a byte first */
    CODE_E4M3,    /* floats of 8 bits, of which 0x7F is 480 */
} code_form;

typedef enum scale_form {
    SCALE_NUMBERS,
    SCALE_EXPONENTS,     /* a byte b is 2^(b - 127); 255 is nan */
    SCALE_EXPONENTS_INF, /* the same; 255 is infinity */
    SCALE_E4M3,          /* floats of 8 bits, of which 0x7F is 480 */
} scale_form;

/* A part that gives numbers to blocks of rows and columns: that of (i, j) stands at
 * (i / row_step, j / col_step). */
typedef struct packed_grid {
    tokvec_table *table; /* NULL: the scheme has no such part */
    uint64_t row_step, col_step;
} packed_grid;

/* value = (code - offset - zero) * scale + bias: the product and the sum are each rounded to
 * `dtype`. */
typedef struct packed_layout {
    uint64_t dim; /* of the values; the parts reach as far */
    tokvec_dtype dtype;
    tokvec_table *codes; /* as many rows as the values */
    code_form code;
    unsigned bits; /* of CODE_BITS and CODE_WORDS, 2 to 8 */
    int offset;
    packed_grid scales, biases;
    scale_form scale;
    bool divides; /* the scales are divided by `divisor` */
    float divisor;
    packed_grid zeros; /* row_step: of the words, each of which has the codes of several rows, if
                          the codes have less than 8 bits and are CODE_WORDS; else of the numbers */
} packed_layout;

/* Owns the tables of the parts from the call on, also when it fails. */
tokvec_table *packed_values(const packed_layout *layout, tokvec_error *err);

void packed_layout_close(const packed_layout *layout);

/* Codes of 4 bits, the high half of a byte first, of a matrix whose rows follow one another without
 * a gap: each stands for a number, and each `block` of them has a factor, counted through all rows.
 * The parts are the elements of tensors in their order, as rows of any width.
 * value = values[code] * factor, rounded to `dtype`. */
typedef struct packed_blocks {
    uint64_t rows, dim;
    tokvec_dtype dtype;
    tokvec_table *codes; /* bytes */
    float values[16];
    uint64_t block; /* 1 or more */
    /* The factors, of float32. Or, with outer ones, bytes, which stand for numbers and in each
     * outer_block of which there is one factor for them, of float32: number * factor + offset. */
    tokvec_table *factors, *outer;
    float outer_values[256];
    uint64_t outer_block;
    float offset;
} packed_blocks;

/* Owns the tables of the parts from the call on, also when it fails. */
tokvec_table *packed_block_values(const packed_blocks *blocks, tokvec_error *err);

/* Rows by a mapping: row i of the table is row mapping[i] of `vectors` (or i, without mapping),
 * times weights[i], if there are weights; mapping and weights have one column. The product is
 * rounded to `dtype`. Owns the parts from the call on. */
tokvec_table *packed_mapped(tokvec_table *vectors, tokvec_table *mapping, tokvec_table *weights,
                            tokvec_dtype dtype, tokvec_error *err);

#endif
