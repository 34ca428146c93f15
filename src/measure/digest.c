/* digest.c - the SHA-256 of a table's values.
 * See digest.h.
 * SPDX-License-Identifier: MIT */
#include "measure/digest.h"

static bool add_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    digest *d = (digest *)c;
    return sha256_add(&d->sum, block->data, block->n * d->row_size, err);
}

bool digest_begin(digest *d, const tokvec_table *table, tokvec_error *err)
{
    tokvec_dtype dtype = tokvec_table_dtype(table);
    *d = (digest){.base = {.size = sizeof *d, .dtype = dtype, .rows = add_rows},
                  .row_size = (size_t)tokvec_table_dim(table) * tokvec_dtype_size(dtype)};
    return sha256_begin(&d->sum, err);
}

bool digest_end(digest *d, char hex[SHA256_HEX + 1], tokvec_error *err)
{
    return sha256_end(&d->sum, hex, err);
}
