/* bag_list.c - sequences of token IDs, each of which is to become one vector.
 * See bag_list.h.
 * SPDX-License-Identifier: MIT */
#include "rows/bag_list.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

bool bag_list_add_weight(bag_list *list, double weight, tokvec_error *err)
{
    if (!array_reserve(&list->weights, &list->weight_capacity, list->weight_count + 1,
                       sizeof *list->weights, err))
        return false;
    list->weights[list->weight_count++] = weight;
    return true;
}

bool bag_list_end(bag_list *list, tokvec_error *err)
{
    if (!array_reserve(&list->ends, &list->capacity, list->count + 1, sizeof *list->ends, err))
        return false;
    list->ends[list->count++] = list->ids.count;
    return true;
}

void bag_list_range(const bag_list *list, uint64_t number, uint64_t *begin, uint64_t *end)
{
    size_t index = (size_t)(number - list->first);
    *begin = index == 0 ? 0 : list->ends[index - 1];
    *end = index < list->count ? list->ends[index] : list->ids.count;
}

bool bag_list_drop(bag_list *list, tokvec_error *err)
{
    if (list->count == 0)
        return true;
    uint64_t done = list->ends[list->count - 1];
    size_t left = (size_t)(list->ids.count - done);
    id_list open = {0};
    if (left > 0) {
        int64_t *room = id_list_reserve(&open, left, err);
        if (room == NULL)
            return false;
        id_list_get(&list->ids, done, left, room);
        if (!id_list_commit(&open, left, err)) {
            id_list_free(&open);
            return false;
        }
    }
    if (list->weight_count > 0) {
        list->weight_count -= (size_t)done;
        memmove(list->weights, list->weights + done, list->weight_count * sizeof *list->weights);
    }
    if (left > 0) {
        id_list_free(&list->ids);
        list->ids = open;
    } else {
        id_list_clear(&list->ids);
    }
    list->first += list->count;
    list->count = 0;
    return true;
}

void bag_list_empty(bag_list *list)
{
    id_list_clear(&list->ids);
    list->weight_count = 0;
}

void bag_list_free(bag_list *list)
{
    id_list_free(&list->ids);
    free(list->ends);
    free(list->weights);
    *list = (bag_list){0};
}
