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

/* Compares two rows of `dim` values, aligned to them. Adds what each |a - b| and its square are, or
 * their sums in this row, to the two sums. The result does not depend on the processor. */
diff_row diff_row_compare(const diff_rule *rule, const void *a, const void *b, size_t dim,
                          exact_sum *absolute, exact_sum *squares);

#endif
