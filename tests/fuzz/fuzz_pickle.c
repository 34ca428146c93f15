/* fuzz_pickle.c - fuzz target of table/pickle.
 * Reads a pickle and goes over all that came of it; every item of every value must be a value.
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "formats/torch/pickle.h"

static void check(const pickle *p, const pickle_value *v)
{
    if ((v->kind == PICKLE_TEXT || v->kind == PICKLE_BYTES) && v->as.first + v->count > p->size)
        abort();
    if (v->kind < PICKLE_TUPLE)
        return;
    uint32_t link = v->as.first;
    for (uint32_t i = 0; i < v->count; i++, link = p->links[link].next) {
        if (link >= p->link_count || p->links[link].value >= p->count)
            abort();
    }
    if ((v->kind == PICKLE_DICT && v->count % 2 != 0) ||
        (v->kind == PICKLE_OBJECT && v->count != 5))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pickle p;
    pickle_fault fault = {.what = ""};
    if (!pickle_read(&p, NULL, data, size, size, &fault)) {
        if (fault.what[0] == '\0' || fault.offset > size)
            abort();
        return 0;
    }
    if (p.size > size || p.top >= p.count)
        abort();
    for (size_t i = 0; i < p.count; i++)
        check(&p, &p.values[i]);
    pickle_free(&p);
    return 0;
}
