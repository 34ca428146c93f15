/* repeated.h - IDs of a table's own that several rows have.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IDS_REPEATED_H
#define TOKVEC_IDS_REPEATED_H

#include "tokvec.h"

/* Finds the IDs whose rows differ, so that none of these is the answer. *out, which the caller
 * frees, has a bit for each row, set for the first of such rows; NULL if there are none. */
bool ids_find_unclear(tokvec_table *table, unsigned char **out, tokvec_error *err);

static inline bool ids_is_unclear(const unsigned char *unclear, int64_t row)
{
    return unclear != NULL && (unclear[row / 8] >> row % 8 & 1) != 0;
}

#endif
