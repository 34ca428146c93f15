/* pump.c - rows on their way from a table to a writer.
 * See pump.h. Each thread takes the next block of IDs, makes what is to be written of it in memory
 * of its own, waits until all blocks before it are written, and writes it: so order and memory
 * hold, and no thread is idle while another one writes.
 * SPDX-License-Identifier: MIT */
#include "rows/pump.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/threads.h"
#include "rows/onehot.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    BLOCK_BYTES = 1 << 18,
    BLOCK_ROWS_MAX = 4096,
    PASS_BYTES = 1 << 24, /* of scattered rows, where a read passes over the table */
    READER_THREADS = 4,   /* of a table that one thread at a time reads: more would only wait */
    VALUES_A_THREAD = 1 << 16, /* fewer are not worth a thread: about a millisecond of text */
};

/* What a thread needs for itself. Without threads only the first lane is used, and of that only
 * the buffers. */
typedef struct pump_lane {
    struct pump_run *run;
    int64_t *ids;    /* block */
    void *rows;      /* block rows as the table gives them */
    void *converted; /* block rows as the writer gets them, or NULL: as they are */
    size_t room;     /* in rows, of those three */

    size_t count;     /* of the IDs in the block */
    uint64_t row;     /* which the first of them is in the result */
    const void *data; /* what the writer gets */
    bool borrowed;    /* data lies in the table, not in a buffer */
    bool good;        /* else `error` says why */
    tokvec_error error;

    writer *writer; /* a copy, which formats into `text`; NULL: the format needs the real one */
    result what;    /* the copy's */
    sink text;
    char *label;
    size_t label_capacity;
} pump_lane;

/* One call of pump_rows, shared by its threads. */
typedef struct pump_run {
    pump *p;
    const id_list *list;
    unsigned threads;
    pthread_mutex_t lock; /* of all below, and of what only one thread may use at a time: the
                             labels, and a table that cannot be read by several */
    pthread_cond_t turned;
    uint64_t at;    /* the next position in the list */
    uint64_t taken; /* blocks so far */
    uint64_t turn;  /* the block that is written next */
    bool stopped;   /* by an error, or because nothing can be written any more */
    bool good;
    tokvec_error *err;
} pump_run;

/* ---------------------------------------------------------------- lanes */

static void close_buffers(pump_lane *lane)
{
    free(lane->ids);
    free(lane->rows);
    free(lane->converted);
    lane->ids = NULL;
    lane->rows = lane->converted = NULL;
    lane->room = 0;
}

static bool open_buffers(const pump *p, pump_lane *lane, size_t rows, tokvec_error *err)
{
    bool convert = p->writer->what->dtype != p->table_dtype;
    close_buffers(lane);
    /* pump_open has seen that these do not wrap. */
    lane->ids = malloc(rows * sizeof *lane->ids);
    lane->rows = array_large(rows * p->table_bytes);
    lane->converted = convert ? array_large(rows * p->written_bytes) : NULL;
    lane->room = rows;
    if (lane->ids != NULL && lane->rows != NULL && (lane->converted != NULL || !convert))
        return true;
    close_buffers(lane);
    return error_no_memory(err, rows * (p->table_bytes + p->written_bytes));
}

/* result.label for the copies of a writer: the text lasts until the next call by this lane,
 * whatever the others do. */
static bool lane_label(void *context, int64_t id, tokvec_text *label, tokvec_error *err)
{
    pump_lane *lane = context;
    const result *what = lane->run->p->writer->what;
    pthread_mutex_lock(&lane->run->lock);
    bool good = what->label(what->label_context, id, label, err) &&
                array_reserve(&lane->label, &lane->label_capacity, label->length, 1, err);
    if (good && label->length > 0) {
        memcpy(lane->label, label->bytes, label->length);
        label->bytes = lane->label;
    }
    pthread_mutex_unlock(&lane->run->lock);
    return good;
}

