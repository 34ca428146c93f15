/* diff_pairs.h - which rows of two tables are compared.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_DIFF_PAIRS_H
#define TOKVEC_MEASURE_DIFF_PAIRS_H

#include "rows/id_list.h"
#include "table/table.h"

/* Starts as {0}; released by diff_pairs_free. */
typedef struct diff_pairs {
    id_list a;    /* numbers of rows of the first table, ascending */
    int64_t *b;   /* the row of the second one that belongs to each; NULL: the same number */
    bool by_word; /* they were paired so */
} diff_pairs;

/* A table, and the words that it comes with, each with the number of its row; or NULL. */
typedef struct diff_pairs_side {
    const tokvec_table *table;
    tokvec_vocab *words;
} diff_pairs_side;

/* Rows are paired by their numbers; but where these mean different things, by what they mean: if a
 * table has IDs of its own and they are not the same, by ID, and what an ID has several of in its
 * order; if both come with words and rows of one number have different ones, by word. */
bool diff_pairs_make(diff_pairs *p, diff_pairs_side a, diff_pairs_side b, tokvec_error *err);
void diff_pairs_free(diff_pairs *p);

#endif
