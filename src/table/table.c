/* table.c - the calls that all tables have in common.
 * See tokvec.h and table.h.
 * SPDX-License-Identifier: MIT */
#include "table/table.h"

void tokvec_table_close(tokvec_table *table)
{
    if (table == NULL)
        return;
    void *owner = table->owner;
    void (*release)(void *) = table->release;
    table->ops->close(table);
    if (release != NULL)
        release(owner);
}

uint64_t tokvec_table_rows(const tokvec_table *table)
{
    return table->rows;
}

uint64_t tokvec_table_dim(const tokvec_table *table)
{
    return table->dim;
}

tokvec_dtype tokvec_table_dtype(const tokvec_table *table)
{
    return table->dtype;
}

bool tokvec_table_makes_rows(const tokvec_table *table)
{
    return table->beyond != NULL;
}

static bool check_ids(const tokvec_table *table, const int64_t *ids, size_t n, tokvec_error *error)
{
    uint64_t readable = table->rows + (table->beyond == NULL ? 0 : *table->beyond);
    for (size_t i = 0; i < n; i++) {
        if (ids[i] < 0 || (uint64_t)ids[i] >= readable) {
            error_set(error, TOKVEC_BAD_ID, "token ID %lld is out of range", (long long)ids[i]);
            return error_where(error, "index %zu; the table has %llu rows", i,
                               (unsigned long long)table->rows);
        }
    }
    return true;
}

bool tokvec_table_prepare(tokvec_table *table, const int64_t *ids, size_t n, tokvec_error *error)
{
    return table->ops->prepare == NULL ||
           (check_ids(table, ids, n, error) && table->ops->prepare(table, ids, n, error));
}

bool tokvec_table_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                       tokvec_error *error)
{
    return check_ids(table, ids, n, error) && table->ops->read(table, ids, n, out, error);
}

const void *tokvec_table_row(const tokvec_table *table, int64_t id)
{
    return table->ops->row == NULL ? NULL : table->ops->row(table, id);
}

bool tokvec_table_file(const tokvec_table *table, int *fd, const void **data, size_t *size)
{
    return table->ops->file != NULL && table->ops->file(table, fd, data, size);
}

bool tokvec_table_intact(const tokvec_table *table, tokvec_error *error)
{
    return table->ops->intact == NULL || table->ops->intact(table, error);
}

bool tokvec_table_concurrent(const tokvec_table *table)
{
    return table->concurrent;
}

bool tokvec_table_passes(const tokvec_table *table)
{
    return table->passes;
}

const char *tokvec_version(void)
{
    return TOKVEC_VERSION;
}
