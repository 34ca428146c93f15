/* near_rows.h - what one thread of a search does with rows.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_NEAR_ROWS_H
#define TOKVEC_MEASURE_NEAR_ROWS_H

#include "measure/near_plan.h"

/* What each thread has for itself. */
typedef struct near_scratch {
    /* For each query, the floor that its cut is for, and the cut; those that fill the last panel
     * are reached by no row. */
    float *floors, *cuts;

    size_t room;            /* rows at a time */
    float *floats;          /* of these rows */
    float *last;            /* of the rows of an incomplete tile */
    float *factors, *terms; /* near_cut_row of each row, and of some more that reach nothing */
    float *scores;          /* of a tile */

    /* The row that was looked at last. */
    double *values;
    near_vector row;
    size_t at; /* its place; SIZE_MAX: none */
} near_scratch;

/* NULL if there is no memory. */
near_scratch *near_rows_open(const near_plan *p);
void near_rows_close(near_scratch *x);

/* Offers the rows of a block to all queries, and counts those that have no score in n. */
void near_rows_add(near *n, const row_block *block);

#endif
