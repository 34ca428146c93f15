/* position_table.h - a table of which each row is the sum of a token's vector and its position's.
 * Whoever reads rows of a table, on however many threads, so reads tok(ids) + pos(positions).
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_POSITION_TABLE_H
#define TOKVEC_MEASURE_POSITION_TABLE_H

#include "rows/id_list.h"
#include "rows/sequences.h"
#include "tokvec.h"

/* What is added, all borrowed. */
typedef struct position_spec {
    tokvec_table *tokens, *positions; /* of the same dim */
    uint64_t first_row;               /* of positions: the vector of position 0 */
    bool has_padding;                 /* the row of tokens `padding` is refused */
    int64_t padding;
    const id_list *list;        /* numbers of rows of tokens */
    const sequences *sequences; /* their positions, whose rows there are */
} position_spec;

/* Row k is the sum for the k-th ID of the list: the caller may change the list between two reads,
 * and says by position_table_renew how many IDs have been in it before. The dtype is the one that
 * PyTorch promotes the two to, each sum rounded to it once; tables of integers or of floats of 8
 * bits, which PyTorch does not add, are refused, and so are tables whose dims differ. Closed with
 * tokvec_table_close. */
tokvec_table *position_table(const position_spec *spec, tokvec_error *err);
void position_table_renew(tokvec_table *sums, uint64_t before);

/* The number of the tokens' row that a row is a sum of. */
int64_t position_table_token(const tokvec_table *sums, int64_t row);

#endif
