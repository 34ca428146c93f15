/* output.h - rows of the table on their way to a format.
 * Reads them block by block, converts them, hands them to the writer.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_OUTPUT_H
#define TOKVEC_CLI_OUTPUT_H

#include "cli/source.h"
#include "ids/id_list.h"

/* What is to be printed. */
typedef struct selection {
    const id_list *list;   /* all IDs, or NULL: they come bit by bit, to a format that streams */
    unsigned ndim;         /* of the IDs */
    const uint64_t *shape; /* ndim dimensions */
    bool is_weight;        /* the table itself, not a lookup */
} selection;

/* Released with output_close. */
typedef struct output {
    const settings *options;
    tokvec_table *table;
    result what;
    sink out;
    writer *writer;
    tokvec_dtype table_dtype;
    size_t block;     /* rows at a time */
    int64_t *ids;     /* block */
    void *rows;       /* block rows as the table gives them */
    void *converted;  /* block rows as the writer gets them, or NULL: as they are */
    uint64_t changed; /* rows that --onehot computed to something else than is in the table */
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
