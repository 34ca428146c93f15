/* bag_list.h - sequences of token IDs, each of which is to become one vector.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_ROWS_BAG_LIST_H
#define TOKVEC_ROWS_BAG_LIST_H

#include "rows/id_list.h"

/* Bags that are complete, and one that is open. They are numbered from 0 on; those that were
 * dropped keep their numbers. Starts as {0}; the owner releases it with bag_list_free. */
typedef struct bag_list {
    id_list ids;    /* of all bags, one after the other */
    uint64_t *ends; /* of the complete ones: how many IDs there are up to the end of each */
    size_t count, capacity;
    double *weights; /* one for each ID, or none at all */
    size_t weight_count, weight_capacity;
    uint64_t first; /* the number of the first bag that is there */
} bag_list;

/* Adds the weight of the next ID, which may be added before or after it. */
bool bag_list_add_weight(bag_list *list, double weight, tokvec_error *err);

/* Completes the open bag, which may be empty, and opens the next one. */
bool bag_list_end(bag_list *list, tokvec_error *err);

/* Where the IDs of a bag lie in list->ids: positions *begin to *end - 1. `number` is at least
 * list->first; for that of the open bag, *end is the end of the list. */
void bag_list_range(const bag_list *list, uint64_t number, uint64_t *begin, uint64_t *end);

/* Drops the complete bags, and keeps the IDs of the open one. */
bool bag_list_drop(bag_list *list, tokvec_error *err);

/* Takes the IDs out of the open bag, when there is no complete one. */
void bag_list_empty(bag_list *list);

void bag_list_free(bag_list *list);

#endif
