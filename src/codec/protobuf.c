/* protobuf.c - going through messages of Protocol Buffers without building anything.
 * See protobuf.h.
 * SPDX-License-Identifier: MIT */
#include "codec/protobuf.h"

#include "base/bytes.h"

enum {
    GROUP_BEGIN = 3, /* wire types that only have a number */
    GROUP_END = 4,
    VARINT_MAX = 10,           /* bytes; it may have needless ones */
    HEAD_MAX = 2 * VARINT_MAX, /* bytes of a field before what it holds */
    NUMBER_MAX = (1 << 29) - 1 /* of a field */
};

protobuf_reader protobuf_of_bytes(const void *data, uint64_t size)
{
    return (protobuf_reader){.data = data, .end = size};
}

protobuf_reader protobuf_of_map(const file_map *map, uint64_t offset, uint64_t size)
{
    protobuf_reader r = {.map = map, .data = map->data, .at = offset, .end = offset};
    if (offset <= map->size && size <= map->size - offset)
        r.end += size;
    else
        r.fault = "the message goes past the end of the file";
    return r;
}

protobuf_reader protobuf_inner(const protobuf_reader *r, const protobuf_field *f)
{
    protobuf_reader inner = {
        .map = r->map, .data = r->data, .at = (uint64_t)(f->data - r->data), .depth = r->depth + 1};
    inner.end = inner.at + f->size;
    if (inner.depth > PROTOBUF_MAX_DEPTH)
        inner.fault = "messages are nested too deeply";
    return inner;
}

static bool fault(protobuf_reader *r, uint64_t at, const char *what)
{
    r->at = at;
    r->fault = what;
    return false;
}

/* Of more than 64 bits the upper ones are dropped, as all readers do. */
static bool take_varint(protobuf_reader *r, uint64_t *out)
{
    uint64_t start = r->at;
    if (start < r->end && r->data[start] < 0x80) { /* as nearly all are */
        *out = r->data[r->at++];
        return true;
    }
    *out = 0;
    for (unsigned i = 0; i < VARINT_MAX && r->at < r->end; i++) {
        uint8_t byte = r->data[r->at++];
        *out |= (uint64_t)(byte & 0x7f) << 7 * i;
        if (byte < 0x80)
            return true;
    }
    return fault(r, start, r->at == r->end ? "a number is cut" : "a number of more than ten bytes");
}

static bool want_head(protobuf_reader *r)
{
    uint64_t left = r->end - r->at;
    return r->map == NULL || file_want(r->map, r->at, left < HEAD_MAX ? left : HEAD_MAX, NULL) ||
           fault(r, r->at, "the file cannot be read further");
}

/* The number and the wire type of a field. */
static bool take_key(protobuf_reader *r, uint32_t *number, unsigned *type)
{
    uint64_t start = r->at, key;
    if (!want_head(r) || !take_varint(r, &key))
        return false;
    if (key >> 3 == 0 || key >> 3 > NUMBER_MAX)
        return fault(r, start, "a field's number is not valid");
    *number = (uint32_t)(key >> 3);
    *type = (unsigned)(key & 7);
    return true;
}

/* What a field that is not a group holds. */
static bool take_value(protobuf_reader *r, uint64_t start, protobuf_field *f)
{
    uint64_t length = f->type == PROTOBUF_FIXED64 ? 8 : 4;
    switch (f->type) {
    case PROTOBUF_VARINT: return take_varint(r, &f->value);
    case PROTOBUF_BYTES:
        if (!take_varint(r, &length))
            return false;
        break;
    case PROTOBUF_FIXED64:
    case PROTOBUF_FIXED32: break;
    default: return fault(r, start, "a field of an unknown wire type");
    }
    if (length > r->end - r->at)
        return fault(r, start, "a field goes past the end");
    const uint8_t *data = r->data + r->at;
    r->at += length;
    if (f->type == PROTOBUF_BYTES) {
        f->data = data;
        f->size = length;
    } else {
        f->value = f->type == PROTOBUF_FIXED64 ? load_le64(data) : load_le32(data);
    }
    return true;
}

/* Steps over a group whose beginning has been read, and over those in it. */
static bool skip_group(protobuf_reader *r, uint32_t number)
{
    uint32_t open[PROTOBUF_MAX_DEPTH];
    unsigned depth = 0;
    open[depth++] = number;
    while (depth > 0) {
        uint64_t start = r->at;
        unsigned type;
        protobuf_field f = {0};
        if (start == r->end)
            return fault(r, start, "a group does not end");
        if (!take_key(r, &f.number, &type))
            return false;
        f.type = (protobuf_type)type;
        if (type == GROUP_BEGIN) {
            if (depth + r->depth >= PROTOBUF_MAX_DEPTH)
                return fault(r, start, "groups are nested too deeply");
            open[depth++] = f.number;
        } else if (type == GROUP_END) {
            if (open[--depth] != f.number)
                return fault(r, start, "a group ends that did not begin");
        } else if (!take_value(r, start, &f)) {
            return false;
        }
    }
    return true;
}

bool protobuf_next(protobuf_reader *r, protobuf_field *f)
{
    while (r->fault == NULL && r->at < r->end) {
        uint64_t start = r->at;
        unsigned type;
        *f = (protobuf_field){0};
        if (!take_key(r, &f->number, &type))
            return false;
        if (type == GROUP_END)
            return fault(r, start, "a group ends that did not begin");
        f->type = (protobuf_type)type;
        if (type != GROUP_BEGIN)
            return take_value(r, start, f);
        if (!skip_group(r, f->number))
            return false;
    }
    return false;
}

bool protobuf_next_varint(protobuf_reader *r, uint64_t *out)
{
    return r->fault == NULL && r->at < r->end && want_head(r) && take_varint(r, out);
}
