/* ranking.c - the first of many items in some order.
 * See ranking.h.
 * SPDX-License-Identifier: MIT */
#include "measure/ranking.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

static unsigned char *at(const ranking *r, size_t index)
{
    return r->items + index * r->size;
}

static bool before(const ranking *r, const void *a, const void *b)
{
    return r->compare(a, b, r->context) < 0;
}

/* ---------------------------------------------------------------- the heap */

static void exchange(const ranking *r, size_t i, size_t j)
{
    unsigned char *a = at(r, i), *b = at(r, j);
    for (size_t k = 0; k < r->size; k++) {
        unsigned char kept = a[k];
        a[k] = b[k];
        b[k] = kept;
    }
}

/* No item comes after the one it is under. */
static void sink_first(const ranking *r, size_t i, size_t count)
{
    for (;;) {
        size_t last = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < count; child++)
            last = before(r, at(r, last), at(r, child)) ? child : last;
        if (last == i)
            return;
        exchange(r, i, last);
        i = last;
    }
}

static void raise_last(const ranking *r)
{
    for (size_t i = r->count - 1; i > 0 && before(r, at(r, (i - 1) / 2), at(r, i)); i = (i - 1) / 2)
        exchange(r, i, (i - 1) / 2);
}

/* ---------------------------------------------------------------- items */

static void drop(const ranking *r, void *item)
{
    if (r->drop != NULL)
        r->drop(item);
}

bool ranking_wants(const ranking *r, const void *item)
{
    return r->count < r->limit || (r->limit > 0 && before(r, item, at(r, 0)));
}

bool ranking_add(ranking *r, void *item, tokvec_error *err)
{
    bool full = r->count >= r->limit, wanted = ranking_wants(r, item);
    if (!wanted || (!full && !array_reserve(&r->items, &r->capacity, r->count + 1, r->size, err))) {
        drop(r, item);
        return !wanted;
    }
    if (full) {
        drop(r, at(r, 0));
        memcpy(at(r, 0), item, r->size);
        sink_first(r, 0, r->count);
        return true;
    }
    memcpy(at(r, r->count++), item, r->size);
    if (r->limit != UINT64_MAX) /* then no heap is needed */
        raise_last(r);
    return true;
}

void ranking_sort(ranking *r)
{
    if (r->count > 1)
        qsort_r(r->items, r->count, r->size, r->compare, r->context);
}

const void *ranking_item(const ranking *r, size_t index)
{
    return at(r, index);
}

void ranking_free(ranking *r)
{
    for (size_t i = 0; i < r->count; i++)
        drop(r, at(r, i));
    free(r->items);
    r->items = NULL;
    r->count = r->capacity = 0;
}
