/* id_list.c - a sequence of token IDs.
 * See id_list.h.
 * SPDX-License-Identifier: MIT */
#include "rows/id_list.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

static bool add_run(id_list *list, id_run run, tokvec_error *err)
{
    if (!array_reserve(&list->runs, &list->run_capacity, list->run_count + 1, sizeof run, err))
        return false;
    list->runs[list->run_count++] = run;
    return true;
}

int64_t *id_list_reserve(id_list *list, size_t n, tokvec_error *err)
{
    size_t wanted;
    if (__builtin_add_overflow(list->literal_count, n, &wanted)) {
        error_no_memory(err, UINT64_MAX);
        return NULL;
    }
    if (!array_reserve(&list->literals, &list->literal_capacity, wanted, sizeof *list->literals,
                       err))
        return NULL;
    return list->literals + list->literal_count;
}

bool id_list_commit(id_list *list, size_t n, tokvec_error *err)
{
    bool open = list->run_count > 0 && !list->runs[list->run_count - 1].is_range;
    id_run run = {.position = list->count, .literal = list->literal_count};
    if (n == 0 || (!open && !add_run(list, run, err)))
        return n == 0;
    list->literal_count += n;
    list->runs[list->run_count - 1].count += n;
    list->count += n;
    return true;
}

bool id_list_add(id_list *list, int64_t id, tokvec_error *err)
{
    int64_t *room = id_list_reserve(list, 1, err);
    if (room == NULL)
        return false;
    *room = id;
    return id_list_commit(list, 1, err);
}

bool id_list_add_range(id_list *list, int64_t first, uint64_t count, tokvec_error *err)
{
    uint64_t total;
    if (__builtin_add_overflow(list->count, count, &total) || total > INT64_MAX)
        return error_set(err, TOKVEC_BAD_ARGUMENT, "there are more than 2^63 token IDs") ||
               error_hint(err, "look them up in several runs");
    id_run run = {.position = list->count, .count = count, .first = first, .is_range = true};
    if (count > 0 && !add_run(list, run, err))
        return false;
    list->count = total;
    return true;
}

/* The run that holds that position. */
static const id_run *find_run(const id_list *list, uint64_t position)
{
    size_t low = 0;
    size_t high = list->run_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (list->runs[middle].position <= position)
            low = middle;
        else
            high = middle;
    }
    return &list->runs[low];
}

void id_list_get(const id_list *list, uint64_t position, size_t n, int64_t *out)
{
    if (n == 0)
        return;
    const id_run *run = find_run(list, position);
    for (size_t done = 0; done < n; run++) {
        uint64_t skip = position + done - run->position;
        uint64_t left = run->count - skip;
        size_t take = left < n - done ? (size_t)left : n - done;
        if (run->is_range) {
            for (size_t i = 0; i < take; i++)
                out[done + i] = run->first + (int64_t)(skip + i);
        } else {
            memcpy(out + done, list->literals + run->literal + skip, take * sizeof *out);
        }
        done += take;
    }
}

void id_list_clear(id_list *list)
{
    list->count = 0;
    list->literal_count = 0;
    list->run_count = 0;
}

void id_list_free(id_list *list)
{
    free(list->literals);
    free(list->runs);
    *list = (id_list){0};
}
