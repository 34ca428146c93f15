/* table.h - what a kind of table provides.
 * A table answers rows, dim, dtype and "give me these rows"; it never has to be in memory whole.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_TABLE_H
#define TOKVEC_TABLE_TABLE_H

#include "table/numbering.h"

typedef struct table_ops {
    /* As table_prepare, with IDs that are known to be valid; may be NULL. */
    bool (*prepare)(tokvec_table *table, const int64_t *ids, size_t n, tokvec_error *err);
    /* As tokvec_table_read, with IDs that are known to be valid. */
    bool (*read)(tokvec_table *table, const int64_t *ids, size_t n, void *out, tokvec_error *err);
    /* As tokvec_table_row; may be NULL. */
    const void *(*row)(const tokvec_table *table, int64_t id);
    /* As table_file; may be NULL. */
    bool (*file)(const tokvec_table *table, int *fd, const void **data, size_t *size);
    /* As tokvec_table_intact; may be NULL. */
    bool (*intact)(const tokvec_table *table, tokvec_error *err);
    /* As table_verify; may be NULL. */
    bool (*verify)(tokvec_table *table, tokvec_error *err);
    /* As table_sentence; NULL: as has_sentences is not set. */
    bool (*sentence)(tokvec_table *table, tokvec_text *rest, bool newline, void *out,
                     tokvec_error *err);
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
    const char *warning; /* about values that are not all to be relied on; lent; NULL: none */
    /* How many rows there are after `rows` that were made for words outside the vocabulary, and
     * can be read like the others; NULL: none ever. */
    const uint64_t *beyond;
    /* Several threads may be in tokvec_table_read, tokvec_table_row and tokvec_table_intact at the
     * same time, for rows that table_prepare has been called for. */
    bool concurrent;
    /* A read passes over all that lies between its rows, in the order of the table, as in what is
     * compressed or computed. So it is best to ask for many scattered rows at once. */
    bool passes;
    /* The model that the table is of makes vectors of sentences. */
    bool has_sentences;
};

/* False with TOKVEC_BAD_ID and the first ID that is not that of a row. */
bool table_check_ids(const tokvec_table *table, const int64_t *ids, size_t n, tokvec_error *error);

/* Does what has to be done before threads can read these rows: in a text file they are looked
 * for. One thread at a time may be in it, while others read. Tables that need no such thing return
 * true at once. */
bool table_prepare(tokvec_table *table, const int64_t *ids, size_t n, tokvec_error *error);

/* Whether several threads may read any rows of it at once, without table_prepare. True for NULL. */
static inline bool table_is_free(const tokvec_table *table)
{
    return table == NULL || (table->concurrent && table->ops->prepare == NULL);
}

/* The open file in whose mapping the rows lie that tokvec_table_row points to, for a caller that
 * sends rows on without touching them: a row at address p begins at byte p - *data of the file,
 * which has *size bytes. *fd stays the table's. False if there is none. */
bool table_file(const tokvec_table *table, int *fd, const void **data, size_t *size);

/* Checks the rows by a checksum of the file, if it has one for them that is not checked anyway: for
 * a caller that is about to read all rows, as it reads them all. NULL is a part that is not there.
 */
bool table_verify(tokvec_table *table, tokvec_error *error);

/* Writes the vector that the table's model makes of the first sentence of a line of text, one row
 * of the table's dtype; *rest, which is the line without its newline, becomes what is left of it,
 * with bytes NULL where that is none. `newline`: one followed, and it is not the end of a text
 * without. out may be NULL, to know how long the sentence is. For tables with has_sentences. */
bool table_sentence(tokvec_table *table, tokvec_text *rest, bool newline, void *out,
                    tokvec_error *error);

#endif
