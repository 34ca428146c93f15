/* id_list.c - a sequence of token IDs.
 * See id_list.h.
 * SPDX-License-Identifier: MIT */
#include "ids/id_list.h"

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

bool id_list_add(id_list *list, int64_t id, tokvec_error *err)
{
    if (!array_reserve(&list->literals, &list->literal_capacity, list->literal_count + 1, sizeof id,
                       err))
        return false;
    bool open = list->run_count > 0 && !list->runs[list->run_count - 1].is_range;
    if (!open &&
        !add_run(list, (id_run){.position = list->count, .literal = list->literal_count}, err))
        return false;
    list->literals[list->literal_count++] = id;
    list->runs[list->run_count - 1].count++;
    list->count++;
    return true;
}

bool id_list_add_range(id_list *list, int64_t first, uint64_t count, tokvec_error *err)
{
    uint64_t total;
    if (__builtin_add_overflow(list->count, count, &total) || total > INT64_MAX)
        return error_set(err, TOKVEC_BAD_ARGUMENT, "more than 2^63 token IDs");
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
