/* pickle.c - a stack machine that reads pickles and does nothing else.
 * See pickle.h. Memory grows with the bytes read, never with a number found in them.
 * SPDX-License-Identifier: MIT */
#include "table/pickle.h"

#include "base/array.h"
#include "base/bytes.h"
#include "table/harmful.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Opcodes: Python, Lib/pickle.py. */
enum opcode {
    MARK = '(',
    STOP = '.',
    POP = '0',
    POP_MARK = '1',
    DUP = '2',
    BINFLOAT = 'G',
    BININT = 'J',
    BININT1 = 'K',
    BININT2 = 'M',
    NONE = 'N',
    BINPERSID = 'Q',
    REDUCE = 'R',
    BINSTRING = 'T',
    SHORT_BINSTRING = 'U',
    BINUNICODE = 'X',
    APPEND = 'a',
    BUILD = 'b',
    GLOBAL = 'c',
    DICT = 'd',
    APPENDS = 'e',
    BINGET = 'h',
    LONG_BINGET = 'j',
    LIST = 'l',
    BINPUT = 'q',
    LONG_BINPUT = 'r',
    SETITEM = 's',
    TUPLE = 't',
    SETITEMS = 'u',
    BINBYTES = 'B',
    SHORT_BINBYTES = 'C',
    EMPTY_TUPLE = ')',
    EMPTY_LIST = ']',
    EMPTY_DICT = '}',
    PROTO = 0x80,
    NEWOBJ = 0x81,
    TUPLE1 = 0x85,
    TUPLE2,
    TUPLE3,
    NEWTRUE,
    NEWFALSE,
    LONG1,
    LONG4,
    SHORT_BINUNICODE = 0x8c,
    BINUNICODE8,
    BINBYTES8,
    EMPTY_SET,
    ADDITEMS,
    FROZENSET,
    NEWOBJ_EX,
    STACK_GLOBAL,
    MEMOIZE,
    FRAME,
    BYTEARRAY8,
};

typedef struct memo_slot {
    uint32_t key;
    pickle_ref value; /* plus 1; 0: free */
} memo_slot;

typedef struct machine {
    pickle *p;
    uint64_t available, stored;
    size_t at, start; /* of the next byte, and of the opcode at work */
    pickle_ref *stack;
    size_t height, stack_capacity;
    uint32_t *marks; /* heights of the stack */
    size_t mark_count, mark_capacity;
    memo_slot *memo; /* a hash table, since numbers may be anything up to 2^32-1 */
    size_t memo_size, memo_count;
    pickle_ref none, yes, no;
    pickle_fault *fault;
} machine;