/* The copy of the writer. */
static bool open_writer(const pump *p, pump_lane *lane, tokvec_error *err)
{
    if (lane->writer != NULL || !p->writer->format->parallel)
        return true;
    if (!sink_open_memory(&lane->text, err))
        return false;
    lane->writer = malloc(p->writer->format->size);
    if (lane->writer == NULL)
        return error_no_memory(err, p->writer->format->size);
    memcpy(lane->writer, p->writer, p->writer->format->size);
    lane->what = *p->writer->what;
    if (lane->what.label != NULL) {
        lane->what.label = lane_label;
        lane->what.label_context = lane;
    }
    lane->writer->what = &lane->what;
    lane->writer->out = &lane->text;
    lane->writer->nulls = 0;
    return true;
}

static void close_lane(pump_lane *lane)
{
    close_buffers(lane);
    free(lane->writer); /* what the original owns, it still owns */
    free(lane->text.buffer);
    free(lane->label);
    free(lane);
}

/* A lane of its own in memory: its writer and its result point into it, so it must not move. */
static pump_lane *open_lane(const pump *p, tokvec_error *err)
{
    pump_lane *lane = calloc(1, sizeof *lane);
    if (lane == NULL) {
        error_no_memory(err, sizeof *lane);
    } else if (!open_buffers(p, lane, p->block, err)) {
        free(lane);
        lane = NULL;
    }
    return lane;
}

/* Makes ready as many lanes as there shall be threads. */
static bool open_lanes(pump *p, unsigned count, tokvec_error *err)
{
    while (p->lane_count < count) {
        pump_lane *lane = open_lane(p, err);
        if (lane == NULL)
            return false;
        p->lanes[p->lane_count++] = lane;
    }
    for (unsigned i = 0; count > 1 && i < count; i++) {
        if (!open_writer(p, p->lanes[i], err))
            return false;
    }
    return true;
}

bool pump_open(pump *p, tokvec_table *table, writer *w, uint64_t rows, bool onehot,
               unsigned threads, tokvec_error *err)
{
    *p = (pump){.table = table, .writer = w, .onehot = onehot, .threads = threads};
    p->table_dtype = tokvec_table_dtype(table);
    uint64_t from, to, bytes;
    if (!mul_u64(w->what->dim, tokvec_dtype_size(p->table_dtype), &from) ||
        !mul_u64(w->what->dim, tokvec_dtype_size(w->what->dtype), &to))
        return error_no_memory(err, UINT64_MAX);
    uint64_t larger = from > to ? from : to;
    uint64_t fit = larger == 0 ? BLOCK_ROWS_MAX : BLOCK_BYTES / larger;
    p->block = fit == 0 ? 1 : fit > BLOCK_ROWS_MAX ? BLOCK_ROWS_MAX : (size_t)fit;
    if (rows > 0 && rows < p->block)
        p->block = (size_t)rows;
    if (!mul_u64(larger, p->block, &bytes) || bytes > PTRDIFF_MAX)
        return error_no_memory(err, larger);
    p->table_bytes = (size_t)from;
    p->written_bytes = (size_t)to;
    if (open_lanes(p, 1, err))
        return true;
    pump_close(p);
    return false;
}

void pump_close(pump *p)
{
    for (unsigned i = 0; i < p->lane_count; i++)
        close_lane(p->lanes[i]);
    *p = (pump){.table = NULL};
}

/* ---------------------------------------------------------------- a block */

/* The next IDs that the writer wants, from position *at on; at most so many. */
static size_t next_ids(const pump *p, const id_list *list, uint64_t *at, size_t most, int64_t *ids)
{
    uint64_t (*next_row)(const writer *, uint64_t) = p->writer->format->next_row;
    if (next_row == NULL) {
        uint64_t left = list->count - *at;
        size_t n = left < most ? (size_t)left : most;
        id_list_get(list, *at, n, ids);
        *at += n;
        return n;
    }
    size_t n = 0;
    while (n < most && *at < list->count) {
        *at = next_row(p->writer, *at);
        if (*at < list->count)
            id_list_get(list, (*at)++, 1, &ids[n++]);
    }
    return n;
}

static bool ascend(const int64_t *ids, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (ids[i] < ids[i - 1])
            return false;
    }
    return true;
}

