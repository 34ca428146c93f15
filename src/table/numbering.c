/* numbering.c - the IDs that the rows of a table belong to.
 * See numbering.h.
 * SPDX-License-Identifier: MIT */
#include "table/numbering.h"

#include <stdlib.h>

static bool counts_from_zero(const int64_t *ids, uint64_t rows)
{
    for (uint64_t i = 0; i < rows; i++) {
        if ((uint64_t)ids[i] != i)
            return false;
    }
    return true;
}

static bool ascends(const int64_t *ids, uint64_t rows)
{
    for (uint64_t i = 0; i < rows; i++) {
        if (ids[i] < 0 || (i > 0 && ids[i] <= ids[i - 1]))
            return false;
    }
    return true;
}

static int by_id(const void *a, const void *b, void *context)
{
    const int64_t *ids = context;
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    if (ids[x] != ids[y])
        return ids[x] < ids[y] ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* The row at a place in the order of IDs. */
static uint64_t row_at(const numbering *n, uint64_t place)
{
    return n->order == NULL ? place : n->order[place];
}

static bool make_order(numbering *n, tokvec_error *err)
{
    n->ordered = n->distinct = n->rows;
    if (ascends(n->ids, n->rows))
        return true;
    n->order = calloc((size_t)n->rows, sizeof *n->order);
    if (n->order == NULL)
        return error_no_memory(err, n->rows * sizeof *n->order);
    n->ordered = n->distinct = 0;
    for (uint64_t i = 0; i < n->rows; i++) {
        if (n->ids[i] >= 0)
            n->order[n->ordered++] = i;
    }
    qsort_r(n->order, (size_t)n->ordered, sizeof *n->order, by_id, n->ids);
    for (uint64_t i = 0; i < n->ordered; i++)
        n->distinct += i == 0 || n->ids[n->order[i]] != n->ids[n->order[i - 1]];
    return true;
}

bool numbering_new(int64_t *ids, uint64_t rows, numbering **out, tokvec_error *err)
{
    *out = NULL;
    if (counts_from_zero(ids, rows)) {
        free(ids);
        return true;
    }
    numbering *n = calloc(1, sizeof *n);
    if (n == NULL) {
        free(ids);
        return error_no_memory(err, sizeof *n);
    }
    n->ids = ids;
    n->rows = rows;
    if (!make_order(n, err)) {
        numbering_free(n);
        return false;
    }
    *out = n;
    return true;
}

void numbering_free(numbering *n)
{
    if (n == NULL)
        return;
    free(n->ids);
    free(n->order);
    free(n);
}

bool numbering_find(const numbering *n, int64_t id, int64_t *row)
{
    uint64_t low = 0, high = n->ordered;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (n->ids[row_at(n, middle)] < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == n->ordered || n->ids[row_at(n, low)] != id)
        return false;
    *row = (int64_t)row_at(n, low);
    return true;
}

bool numbering_bounds(const numbering *n, int64_t *lowest, int64_t *highest)
{
    if (n->ordered == 0)
        return false;
    *lowest = n->ids[row_at(n, 0)];
    *highest = n->ids[row_at(n, n->ordered - 1)];
    return true;
}
