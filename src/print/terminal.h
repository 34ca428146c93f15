/* terminal.h - text from files on its way to a terminal.
 * Control characters and bytes that are no UTF-8 are shown as \xNN, never sent.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_TERMINAL_H
#define TOKVEC_PRINT_TERMINAL_H

#include "print/sink.h"

/* Writes text, cut to `most` columns and then followed by "...". Returns the columns written, one
 * a character; without a sink it only counts. */
size_t terminal_text(sink *out, const char *text, size_t most);

#endif
