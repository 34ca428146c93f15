/* memory_table.h - a table of float64 rows in memory, for tests of what measures tables.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TESTS_MEMORY_TABLE_H
#define TOKVEC_TESTS_MEMORY_TABLE_H

#include "table/table.h"

#include <string.h>

typedef struct memory_table {
    tokvec_table base;
    const double *values; /* rows x dim, borrowed */
} memory_table;

static bool memory_table_read(tokvec_table *table, const int64_t *ids, size_t n, void *out,
                              tokvec_error *err)
{
    const memory_table *t = (const memory_table *)table;
    (void)err;
    for (size_t i = 0; i < n; i++)
        memcpy((double *)out + i * table->dim, t->values + (size_t)ids[i] * table->dim,
               table->dim * sizeof *t->values);
    return true;
}

static inline memory_table memory_table_of(const double *values, size_t rows, size_t dim)
{
    static const table_ops ops = {.read = memory_table_read};
    return (memory_table){.base = {.ops = &ops,
                                   .rows = rows,
                                   .dim = dim,
                                   .dtype = TOKVEC_FLOAT64,
                                   .concurrent = true},
                          .values = values};
}

/* Numbers in -1 .. 1, the same each time. */
static inline double memory_table_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) * 0x1p-52 - 1;
}

#endif