/* How many scattered rows a lane reads at once, if that is more than a block. */
static size_t pass_rows(const pump *p, unsigned lanes)
{
    size_t larger = p->table_bytes > p->written_bytes ? p->table_bytes : p->written_bytes;
    if (larger == 0 || !tokvec_table_passes(p->table))
        return 0;
    return PASS_BYTES / larger / (tokvec_table_concurrent(p->table) ? lanes : 1);
}

static bool make_room(const pump *p, pump_lane *lane, size_t rows)
{
    pump_lane larger = {.ids = NULL};
    if (lane->room >= rows)
        return true;
    if (!open_buffers(p, &larger, rows, NULL))
        return false;
    close_buffers(lane);
    lane->ids = larger.ids;
    lane->rows = larger.rows;
    lane->converted = larger.converted;
    lane->room = rows;
    return true;
}

/* Gives the lane its next IDs, from position *at on: a block, or more if they are better read so
 * and there is memory. */
static void take_ids(const pump *p, const id_list *list, uint64_t *at, unsigned lanes,
                     pump_lane *lane)
{
    uint64_t start = *at;
    lane->row = p->done + start;
    lane->count = next_ids(p, list, at, p->block, lane->ids);
    size_t most = pass_rows(p, lanes);
    if (most <= p->block || *at == list->count || ascend(lane->ids, lane->count) ||
        !make_room(p, lane, most))
        return;
    *at = start;
    lane->count = next_ids(p, list, at, most, lane->ids);
}

/* The rows where they lie in the table, if they follow one another there. */
static const void *rows_in_place(const pump *p, const pump_lane *lane)
{
    for (size_t i = 1; i < lane->count; i++) {
        if (lane->ids[i] != lane->ids[0] + (int64_t)i)
            return NULL;
    }
    return lane->count == 0 ? NULL : tokvec_table_row(p->table, lane->ids[0]);
}

static bool read_rows(pump *p, pump_lane *lane)
{
    lane->data = p->onehot ? NULL : rows_in_place(p, lane);
    lane->borrowed = lane->data != NULL;
    if (lane->borrowed)
        return true;
    lane->data = lane->rows;
    return p->onehot
               ? onehot_read(p->table, lane->ids, lane->count, lane->rows, &p->changed,
                             &lane->error)
               : tokvec_table_read(p->table, lane->ids, lane->count, lane->rows, &lane->error);
}

static bool convert_rows(const pump *p, pump_lane *lane)
{
    if (lane->converted == NULL)
        return true;
    size_t values = lane->count * (size_t)p->writer->what->dim;
    if (!tokvec_convert(p->table_dtype, lane->data, p->writer->what->dtype, lane->converted, values,
                        &lane->error))
        return false;
    lane->data = lane->converted;
    return true;
}

static bool still_there(const pump *p, pump_lane *lane)
{
    return !lane->borrowed || tokvec_table_intact(p->table, &lane->error);
}

/* Rows in place may be cut while they are printed: nothing of a file that has shrunk is begun, and
 * if it shrinks meanwhile, that is an error all the same. */
static bool print_rows(const pump *p, pump_lane *lane, writer *w)
{
    w->row = lane->row;
    w->lasting = lane->borrowed && lane->data != lane->converted;
    return still_there(p, lane) &&
           w->format->rows(w, lane->ids, lane->count, lane->data, &lane->error) &&
           still_there(p, lane);
}

static bool pump_alone(pump *p, const id_list *list, tokvec_error *err)
{
    pump_lane *lane = p->lanes[0];
    uint64_t at = 0;
    while (at < list->count && !p->writer->out->failed) {
        take_ids(p, list, &at, 1, lane);
        if (!read_rows(p, lane) || !convert_rows(p, lane) || !print_rows(p, lane, p->writer)) {
            if (err != NULL)
                *err = lane->error;
            return false;
        }
    }
    return true;
}

/* ---------------------------------------------------------------- threads */

