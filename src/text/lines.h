/* lines.h - text files, line by line, straight out of memory.
 * Shared by the readers of word vectors and of text tables.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_LINES_H
#define TOKVEC_TEXT_LINES_H

#include "io/file_map.h"

/* The end of the line that begins at `start`: of its newline or of the file. */
uint64_t lines_end(const file_map *map, uint64_t start);

/* The next line after the one whose lines_end that is. */
uint64_t lines_next(const file_map *map, uint64_t end);

/* How often a byte occurs in size bytes. */
uint64_t lines_count_byte(const char *text, size_t size, char byte);

/* How many lines there are from `start` on; empty ones at the end do not count. */
uint64_t lines_count(const file_map *map, uint64_t start);

/* Whether there is nothing but blanks and ends of lines from `at` on. */
bool lines_are_over(const file_map *map, uint64_t at);

/* Where the text ends, but for empty lines and spaces. */
uint64_t lines_last(const file_map *map, uint64_t start);

/* How many bytes at the beginning of a file tell text from binary. */
enum { LINES_LOOK = 1 << 12 };

/* True if `size` bytes look like text: no control characters but tabs and ends of lines. */
bool lines_are_text(const uint8_t *data, size_t size);

/* As file_map_bad, with line and column instead of the byte. */
bool lines_bad(const file_map *map, uint64_t offset, tokvec_error *err, const char *format, ...)
    ERROR_PRINTF(4, 5);

/* Reads n numbers of a dtype, all that there are from `at` to `end`, with one `separator` between
 * each two of them and, if that is not a space, spaces around them. */
bool lines_numbers(const file_map *map, uint64_t at, uint64_t end, char separator,
                   tokvec_dtype dtype, uint64_t n, void *out, tokvec_error *err);

#endif
