/* near.h - the rows of a table that are nearest to vectors.
 * All queries are answered in one pass over the rows, on as many threads as the pump has.
 *
 *     near_spec spec = {.table = table, .by = NEAR_COSINE, .queries = queries, .count = 2, .k =
 * 10}; near search; if (!near_open(&search, &spec, err)) return false;
 *     ... a pump hands the rows that may answer to &search.base ...
 *     for (size_t q = 0; q < 2; q++) {
 *         size_t n;
 *         const near_hit *hits = near_hits(&search, q, &n);
 *         ...
 *     }
 *     near_close(&search);
 *
 * Values are taken as float64 (integers of 64 bits rounded), and sums over a row run in one fixed
 * order, so the scores have the same bits on every processor, with any number of threads and any
 * cut into blocks:
 *     cosine  a.b / (sqrt(a.a) * sqrt(b.b))
 *     dot     a.b
 *     l2      sqrt of the sum of (a - b)^2: the distance, smallest first
 * Nothing overflows on the way. A score is rounded to float32, and rows are ordered by it as it is
 * rounded, those with the same one by their number.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_NEAR_H
#define TOKVEC_MEASURE_NEAR_H

#include "measure/near_best.h"
#include "measure/near_exact.h"
#include "rows/consumer.h"

typedef struct near_query {
    const double *vector;   /* dim values, all finite, and for cosine not all 0 */
    const int64_t *without; /* the numbers of rows that are not to answer it: a few */
    size_t without_count;
} near_query;

/* Queries and vectors are borrowed until near_close. Only rows that the pump is given can answer:
 * what is to be left out for all queries is not asked for. */
typedef struct near_spec {
    const tokvec_table *table;
    near_metric by;
    const near_query *queries;
    size_t count;      /* 1 or more */
    uint64_t k;        /* how many rows answer, at most */
    bool zero_answers; /* by cosine: a row of zeros answers, with score 0, as in fastText */
} near_spec;

/* A consumer, to be given each row once at most. */
typedef struct near {
    consumer base;

    /* Rows that answered no query: those of zeros have no cosine, those with a NaN or an infinity
     * no score at all. */
    uint64_t zero_rows, nonfinite_rows;

    struct near_plan *plan;       /* with all clones */
    struct near_scratch *scratch; /* its own */
} near;

/* Makes ready for rows. On failure there is nothing to close. It takes memory for count times
 * min(k, rows of the table) hits and 12 bytes a value of the queries, and, for each thread, for a
 * few hundred rows: whoever has more queries than near_queries_at_once searches several times. */
bool near_open(near *n, const near_spec *spec, tokvec_error *err);

/* How many queries it is reasonable to ask at once; 1 or more. */
size_t near_queries_at_once(const tokvec_table *table, uint64_t k);

/* What was found for query number q, the best first, the score by l2 being the distance; in memory
 * that stays until near_close. To be called once for each query, when all rows have been seen. */
const near_hit *near_hits(near *n, size_t q, size_t *count);

void near_close(near *n);

#endif
