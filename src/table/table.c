/* table.c - the calls that all tables have in common.
 * See tokvec.h and table.h.
 * SPDX-License-Identifier: MIT */
#include "table/table.h"

#include "base/text_of.h"

void tokvec_table_close(tokvec_table *table)
{
    if (table == NULL)
        return;
    void *owner = table->owner;
    void (*release)(void *) = table->release;
    numbering_free(table->numbering);
    table->ops->close(table);
    if (release != NULL)
        release(owner);
}

const char *tokvec_table_warning(const tokvec_table *table)
{
    return table->warning;
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

bool tokvec_table_has_ids(const tokvec_table *table)
{
    return table->numbering != NULL;
}

bool tokvec_table_ids(const tokvec_table *table, uint64_t *count, int64_t *lowest, int64_t *highest)
{
    const numbering *n = table->numbering;
    *count = n == NULL ? table->rows : n->distinct;
    if (n != NULL)
        return numbering_bounds(n, lowest, highest);
    *lowest = 0;
    *highest = (int64_t)table->rows - 1;
    return table->rows > 0;
}

bool tokvec_table_find(const tokvec_table *table, int64_t id, int64_t *row)
{
    if (table->numbering != NULL)
        return numbering_find(table->numbering, id, row);
    *row = id;
    return id >= 0 && (uint64_t)id < table->rows;
}

bool tokvec_table_id(const tokvec_table *table, int64_t row, int64_t *id)
{
    if (row < 0 || (uint64_t)row >= table->rows)
        return false;
    *id = table->numbering == NULL ? row : table->numbering->ids[row];
    return *id >= 0;
}

/* How many rows can be read. */
static uint64_t readable(const tokvec_table *table)
{
    return table->rows + (table->beyond == NULL ? 0 : *table->beyond);
}

bool table_check_ids(const tokvec_table *table, const int64_t *ids, size_t n, tokvec_error *error)
{
    uint64_t rows = readable(table);
    for (size_t i = 0; i < n; i++) {
        if (ids[i] < 0 || (uint64_t)ids[i] >= rows) {
            error_set(error, TOKVEC_BAD_ID, "token ID %lld is out of range", (long long)ids[i]);
            error_where(error, "index %zu; the table has %llu rows", i,
                        (unsigned long long)table->rows);
            return table->rows > 0 &&
                   error_hint(error, "valid are 0 to %llu", (unsigned long long)table->rows - 1);
        }
    }
    return true;
}

bool table_prepare(tokvec_table *table, const int64_t *ids, size_t n, tokvec_error *error)
{
    return table->ops->prepare == NULL ||
           (table_check_ids(table, ids, n, error) && table->ops->prepare(table, ids, n, error));
}

bool tokvec_table_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                       tokvec_error *error)
{
    return table_check_ids(table, ids, n, error) && table->ops->read(table, ids, n, out, error);
}

const void *tokvec_table_row(const tokvec_table *table, int64_t id)
{
    bool valid = id >= 0 && (uint64_t)id < readable(table);
    return valid && table->ops->row != NULL ? table->ops->row(table, id) : NULL;
}

bool table_file(const tokvec_table *table, int *fd, const void **data, size_t *size)
{
    return table->ops->file != NULL && table->ops->file(table, fd, data, size);
}

bool tokvec_table_intact(const tokvec_table *table, tokvec_error *error)
{
    return table->ops->intact == NULL || table->ops->intact(table, error);
}

bool table_verify(tokvec_table *table, tokvec_error *error)
{
    return table == NULL || table->ops->verify == NULL || table->ops->verify(table, error);
}

bool table_sentence(tokvec_table *table, tokvec_text *rest, bool newline, void *out,
                    tokvec_error *error)
{
    return table->ops->sentence(table, rest, newline, out, error);
}

const char *tokvec_version(void)
{
    return TEXT_OF(TOKVEC_VERSION_MAJOR) "." TEXT_OF(TOKVEC_VERSION_MINOR) "." TEXT_OF(
        TOKVEC_VERSION_PATCH);
}
