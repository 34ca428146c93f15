/* output.h - rows of the table on their way to a format.
 * Opens the sink and the writer, and ends them as they should end.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_OUTPUT_H
#define TOKVEC_CLI_OUTPUT_H

#include "cli/print_rows.h"
#include "cli/source.h"
#include "rows/onehot.h"
#include "rows/pump.h"

/* What is to be printed. */
typedef struct selection {
    const id_list *list;   /* all IDs, or NULL: they come bit by bit, to a format that streams */
    unsigned ndim;         /* of the IDs */
    const uint64_t *shape; /* ndim dimensions */
    bool is_weight;        /* the table itself, not a lookup */
    /* A lookup of bags: they are the rows of another table, and have members as a result has. */
    tokvec_table *bags; /* NULL: no bags */
    uint64_t (*members)(const void *context, int64_t id, uint64_t first, size_t n, int64_t *out);
    const void *members_context;
    /* A lookup of sums with positions: they are the rows of another table, too. */
    tokvec_table *sums;                                 /* NULL: none */
    int64_t (*token)(const void *context, int64_t row); /* the row of the token's vector */
    const void *token_context;
    const char *positions;   /* whose they are */
    uint64_t first_position; /* their row that an ID which begins a sequence gets */
    uint64_t work;           /* as pump_spec.work */
} selection;

/* Released with output_close. */
typedef struct output {
    const settings *options;
    tokvec_table *table;
    int64_t beyond; /* as source.beyond */
    result what;
    source *from;
    int64_t (*token)(const void *context, int64_t row); /* as in the selection; NULL: it is it */
    const void *token_context;
    char numbers[5][24]; /* that are facts of it */
    sink out;
    writer *writer;
    print_rows printing;
    onehot product;
    pump pump;
} output;

/* Begins the output. `from` and s must stay until output_close; on failure there is nothing to
 * close. */
bool output_open(output *o, const settings *s, source *from, const selection *which,
                 tokvec_error *err);

/* Writes the rows of those IDs, which are valid. Failures of the sink show in output_close. */
bool output_rows(output *o, const id_list *list, tokvec_error *err);

/* Ends the output: if all went well until now, lets it appear, with warnings on standard error;
 * if not, *err stays, what streamed out is flushed, and a file does not appear. Returns whether
 * all went well. */
bool output_close(output *o, bool good, tokvec_error *err);

#endif
