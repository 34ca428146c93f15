/* row_hash.h - 16 bytes for a row, so that rows with the same bytes are found.
 * Of rows that differ, any two have the same hash with a probability of about 2^-64, whoever chose
 * them: it hangs on a key, which is random and new in each run. So hashes are for one run alone.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_ROW_HASH_H
#define TOKVEC_MEASURE_ROW_HASH_H

#include "tokvec.h"

enum { ROW_HASH_WORDS = 128 }; /* of a row at a time */

typedef struct row_hash_key {
    uint64_t words[ROW_HASH_WORDS + 2];
} row_hash_key;

typedef struct row_hash {
    uint64_t low, high;
} row_hash;

bool row_hash_new_key(row_hash_key *key, tokvec_error *err);

/* Of `size` bytes at any alignment. Only hashes of rows of one size can be compared. */
row_hash row_hash_of(const row_hash_key *key, const void *row, size_t size);

#endif
