/* lanes.c - what each of a pump's threads has for itself, and what it does alone.
 * See lanes.h.
 * SPDX-License-Identifier: MIT */
#include "rows/lanes.h"

#include "base/array.h"
#include "base/error.h"
#include "table/table.h"

#include <stdlib.h>
#include <string.h>

enum { PASS_BYTES = 1 << 24 }; /* of scattered rows, where a read passes over the table */

/* ---------------------------------------------------------------- opening */

static void close_buffers(row_lane *lane)
{
    free(lane->ids);
    free(lane->rows);
    free(lane->converted);
    lane->ids = NULL;
    lane->rows = lane->converted = NULL;
    lane->room = 0;
}

/* pump_open has seen that the sizes do not wrap. */
static bool open_buffers(const pump *p, row_lane *lane, size_t rows, tokvec_error *err)
{
    bool convert = p->to->dtype != p->dtype;
    lane->ids = malloc(rows * sizeof *lane->ids);
    lane->rows = array_large(rows * p->read_size);
    lane->converted = convert ? array_large(rows * p->to_size) : NULL;
    lane->room = rows;
    if (lane->ids != NULL && lane->rows != NULL && (lane->converted != NULL || !convert))
        return true;
    close_buffers(lane);
    return error_no_memory(err, rows * (p->read_size + p->to_size));
}

static bool open_lane(pump *p, tokvec_error *err)
{
    row_lane *lane = calloc(1, sizeof *lane);
    if (lane == NULL)
        return error_no_memory(err, sizeof *lane);
    if (!open_buffers(p, lane, p->block, err)) {
        free(lane);
        return false;
    }
    p->lanes[p->lane_count++] = lane;
    return true;
}

static bool open_clone(const pump *p, row_lane *lane, tokvec_error *err)
{
    if (lane->clone != NULL || p->to->clone == NULL)
        return true;
    consumer *clone = malloc(p->to->size);
    if (clone != NULL) {
        memcpy(clone, p->to, p->to->size);
        if (clone->clone(clone)) {
            lane->clone = clone;
            return true;
        }
    }
    free(clone);
    return error_no_memory(err, p->to->size);
}

bool lanes_open(pump *p, unsigned count, tokvec_error *err)
{
    while (p->lane_count < count) {
        if (!open_lane(p, err))
            return false;
    }
    for (unsigned i = 0; count > 1 && i < count; i++) {
        if (!open_clone(p, p->lanes[i], err))
            return false;
    }
    return true;
}

void lanes_close(pump *p)
{
    while (p->lane_count > 0) {
        row_lane *lane = p->lanes[--p->lane_count];
        if (lane->clone != NULL && lane->clone->release != NULL)
            lane->clone->release(lane->clone);
        free(lane->clone);
        close_buffers(lane);
        free(lane);
    }
}

/* ---------------------------------------------------------------- IDs */

/* The next IDs that the consumer wants, from position *at on; at most a given number. */
static size_t next_ids(const pump *p, const id_list *list, uint64_t *at, size_t most, int64_t *ids)
{
    if (p->to->next_row == NULL) {
        uint64_t left = list->count - *at;
        size_t n = left < most ? (size_t)left : most;
        id_list_get(list, *at, n, ids);
        *at += n;
        return n;
    }
    size_t n = 0;
    while (n < most && *at < list->count) {
        *at = p->to->next_row(p->to, p->done + *at) - p->done;
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
    size_t larger = p->read_size > p->to_size ? p->read_size : p->to_size;
    if (larger == 0 || !p->table->passes)
        return 0;
    return PASS_BYTES / larger / (p->reader.concurrent ? lanes : 1);
}

static bool make_room(const pump *p, row_lane *lane, size_t rows)
{
    row_lane larger = {.ids = NULL};
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

void lane_take(const pump *p, row_lane *lane, const id_list *list, uint64_t *at, unsigned lanes)
{
    uint64_t start = *at;
    size_t n = next_ids(p, list, at, p->block, lane->ids);
    size_t most = pass_rows(p, lanes);
    bool scattered = p->work > 1 || !ascend(lane->ids, n); /* if each row is made of others: they */
    if (most > p->block && *at < list->count && scattered && make_room(p, lane, most)) {
        *at = start;
        n = next_ids(p, list, at, most, lane->ids);
    }
    lane->block = (row_block){.ids = lane->ids, .n = n, .first = p->done + start};
}

/* ---------------------------------------------------------------- rows */

/* The rows where they lie in the table, if they follow one another there. */
static const void *rows_in_place(const pump *p, const row_block *block)
{
    if (!p->in_place)
        return NULL;
    for (size_t i = 1; i < block->n; i++) {
        if (block->ids[i] != block->ids[0] + (int64_t)i)
            return NULL;
    }
    return tokvec_table_row(p->table, block->ids[0]);
}

bool lane_read(const pump *p, row_lane *lane)
{
    row_block *block = &lane->block;
    block->data = rows_in_place(p, block);
    block->lasting = lane->borrowed = block->data != NULL;
    if (lane->borrowed)
        return true;
    block->data = lane->rows;
    return p->reader.read(p->reader.context, block->ids, block->n, lane->rows, &lane->error);
}

bool lane_convert(const pump *p, row_lane *lane)
{
    if (lane->converted == NULL)
        return true;
    if (!tokvec_convert(p->dtype, lane->block.data, p->to->dtype, lane->converted,
                        lane->block.n * p->dim, &lane->error))
        return false;
    lane->block.data = lane->converted;
    lane->block.lasting = false;
    return true;
}

static bool still_there(const pump *p, row_lane *lane)
{
    return !lane->borrowed || tokvec_table_intact(p->table, &lane->error);
}

bool lane_give(const pump *p, row_lane *lane, consumer *to)
{
    lane->intact = still_there(p, lane);
    if (!lane->intact)
        return false;
    bool good = to->rows(to, &lane->block, &lane->error);
    lane->intact = still_there(p, lane);
    return good && lane->intact;
}
