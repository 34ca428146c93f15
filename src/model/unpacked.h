/* unpacked.h - compressed files, and what is in them.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MODEL_UNPACKED_H
#define TOKVEC_MODEL_UNPACKED_H

#include "codec/unpack_map.h"

/* Which compressor a file is of; NULL: none, as far as tokvec knows. */
const unpack_kind *unpacked_kind(const file_map *map);

/* The content of a compressed file, which is closed with it, or at once if this fails. */
file_map *unpacked_open(file_map *packed, const unpack_kind *kind, tokvec_error *err);

/* The beginning of a content that is unpacked as it is read, and goes on behind it, for recognising
 * it: whole lines, if there are any. It is copied. The caller closes the map. NULL: there is no
 * more, it is a file as any other, or there is no memory. */
file_map *unpacked_look(const file_map *map);

/* As unpacked_open, all of it unpacked. */
file_map *unpacked_whole(file_map *packed, const unpack_kind *kind, tokvec_error *err);

/* Says how much memory the content takes. */
void unpacked_notice(const file_map *map, const unpack_kind *kind, char *out, size_t size);

/* Says how much memory what came through a pipe takes. */
void unpacked_notice_piped(const char *path, uint64_t piped, char *out, size_t size);

#endif
