/* digest.h - the SHA-256 of a table's values.
 * Of the values alone, row after row, little-endian: neither names nor shape count, so that it is
 * the same in every container.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_DIGEST_H
#define TOKVEC_MEASURE_DIGEST_H

#include "measure/sha256.h"

/* The digest of a table's values as values of `dtype`: the table's, or one that tokvec_convert
 * converts to. The threads (0: as many as there are processors) read and convert ahead. */
bool digest_table(tokvec_table *table, tokvec_dtype dtype, unsigned threads,
                  char hex[SHA256_HEX + 1], tokvec_error *err);

#endif
