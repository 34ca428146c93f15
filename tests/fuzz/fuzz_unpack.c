/* fuzz_unpack.c - arbitrary bytes as compressed data: read at once, in odd pieces, once more from
 * the front, and as a file of which parts are released. All must give the same.
 * SPDX-License-Identifier: MIT */
#include "codec/unpack_map.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CONTENT_MOST = 1 << 19 };

/* Pieces that the bytes choose. */
typedef struct pieces {
    const uint8_t *data;
    size_t size, at;
} pieces;

static size_t next_piece(pieces *p, size_t most)
{
    if (p->size == 0)
        return most;
    p->at = (p->at + 7) % 4096;
    size_t n = 1 + p->data[p->at % p->size] * (p->at % 5);
    return n < most ? n : most;
}

/* Reads all. A status of UNPACK_MORE: there is more than is read. *made becomes the bytes in out.
 */
static unpack_status read_all(unpack_stream *stream, const uint8_t *data, size_t size, pieces *p,
                              uint8_t *out, size_t *made)
{
    size_t taken = 0, idle = 0;
    bool last = false;
    *made = 0;
    for (;;) {
        size_t in = size - taken, room = CONTENT_MOST - *made;
        if (room == 0)
            return UNPACK_MORE;
        if (p != NULL) {
            in = last ? in : next_piece(p, in);
            room = next_piece(p, room);
        }
        last = taken + in == size;
        unpack_io io = {
            .in = data + taken, .in_size = in, .last = last, .out = out + *made, .out_size = room};
        unpack_status status = stream->kind->read(stream, &io);
        if (io.in_size > in || io.out_size > room)
            abort();
        taken += io.in_size;
        *made += io.out_size;
        if (status == UNPACK_BAD && io.why == NULL)
            abort();
        if (status == UNPACK_END && taken != size)
            abort(); /* bytes that nobody has looked at */
        if (status != UNPACK_MORE)
            return status;
        idle = io.in_size + io.out_size == 0 ? idle + 1 : 0;
        if (idle > 100)
            abort(); /* goes nowhere */
    }
}

/* Goes through the content as a file, from the front, and releases what it has seen. */
static unpack_status walk(const file_map *map, pieces *p, const uint8_t *content, size_t size)
{
    uint64_t at = 0;
    while (!file_ends_at(map, at) && at < size) {
        uint64_t end = file_piece(map, at, NULL), n = end - at;
        if (end <= at)
            break;
        n = n < size - at ? n : size - at;
        if (memcmp(map->data + at, content + at, n) != 0)
            abort();
        at += next_piece(p, (size_t)n) + (n > 999 ? 999 : 0);
        file_release(map, at);
    }
    tokvec_error error;
    if (!file_map_intact(map, &error))
        return UNPACK_BAD;
    return file_ends_at(map, at) ? UNPACK_END : UNPACK_MORE;
}

static void read_as_file(const uint8_t *data, size_t size, const unpack_kind *kind, pieces *p,
                         unpack_status wanted, const uint8_t *content, size_t made)
{
    tokvec_error error;
    file_map *packed = file_map_of_bytes(data, size, NULL);
    const unpack_from from = {
        .packed = packed, .owned = true, .length = size, .kind = kind, .size = UNPACK_ANY_SIZE};
    file_map *map = packed == NULL ? NULL : unpack_open(&from, &error);
    if (map == NULL)
        abort();
    for (int i = 0; i < 5; i++) { /* so often that it is kept in the end */
        unpack_status status = walk(map, p, content, made);
        if (wanted == UNPACK_END && (status != UNPACK_END || map->size != made))
            abort();
        if (wanted == UNPACK_BAD && status == UNPACK_END)
            abort();
    }
    if (wanted == UNPACK_END &&
        (!unpack_all(map, &error) || map->size != made || memcmp(map->data, content, made) != 0))
        abort();
    if (wanted == UNPACK_BAD && unpack_all(map, &error))
        abort();
    file_map_close(map);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t once[CONTENT_MOST], again[CONTENT_MOST];
    setenv("TOKVEC_WINDOW", "1", 1); /* the smallest */
    const unpack_kind *kind = unpack_kind_of(data, size);
    kind = kind == NULL ? &unpack_deflate : kind;
    tokvec_error error;
    unpack_stream *stream = kind->open(&error);
    if (stream == NULL)
        return 0; /* no library */
    size_t made, made_again;
    pieces p = {data, size, 0};
    unpack_status status = read_all(stream, data, size, NULL, once, &made);
    for (int i = 0; i < 2; i++) {
        if (!kind->restart(stream))
            abort();
        if (read_all(stream, data, size, i == 0 ? &p : NULL, again, &made_again) != status)
            abort();
        if (status != UNPACK_BAD && (made_again != made || memcmp(once, again, made) != 0))
            abort();
    }
    kind->close(stream);
    if (status != UNPACK_NO_MEMORY)
        read_as_file(data, size, kind, &p, status, once, made);
    return 0;
}
