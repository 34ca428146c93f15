/* error.h - filling in a tokvec_error.
 * Called by the place that knows what went wrong; everything above passes the error on untouched.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_ERROR_H
#define TOKVEC_BASE_ERROR_H

#include "tokvec.h"

#define ERROR_PRINTF(text, first) __attribute__((format(printf, text, first)))

/* Starts an error: its code and what happened; kind, where and hint are emptied. What is
 * not a visible character (in names from files) becomes '?', so that a message is always one line.
 * err may be NULL in all of these. Returns false, so that a caller can say `return error_set(...)`.
 */
bool error_set(tokvec_error *err, tokvec_code code, const char *format, ...) ERROR_PRINTF(3, 4);

/* Adds to an error where it happened, and what to do: what anyone can do who has the file, without
 * a word about options of the program, which adds its own advice by the kind. Both return false.
 * Lack of memory keeps the hint it has: nothing that is known further up helps against it. */
bool error_where(tokvec_error *err, const char *format, ...) ERROR_PRINTF(2, 3);
bool error_hint(tokvec_error *err, const char *format, ...) ERROR_PRINTF(2, 3);

/* Says of which kind the error is. Returns false. */
bool error_kind(tokvec_error *err, tokvec_error_kind kind);

/* "out of memory", when `bytes` are needed. Returns false. The second one takes a hint, where there
 * is something better to do than to find memory. */
bool error_no_memory(tokvec_error *err, uint64_t bytes);
bool error_no_memory_for(tokvec_error *err, uint64_t bytes, const char *hint);

/* "cannot VERB: strerror(number)" at `path`, with a hint for the common ones. Returns false. */
bool error_system(tokvec_error *err, int number, const char *verb, const char *path);

#endif
