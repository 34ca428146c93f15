/* same_rows.h - rows with the same bytes, among those that were measured.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_SAME_ROWS_H
#define TOKVEC_MEASURE_SAME_ROWS_H

#include "measure/repeats.h"
#include "rows/id_list.h"

/* Two figures of a row that hang on nothing but its bytes. */
typedef struct row_trait {
    double norm, mean;
} row_trait;

/* Finds them among the rows of the list, or all of the table if it is NULL; traits has as many.
 * Places in *r are those in the list. Only rows that have their traits with another are read again,
 * for their hashes. Released with repeats_free; on failure there is nothing to release. */
bool same_rows_find(repeats *r, const row_trait *traits, tokvec_table *table, const id_list *list,
                    unsigned threads, tokvec_error *err);

#endif
