/* unpack_map.h - compressed data as a file.
 * Its bytes are unpacked as they are asked for (io/file_want.h), from the front to the back, into
 * address space that is reserved for them. What has been released is unpacked again from the front,
 * if it is asked for again; when that has happened a few times all is kept. TOKVEC_WINDOW in the
 * environment is the size of content of which nothing is released, 32 MB or less; the other
 * measures are parts of it. It changes no result: tests make it small.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CODEC_UNPACK_MAP_H
#define TOKVEC_CODEC_UNPACK_MAP_H

#include "codec/unpack.h"
#include "io/file_map.h"

#define UNPACK_ANY_SIZE UINT64_MAX

/* Where the compressed data lies, and what is known of its content. */
typedef struct unpack_from {
    file_map *packed;
    bool owned; /* packed is closed with the map; else it must outlive it */
    uint64_t offset, length;
    const unpack_kind *kind;
    uint64_t size;    /* of the content; UNPACK_ANY_SIZE: not known */
    const char *path; /* for messages and suffixes, copied; NULL: that of packed */
    bool has_crc;
    uint32_t crc; /* CRC-32 of the content */
} unpack_from;

/* The content as a file that is open-ended until its end has been met. Every fault of the data
 * (cut, damaged, followed by other bytes) fails what asks for bytes at or behind it, and then
 * file_map_intact. NULL and an error if there is no library or no memory; then packed is closed,
 * too, if it is owned. Memory: the codec's window, some MB before and behind the last place that
 * was released (file_release). Closed by file_map_close. */
file_map *unpack_open(const unpack_from *from, tokvec_error *err);

/* So many first bytes of the content, 1 MB, are had and kept at little cost, to look at them. */
uint64_t unpack_look(void);

/* Unpacks all that there is, so that the map is like any other: its size is known, and any thread
 * may read all of it. False, with an error, for faulty data, or if it is more than half of the
 * memory holds. */
bool unpack_all(file_map *map, tokvec_error *err);

#endif
