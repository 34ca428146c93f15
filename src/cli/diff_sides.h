/* diff_sides.h - the two tables that the user wants to have compared.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_DIFF_SIDES_H
#define TOKVEC_CLI_DIFF_SIDES_H

#include "cli/diff_settings.h"
#include "cli/source.h"
#include "measure/diff.h"

enum { DIFF_NDIM_MAX = 8 };

/* What a table is of. Borrowed from its source. */
typedef struct diff_shape {
    unsigned ndim;
    const uint64_t *dims;
    uint64_t rows_dim[2]; /* dims, where they are those of the table */
} diff_shape;

/* Opened by diff_sides_open; must not move. */
typedef struct diff_sides {
    settings of_a, of_b; /* what each is asked for */
    source a, b;
} diff_sides;

/* Whether the operands and options say which two they are. */
bool diff_sides_check(const settings *s, tokvec_error *err);

/* The first operand; and the second one, another tensor of the first, or a seeded table, of the
 * shape and dtype of the first where they are not given. On failure there is nothing to close. */
bool diff_sides_open(diff_sides *sides, const settings *s, tokvec_error *err);
void diff_sides_close(diff_sides *sides);

/* A table, and the tensor of the weights that it was made of; these are NULL if it is seeded. */
typedef struct diff_side {
    tokvec_table *table;
    const tokvec_tensor *tensor;
    tokvec_weights *weights;
} diff_side;

/* The shape of the tensor that a table was made of. It must not move. */
void diff_sides_shape(const diff_side *side, diff_shape *out);
bool diff_sides_shapes_equal(const diff_shape *a, const diff_shape *b);

/* What is to be compared of two tables, and how, as the settings say. False, with an error, if
 * nothing of them can be. */
bool diff_sides_spec(const settings *s, const diff_side *a, const diff_side *b, diff_spec *out,
                     tokvec_error *err);

#endif
