/* id_list.h - a sequence of token IDs.
 * Ranges are kept as ranges, so that a list is never larger than the text it came from.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_ROWS_ID_LIST_H
#define TOKVEC_ROWS_ID_LIST_H

#include "base/error.h"

/* IDs that follow one another in the list: given one by one, or a range. */
typedef struct id_run {
    uint64_t position; /* of its first ID in the list */
    uint64_t count;
    int64_t first;  /* of a range */
    size_t literal; /* index in literals of the first one, if no range */
    bool is_range;
} id_run;

/* Starts as {0}; the owner releases it with id_list_free. */
typedef struct id_list {
    uint64_t count;
    int64_t *literals;
    size_t literal_count, literal_capacity;
    id_run *runs;
    size_t run_count, run_capacity;
} id_list;

bool id_list_add(id_list *list, int64_t id, tokvec_error *err);

/* Adding many: room for n more IDs, NULL if there is no memory; then how many were filled. */
int64_t *id_list_reserve(id_list *list, size_t n, tokvec_error *err);
bool id_list_commit(id_list *list, size_t n, tokvec_error *err);

/* Adds first, first + 1, ... first + count - 1. */
bool id_list_add_range(id_list *list, int64_t first, uint64_t count, tokvec_error *err);

/* Copies the n IDs from position on; position + n is at most count. */
void id_list_get(const id_list *list, uint64_t position, size_t n, int64_t *out);

/* Empties the list and keeps its memory. */
void id_list_clear(id_list *list);
void id_list_free(id_list *list);

#endif
