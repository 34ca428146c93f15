/* pickle_machine.c - the stack machine that a pickle is a program for.
 * See pickle_machine.h. Memory grows with the bytes read, never with a number found in them.
 * SPDX-License-Identifier: MIT */
#include "formats/torch/pickle_machine.h"

#include "base/array.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool pickle_bad(pickle_machine *m, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(m->fault->what, sizeof m->fault->what, format, args);
    va_end(args);
    m->fault->offset = m->start;
    return false;
}

static bool no_memory(pickle_machine *m)
{
    m->fault->no_memory = true;
    return pickle_bad(m, "out of memory");
}

/* ---- values, stack, memo -------------------------------------------------------------------- */

/* Whether what was made so far takes no more memory than the bytes of the file justify. */
static bool is_fair(pickle_machine *m)
{
    uint64_t read = m->at < m->stored ? m->at : m->stored;
    uint64_t limit = PICKLE_FAIR_MEMORY + PICKLE_FAIR_FACTOR * read;
    uint64_t used = m->p->count * sizeof *m->p->values + m->p->link_count * sizeof *m->p->links +
                    m->memo_size * sizeof *m->memo + m->height * sizeof *m->stack;
    return used <= limit ||
           pickle_bad(m,
                      "the pickle needs more memory than %llu bytes, the limit for "
                      "one of its size",
                      (unsigned long long)limit);
}

bool pickle_make(pickle_machine *m, pickle_kind kind, pickle_ref *out)
{
    pickle *p = m->p;
    *out = 0;
    if (!is_fair(m))
        return false;
    if (!array_reserve(&p->values, &p->capacity, p->count + 1, sizeof *p->values, NULL))
        return no_memory(m);
    p->values[p->count] = (pickle_value){.kind = kind, .at = (uint32_t)m->start};
    *out = (pickle_ref)p->count++;
    return true;
}

bool pickle_attach(pickle_machine *m, pickle_ref container, pickle_ref item)
{
    pickle *p = m->p;
    if (!is_fair(m))
        return false;
    if (!array_reserve(&p->links, &p->link_capacity, p->link_count + 1, sizeof *p->links, NULL))
        return no_memory(m);
    uint32_t link = (uint32_t)p->link_count++;
    p->links[link] = (pickle_link){item, 0};
    pickle_value *v = &p->values[container];
    if (v->count++ == 0)
        v->as.first = link;
    else
        p->links[v->last].next = link;
    v->last = link;
    return true;
}

bool pickle_push(pickle_machine *m, pickle_ref ref)
{
    if (!array_reserve(&m->stack, &m->stack_capacity, m->height + 1, sizeof *m->stack, NULL))
        return no_memory(m);
    m->stack[m->height++] = ref;
    return true;
}

bool pickle_push_new(pickle_machine *m, pickle_kind kind)
{
    pickle_ref ref;
    return pickle_make(m, kind, &ref) && pickle_push(m, ref);
}

bool pickle_need(pickle_machine *m, size_t n)
{
    return m->height - pickle_floor(m) >= n ||
           pickle_bad(m, "the pickle takes more from its stack than is there");
}

bool pickle_mark(pickle_machine *m)
{
    if (!array_reserve(&m->marks, &m->mark_capacity, m->mark_count + 1, sizeof *m->marks, NULL))
        return no_memory(m);
    m->marks[m->mark_count++] = (uint32_t)m->height;
    return true;
}

bool pickle_unmark(pickle_machine *m, size_t *first)
{
    if (m->mark_count == 0)
        return pickle_bad(m, "the pickle asks for a mark that is not there");
    *first = m->marks[--m->mark_count];
    return true;
}

static pickle_memo_slot *memo_slot_of(const pickle_machine *m, uint32_t key)
{
    size_t i = (key * 2654435761u) & (m->memo_size - 1);
    while (m->memo[i].value != 0 && m->memo[i].key != key)
        i = (i + 1) & (m->memo_size - 1);
    return &m->memo[i];
}

static bool grow_memo(pickle_machine *m)
{
    pickle_machine larger = *m;
    larger.memo_size = m->memo_size == 0 ? 64 : 2 * m->memo_size;
    larger.memo = calloc(larger.memo_size, sizeof *larger.memo);
    if (larger.memo == NULL)
        return no_memory(m);
    for (size_t i = 0; i < m->memo_size; i++) {
        if (m->memo[i].value != 0)
            *memo_slot_of(&larger, m->memo[i].key) = m->memo[i];
    }
    free(m->memo);
    m->memo = larger.memo;
    m->memo_size = larger.memo_size;
    return true;
}

bool pickle_memo_put(pickle_machine *m, uint32_t key)
{
    if (!pickle_need(m, 1) || (2 * (m->memo_count + 1) > m->memo_size && !grow_memo(m)))
        return false;
    pickle_memo_slot *slot = memo_slot_of(m, key);
    m->memo_count += slot->value == 0;
    *slot = (pickle_memo_slot){key, m->stack[m->height - 1] + 1};
    return true;
}

bool pickle_memo_get(pickle_machine *m, uint32_t key)
{
    pickle_memo_slot *slot = m->memo_size == 0 ? NULL : memo_slot_of(m, key);
    if (slot == NULL || slot->value == 0)
        return pickle_bad(m, "the pickle recalls value %u, which it never stored", key);
    return pickle_push(m, slot->value - 1);
}

/* ---- bytes of the pickle -------------------------------------------------------------------- */

bool pickle_want(pickle_machine *m, uint64_t n)
{
    return m->map == NULL ||
           file_want(m->map, (uint64_t)(m->p->data - m->map->data) + m->at, n, NULL) ||
           pickle_bad(m, "the pickle cannot be read on");
}

const uint8_t *pickle_take(pickle_machine *m, uint64_t n)
{
    if (n > m->available - m->at) {
        pickle_bad(m, "the pickle is cut: %llu bytes are announced, %llu are left",
                   (unsigned long long)n, (unsigned long long)(m->available - m->at));
        return NULL;
    }
    const uint8_t *bytes = m->p->data + m->at;
    if (!pickle_want(m, n))
        return NULL;
    m->at += (size_t)n;
    return bytes;
}

bool pickle_take_number(pickle_machine *m, size_t width, uint64_t *out)
{
    const uint8_t *bytes = pickle_take(m, width);
    if (bytes == NULL)
        return false;
    *out = 0;
    for (size_t i = 0; i < width; i++)
        *out |= (uint64_t)bytes[i] << 8 * i;
    return true;
}

bool pickle_make_text(pickle_machine *m, pickle_kind kind, size_t at, size_t n, pickle_ref *out)
{
    if (!pickle_make(m, kind, out))
        return false;
    m->p->values[*out].as.first = (uint32_t)at;
    m->p->values[*out].count = (uint32_t)n;
    return true;
}
