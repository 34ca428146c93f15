/* undertrained.h - how near a row is to rows that were never trained.
 * The indicators of Land and Bartolo's "Fishing for Magikarp": the cosine distance to the mean of
 * rows that are known to be unused, as it is, with the table's first principal component taken off,
 * and with the mean of all rows taken off; and how far it is from that mean. The lower, the more
 * suspicious.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_UNDERTRAINED_H
#define TOKVEC_MEASURE_UNDERTRAINED_H

#include "measure/principal.h"

/* Does not change while rows are measured, so that threads may share it. */
typedef struct undertrained {
    size_t dim;
    double *reference;             /* the mean of the unused rows */
    double *reduced;               /* without the first principal component */
    double length, reduced_length; /* of these */
    double reach;                  /* of the reference along the component */
    principal component;
    const double *centre; /* the mean of all rows */
    double centre_length;
    double *centred; /* the reference less that */
    double centred_length;
    double centred_error; /* that of rounding, at most */
} undertrained;

/* unused: numbers of rows of the table, each of which counts once. mean: of all rows, which must
 * stay. Fails with TOKVEC_BAD_ARGUMENT where these rows tell nothing: there are none, they are not
 * finite, or their mean is zero. On failure there is nothing to release. */
bool undertrained_begin(undertrained *u, tokvec_table *table, const id_list *unused,
                        const row_mean *mean, unsigned threads, tokvec_error *err);

void undertrained_end(undertrained *u);

/* 1 - cos to the mean of the unused rows, the product of lengths being 1e-6 at least; so a zero row
 * has 1. NaN for a row that is not finite, or whose squares float64 does not hold; so it is below.
 */
double undertrained_distance(const undertrained *u, const double *row);

/* The same without the first principal component. NaN also where that is not known well enough for
 * this row: the distance would not be right to 1e-9. scratch: room for a row. */
double undertrained_reduced_distance(const undertrained *u, const double *row, double *scratch);

/* The same where the mean of all rows is taken off both. NaN also where so little is left that it
 * would not be right to 1e-9. */
double undertrained_centred_distance(const undertrained *u, const double *row, double *scratch);

/* The length of the row less the mean of the unused rows, right to the last bits of the longer of
 * the two. NaN for a row that is not finite, and where float64 does not hold it. */
double undertrained_length(const undertrained *u, const double *row, double *scratch);

#endif
