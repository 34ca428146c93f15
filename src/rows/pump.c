/* pump.c - rows on their way from a table to a consumer.
 * See pump.h. Each thread takes the next block of IDs, makes what it can of it in memory of its
 * own, waits until all blocks before it are done with, and finishes it: so order and memory hold,
 * and no thread is idle while another one finishes.
 * SPDX-License-Identifier: MIT */
#include "rows/pump.h"

#include "base/bytes.h"
#include "base/error.h"
#include "rows/lanes.h"
#include "table/table.h"

enum {
    BLOCK_BYTES = 1 << 18,
    BLOCK_ROWS_MAX = 4096,
    READER_THREADS = 4,        /* of rows that one thread at a time reads: more would only wait */
    VALUES_A_THREAD = 1 << 16, /* fewer are not worth a thread: about a millisecond of text */
};

static bool read_table(void *table, const int64_t *ids, size_t n, void *out, tokvec_error *err)
{
    return tokvec_table_read(table, ids, n, out, err);
}

/* The sizes of rows and blocks. */
static bool measure(pump *p, uint64_t rows, tokvec_error *err)
{
    uint64_t dim = tokvec_table_dim(p->table), from, to, bytes;
    if (!mul_u64(dim, tokvec_dtype_size(p->dtype), &from) ||
        !mul_u64(dim, tokvec_dtype_size(p->to->dtype), &to))
        return error_no_memory(err, UINT64_MAX);
    uint64_t larger = from > to ? from : to;
    uint64_t fit = (larger == 0 ? BLOCK_ROWS_MAX : BLOCK_BYTES / larger) / p->work;
    p->block = fit == 0 ? 1 : fit > BLOCK_ROWS_MAX ? BLOCK_ROWS_MAX : (size_t)fit;
    if (rows > 0 && rows < p->block)
        p->block = (size_t)rows;
    if (!mul_u64(larger, p->block, &bytes) || bytes > PTRDIFF_MAX)
        return error_no_memory(err, larger);
    p->dim = (size_t)dim;
    p->read_size = (size_t)from;
    p->to_size = (size_t)to;
    return true;
}

bool pump_open(pump *p, const pump_spec *spec, tokvec_error *err)
{
    *p = (pump){.table = spec->table,
                .to = spec->to,
                .reader = {read_table, spec->table, spec->table->concurrent},
                .in_place = spec->reader == NULL,
                .threads = spec->threads,
                .work = spec->work == 0 ? 1 : spec->work,
                .dtype = tokvec_table_dtype(spec->table),
                .lock = PTHREAD_MUTEX_INITIALIZER};
    if (spec->reader != NULL)
        p->reader = *spec->reader;
    p->to->lock = &p->lock;
    return measure(p, spec->rows, err) && lanes_open(p, 1, err);
}

void pump_close(pump *p)
{
    lanes_close(p);
}

/* ---------------------------------------------------------------- one thread */

static bool pump_alone(pump *p, const id_list *list, tokvec_error *err)
{
    row_lane *lane = p->lanes[0];
    uint64_t at = 0;
    while (at < list->count && !p->to->enough) {
        lane_take(p, lane, list, &at, 1);
        if (lane->block.n == 0)
            break; /* it wants none of those that are left */
        if (!lane_read(p, lane) || !lane_convert(p, lane) || !lane_give(p, lane, p->to)) {
            if (err != NULL)
                *err = lane->error;
            return false;
        }
    }
    return true;
}

/* ---------------------------------------------------------------- several */

/* One call of pump_rows, shared by its threads. All that changes is under the pump's lock. */
typedef struct pump_run {
    pump *p;
    const id_list *list;
    unsigned threads;
    pthread_cond_t turned;
    uint64_t at;    /* the next position in the list */
    uint64_t taken; /* blocks so far */
    uint64_t turn;  /* the block that is finished next */
    bool stopped;   /* by an error, or because the consumer has had enough */
    bool good;
    tokvec_error *err;
} pump_run;

/* Takes the next block, and reads it if only one thread at a time may; false if there is none. */
static bool take_block(pump_run *r, row_lane *lane, uint64_t *number)
{
    pump *p = r->p;
    pthread_mutex_lock(&p->lock);
    bool more = !r->stopped && r->at < r->list->count;
    if (more) {
        *number = r->taken++;
        lane_take(p, lane, r->list, &r->at, r->threads);
        lane->good = p->reader.concurrent
                         ? table_prepare(p->table, lane->ids, lane->block.n, &lane->error)
                         : lane_read(p, lane);
    }
    pthread_mutex_unlock(&p->lock);
    return more;
}

