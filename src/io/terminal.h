/* terminal.h - text from files on its way to a terminal.
 * Control characters and bytes that are not UTF-8 are shown as \xNN, never sent.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_IO_TERMINAL_H
#define TOKVEC_IO_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* What a sink does with all that goes to a terminal. Copies `size` bytes to out, which has room for
 * TERMINAL_ESCAPE_ROOM bytes for each; but for new lines and tabs, what is not visible (see
 * utf8_visible) becomes \u009b or two of these, what is no UTF-8 \xff. Returns how many bytes it
 * has taken: unless these are the last, it leaves a character that may go on. */
enum { TERMINAL_ESCAPE_ROOM = 8 };
size_t terminal_filter(const char *text, size_t size, bool last, char *out, size_t *length);

#endif
