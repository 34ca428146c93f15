/* lanes.h - what each of a pump's threads has for itself, and what it does alone.
 * A part of the pump, see pump.h.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_ROWS_LANES_H
#define TOKVEC_ROWS_LANES_H

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

typedef struct row_lane {
    struct pump_run *run; /* of pump.c */
    int64_t *ids;         /* room */
    void *rows;           /* room rows as they are read */
    void *converted;      /* room rows as they are handed over, or NULL: as they are read */
    size_t room;
    consumer *clone; /* NULL: none yet, or there are none */

    row_block block;
    bool borrowed; /* the block's data lies in the table, or was converted from there */
    bool intact;   /* it was still there when the consumer had seen it */
    bool good;     /* else `error` says why */
    tokvec_error error;
} row_lane;

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
    uint64_t work;                  /* as pump_spec.work, 1 or more */
    uint64_t done;                  /* rows asked for so far */

    row_lane *lanes[THREADS_MAX]; /* one a thread, with all that it needs for itself */
    unsigned lane_count;
    pthread_mutex_t lock; /* consumer.lock */
} pump;

/* Makes ready lanes for that many threads, with clones if the consumer has such and there is more
 * than one. On failure there are fewer. */
bool lanes_open(pump *p, unsigned count, tokvec_error *err);
void lanes_close(pump *p);

/* Gives the lane its next IDs, from position *at of the list on, which moves past them: a block,
 * or more if they are better read so and there is memory. None if nothing is left. */
void lane_take(const pump *p, row_lane *lane, const id_list *list, uint64_t *at, unsigned lanes);

/* The steps from IDs to rows that can be handed over; what fails is in lane->error. */
bool lane_read(const pump *p, row_lane *lane);
bool lane_convert(const pump *p, row_lane *lane);

/* Hands the block over. Rows in place may be cut meanwhile: nothing of a file that has shrunk is
 * begun, and if it shrinks while the consumer sees it, that is an error all the same. */
bool lane_give(const pump *p, row_lane *lane, consumer *to);

#endif
