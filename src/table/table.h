/* table.h - what a kind of table provides.
 * A table answers rows, dim, dtype and "give me these rows"; it never has to be in memory whole.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_TABLE_H
#define TOKVEC_TABLE_TABLE_H

#include "table/numbering.h"

typedef struct table_ops {
    /* As tokvec_table_prepare, with IDs that are known to be valid; may be NULL. */
    bool (*prepare)(tokvec_table *table, const int64_t *ids, size_t n, tokvec_error *err);
    /* As tokvec_table_read, with IDs that are known to be valid. */
    bool (*read)(tokvec_table *table, const int64_t *ids, size_t n, void *out, tokvec_error *err);
    /* As tokvec_table_row; may be NULL. */
    const void *(*row)(const tokvec_table *table, int64_t id);
    /* As tokvec_table_file; may be NULL. */
    bool (*file)(const tokvec_table *table, int *fd, const void **data, size_t *size);
    /* As tokvec_table_intact; may be NULL. */
    bool (*intact)(const tokvec_table *table, tokvec_error *err);
    /* As tokvec_table_verify; may be NULL. */
    bool (*verify)(tokvec_table *table, tokvec_error *err);
    /* Releases what the table owns, and the table. */
    void (*close)(tokvec_table *table);
} table_ops;

/* The first member of every kind's own struct. */
struct tokvec_table {
    const table_ops *ops;
    uint64_t rows;
    uint64_t dim;
    tokvec_dtype dtype;
    /* The IDs that the rows belong to, if the file says so; the table owns it. NULL: a row's ID is
     * its number. */
    numbering *numbering;
    void *owner;                  /* what the table borrows from, if it goes with the table */
    void (*release)(void *owner); /* called after close(); NULL: there is nothing to release */
    /* How many rows there are after `rows` that were made for words outside the vocabulary, and
     * can be read like the others; NULL: none ever. */
    const uint64_t *beyond;
    /* Read, row and intact change nothing that threads share, once the rows are prepared. */
    bool concurrent;
    bool passes; /* as tokvec_table_passes */
};

#endif
