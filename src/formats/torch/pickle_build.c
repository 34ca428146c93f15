/* pickle_build.c - containers, globals and objects.
 * See pickle_build.h.
 * SPDX-License-Identifier: MIT */
#include "formats/torch/pickle_build.h"

#include "formats/torch/harmful.h"

#include <string.h>

/* ---- containers ----------------------------------------------------------------------------- */

/* A container of what lies on the stack from `first` on, in its place. */
static bool gather(pickle_machine *m, pickle_kind kind, size_t first)
{
    pickle_ref made;
    if (!pickle_make(m, kind, &made))
        return false;
    for (size_t i = first; i < m->height; i++) {
        if (!pickle_attach(m, made, m->stack[i]))
            return false;
    }
    m->height = first;
    return pickle_push(m, made);
}

bool pickle_gather_last(pickle_machine *m, pickle_kind kind, size_t n)
{
    return pickle_need(m, n) && gather(m, kind, m->height - n);
}

bool pickle_gather_marked(pickle_machine *m, pickle_kind kind)
{
    size_t first = 0;
    if (!pickle_unmark(m, &first))
        return false;
    if (kind == PICKLE_DICT && (m->height - first) % 2 != 0)
        return pickle_bad(m, "a dict has a key without a value");
    return gather(m, kind, first);
}

bool pickle_put_into(pickle_machine *m, pickle_kind kind, size_t first)
{
    if (first <= pickle_floor(m))
        return pickle_bad(m, "the pickle takes more from its stack than is there");
    if (kind == PICKLE_DICT && (m->height - first) % 2 != 0)
        return pickle_bad(m, "a dict gets a key without a value");
    pickle_ref target = m->stack[first - 1];
    const pickle_value *v = pickle_at(m->p, target);
    if (v->kind == PICKLE_OBJECT) {
        unsigned index = kind == PICKLE_DICT ? PICKLE_ENTRIES : PICKLE_APPENDED;
        uint32_t link = v->as.first + index;
        if (m->p->links[link].value == m->none) {
            pickle_ref own;
            if (!pickle_make(m, kind, &own))
                return false;
            m->p->links[link].value = own;
        }
        target = m->p->links[link].value;
    } else if (v->kind != kind) {
        return pickle_bad(m, kind == PICKLE_DICT
                                 ? "the pickle sets an item of something that is not a dict"
                                 : "the pickle appends to something that is not a list");
    }
    for (size_t i = first; i < m->height; i++) {
        if (!pickle_attach(m, target, m->stack[i]))
            return false;
    }
    m->height = first;
    return true;
}

bool pickle_put_marked(pickle_machine *m, pickle_kind kind)
{
    size_t first = 0;
    return pickle_unmark(m, &first) && pickle_put_into(m, kind, first);
}

/* ---- globals and objects -------------------------------------------------------------------- */

static bool push_global(pickle_machine *m, pickle_ref module, pickle_ref name)
{
    pickle_ref made;
    if (!pickle_make(m, PICKLE_GLOBAL, &made) || !pickle_attach(m, made, module) ||
        !pickle_attach(m, made, name) || !pickle_push(m, made))
        return false;
    const pickle_value *a = pickle_at(m->p, module), *b = pickle_at(m->p, name);
    if (harmful_global(pickle_text(m->p, module), a->count, pickle_text(m->p, name), b->count)) {
        char text[120];
        m->fault->harmful = true;
        return pickle_bad(m,
                          "the pickle asks for %s, which no model needs and an attack would call",
                          pickle_global_text(m->p, made, text, sizeof text));
    }
    return true;
}

/* Up to the end of the line. */
static bool take_line(pickle_machine *m, pickle_ref *out)
{
    const uint8_t *byte;
    size_t line = m->at;
    do {
        if (m->at == m->available)
            return pickle_bad(m, "the pickle is cut in the name of a global");
        byte = pickle_take(m, 1);
        if (byte == NULL)
            return false;
    } while (*byte != '\n');
    return pickle_make_text(m, PICKLE_TEXT, line, m->at - 1 - line, out);
}

bool pickle_read_global(pickle_machine *m)
{
    pickle_ref module, name;
    return take_line(m, &module) && take_line(m, &name) && push_global(m, module, name);
}

bool pickle_stack_global(pickle_machine *m)
{
    if (!pickle_need(m, 2))
        return false;
    pickle_ref name = pickle_pop(m), module = pickle_pop(m);
    if (!pickle_is(m->p, module, PICKLE_TEXT) || !pickle_is(m->p, name, PICKLE_TEXT))
        return pickle_bad(m, "the name of a global is not a text");
    return push_global(m, module, name);
}

bool pickle_call(pickle_machine *m, size_t arguments)
{
    if (!pickle_need(m, 1 + arguments))
        return false;
    pickle_ref made, last = pickle_pop(m);
    for (size_t i = 1; i < arguments; i++) /* NEWOBJ_EX: keyword arguments come last */
        last = pickle_pop(m);
    pickle_ref callable = pickle_pop(m);
    if (!pickle_is(m->p, callable, PICKLE_GLOBAL) && !pickle_is(m->p, callable, PICKLE_PERSISTENT))
        return pickle_bad(
            m, "the pickle calls something that is neither a global nor a persistent ID");
    if (!pickle_is(m->p, last, PICKLE_TUPLE))
        return pickle_bad(m, "the pickle calls with arguments that are not a tuple");
    return pickle_make(m, PICKLE_OBJECT, &made) && pickle_attach(m, made, callable) &&
           pickle_attach(m, made, last) && pickle_attach(m, made, m->none) &&
           pickle_attach(m, made, m->none) && pickle_attach(m, made, m->none) &&
           pickle_push(m, made);
}

bool pickle_build(pickle_machine *m)
{
    if (!pickle_need(m, 2))
        return false;
    pickle_ref state = pickle_pop(m), target = m->stack[m->height - 1];
    const pickle_value *v = pickle_at(m->p, target);
    if (v->kind != PICKLE_OBJECT)
        return pickle_bad(m, "the pickle sets the state of something that is not an object");
    m->p->links[v->as.first + PICKLE_STATE].value = state;
    return true;
}
