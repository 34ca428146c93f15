/* repeats.h - groups of rows that are the same, by their hashes.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_REPEATS_H
#define TOKVEC_MEASURE_REPEATS_H

#include "measure/row_hash.h"

/* Places of rows, in groups of two or more; each ascends, and so do the groups by their first. */
typedef struct repeats {
    uint64_t *members; /* of one group after the other */
    uint64_t *starts;  /* of each group in members; one more: where the last ends */
    uint64_t groups;
    uint64_t repeated; /* members that are not the first of their group */
} repeats;

/* Finds them among n hashes. Released with repeats_free; on failure there is nothing to release. */
bool repeats_find(repeats *r, const row_hash *hashes, uint64_t n, tokvec_error *err);
void repeats_free(repeats *r);

#endif
