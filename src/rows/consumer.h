/* consumer.h - what is done with the rows of a table.
 * The one seam between reading rows and using them: a pump reads, converts and hands over blocks
 * of rows, on as many threads as are of use, and a consumer makes text, a digest or statistics of
 * them. Neither knows the other.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_ROWS_CONSUMER_H
#define TOKVEC_ROWS_CONSUMER_H

#include "tokvec.h"

#include <pthread.h>

/* Some of the rows, in the order in which they were asked for. Borrowed until the call returns. */
typedef struct row_block {
    const int64_t *ids; /* n: the numbers of the rows in the table */
    size_t n;           /* 1 or more */
    const void *data;   /* n rows, one right after the other, aligned to an element */
    uint64_t first;     /* how many rows were asked for before these; of no use with next_row */
    bool lasting;       /* the data stays until the table is closed */
} row_block;

/* The first member of every consumer's own struct, filled in by whoever makes it. Functions return
 * false with an error in *err, which ends the work; what cannot fail may ignore err.
 *
 * Without `clone`, rows() gets all blocks in their order, one at a time, while other threads read
 * and convert those that follow. With it, rows() is called for the clones, each on a thread of its
 * own and in no order, and finish() then takes over what each made, block by block in the order of
 * the blocks, one at a time. If there is but one thread, or no memory for clones, even such a
 * consumer gets all rows itself. So rows() and then finish() on a clone must do what rows() alone
 * does on the consumer. Blocks are of any size, and may be cut elsewhere the next time. */
typedef struct consumer {
    size_t size;        /* bytes of its own struct */
    tokvec_dtype dtype; /* of the rows as it wants them: the table's, or one that tokvec_convert
                           converts to */

    /* It wants no more. The work ends, early and without an error; blocks that are not yet
     * finished are dropped. Asked for before each block; clones are not asked. */
    bool enough;

    /* Set by the pump. Only one thread at a time may ask a vocabulary, or anything of the table
     * but what tokvec_table.concurrent speaks of: a clone's rows() does that with this lock held,
     * and does not keep it. Nobody else needs it. */
    pthread_mutex_t *lock;

    /* The first row from `row` on (counted as row_block.first) that it wants; any number beyond the
     * last: none. NULL: all. What it answers may depend on the rows seen, so there is but one
     * thread with such a consumer. */
    uint64_t (*next_row)(const struct consumer *c, uint64_t row);

    /* Makes the clone independent: *clone is a copy, byte for byte, of a consumer that may have
     * had rows, in memory of `size` bytes that does not move, and is to begin with none. False if
     * there is no memory for it; then nothing is left to release. NULL: it cannot be cloned. */
    bool (*clone)(struct consumer *clone);

    bool (*rows)(struct consumer *c, const row_block *block, tokvec_error *err);

    /* Adds to *c what the clone made of one block, and leaves the clone with none. It is called,
     * too, after rows() has failed, for what came before the mistake; but not where the block
     * cannot be trusted, as its file has shrunk. */
    bool (*finish)(struct consumer *c, struct consumer *clone, tokvec_error *err);

    /* Releases what clone() gave to a clone, but not the clone. May be NULL. The consumer itself
     * belongs to whoever made it. */
    void (*release)(struct consumer *clone);
} consumer;

#endif
