/* pump.h - rows on their way from a table to a writer.
 * Block by block they are read, converted and formatted, by several threads where there is enough
 * to do, and written in order.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_ROWS_PUMP_H
#define TOKVEC_ROWS_PUMP_H

#include "base/threads.h"
#include "rows/id_list.h"
#include "print/writer.h"

/* Set up by pump_open, released by pump_close. */
typedef struct pump {
    tokvec_table *table;
    writer *writer;
    bool onehot;
    unsigned threads; /* at most */

    tokvec_dtype table_dtype;
    size_t table_bytes, written_bytes; /* of a row, as the table has it and as the writer gets it */
    size_t block;                      /* rows at a time */
    struct pump_lane *lanes[THREADS_MAX]; /* one a thread, with all that it needs for itself */
    unsigned lane_count;

    uint64_t done;    /* rows given to the writer so far */
    uint64_t changed; /* rows that --onehot computed to something else than is in the table */
} pump;

/* `rows` is how many will come, 0 if that is not known. Table and writer are borrowed. With 0
 * threads as many as there are processors. */
bool pump_open(pump *p, tokvec_table *table, writer *w, uint64_t rows, bool onehot,
               unsigned threads, tokvec_error *err);

/* Gives the writer the rows of those IDs, which are valid, or those of them that it wants. Ends
 * early, without an error, if the writer's sink fails. */
bool pump_rows(pump *p, const id_list *list, tokvec_error *err);

void pump_close(pump *p);

#endif
