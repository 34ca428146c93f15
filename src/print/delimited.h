/* delimited.h - fields of text that separators divide.
 * For what is written like the formats csv and tsv elsewhere.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_DELIMITED_H
#define TOKVEC_PRINT_DELIMITED_H

#include "io/sink.h"

/* A text as a field of TSV: tab, new line, carriage return and backslash as \t, \n, \r and \\,
 * other control characters as \x1b. */
void delimited_tsv(sink *out, tokvec_text text);

/* A text as a field of CSV, by RFC 4180: in quotes if it holds a quote, a comma, an end of line or,
 * so that readers who want text see where it belongs, another control character. */
void delimited_csv(sink *out, tokvec_text text);

#endif
