/* numbering.h - the IDs that the rows of a table belong to, where a file says so itself.
 * A format that finds such IDs makes a numbering of them and sets tokvec_table.numbering, which
 * owns it; everything else about the table goes by rows, as always.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_NUMBERING_H
#define TOKVEC_TABLE_NUMBERING_H

#include "base/error.h"

/* Stands for the ID of a row that has none, as the rows of words outside a vocabulary. */
#define NUMBERING_NO_ID INT64_C(-1)

/* Never changed once it is made, so that threads may share it. */
typedef struct numbering {
    int64_t *ids; /* of the rows 0 .. rows-1; NUMBERING_NO_ID or 0 and more */
    uint64_t rows;
    uint64_t *order; /* of those rows that have an ID, by ID, then by row; NULL: as they are */
    uint64_t ordered;
    uint64_t distinct; /* different IDs */
} numbering;

/* ids: of that many rows, in the table's order; the call takes them over, also when it fails. *out
 * becomes NULL where every row has its own number as its ID: no numbering is needed then. */
bool numbering_new(int64_t *ids, uint64_t rows, numbering **out, tokvec_error *err);
void numbering_free(numbering *n); /* NULL is allowed */

/* The first row of an ID; false if no row has it. */
bool numbering_find(const numbering *n, int64_t id, int64_t *row);

/* The lowest and the highest ID; false if there are none. */
bool numbering_bounds(const numbering *n, int64_t *lowest, int64_t *highest);

#endif
