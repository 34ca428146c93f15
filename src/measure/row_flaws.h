/* row_flaws.h - which rows of a table hold nothing that was learnt, or no numbers.
 * A consumer that keeps a byte a row, and a hash a row if equal rows are looked for.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_ROW_FLAWS_H
#define TOKVEC_MEASURE_ROW_FLAWS_H

#include "measure/row_hash.h"
#include "rows/consumer.h"

/* Of a row, to be added. */
enum {
    ROW_NAN = 1,       /* has a NaN */
    ROW_INF = 2,       /* has an infinity */
    ROW_ZERO = 4,      /* all its values are 0 or -0 */
    ROW_UNTRAINED = 8, /* none of its values is above 1e-16 (as its dtype rounds that), and not all
                          are 0; none is NaN */
    ROW_TINY = 16      /* and none of them is below -1e-16 either */
};

/* Filled in for the rows that were handed over, each by its number. */
typedef struct row_flaws {
    consumer base;
    size_t dim, value_size;
    int64_t inf_bits, tiny_bits; /* of infinity, and of 1e-16, in the kernel's dtype */
    uint8_t *flags;              /* one a row */
    row_hash *hashes;            /* one a row, or NULL */
    const row_hash_key *key;     /* of them */
    uint64_t nan, inf;           /* values that are so */
} row_flaws;

/* Makes ready for rows of that table, which a pump can be opened for; released by row_flaws_end. On
 * failure nothing is to be released. The key for hashes is borrowed until then; NULL: there are to
 * be none. */
bool row_flaws_begin(row_flaws *f, const tokvec_table *table, const row_hash_key *key,
                     tokvec_error *err);
void row_flaws_end(row_flaws *f);

#endif
