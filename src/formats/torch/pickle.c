/* pickle.c - the opcodes of pickles.
 * See pickle.h. What they work on is in pickle_machine.h and pickle_build.h.
 * SPDX-License-Identifier: MIT */
#include "formats/torch/pickle.h"

#include "formats/torch/pickle_build.h"

#include <stdlib.h>
#include <string.h>

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
    INST = 'i',
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

/* ---- values without parts ------------------------------------------------------------------- */

/* A text or bytes, after their length. */
static bool push_text(pickle_machine *m, pickle_kind kind, size_t width)
{
    uint64_t n;
    pickle_ref text;
    if (!pickle_take_number(m, width, &n) || pickle_take(m, n) == NULL)
        return false;
    return pickle_make_text(m, kind, m->at - (size_t)n, (size_t)n, &text) && pickle_push(m, text);
}

static bool push_integer(pickle_machine *m, int64_t value)
{
    if (!pickle_push_new(m, PICKLE_INTEGER))
        return false;
    m->p->values[m->p->count - 1].as.integer = value;
    return true;
}

/* Two's complement, little-endian, of any length. */
static bool push_long(pickle_machine *m, size_t width)
{
    uint64_t n, value = 0;
    const uint8_t *bytes = pickle_take_number(m, width, &n) ? pickle_take(m, n) : NULL;
    if (bytes == NULL)
        return false;
    uint8_t sign = n > 0 && bytes[n - 1] >= 0x80 ? 0xff : 0;
    for (uint64_t i = 0; i < 8; i++)
        value |= (uint64_t)(i < n ? bytes[i] : sign) << 8 * i;
    for (uint64_t i = 7; i < n; i++) {
        if ((i > 7 && bytes[i] != sign) || (i == 7 && n > 8 && (bytes[7] ^ sign) >= 0x80))
            return pickle_push_new(m, PICKLE_BIG_INTEGER);
    }
    return push_integer(m, (int64_t)value);
}

static bool push_fixed(pickle_machine *m, size_t width)
{
    uint64_t value;
    if (!pickle_take_number(m, width, &value))
        return false;
    return push_integer(m, width == 4 ? (int32_t)(uint32_t)value : (int64_t)value);
}

/* ---- the opcodes ---------------------------------------------------------------------------- */

static bool memo_number(pickle_machine *m, size_t width, bool (*act)(pickle_machine *, uint32_t))
{
    uint64_t number;
    return pickle_take_number(m, width, &number) && act(m, (uint32_t)number);
}

static bool pop_one(pickle_machine *m)
{
    if (m->mark_count > 0 && m->height == pickle_floor(m)) {
        m->mark_count--;
        return true;
    }
    if (!pickle_need(m, 1))
        return false;
    m->height--;
    return true;
}

static bool protocol(pickle_machine *m)
{
    uint64_t version;
    if (!pickle_take_number(m, 1, &version))
        return false;
    return version <= 5 || pickle_bad(m, "protocol %u of pickles is unknown", (unsigned)version);
}

static bool frame(pickle_machine *m)
{
    uint64_t length; /* only an announcement */
    return pickle_take_number(m, 8, &length);
}

static bool refuse(pickle_machine *m, unsigned code)
{
    bool known =
        code != 0 && code < 0x98 && strchr("FILSVPgpio\x82\x83\x84\x97", (int)code) != NULL;
    return pickle_bad(m,
                      known ? "opcode 0x%02x of pickles is not for data of protocols 2 to 5"
                            : "opcode 0x%02x of pickles is unknown",
                      code);
}

static bool execute_data(pickle_machine *m, unsigned code)
{
    switch (code) {
    case NONE: return pickle_push(m, m->none);
    case NEWTRUE: return pickle_push(m, m->yes);
    case NEWFALSE: return pickle_push(m, m->no);
    case BININT: return push_fixed(m, 4);
    case BININT1: return push_fixed(m, 1);
    case BININT2: return push_fixed(m, 2);
    case LONG1: return push_long(m, 1);
    case LONG4: return push_long(m, 4);
    case BINFLOAT: return pickle_take(m, 8) != NULL && pickle_push_new(m, PICKLE_FLOAT);
    case SHORT_BINSTRING:
    case SHORT_BINUNICODE: return push_text(m, PICKLE_TEXT, 1);
    case BINSTRING:
    case BINUNICODE: return push_text(m, PICKLE_TEXT, 4);
    case BINUNICODE8: return push_text(m, PICKLE_TEXT, 8);
    case SHORT_BINBYTES: return push_text(m, PICKLE_BYTES, 1);
    case BINBYTES: return push_text(m, PICKLE_BYTES, 4);
    case BINBYTES8:
    case BYTEARRAY8: return push_text(m, PICKLE_BYTES, 8);
    case EMPTY_TUPLE: return pickle_push_new(m, PICKLE_TUPLE);
    case EMPTY_SET:
    case EMPTY_LIST: return pickle_push_new(m, PICKLE_LIST);
    case EMPTY_DICT: return pickle_push_new(m, PICKLE_DICT);
    default: return refuse(m, code);
    }
}

