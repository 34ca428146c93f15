/* near_rough.h - products of vectors in float32: fast, in any order, near enough to leave out most
 * rows.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_NEAR_ROUGH_H
#define TOKVEC_MEASURE_NEAR_ROUGH_H

#include "tokvec.h"

/* For what the processor runs (base/dispatch.h). */
typedef struct near_shape {
    size_t step;      /* a query for near_rough_sums has a multiple of so many values */
    size_t panel;     /* queries in a panel */
    size_t tile_rows; /* rows in a tile */
} near_shape;

enum { NEAR_PANEL_MAX = 32, NEAR_TILE_ROWS_MAX = 8 };

near_shape near_rough_shape(void);

typedef struct near_sums {
    float dot, squares; /* of row and query; of the row */
} near_sums;

/* The sums of a row of n values, which are float32, float16 or bfloat16, at any alignment, and a
 * query from near_rough_query. Of a float16 row that is not finite the squares come to 2^32 or
 * more. */
void near_rough_sums(tokvec_dtype dtype, const void *row, const float *query, size_t n,
                     near_sums *sums);

/* Puts a query's n values in the order that near_rough_sums has for rows of that dtype, and fills
 * it with zeros. */
void near_rough_query(tokvec_dtype dtype, const float *values, size_t n, float *query);

/* Rows beside each other with a panel of queries. */
typedef struct near_tile {
    const float *rows; /* shape.tile_rows rows of n values */
    size_t stride;     /* from one row to the next, in values */
    size_t n;
    const float *panel;   /* n times shape.panel: the queries' values number 0, number 1, ... */
    const float *factors; /* for each row */
    const float *terms;   /* for each row */
    const float *cuts;    /* for each query */
} near_tile;

/* scores: shape.panel for each row, dot * factor + term. Says whether any of them is as large as
 * its query's cut. */
bool near_rough_tile(const near_tile *tile, float *scores);

/* Rounds n values to float32, those out of its range to infinities. */
void near_rough_narrow(const double *in, size_t n, float *out);

#endif
