/* diff_pairs.h - which rows of two tables are compared.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_DIFF_PAIRS_H
#define TOKVEC_MEASURE_DIFF_PAIRS_H

#include "rows/id_list.h"
#include "table/table.h"

/* Starts as {0}; released by diff_pairs_free. */
typedef struct diff_pairs {
    id_list a;  /* numbers of rows of the first table, ascending */
    int64_t *b; /* the row of the second one that belongs to each; NULL: the same number */
} diff_pairs;

/* Rows are paired by their numbers; or, if a table has IDs of its own and they are not the same, by
 * ID. What an ID has several of is paired in its order. */
bool diff_pairs_make(diff_pairs *p, const tokvec_table *a, const tokvec_table *b,
                     tokvec_error *err);
void diff_pairs_free(diff_pairs *p);

#endif
