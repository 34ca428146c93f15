/* file_map.h - a file as read-only memory.
 * Nothing is read until it is touched; a file that shrinks meanwhile is noticed, not fatal.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IO_FILE_MAP_H
#define TOKVEC_IO_FILE_MAP_H

#include "io/file_want.h"

/* Maps a file. What cannot be mapped, a pipe, a FIFO or a socket, is read to its end into memory
 * first; "-" is standard input, whose map's path is "/dev/stdin". Directories and devices are
 * refused. Release it with file_map_close. */
file_map *file_map_open(const char *path, tokvec_error *err);

/* The same, where a file that is packed inside another one may be open-ended: see file_ends_at. */
file_map *file_map_open_any(const char *path, tokvec_error *err);

/* Memory in place of a file, for the fuzzers and unit tests: data is borrowed. */
file_map *file_map_of_bytes(const void *data, size_t size, tokvec_error *err);

/* Memory that belongs to the map, with a copy of that; NULL without memory. path is for messages
 * and suffixes. */
file_map *file_map_of_copy(const char *path, const void *data, size_t size);

/* What a source brings: `data` is its address space of `size` bytes, none of which is readable yet.
 * The map owns the source from the call on, if it succeeds. path is for messages. */
file_map *file_map_of_source(const char *path, const void *data, uint64_t size, file_source *source,
                             tokvec_error *err);

void file_map_close(file_map *map); /* NULL is allowed */

/* Gives the system back what memory a file's pages in the range take. They are as they were when
 * they are touched again. Does nothing for what is no file of this machine. */
void file_map_forget(const file_map *map, uint64_t offset, uint64_t length);

/* False, with an error, if the file has shrunk or been written to since it was opened: what was
 * read may be of two files. Asks the system, so that it is for once a block of rows rather than
 * once a row. */
bool file_map_intact(const file_map *map, tokvec_error *err);

/* Says that the file is not what it was when it was opened. Returns false. */
bool file_map_changed(const file_map *map, tokvec_error *err);

/* Says that the file breaks its format: what, at which byte. Returns false. */
bool file_map_bad(const file_map *map, uint64_t offset, tokvec_error *err, const char *format, ...)
    ERROR_PRINTF(4, 5);

#endif
