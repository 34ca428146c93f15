/* pattern.h - regular expressions: which tokens match.
 * POSIX extended ones, for texts of any bytes; characters are those of UTF-8, whatever the locale.
 * Ranges in brackets are of ASCII: the C library may know no order of others, and then says so.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_PATTERN_H
#define TOKVEC_TEXT_PATTERN_H

#include "tokvec.h"

typedef struct pattern pattern;

/* NULL and an error, which tells what is wrong, if `text` is no regular expression, or one that
 * could take time or memory without measure: one with back-references, which POSIX does not give to
 * extended ones, or with repetitions that multiply to thousands. */
pattern *pattern_open(const char *text, tokvec_error *err);

/* Finds out whether a part of the text matches, in a time that grows with its length; false without
 * memory. */
bool pattern_matches(pattern *p, tokvec_text text, bool *matches, tokvec_error *err);

void pattern_close(pattern *p); /* NULL is allowed */

#endif