/* All that can be done before it is the block's turn. */
static void make_block(const pump *p, row_lane *lane)
{
    if (p->reader.concurrent)
        lane->good = lane->good && lane_read(p, lane);
    lane->good = lane->good && lane_convert(p, lane);
    lane->intact = false;
    if (lane->good && lane->clone != NULL)
        lane->good = lane_give(p, lane, lane->clone);
}

/* Of a bad block, what comes before the mistake counts too. */
static void finish_block(pump *p, row_lane *lane)
{
    if (lane->clone == NULL)
        lane->good = lane->good && lane_give(p, lane, p->to);
    else if (lane->intact)
        lane->good =
            p->to->finish(p->to, lane->clone, lane->good ? &lane->error : NULL) && lane->good;
}

static void run_lane(void *context, unsigned index)
{
    pump_run *r = context;
    pump *p = r->p;
    row_lane *lane = p->lanes[index];
    uint64_t number;
    while (take_block(r, lane, &number)) {
        make_block(p, lane);
        pthread_mutex_lock(&p->lock);
        while (r->turn != number)
            pthread_cond_wait(&r->turned, &p->lock);
        bool stopped = r->stopped;
        pthread_mutex_unlock(&p->lock);

        if (!stopped)
            finish_block(p, lane);

        pthread_mutex_lock(&p->lock);
        if (!stopped && !lane->good) {
            r->good = false;
            if (r->err != NULL)
                *r->err = lane->error;
        }
        r->stopped = stopped || !lane->good || p->to->enough;
        r->turn++;
        pthread_cond_broadcast(&r->turned);
        pthread_mutex_unlock(&p->lock);
    }
}

static bool pump_together(pump *p, const id_list *list, unsigned threads, tokvec_error *err)
{
    pump_run r = {.p = p,
                  .list = list,
                  .threads = threads,
                  .turned = PTHREAD_COND_INITIALIZER,
                  .stopped = p->to->enough,
                  .good = true,
                  .err = err};
    threads_run(threads, run_lane, &r);
    return r.good;
}

/* Whether all there is to do falls to the consumer, one block at a time, as the rows lie ready:
 * then several threads would only take turns. */
static bool only_consumed(const pump *p, const id_list *list)
{
    return p->to->clone == NULL && p->in_place && p->to->dtype == p->dtype &&
           list->run_count == 1 && list->runs[0].is_range &&
           tokvec_table_row(p->table, list->runs[0].first) != NULL;
}

/* How many threads the rows of these IDs are worth. */
static unsigned threads_for(pump *p, const id_list *list)
{
    uint64_t values, rows = list->count;
    if (p->to->next_row != NULL || rows <= p->block || p->threads == 1 || only_consumed(p, list))
        return 1;
    if (mul_u64(rows, p->dim, &values) && mul_u64(values, p->work, &values) &&
        values < 2 * VALUES_A_THREAD)
        return 1;
    if (p->threads == 0)
        p->threads = threads_available();
    uint64_t blocks = rows / p->block;
    unsigned bound = p->reader.concurrent ? THREADS_MAX : READER_THREADS;
    uint64_t most = p->threads < bound ? p->threads : bound;
    return (unsigned)(blocks < most ? blocks : most);
}

bool pump_rows(pump *p, const id_list *list, tokvec_error *err)
{
    if (list->count >= tokvec_table_rows(p->table) && p->to->next_row == NULL &&
        !table_verify(p->table, err))
        return false;
    unsigned threads = threads_for(p, list);
    if (threads > 1 && !lanes_open(p, threads, NULL))
        threads = 1; /* without memory for more it is only slower */
    bool good = threads > 1 ? pump_together(p, list, threads, err) : pump_alone(p, list, err);
    p->done += list->count;
    return good;
}

bool pump_list(tokvec_table *table, const id_list *list, consumer *to, unsigned threads,
               tokvec_error *err)
{
    pump p;
    const pump_spec spec = {.table = table, .to = to, .rows = list->count, .threads = threads};
    if (!pump_open(&p, &spec, err))
        return false;
    bool good = pump_rows(&p, list, err);
    pump_close(&p);
    return good;
}

bool pump_table(tokvec_table *table, consumer *to, unsigned threads, tokvec_error *err)
{
    id_list all = {0};
    bool good = id_list_add_range(&all, 0, tokvec_table_rows(table), err) &&
                pump_list(table, &all, to, threads, err);
    id_list_free(&all);
    return good;
}
