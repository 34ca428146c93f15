/* row_stats.h - the figures of each row of a table, one after the other.
 * A consumer: it measures rows on all threads, and hands on what it found in the order of the rows.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_ROW_STATS_H
#define TOKVEC_MEASURE_ROW_STATS_H

#include "measure/row_figures.h"
#include "measure/undertrained.h"
#include "rows/consumer.h"

/* What is known of a row. NaN where a cosine or distance is not defined. */
typedef struct row_line {
    int64_t row;
    uint64_t nan; /* values */
    double norm, mean, std, min, max;
    double cosine_to_mean; /* not of a row that is zero or not finite, nor to a mean that is zero */
    double distance, reduced_distance, centred_distance, length; /* see undertrained.h */
} row_line;

/* Sees the next row's. *enough: it wants no more. False with an error ends the work. */
typedef bool row_line_taker(void *context, const row_line *line, bool *enough, tokvec_error *err);

typedef struct row_stats_spec {
    tokvec_dtype dtype; /* of the table */
    size_t dim;
    bool finite;                /* leave out what is not finite */
    const row_mean *mean;       /* of the whole table */
    const undertrained *unused; /* NULL: the distances are NaN */
    row_line_taker *take;
    void *context;
} row_stats_spec;

/* Released with row_stats_end. */
typedef struct row_stats {
    consumer base;
    const row_stats_spec *spec;
    bool is_clone;
    row_meter meter;
    double *direction; /* dim: the mean, at length 1; NaN if it has none */
    double *values;    /* 2 x dim: a row as float64, and room */
    row_line *lines;   /* of the rows of a block */
    size_t count, capacity;
} row_stats;

/* The spec must stay. On failure there is nothing to release. */
bool row_stats_begin(row_stats *r, const row_stats_spec *spec, tokvec_error *err);
void row_stats_end(row_stats *r);

#endif