static bool bad(machine *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool bad(machine *m, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(m->fault->what, sizeof m->fault->what, format, args);
    va_end(args);
    m->fault->offset = m->start;
    return false;
}

static bool no_memory(machine *m)
{
    m->fault->no_memory = true;
    return bad(m, "out of memory");
}

/* ---- values, stack, memo -------------------------------------------------------------------- */

/* Whether what was made so far takes no more memory than the bytes of the file justify. */
static bool is_fair(machine *m)
{
    uint64_t read = m->at < m->stored ? m->at : m->stored;
    uint64_t limit = PICKLE_FAIR_MEMORY + PICKLE_FAIR_FACTOR * read;
    uint64_t used = m->p->count * sizeof *m->p->values + m->p->link_count * sizeof *m->p->links +
                    m->memo_size * sizeof *m->memo + m->height * sizeof *m->stack;
    return used <= limit || bad(m,
                                "the pickle needs more memory than %llu bytes, the limit for "
                                "one of its size",
                                (unsigned long long)limit);
}

static bool make(machine *m, pickle_kind kind, pickle_ref *out)
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

/* Appends an item to a container's chain. */
static bool attach(machine *m, pickle_ref container, pickle_ref item)
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

static bool push(machine *m, pickle_ref ref)
{
    if (!array_reserve(&m->stack, &m->stack_capacity, m->height + 1, sizeof *m->stack, NULL))
        return no_memory(m);
    m->stack[m->height++] = ref;
    return true;
}

static bool push_new(machine *m, pickle_kind kind)
{
    pickle_ref ref;
    return make(m, kind, &ref) && push(m, ref);
}

/* True if n values lie on the stack above the last mark. */
static bool need(machine *m, size_t n)
{
    size_t floor = m->mark_count == 0 ? 0 : m->marks[m->mark_count - 1];
    return m->height - floor >= n || bad(m, "the pickle takes more from its stack than is there");
}

static bool mark(machine *m)
{
    if (!array_reserve(&m->marks, &m->mark_capacity, m->mark_count + 1, sizeof *m->marks, NULL))
        return no_memory(m);
    m->marks[m->mark_count++] = (uint32_t)m->height;
    return true;
}

/* Takes away the last mark: *first is the height where the values above it begin. */
static bool unmark(machine *m, size_t *first)
{
    if (m->mark_count == 0)
        return bad(m, "the pickle asks for a mark that is not there");
    *first = m->marks[--m->mark_count];
    return true;
}

static memo_slot *memo_slot_of(const machine *m, uint32_t key)
{
    size_t i = (key * 2654435761u) & (m->memo_size - 1);
    while (m->memo[i].value != 0 && m->memo[i].key != key)
        i = (i + 1) & (m->memo_size - 1);
    return &m->memo[i];
}

static bool grow_memo(machine *m)
{
    machine larger = *m;
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

static bool memo_put(machine *m, uint32_t key)
{
    if (!need(m, 1) || (2 * (m->memo_count + 1) > m->memo_size && !grow_memo(m)))
        return false;
    memo_slot *slot = memo_slot_of(m, key);
    m->memo_count += slot->value == 0;
    *slot = (memo_slot){key, m->stack[m->height - 1] + 1};
    return true;
}

static bool memo_get(machine *m, uint32_t key)
{
    memo_slot *slot = m->memo_size == 0 ? NULL : memo_slot_of(m, key);
    if (slot == NULL || slot->value == 0)
        return bad(m, "the pickle recalls value %u, which it never stored", key);
    return push(m, slot->value - 1);
}

/* ---- arguments in the pickle ---------------------------------------------------------------- */

/* The next n bytes, or NULL. */
static const uint8_t *take(machine *m, uint64_t n)
{
    if (n > m->available - m->at) {
        bad(m, "the pickle is cut: %llu bytes are announced, %llu are left", (unsigned long long)n,
            (unsigned long long)(m->available - m->at));
        return NULL;
    }
    const uint8_t *bytes = m->p->data + m->at;
    m->at += (size_t)n;
    return bytes;
}

/* A little-endian number of 1 to 8 bytes. */
static bool take_number(machine *m, size_t width, uint64_t *out)
{
    const uint8_t *bytes = take(m, width);
    if (bytes == NULL)
        return false;
    *out = 0;
    for (size_t i = 0; i < width; i++)
        *out |= (uint64_t)bytes[i] << 8 * i;
    return true;
}

/* The text of n bytes at `at`. */
static bool make_text(machine *m, pickle_kind kind, size_t at, size_t n, pickle_ref *out)
{
    if (!make(m, kind, out))
        return false;
    m->p->values[*out].as.first = (uint32_t)at;
    m->p->values[*out].count = (uint32_t)n;
    return true;
}

/* A text or bytes, after their length. */
static bool push_text(machine *m, pickle_kind kind, size_t width)
{
    uint64_t n;
    pickle_ref text;
    if (!take_number(m, width, &n) || take(m, n) == NULL)
        return false;
    return make_text(m, kind, m->at - (size_t)n, (size_t)n, &text) && push(m, text);
}

static bool push_integer(machine *m, int64_t value)
{
    if (!push_new(m, PICKLE_INTEGER))
        return false;
    m->p->values[m->p->count - 1].as.integer = value;
    return true;
}

/* Two's complement, little-endian, of any length. */
static bool push_long(machine *m, size_t width)
{
    uint64_t n, value = 0;
    const uint8_t *bytes = take_number(m, width, &n) ? take(m, n) : NULL;
    if (bytes == NULL)
        return false;
    uint8_t sign = n > 0 && bytes[n - 1] >= 0x80 ? 0xff : 0;
    for (uint64_t i = 0; i < 8; i++)
        value |= (uint64_t)(i < n ? bytes[i] : sign) << 8 * i;
    for (uint64_t i = 7; i < n; i++) {
        if ((i > 7 && bytes[i] != sign) || (i == 7 && n > 8 && (bytes[7] ^ sign) >= 0x80))
            return push_new(m, PICKLE_BIG_INTEGER);
    }
    return push_integer(m, (int64_t)value);
}

static bool push_fixed(machine *m, size_t width)
{
    uint64_t value;
    if (!take_number(m, width, &value))
        return false;
    return push_integer(m, width == 4 ? (int32_t)(uint32_t)value : (int64_t)value);
}

/* ---- containers ----------------------------------------------------------------------------- */

static pickle_ref pop(machine *m)
{
    return m->stack[--m->height];
}

/* A container of what lies on the stack from `first` on, in its place. */
static bool gather(machine *m, pickle_kind kind, size_t first)
{
    pickle_ref made;
    if (!make(m, kind, &made))
        return false;
    for (size_t i = first; i < m->height; i++) {
        if (!attach(m, made, m->stack[i]))
            return false;
    }
    m->height = first;
    return push(m, made);
}

static bool gather_last(machine *m, pickle_kind kind, size_t n)
{
    return need(m, n) && gather(m, kind, m->height - n);
}

static bool gather_marked(machine *m, pickle_kind kind)
{
    size_t first = 0;
    if (!unmark(m, &first))
        return false;
    if (kind == PICKLE_DICT && (m->height - first) % 2 != 0)
        return bad(m, "a dict has a key without a value");
    return gather(m, kind, first);
}

/* Puts what lies on the stack from `first` on into the container below it: items of a list, or
 * pairs of a dict. An object keeps them in a container of its own. */
static bool put_into(machine *m, pickle_kind kind, size_t first)
{
    size_t floor = m->mark_count == 0 ? 0 : m->marks[m->mark_count - 1];
    if (first <= floor)
        return bad(m, "the pickle takes more from its stack than is there");
    if (kind == PICKLE_DICT && (m->height - first) % 2 != 0)
        return bad(m, "a dict gets a key without a value");
    pickle_ref target = m->stack[first - 1];
    const pickle_value *v = pickle_at(m->p, target);
    if (v->kind == PICKLE_OBJECT) {
        unsigned index = kind == PICKLE_DICT ? PICKLE_ENTRIES : PICKLE_APPENDED;
        uint32_t link = v->as.first + index;
        if (m->p->links[link].value == m->none) {
            pickle_ref own;
            if (!make(m, kind, &own))
                return false;
            m->p->links[link].value = own;
        }
        target = m->p->links[link].value;
    } else if (v->kind != kind) {
        return bad(m, kind == PICKLE_DICT ? "the pickle sets an item of what is no dict"
                                          : "the pickle appends to what is no list");
    }
    for (size_t i = first; i < m->height; i++) {
        if (!attach(m, target, m->stack[i]))
            return false;
    }
    m->height = first;
    return true;
}

static bool put_marked(machine *m, pickle_kind kind)
{
    size_t first = 0;
    return unmark(m, &first) && put_into(m, kind, first);
}

/* ---- globals and objects -------------------------------------------------------------------- */

static bool push_global(machine *m, pickle_ref module, pickle_ref name)
{
    pickle_ref made;
    if (!make(m, PICKLE_GLOBAL, &made) || !attach(m, made, module) || !attach(m, made, name) ||
        !push(m, made))
        return false;
    const pickle_value *a = pickle_at(m->p, module), *b = pickle_at(m->p, name);
    if (harmful_global(pickle_text(m->p, module), a->count, pickle_text(m->p, name), b->count)) {
        char text[120];
        m->fault->harmful = true;
        return bad(m, "the pickle asks for %s, which no model needs and an attack would call",
                   pickle_global_text(m->p, made, text, sizeof text));
    }
    return true;
}

/* Up to the end of the line. */
static bool take_line(machine *m, pickle_ref *out)
{
    const uint8_t *line = m->p->data + m->at;
    const uint8_t *end = memchr(line, '\n', (size_t)m->available - m->at);
    if (end == NULL)
        return bad(m, "the pickle is cut in the name of a global");
    m->at += (size_t)(end - line) + 1;
    return make_text(m, PICKLE_TEXT, (size_t)(line - m->p->data), (size_t)(end - line), out);
}

static bool global(machine *m)
{
    pickle_ref module, name;
    return take_line(m, &module) && take_line(m, &name) && push_global(m, module, name);
}

static bool stack_global(machine *m)
{
    if (!need(m, 2))
        return false;
    pickle_ref name = pop(m), module = pop(m);
    if (!pickle_is(m->p, module, PICKLE_TEXT) || !pickle_is(m->p, name, PICKLE_TEXT))
        return bad(m, "the name of a global is not a text");
    return push_global(m, module, name);
}

/* What Python would call: the callable lies below its arguments. */
static bool object(machine *m, size_t arguments)
{
    if (!need(m, 1 + arguments))
        return false;
    pickle_ref made, last = pop(m);
    for (size_t i = 1; i < arguments; i++) /* NEWOBJ_EX: keyword arguments come last */
        last = pop(m);
    pickle_ref callable = pop(m);
    if (!pickle_is(m->p, callable, PICKLE_GLOBAL) && !pickle_is(m->p, callable, PICKLE_PERSISTENT))
        return bad(m, "the pickle calls what is neither a global nor a persistent id");
    if (!pickle_is(m->p, last, PICKLE_TUPLE))
        return bad(m, "the pickle calls with arguments that are no tuple");
    return make(m, PICKLE_OBJECT, &made) && attach(m, made, callable) && attach(m, made, last) &&
           attach(m, made, m->none) && attach(m, made, m->none) && attach(m, made, m->none) &&
           push(m, made);
}

static bool build(machine *m)
{
    if (!need(m, 2))
        return false;
    pickle_ref state = pop(m), target = m->stack[m->height - 1];
    const pickle_value *v = pickle_at(m->p, target);
    if (v->kind != PICKLE_OBJECT)
        return bad(m, "the pickle gives a state to what is no object");
    m->p->links[v->as.first + PICKLE_STATE].value = state;
    return true;
}

/* ---- the opcodes ---------------------------------------------------------------------------- */

static bool memo_number(machine *m, size_t width, bool (*act)(machine *, uint32_t))
{
    uint64_t number;
    return take_number(m, width, &number) && act(m, (uint32_t)number);
}

static bool pop_one(machine *m)
{
    size_t floor = m->mark_count == 0 ? 0 : m->marks[m->mark_count - 1];
    if (m->mark_count > 0 && m->height == floor) {
        m->mark_count--;
        return true;
    }
    if (!need(m, 1))
        return false;
    m->height--;
    return true;
}

static bool protocol(machine *m)
{
    uint64_t version;
    if (!take_number(m, 1, &version))
        return false;
    return version <= 5 || bad(m, "protocol %u of pickles is unknown", (unsigned)version);
}

static bool frame(machine *m)
{
    uint64_t length; /* only an announcement */
    return take_number(m, 8, &length);
}

static bool refuse(machine *m, unsigned code)
{
    bool known =
        code != 0 && code < 0x98 && strchr("FILSVPgpio\x82\x83\x84\x97", (int)code) != NULL;
    return bad(m,
               known ? "opcode 0x%02x of pickles is not for data of protocols 2 to 5"
                     : "opcode 0x%02x of pickles is unknown",
               code);
}

static bool step_data(machine *m, unsigned code)
{
    switch (code) {
    case NONE: return push(m, m->none);
    case NEWTRUE: return push(m, m->yes);
    case NEWFALSE: return push(m, m->no);
    case BININT: return push_fixed(m, 4);
    case BININT1: return push_fixed(m, 1);
    case BININT2: return push_fixed(m, 2);
    case LONG1: return push_long(m, 1);
    case LONG4: return push_long(m, 4);
    case BINFLOAT: return take(m, 8) != NULL && push_new(m, PICKLE_FLOAT);
    case SHORT_BINSTRING:
    case SHORT_BINUNICODE: return push_text(m, PICKLE_TEXT, 1);
    case BINSTRING:
    case BINUNICODE: return push_text(m, PICKLE_TEXT, 4);
    case BINUNICODE8: return push_text(m, PICKLE_TEXT, 8);
    case SHORT_BINBYTES: return push_text(m, PICKLE_BYTES, 1);
    case BINBYTES: return push_text(m, PICKLE_BYTES, 4);
    case BINBYTES8:
    case BYTEARRAY8: return push_text(m, PICKLE_BYTES, 8);
    case EMPTY_TUPLE: return push_new(m, PICKLE_TUPLE);
    case EMPTY_SET:
    case EMPTY_LIST: return push_new(m, PICKLE_LIST);
    case EMPTY_DICT: return push_new(m, PICKLE_DICT);
    default: return refuse(m, code);
    }
}

static bool step(machine *m, unsigned code)
{
    switch (code) {
    case PROTO: return protocol(m);
    case FRAME: return frame(m);
    case MARK: return mark(m);
    case POP: return pop_one(m);
    case POP_MARK: return unmark(m, &m->height);
    case DUP: return need(m, 1) && push(m, m->stack[m->height - 1]);
    case BINPUT: return memo_number(m, 1, memo_put);
    case LONG_BINPUT: return memo_number(m, 4, memo_put);
    case MEMOIZE: return memo_put(m, (uint32_t)m->memo_count);
    case BINGET: return memo_number(m, 1, memo_get);
    case LONG_BINGET: return memo_number(m, 4, memo_get);
    case TUPLE1: return gather_last(m, PICKLE_TUPLE, 1);
    case TUPLE2: return gather_last(m, PICKLE_TUPLE, 2);
    case TUPLE3: return gather_last(m, PICKLE_TUPLE, 3);
    case TUPLE: return gather_marked(m, PICKLE_TUPLE);
    case FROZENSET:
    case LIST: return gather_marked(m, PICKLE_LIST);
    case DICT: return gather_marked(m, PICKLE_DICT);
    case APPEND: return need(m, 2) && put_into(m, PICKLE_LIST, m->height - 1);
    case SETITEM: return need(m, 3) && put_into(m, PICKLE_DICT, m->height - 2);
    case ADDITEMS:
    case APPENDS: return put_marked(m, PICKLE_LIST);
    case SETITEMS: return put_marked(m, PICKLE_DICT);
    case GLOBAL: return global(m);
    case STACK_GLOBAL: return stack_global(m);
    case NEWOBJ:
    case REDUCE: return object(m, 1);
    case NEWOBJ_EX: return object(m, 2);
    case BUILD: return build(m);
    case BINPERSID: return gather_last(m, PICKLE_PERSISTENT, 1);
    default: return step_data(m, code);
    }
}

static bool run(machine *m)
{
    if (!push_new(m, PICKLE_NONE) || !push_new(m, PICKLE_BOOL) || !push_new(m, PICKLE_BOOL))
        return false;
    m->no = pop(m);
    m->yes = pop(m);
    m->none = pop(m);
    m->p->values[m->yes].as.integer = 1;
    for (;;) {
        m->start = m->at;
        const uint8_t *code = take(m, 1);
        if (code == NULL)
            return bad(m, "the pickle ends before its STOP");
        if (*code == STOP)
            break;
        if (!step(m, *code))
            return false;
    }
    if (!need(m, 1))
        return false;
    m->p->top = pop(m);
    m->p->size = m->at;
    return true;
}

bool pickle_read(pickle *p, const uint8_t *data, uint64_t size, uint64_t stored,
                 pickle_fault *fault)
{
    *p = (pickle){.data = data};
    fault->harmful = fault->no_memory = false;
    machine m = {
        .p = p,
        .available = size < PICKLE_MAX_BYTES ? size : PICKLE_MAX_BYTES,
        .stored = stored,
        .fault = fault,
    };
    bool good = run(&m);
    if (!good && m.available == PICKLE_MAX_BYTES && m.at >= m.available)
        bad(&m, "the pickle is longer than %d bytes", PICKLE_MAX_BYTES);
    free(m.stack);
    free(m.marks);
    free(m.memo);
    if (!good)
        pickle_free(p);
    return good;
}

void pickle_free(pickle *p)
{
    free(p->values);
    free(p->links);
    *p = (pickle){.count = 0};
}

/* ---- looking at the result ------------------------------------------------------------------ */

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
