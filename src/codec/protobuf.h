/* protobuf.h - going through messages of Protocol Buffers without building anything.
 * A message is fields one after the other, each a number, a wire type and a value; what its fields
 * mean, and that a field may itself be a message, only the reader knows. Nothing is allocated, and
 * every length is compared with what is left before it is used. Encoding:
 * protobuf.dev/programming-guides/encoding.
 *
 *     protobuf_reader r = protobuf_of_map(map, 0, map->size);
 *     for (protobuf_field f; protobuf_next(&r, &f);)
 *         if (f.number == 1 && f.type == PROTOBUF_BYTES)
 *             ...
 *     if (r.fault != NULL)
 *         return file_map_bad(map, r.at, err, "%s", r.fault);
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CODEC_PROTOBUF_H
#define TOKVEC_CODEC_PROTOBUF_H

#include "io/file_map.h"

/* Deepest nesting of groups, and of messages in messages; Google's readers have the same bound. */
enum { PROTOBUF_MAX_DEPTH = 100 };

/* The wire types of fields that a reader is given; groups are stepped over. */
typedef enum protobuf_type {
    PROTOBUF_VARINT = 0,
    PROTOBUF_FIXED64 = 1,
    PROTOBUF_BYTES = 2, /* text, bytes, a message, or a list of numbers */
    PROTOBUF_FIXED32 = 5
} protobuf_type;

typedef struct protobuf_field {
    uint32_t number; /* from 1 */
    protobuf_type type;
    uint64_t value;      /* of a number: its bits; of bytes: 0 */
    const uint8_t *data; /* of bytes; of a file only what was asked for with file_want is there */
    uint64_t size;       /* of them */
} protobuf_field;

/* A place in a message. */
typedef struct protobuf_reader {
    const file_map *map; /* whose bytes are asked for; NULL: all are there */
    const uint8_t *data; /* of the whole file, or message */
    uint64_t at, end;    /* in data */
    unsigned depth;
    const char *fault; /* what is wrong with the message, at `at`; NULL: nothing */
} protobuf_reader;

/* A message that is `size` bytes of memory. */
protobuf_reader protobuf_of_bytes(const void *data, uint64_t size);

/* A message that is a range in a file. The reader asks for heads of fields and for numbers; bytes
 * it steps over, and who wants them asks for them. */
protobuf_reader protobuf_of_map(const file_map *map, uint64_t offset, uint64_t size);

/* The message that a field of r is; with too deep a nesting, one that has that fault. */
protobuf_reader protobuf_inner(const protobuf_reader *r, const protobuf_field *f);

/* The next field. False at the end, and with a fault, where the reader then stays. */
bool protobuf_next(protobuf_reader *r, protobuf_field *f);

/* The next number of a packed list, which is bytes of varints, to be gone through with
 * protobuf_inner. False at the end, and with a fault. */
bool protobuf_next_varint(protobuf_reader *r, uint64_t *out);

#endif
