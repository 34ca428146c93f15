/* utf8.h - characters of UTF-8.
 * One function for everything that must tell text from other bytes.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_UTF8_H
#define TOKVEC_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length in bytes of the character at text (RFC 3629), of which `left` bytes may be read; 0
 * if there is none. Looks at no byte after one that is wrong, so that with a NUL at the end, a
 * `left` of 4 is enough. */
size_t utf8_length(const char *text, size_t left);

/* Likewise, but 0 also for a character that moves the cursor, reorders the line or ends it instead
 * of being seen, or is nothing to see: controls (C0, DEL, C1), format characters such as those of
 * bidirectional text, zero width spaces and joiners, line and paragraph separators. */
size_t utf8_visible(const char *text, size_t left);

/* The code point of the character of `length` bytes at text. */
uint32_t utf8_code(const char *text, size_t length);

/* Makes one line of visible UTF-8 out of any text: what is neither becomes '?'. For messages. */
void utf8_one_line(char *text);

/* True if all of it is UTF-8. */
bool utf8_valid(const char *text, size_t length);

#endif