/* Takes the next block; false if there is none. */
static bool take_block(pump_run *r, pump_lane *lane, uint64_t *number)
{
    pump *p = r->p;
    bool alone = !tokvec_table_concurrent(p->table);
    pthread_mutex_lock(&r->lock);
    bool more = !r->stopped && r->at < r->list->count;
    if (more) {
        *number = r->taken++;
        take_ids(p, r->list, &r->at, r->threads, lane);
        lane->good = alone ? read_rows(p, lane)
                           : tokvec_table_prepare(p->table, lane->ids, lane->count, &lane->error);
    }
    pthread_mutex_unlock(&r->lock);
    if (more && !alone)
        lane->good = lane->good && read_rows(p, lane);
    return more;
}

/* All that can be done before it is the block's turn. */
static void make_block(const pump *p, pump_lane *lane)
{
    lane->good = lane->good && convert_rows(p, lane);
    if (lane->good && lane->writer != NULL)
        lane->good = print_rows(p, lane, lane->writer);
    if (!lane->good && lane->borrowed)
        lane->text.length = 0; /* printed from a file that was cut */
}

/* Of a bad block, what comes before the mistake is written too. */
static void write_block(pump *p, pump_lane *lane)
{
    if (lane->writer != NULL) {
        p->writer->nulls += lane->writer->nulls;
        lane->writer->nulls = 0;
        if (lane->text.failed) {
            lane->good = false;
            lane->error = lane->text.error;
        } else {
            sink_append(p->writer->out, &lane->text);
        }
    } else if (lane->good) {
        lane->good = print_rows(p, lane, p->writer);
    }
}

static void run_lane(void *context, unsigned index)
{
    pump_run *r = context;
    pump_lane *lane = r->p->lanes[index];
    uint64_t number;
    while (take_block(r, lane, &number)) {
        make_block(r->p, lane);
        pthread_mutex_lock(&r->lock);
        while (r->turn != number)
            pthread_cond_wait(&r->turned, &r->lock);
        bool stopped = r->stopped;
        pthread_mutex_unlock(&r->lock);

        if (!stopped)
            write_block(r->p, lane);

        pthread_mutex_lock(&r->lock);
        if (!stopped && !lane->good) {
            r->good = false;
            if (r->err != NULL)
                *r->err = lane->error;
        }
        r->stopped = r->stopped || !lane->good || r->p->writer->out->failed;
        r->turn++;
        pthread_cond_broadcast(&r->turned);
        pthread_mutex_unlock(&r->lock);
    }
}

static bool pump_together(pump *p, const id_list *list, unsigned threads, tokvec_error *err)
{
    pump_run r = {.p = p,
                  .list = list,
                  .threads = threads,
                  .lock = PTHREAD_MUTEX_INITIALIZER,
                  .turned = PTHREAD_COND_INITIALIZER,
                  .good = true,
                  .err = err};
    for (unsigned i = 0; i < threads; i++)
        p->lanes[i]->run = &r;
    threads_run(threads, run_lane, &r);
    return r.good;
}

/* How many threads the rows of that many IDs are worth. */
static unsigned threads_for(pump *p, uint64_t rows)
{
    uint64_t values;
    if (p->onehot || p->writer->format->next_row != NULL || rows <= p->block || p->threads == 1)
        return 1;
    if (mul_u64(rows, p->writer->what->dim, &values) && values < 2 * VALUES_A_THREAD)
        return 1;
    if (p->threads == 0)
        p->threads = threads_available();
    uint64_t blocks = rows / p->block;
    unsigned bound = tokvec_table_concurrent(p->table) ? THREADS_MAX : READER_THREADS;
    uint64_t most = p->threads < bound ? p->threads : bound;
    return (unsigned)(blocks < most ? blocks : most);
}

bool pump_rows(pump *p, const id_list *list, tokvec_error *err)
{
    unsigned threads = threads_for(p, list->count);
    if (threads > 1 && !open_lanes(p, threads, NULL))
        threads = 1; /* without memory for more it is only slower */
    bool good = threads > 1 ? pump_together(p, list, threads, err) : pump_alone(p, list, err);
    p->done += list->count;
    return good;
}
