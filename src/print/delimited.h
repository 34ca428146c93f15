/* delimited.h - fields of tab-separated text.
 * For what is written like the format tsv elsewhere.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_DELIMITED_H
#define TOKVEC_PRINT_DELIMITED_H

#include "io/sink.h"

/* A text as a field of TSV: tab, new line, carriage return and backslash as \t, \n, \r and \\,
 * other control characters as \x1b. */
void delimited_tsv(sink *out, tokvec_text text);

#endif
