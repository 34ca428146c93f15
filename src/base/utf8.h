/* utf8.h - characters of UTF-8.
 * One function for everything that must tell text from other bytes.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_UTF8_H
#define TOKVEC_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* The length in bytes of the character at text (RFC 3629), of which `left` bytes may be read; 0
 * if there is none. Looks at no byte after one that is wrong, so that with a NUL at the end, a
 * `left` of 4 is enough. */
size_t utf8_length(const char *text, size_t left);

/* True if all of it is UTF-8. */
bool utf8_valid(const char *text, size_t length);

#endif
