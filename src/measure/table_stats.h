/* table_stats.h - what the numbers of a table are like.
 * A consumer of the table's rows, all or some, in any number of threads, with the same bits in any.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_TABLE_STATS_H
#define TOKVEC_MEASURE_TABLE_STATS_H

#include "measure/row_figures.h"
#include "measure/same_rows.h"
#include "rows/consumer.h"

/* Places of rows in the order in which they were asked for. */
typedef struct row_places {
    uint64_t *at;
    size_t count, capacity;
} row_places;

/* What has been made of some rows. */
typedef struct stats_part {
    uint64_t nan, infinite, zeros;
    uint64_t used;   /* values that min, max, mean and std are of */
    double min, max; /* of no values INFINITY and -INFINITY */
    row_totals totals;
    row_places zero, constant;

    uint64_t rows;
    row_trait *traits; /* of each row */
    size_t capacity;
} stats_part;

typedef struct table_stats {
    consumer base;
    size_t row_size;
    row_meter meter;
    stats_part part;
    repeats same;
} table_stats;

typedef struct table_figures {
    uint64_t rows, count, nan, infinite, zeros;
    uint64_t used;                      /* values that the next seven are of: 0: they are NaN */
    double min, max, absmax, mean, std; /* with NaN each is NaN; std is over used - 1 */
    double rms, norm;                   /* roots of the mean and of the sum of the squares */

    /* Of rows. With NaN among them all are NaN, at the first such row. If what is not finite is
     * left out, so are norms that are not. */
    uint64_t norms; /* that these are of; 0: they are NaN, and nowhere */
    double norm_min, norm_median, norm_max;
    uint64_t norm_min_at, norm_max_at; /* the first such row */
} table_figures;

/* Makes ready for rows of that table, of which those values are left out that are not finite, if
 * asked so. The struct must not move until table_stats_close. On failure there is nothing to close.
 */
bool table_stats_open(table_stats *s, const tokvec_table *table, bool finite, tokvec_error *err);
void table_stats_close(table_stats *s);

/* After all rows of the list, or of the table if it is NULL: s->same has those that are repeated,
 * by their bytes. Once only; a part of the rows is read again for it. */
bool table_stats_find_same(table_stats *s, tokvec_table *table, const id_list *list,
                           unsigned threads, tokvec_error *err);

/* After all rows: the figures; part.zero and part.constant are the rows whose values are all 0, or
 * all equal (row_figures). Once only. */
bool table_stats_end(table_stats *s, table_figures *out, tokvec_error *err);

#endif
