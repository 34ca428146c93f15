/* pickle_values.c - what was read from a pickle.
 * See pickle_values.h.
 * SPDX-License-Identifier: MIT */
#include "formats/torch/pickle_values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void pickle_free(pickle *p)
{
    free(p->values);
    free(p->links);
    *p = (pickle){.count = 0};
}

size_t pickle_items(const pickle *p, pickle_ref ref, pickle_ref *out, size_t room)
{
    const pickle_value *v = pickle_at(p, ref);
    uint32_t link = v->as.first;
    for (size_t i = 0; i < v->count && i < room; i++, link = p->links[link].next)
        out[i] = p->links[link].value;
    return v->count;
}

pickle_ref pickle_part(const pickle *p, pickle_ref ref, unsigned index)
{
    return p->links[p->values[ref].as.first + index].value;
}

bool pickle_text_is(const pickle *p, pickle_ref ref, const char *text)
{
    const pickle_value *v = pickle_at(p, ref);
    return v->kind == PICKLE_TEXT && v->count == strlen(text) &&
           memcmp(pickle_text(p, ref), text, v->count) == 0;
}

bool pickle_global_is(const pickle *p, pickle_ref ref, const char *module, const char *name)
{
    pickle_ref part[2];
    return pickle_is(p, ref, PICKLE_GLOBAL) && pickle_items(p, ref, part, 2) == 2 &&
           pickle_text_is(p, part[0], module) && pickle_text_is(p, part[1], name);
}

const char *pickle_global_text(const pickle *p, pickle_ref ref, char *out, size_t size)
{
    pickle_ref part[2] = {0, 0};
    if (!pickle_is(p, ref, PICKLE_GLOBAL) || pickle_items(p, ref, part, 2) != 2)
        snprintf(out, size, "?");
    else
        snprintf(out, size, "%.*s.%.*s", (int)pickle_at(p, part[0])->count, pickle_text(p, part[0]),
                 (int)pickle_at(p, part[1])->count, pickle_text(p, part[1]));
    return out;
}
