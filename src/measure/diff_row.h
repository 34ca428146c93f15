/* diff_row.h - two rows that are compared.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_DIFF_ROW_H
#define TOKVEC_MEASURE_DIFF_ROW_H

#include "measure/diff_value.h"
#include "measure/exact.h"

typedef struct diff_row {
    uint64_t different; /* values, by the rule */
    uint64_t undefined; /* values whose reference is 0, which have no relative difference */
    double max_abs;     /* of |a - b|; NaN if one of them is */
    double max_rel;     /* of |a - b| / |b|, likewise; 0 if none has one */
    double cosine;      /* NaN if one of the rows is zero or not finite */
} diff_row;

/* Sums over rows, of what is summed in each. */
typedef struct diff_totals {
    exact_sum absolute, squares; /* of |a - b| */
    exact_sum ab, aa, bb;        /* of the products of values, but for those of: */
    exact_sum same;              /* rows with the same bytes, of which the three are one */
} diff_totals;

/* Compares two rows of `dim` values, aligned to them, and adds them to the totals. The result does
 * not depend on the processor. */
diff_row diff_row_compare(const diff_rule *rule, const void *a, const void *b, size_t dim,
                          diff_totals *totals);

#endif
