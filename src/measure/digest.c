/* digest.c - the SHA-256 of a table's values.
 * See digest.h.
 * SPDX-License-Identifier: MIT */
#include "measure/digest.h"

#include "rows/pump.h"

/* A consumer, which wants its rows in order. */
typedef struct digest {
    consumer base;
    size_t row_size;
    sha256 sum;
} digest;

static bool add_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    digest *d = (digest *)c;
    return sha256_add(&d->sum, block->data, block->n * d->row_size, err);
}

bool digest_table(tokvec_table *table, tokvec_dtype dtype, unsigned threads,
                  char hex[SHA256_HEX + 1], tokvec_error *err)
{
    digest d = {.base = {.size = sizeof d, .dtype = dtype, .rows = add_rows},
                .row_size = (size_t)tokvec_table_dim(table) * tokvec_dtype_size(dtype)};
    if (!sha256_begin(&d.sum, err))
        return false;
    bool good = pump_table(table, &d.base, threads, err);
    return sha256_end(&d.sum, good ? hex : NULL, err) && good;
}
