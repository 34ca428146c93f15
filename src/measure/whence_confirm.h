/* whence_confirm.h - a table compared, row by row, with the one that a seed gives.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_WHENCE_CONFIRM_H
#define TOKVEC_MEASURE_WHENCE_CONFIRM_H

#include "tokvec.h"

typedef struct whence_equal {
    uint64_t rows;       /* that are equal, in all values; the padding row is one of them */
    int64_t padding_row; /* the only row that is zero and would not be so; -1: none, or several */
} whence_equal;

/* Compares all rows of a table with those that the spec gives, rounded to the table's dtype. As
 * many of either: spec->vocab_size and dim are the table's. */
bool whence_confirm(tokvec_table *table, const tokvec_seed_spec *spec, unsigned threads,
                    whence_equal *out, tokvec_error *err);

#endif
