/* onehot.h - the lookup as a matrix product.
 * A one-hot row times the matrix is a row of the matrix: what a lookup stands for.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_ROWS_ONEHOT_H
#define TOKVEC_ROWS_ONEHOT_H

#include "tokvec.h"

/* Starts as {table}. */
typedef struct onehot {
    tokvec_table *table;
    uint64_t changed; /* rows so far that came out as something else than is in the table */
} onehot;

/* row_reader.read, not concurrent; the context is a onehot. Every value is a sum of products over
 * all rows: floats in double precision, integers modulo 2^64. Where the table holds nan, infinities
 * (0 * inf is nan) or negative zeros (0 + -0 is 0) the result may differ from the row. */
bool onehot_read(void *context, const int64_t *ids, size_t n, void *out, tokvec_error *err);

#endif
