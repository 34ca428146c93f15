/* stats.h - what the files of the command stats share.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_STATS_H
#define TOKVEC_CLI_STATS_H

#include "cli/wanted.h"
#include "rows/consumer.h"

/* The settings, with what only this command is asked for. */
typedef struct stats_settings {
    settings shared;
    bool all;    /* tensors */
    bool finite; /* leave out what is not */
    /* stats_rows.c */
    bool rows, hist;              /* the reports instead: of each row, and the histogram */
    bool reverse;                 /* order of the rows */
    const char *sort, *top;       /* a field, a number; NULL: unsorted, all */
    const char *reference, *bins; /* IDs, a number; NULL: none, the usual number */
    const char *quantiles;        /* stats_quantiles.c: numbers; NULL: none */
} stats_settings;

#define STATS_BINS 20 /* the usual number */

extern const option_spec *const stats_rows_options[];

/* Whether these options go together. */
bool stats_rows_check(const stats_settings *s, tokvec_error *err);

/* The rows that are asked about, of an open table. */
typedef struct stats_query {
    const stats_settings *options;
    source from;
    wanted wanted;
    bool whole;  /* all rows, in their order; else those of wanted.list */
    bool labels; /* rows have tokens that are shown: source_label */
} stats_query;

/* On failure there is nothing to close. The struct must not move until it is closed. */
bool stats_query_open(stats_query *q, const stats_settings *s, tokvec_error *err);
void stats_query_close(stats_query *q);

uint64_t stats_query_rows(const stats_query *q);

/* The number of the row that was asked for at that place, from 0; a consumer's row_block.first
 * counts so. And its ID, as a report prints it. */
int64_t stats_query_row(const stats_query *q, uint64_t place);
report_value stats_query_id(const stats_query *q, uint64_t place);

/* Hands the rows to a consumer. */
bool stats_query_pump(stats_query *q, consumer *to, tokvec_error *err);

/* The quantiles that are asked for, of a table or tensor, and how a report has them: each has a
 * field of its own. */
typedef struct stats_quantiles {
    size_t count; /* 0: --quantiles is not given */
    double *at, *values;
    char *names; /* of the fields, one after the other, each with its 0 */
} stats_quantiles;

extern const option_spec stats_quantiles_option;

/* On failure there is nothing to close. */
bool stats_quantiles_open(stats_quantiles *q, const stats_settings *s, tokvec_error *err);
void stats_quantiles_close(stats_quantiles *q);

/* Finds the values; list: of which rows, or NULL for all. */
bool stats_quantiles_find(stats_quantiles *q, const stats_settings *s, tokvec_table *table,
                          const id_list *list, tokvec_error *err);

/* Stores `count` fields; their names are lent. */
void stats_quantiles_fields(const stats_quantiles *q, report_field *fields);

/* The reports. */
bool stats_of_table(stats_query *q, tokvec_error *err);
bool stats_of_rows(stats_query *q, tokvec_error *err);
bool stats_histogram(stats_query *q, tokvec_error *err);
bool stats_of_tensors(const stats_settings *s, tokvec_error *err);

#endif
