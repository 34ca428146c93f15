/* row_figures.h - what the values of a row are like.
 * Values are taken as float64, exactly. Results have the same bits on every processor, and of every
 * dtype that holds the same values.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_ROW_FIGURES_H
#define TOKVEC_MEASURE_ROW_FIGURES_H

#include "measure/exact.h"

#include "tokvec.h"

typedef struct row_figures {
    uint64_t nan, positive, negative; /* NaN and infinities of either sign */
    uint64_t zeros;                   /* -0 too */
    bool constant; /* all values are equal: -0 and 0 too, and where there are none; but not NaN */
    double norm;   /* of all values, in any case; right also where their squares are too large */

    /* Of all values, or, if asked so, of the finite ones alone. With NaN among them each is NaN;
     * so it is where there are none. */
    uint64_t used;
    double min, max; /* never -0 */
    double mean;
    double std; /* as torch.std: over used - 1; NaN of one value */
} row_figures;

/* Exact sums over rows: of the values, and of their squares less what is rounded within a row
 * around its mean; for exact_quotient and exact_variance. */
typedef struct row_totals {
    exact_sum sum, squares;
} row_totals;

/* For one thread. */
typedef struct row_meter {
    tokvec_dtype dtype;
    size_t dim;
    bool finite;          /* leave out what is not finite */
    float of_byte[256];   /* what each byte of an 8-bit float is */
    void *scratch;        /* a piece of a row, widened or finite */
    row_totals *long_row; /* of a row that is more than a piece; NULL: there are none such */
} row_meter;

/* For rows of dim values of any dtype. On failure there is nothing to release. */
bool row_meter_open(row_meter *m, tokvec_dtype dtype, size_t dim, bool finite, tokvec_error *err);
void row_meter_close(row_meter *m);

/* Measures a row, which is aligned to its elements, and adds it to the totals, unless they are
 * NULL. Fails with TOKVEC_UNSUPPORTED, but only for 64-bit integers, where float64 does not hold a
 * value. */
bool row_measure(row_meter *m, const void *row, row_figures *out, row_totals *totals,
                 tokvec_error *err);

#endif