static bool execute(pickle_machine *m, unsigned code)
{
    switch (code) {
    case PROTO: return protocol(m);
    case FRAME: return frame(m);
    case MARK: return pickle_mark(m);
    case POP: return pop_one(m);
    case POP_MARK: return pickle_unmark(m, &m->height);
    case DUP: return pickle_need(m, 1) && pickle_push(m, m->stack[m->height - 1]);
    case BINPUT: return memo_number(m, 1, pickle_memo_put);
    case LONG_BINPUT: return memo_number(m, 4, pickle_memo_put);
    case MEMOIZE: return pickle_memo_put(m, (uint32_t)m->memo_count);
    case BINGET: return memo_number(m, 1, pickle_memo_get);
    case LONG_BINGET: return memo_number(m, 4, pickle_memo_get);
    case TUPLE1: return pickle_gather_last(m, PICKLE_TUPLE, 1);
    case TUPLE2: return pickle_gather_last(m, PICKLE_TUPLE, 2);
    case TUPLE3: return pickle_gather_last(m, PICKLE_TUPLE, 3);
    case TUPLE: return pickle_gather_marked(m, PICKLE_TUPLE);
    case FROZENSET:
    case LIST: return pickle_gather_marked(m, PICKLE_LIST);
    case DICT: return pickle_gather_marked(m, PICKLE_DICT);
    case APPEND: return pickle_need(m, 2) && pickle_put_into(m, PICKLE_LIST, m->height - 1);
    case SETITEM: return pickle_need(m, 3) && pickle_put_into(m, PICKLE_DICT, m->height - 2);
    case ADDITEMS:
    case APPENDS: return pickle_put_marked(m, PICKLE_LIST);
    case SETITEMS: return pickle_put_marked(m, PICKLE_DICT);
    case GLOBAL: return pickle_read_global(m);
    case STACK_GLOBAL: return pickle_stack_global(m);
    case INST: return pickle_read_global(m) && refuse(m, code); /* if only for its name */
    case NEWOBJ:
    case REDUCE: return pickle_call(m, 1);
    case NEWOBJ_EX: return pickle_call(m, 2);
    case BUILD: return pickle_build(m);
    case BINPERSID: return pickle_gather_last(m, PICKLE_PERSISTENT, 1);
    default: return execute_data(m, code);
    }
}

static bool run(pickle_machine *m)
{
    if (!pickle_push_new(m, PICKLE_NONE) || !pickle_push_new(m, PICKLE_BOOL) ||
        !pickle_push_new(m, PICKLE_BOOL))
        return false;
    m->no = pickle_pop(m);
    m->yes = pickle_pop(m);
    m->none = pickle_pop(m);
    m->p->values[m->yes].as.integer = 1;
    for (;;) {
        m->start = m->at;
        const uint8_t *code = pickle_take(m, 1);
        if (code == NULL)
            return pickle_bad(m, "the pickle ends before its STOP");
        if (*code == STOP)
            break;
        if (!execute(m, *code))
            return false;
    }
    if (!pickle_need(m, 1))
        return false;
    m->p->top = pickle_pop(m);
    m->p->size = m->at;
    return true;
}

bool pickle_read(pickle *p, const file_map *map, const uint8_t *data, uint64_t size,
                 uint64_t stored, pickle_fault *fault)
{
    *p = (pickle){.data = data};
    fault->harmful = fault->no_memory = false;
    pickle_machine m = {
        .p = p,
        .map = map,
        .available = size < PICKLE_MAX_BYTES ? size : PICKLE_MAX_BYTES,
        .stored = stored,
        .fault = fault,
    };
    bool good = run(&m);
    if (!good && m.available == PICKLE_MAX_BYTES && m.at >= m.available)
        pickle_bad(&m, "the pickle is longer than %d bytes", PICKLE_MAX_BYTES);
    free(m.stack);
    free(m.marks);
    free(m.memo);
    if (!good)
        pickle_free(p);
    return good;
}
