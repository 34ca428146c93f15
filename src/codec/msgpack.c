/* msgpack.c - goes through MessagePack without building anything.
 * See msgpack.h.
 * SPDX-License-Identifier: MIT */
#include "codec/msgpack.h"

#include "base/bytes.h"

static bool cut(const msgpack_reader *r, tokvec_error *err)
{
    return file_map_bad(r->map, r->at, err, "the msgpack ends within an item");
}

/* A big-endian number of up to 8 bytes, past which the reader goes. */
static bool take_number(msgpack_reader *r, unsigned size, uint64_t *out, tokvec_error *err)
{
    if (r->end - r->at < size)
        return cut(r, err);
    if (!file_want(r->map, r->at, size, err))
        return false;
    *out = 0;
    for (unsigned i = 0; i < size; i++)
        *out = *out << 8 | r->map->data[r->at + i];
    r->at += size;
    return true;
}

/* A text, bytes or an extension, behind its length. */
static bool take_body(msgpack_reader *r, msgpack_kind kind, uint64_t length, msgpack_item *out,
                      tokvec_error *err)
{
    out->kind = kind;
    if (kind == MSGPACK_EXTENSION) {
        uint64_t type = 0;
        if (!take_number(r, 1, &type, err))
            return false;
        out->type = (int8_t)(type < 128 ? (int)type : (int)type - 256);
    }
    if (r->end - r->at < length)
        return cut(r, err);
    out->body = r->at;
    out->length = length;
    r->at += length;
    return true;
}

/* A list or a map, behind its length: each of its items takes a byte at least. */
static bool take_many(const msgpack_reader *r, msgpack_kind kind, uint64_t count, msgpack_item *out,
                      tokvec_error *err)
{
    out->kind = kind;
    out->number = count;
    return count <= (r->end - r->at) / (kind == MSGPACK_MAP ? 2 : 1) || cut(r, err);
}

/* An integer with a sign, of `size` bytes. */
static bool take_signed(msgpack_reader *r, unsigned size, msgpack_item *out, tokvec_error *err)
{
    uint64_t bits;
    if (!take_number(r, size, &bits, err))
        return false;
    uint64_t sign = UINT64_C(1) << (8 * size - 1);
    out->kind = MSGPACK_UNSIGNED;
    out->number = bits;
    if (bits & sign) {
        out->kind = MSGPACK_NEGATIVE;
        out->negative = -1 - (int64_t)(~bits & (sign - 1));
    }
    return true;
}

static bool take_real(msgpack_reader *r, unsigned size, msgpack_item *out, tokvec_error *err)
{
    uint64_t bits;
    out->kind = MSGPACK_FLOAT;
    if (!take_number(r, size, &bits, err))
        return false;
    out->real = size == 4 ? (double)float_of_bits((uint32_t)bits) : double_of_bits(bits);
    return true;
}

/* Forms of one byte that say all: small numbers, short texts, lists and maps. */
static bool take_short(msgpack_reader *r, unsigned form, msgpack_item *out, tokvec_error *err)
{
    if (form >= 0xe0) {
        out->kind = MSGPACK_NEGATIVE;
        out->negative = (int)form - 256;
        return true;
    }
    if (form >= 0xa0)
        return take_body(r, MSGPACK_TEXT, form & 31, out, err);
    if (form >= 0x80)
        return take_many(r, form >= 0x90 ? MSGPACK_LIST : MSGPACK_MAP, form & 15, out, err);
    out->kind = MSGPACK_UNSIGNED;
    out->number = form;
    return true;
}

bool msgpack_next(msgpack_reader *r, msgpack_item *out, tokvec_error *err)
{
    enum { FIRST_LONG = 0xc0, LAST_LONG = 0xdf, UNUSED = 0xc1 };
    /* What follows each of them: how long the length is that stands before a body. */
    static const struct {
        msgpack_kind kind;
        unsigned size;
    } forms[] = {
        {MSGPACK_NIL, 0},       {MSGPACK_NIL, 0},       {MSGPACK_BOOL, 0},
        {MSGPACK_BOOL, 1},      {MSGPACK_BYTES, 1},     {MSGPACK_BYTES, 2},
        {MSGPACK_BYTES, 4},     {MSGPACK_EXTENSION, 1}, {MSGPACK_EXTENSION, 2},
        {MSGPACK_EXTENSION, 4}, {MSGPACK_FLOAT, 4},     {MSGPACK_FLOAT, 8},
        {MSGPACK_UNSIGNED, 1},  {MSGPACK_UNSIGNED, 2},  {MSGPACK_UNSIGNED, 4},
        {MSGPACK_UNSIGNED, 8},  {MSGPACK_NEGATIVE, 1},  {MSGPACK_NEGATIVE, 2},
        {MSGPACK_NEGATIVE, 4},  {MSGPACK_NEGATIVE, 8},  {MSGPACK_EXTENSION, 0},
        {MSGPACK_EXTENSION, 0}, {MSGPACK_EXTENSION, 0}, {MSGPACK_EXTENSION, 0},
        {MSGPACK_EXTENSION, 0}, {MSGPACK_TEXT, 1},      {MSGPACK_TEXT, 2},
        {MSGPACK_TEXT, 4},      {MSGPACK_LIST, 2},      {MSGPACK_LIST, 4},
        {MSGPACK_MAP, 2},       {MSGPACK_MAP, 4},
    };
    uint64_t form = 0, number = 0, start = r->at;
    *out = (msgpack_item){.kind = MSGPACK_NIL};
    if (!take_number(r, 1, &form, err))
        return false;
    if (form < FIRST_LONG || form > LAST_LONG)
        return take_short(r, (unsigned)form, out, err);
    if (form == UNUSED)
        return file_map_bad(r->map, start, err, "a byte that begins no item of msgpack");
    msgpack_kind kind = forms[form - FIRST_LONG].kind;
    unsigned size = forms[form - FIRST_LONG].size;
    out->kind = kind;
    switch (kind) {
    case MSGPACK_NIL: return true;
    case MSGPACK_BOOL: out->number = size; return true;
    case MSGPACK_FLOAT: return take_real(r, size, out, err);
    case MSGPACK_NEGATIVE: return take_signed(r, size, out, err);
    default: break;
    }
    if (kind == MSGPACK_EXTENSION && size == 0) /* of 1, 2, 4, 8 or 16 bytes */
        return take_body(r, kind, UINT64_C(1) << (form - 0xd4), out, err);
    if (!take_number(r, size, &number, err))
        return false;
    if (kind == MSGPACK_LIST || kind == MSGPACK_MAP)
        return take_many(r, kind, number, out, err);
    if (kind != MSGPACK_UNSIGNED)
        return take_body(r, kind, number, out, err);
    out->number = number;
    return true;
}

bool msgpack_skip(msgpack_reader *r, tokvec_error *err)
{
    for (uint64_t left = 1; left > 0; left--) {
        msgpack_item item;
        if (!msgpack_next(r, &item, err))
            return false;
        if (item.kind == MSGPACK_LIST || item.kind == MSGPACK_MAP)
            left += item.kind == MSGPACK_MAP ? 2 * item.number : item.number;
        if (left - 1 > r->end - r->at)
            return cut(r, err);
    }
    return true;
}
