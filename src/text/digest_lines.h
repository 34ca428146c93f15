/* digest_lines.h - lists of digests, as sha256sum writes and reads them.
 * A line is a digest in hexadecimal digits, two blanks and a name. A line cannot hold every name:
 * with a backslash before it, \\, \n and \r in the name stand for what cannot.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_DIGEST_LINES_H
#define TOKVEC_TEXT_DIGEST_LINES_H

#include "io/sink.h"

enum { DIGEST_LINES_HEX = 64 }; /* digits of a SHA-256 */

/* Writes a line: "HEX  NAME" and its end. */
void digest_lines_put(sink *out, const char *hex, const char *name);

/* Writes a line about a name: "NAME: VERDICT". Only a name with a newline in it is escaped. */
void digest_lines_put_verdict(sink *out, const char *name, const char *verdict);

/* A line of a list; both point into the list's text. */
typedef struct digest_line {
    const char *hex; /* in small letters */
    char *name;      /* not empty, as it was before it was escaped; whoever reads it may cut it */
    uint64_t number; /* in the list, from 1 */
} digest_line;

/* A list that has been read. Released by digest_lines_free. */
typedef struct digest_lines {
    char *text;
    digest_line *lines;
    size_t count, capacity;
} digest_lines;

/* Reads a list of `size` bytes with one more behind them, in memory that is free()d with the list,
 * and on failure too. Empty lines and those that begin with # are passed over; a carriage return
 * before the end of a line does not count, nor a * for the second blank. A line that is none of
 * these fails with TOKVEC_BAD_FILE, and so does a list without any; `path` is for messages. */
bool digest_lines_read(digest_lines *list, char *text, size_t size, const char *path,
                       tokvec_error *err);
void digest_lines_free(digest_lines *list);

/* Says what is wrong with a line. Returns false. */
bool digest_lines_bad(const char *path, uint64_t number, tokvec_error *err, const char *what);

#endif
