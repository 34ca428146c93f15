/* cell.h - text in a cell of a report: one line, cut to a width.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_CELL_H
#define TOKVEC_PRINT_CELL_H

#include "io/sink.h"

/* Writes text, control characters and bytes that are not UTF-8 as \\xNN, cut to `most` columns and
 * then followed by "...". Returns the columns written, one a character; without a sink it only
 * counts. The second one takes text with NULs too. */
size_t cell_write(sink *out, const char *text, size_t most);
size_t cell_text(sink *out, tokvec_text text, size_t most);

#endif
