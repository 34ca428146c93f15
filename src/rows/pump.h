/* pump.h - rows on their way from a table to a consumer.
 * Block by block they are read, converted and handed over, in order and in bounded memory, by
 * several threads where there is enough to do.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_ROWS_PUMP_H
#define TOKVEC_ROWS_PUMP_H

#include "base/threads.h"
#include "rows/consumer.h"
#include "rows/id_list.h"

/* Another way to rows than tokvec_table_read, which `read` is like: it writes the rows of n valid
 * IDs to out, in the table's dtype. */
typedef struct row_reader {
    bool (*read)(void *context, const int64_t *ids, size_t n, void *out, tokvec_error *err);
    void *context;
    bool concurrent; /* several threads may be in it at the same time */
} row_reader;

/* Table and consumer are borrowed until pump_close, and so is the context of the reader. */
typedef struct pump_spec {
    tokvec_table *table;
    const row_reader *reader; /* NULL: the table's own */
    consumer *to;
    uint64_t rows;    /* how many will be asked for; 0: that is not known */
    unsigned threads; /* at most; 0: as many as there are processors */
} pump_spec;

/* Set up by pump_open, released by pump_close; must not move between them. */
typedef struct pump {
    tokvec_table *table;
    consumer *to;
    row_reader reader;
    bool in_place;    /* rows may be handed over where they lie in the table */
    unsigned threads; /* at most */

    tokvec_dtype dtype;             /* of the table */
    size_t dim, read_size, to_size; /* of a row: values, bytes as it is read and handed over */
    size_t block;                   /* rows at a time */
    uint64_t done;                  /* rows asked for so far */

    struct row_lane *lanes[THREADS_MAX]; /* one a thread, with all that it needs for itself */
    unsigned lane_count;
    pthread_mutex_t lock; /* consumer.lock */
} pump;

/* Makes ready to read. On failure there is nothing to close. */
bool pump_open(pump *p, const pump_spec *spec, tokvec_error *err);

/* Hands over the rows of those IDs, which are valid, or those of them that the consumer wants.
 * They go on after those of earlier calls. After an error the pump is only to be closed. */
bool pump_rows(pump *p, const id_list *list, tokvec_error *err);

void pump_close(pump *p);

#endif
