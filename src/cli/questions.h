/* questions.h - queries of the command near: their names, their rows, their vectors.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_QUESTIONS_H
#define TOKVEC_CLI_QUESTIONS_H

#include "measure/near.h"

typedef struct question {
    size_t name, length;     /* where its name is in `names`, and its bytes */
    size_t first_row, count; /* the rows that it is made of, in `rows` */
} question;

/* Starts as {0}; released by questions_free. */
typedef struct questions {
    question *all;
    size_t count, capacity;
    char *names;
    size_t name_length, name_capacity;
    int64_t *rows;
    size_t row_count, row_capacity;

    const double *given; /* their vectors, borrowed; NULL: each is one row of the table */

    double *loaded;                                     /* vectors of rows, */
    size_t loaded_first, loaded_count, loaded_capacity; /* those of these questions */
    void *read;                                         /* the rows as the table has them */
    size_t read_capacity;
} questions;

/* Adds a question, whose name and rows are copied. */
bool questions_add(questions *q, tokvec_text name, const int64_t *rows, size_t count,
                   tokvec_error *err);

tokvec_text questions_name(const questions *q, size_t index);

/* The vectors of n questions from the first one on, one after the other, in memory that stays until
 * the next call. A vector must be finite, and by cosine not all zeros: of one that is not, *good
 * tells how many before it are, and the error names it. */
const double *questions_vectors(questions *q, tokvec_table *table, near_metric by, size_t first,
                                size_t n, size_t *good, tokvec_error *err);

/* Finds a question without a useful vector, before any is answered. At most at_once vectors are
 * held at a time. */
bool questions_check(questions *q, tokvec_table *table, near_metric by, size_t at_once,
                     tokvec_error *err);

/* Adds sign times the unit vector of `row` to the sum; nothing if it is zero. False if it is not
 * finite. */
bool questions_add_unit(double *sum, const double *row, size_t dim, double sign);

/* Makes a sum zero that only has what rounding leaves of `count` unit vectors. */
void questions_settle_sum(double *sum, size_t dim, size_t count);

void questions_clear(questions *q);
void questions_free(questions *q);

#endif
