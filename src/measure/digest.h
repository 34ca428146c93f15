/* digest.h - the SHA-256 of a table's values.
 * Of the values alone, row after row, little-endian, in the table's dtype: neither names nor shape
 * count, so that it is the same in every container.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_DIGEST_H
#define TOKVEC_MEASURE_DIGEST_H

#include "measure/sha256.h"
#include "rows/consumer.h"

/* A consumer, which wants its rows in order. */
typedef struct digest {
    consumer base;
    size_t row_size;
    sha256 sum;
} digest;

/* Makes ready for rows of that table, which a pump can be opened for; released by digest_end. On
 * failure nothing is to be released. */
bool digest_begin(digest *d, const tokvec_table *table, tokvec_error *err);

/* What came of the rows; see sha256_end. */
bool digest_end(digest *d, char hex[SHA256_HEX + 1], tokvec_error *err);

#endif
