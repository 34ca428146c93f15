/* principal.h - the first principal component of a table.
 * The direction in which its rows differ most: the eigenvector of C'C of the largest eigenvalue,
 * where C are the rows less their mean. C'C is never made: block Lanczos iteration, which is power
 * iteration that remembers its earlier steps, needs the rows once a step and memory for some dozens
 * of them. Products of rows are added in fixed point, so that neither threads nor blocks change a
 * bit.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_PRINCIPAL_H
#define TOKVEC_MEASURE_PRINCIPAL_H

#include "measure/row_mean.h"

/* Released with principal_free. */
typedef struct principal {
    double *direction; /* dim values of length 1; its sign means nothing */
    /* The angle, in radians, by which it may differ from the true one, as estimated from what is
     * left of the equation and from the distance to the second eigenvalue. Infinite if there is no
     * first component: the rows are all equal, or vary as much in two directions. */
    double angle;
    double largest, second; /* the two eigenvalues; 0 if there are none */
    unsigned passes;        /* over the table */
} principal;

/* mean: of all rows of the table; those that are left out there are left out here too. threads as
 * in pump_spec. */
bool principal_make(principal *p, tokvec_table *table, const row_mean *mean, unsigned threads,
                    tokvec_error *err);

void principal_free(principal *p);

#endif
