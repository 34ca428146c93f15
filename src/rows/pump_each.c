/* pump_each.c - many rows for a function of the library's user.
 * See tokvec_rows_each in tokvec.h.
 * SPDX-License-Identifier: MIT */
#include "rows/pump.h"

#include "table/table.h"

#include <string.h>

enum { IDS_AT_ONCE = 1 << 20 }; /* of which a list is made; a multiple of what threads work on */

typedef struct each {
    consumer base;
    tokvec_consumer *consume;
    void *context;
} each;

static bool each_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    each *e = (each *)c;
    (void)err;
    const tokvec_block shown = {
        .ids = block->ids, .n = block->n, .first = block->first, .rows = block->data};
    e->base.enough = !e->consume(e->context, &shown);
    return true;
}

static bool pump_all(pump *p, const int64_t *ids, size_t n, tokvec_error *err)
{
    id_list list = {0};
    bool good = true;
    for (size_t done = 0, part; good && done < n && !p->to->enough; done += part) {
        part = n - done < IDS_AT_ONCE ? n - done : IDS_AT_ONCE;
        id_list_clear(&list);
        int64_t *room = id_list_reserve(&list, part, err);
        if (room != NULL)
            memcpy(room, ids + done, part * sizeof *ids);
        good = room != NULL && id_list_commit(&list, part, err) && pump_rows(p, &list, err);
    }
    id_list_free(&list);
    return good;
}

bool tokvec_rows_each(tokvec_table *table, const int64_t *ids, size_t n, unsigned threads,
                      tokvec_consumer *consume, void *context, tokvec_error *error)
{
    each e = {.base = {.size = sizeof e, .dtype = table->dtype, .rows = each_rows},
              .consume = consume,
              .context = context};
    const pump_spec spec = {.table = table, .to = &e.base, .rows = n, .threads = threads};
    pump p;
    if (!table_check_ids(table, ids, n, error) ||
        (n >= table->rows && !table_verify(table, error)) || !pump_open(&p, &spec, error))
        return false;
    bool good = pump_all(&p, ids, n, error);
    pump_close(&p);
    return good;
}
