/* msgpack.h - goes through MessagePack without building anything.
 * One item after the other, as they lie in the file: a map of two pairs is an item, and four more
 * follow it, those in them counted too. Needs no memory and no recursion, whatever the nesting.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CODEC_MSGPACK_H
#define TOKVEC_CODEC_MSGPACK_H

#include "io/file_map.h"

typedef enum msgpack_kind {
    MSGPACK_NIL,
    MSGPACK_BOOL,
    MSGPACK_UNSIGNED, /* integers from 0 on, in whatever form they are written */
    MSGPACK_NEGATIVE,
    MSGPACK_FLOAT,
    MSGPACK_TEXT,
    MSGPACK_BYTES,
    MSGPACK_EXTENSION,
    MSGPACK_LIST,
    MSGPACK_MAP
} msgpack_kind;

typedef struct msgpack_item {
    msgpack_kind kind;
    int8_t type;     /* of an extension */
    uint64_t number; /* unsigned; 0 or 1 of a bool; how many items a list, or pairs a map, has */
    int64_t negative;
    double real;
    uint64_t body; /* where the bytes of a text, of bytes, or of an extension begin: in the file, */
    uint64_t length; /* all of it; they have not been asked for yet (see file_want) */
} msgpack_item;

/* A place in a file. Starts as {.map, .at, .end}. The functions return false with an error, and
 * are not to be called after one. */
typedef struct msgpack_reader {
    const file_map *map;
    uint64_t at, end;
} msgpack_reader;

/* The next item, past which *r goes then; past the body of one that has a body. That of a list or
 * a map is not longer than what is left of the file can hold. */
bool msgpack_next(msgpack_reader *r, msgpack_item *out, tokvec_error *err);

/* Steps over the next item with all that is in it. */
bool msgpack_skip(msgpack_reader *r, tokvec_error *err);

#endif
