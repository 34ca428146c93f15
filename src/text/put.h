/* put.h - integers and JSON's strings into a sink.
 * What the formats share with whatever else prints.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_PUT_H
#define TOKVEC_TEXT_PUT_H

#include "io/sink.h"

/* Writes the character at *text, of which `left` bytes may be read, as it stands in a JSON string,
 * and steps over it. Bytes that are not UTF-8 become U+FFFD; C0 80, which stands for a NUL, becomes
 * \u0000. */
enum { PUT_JSON_CHARACTER_ROOM = 6 };
size_t put_json_character(const char **text, size_t left, char *out);

/* A text in double quotes as JSON writes it: one that ends in a NUL, one of any bytes. */
void put_json_string(sink *out, const char *text);
void put_json_text(sink *out, const char *bytes, size_t length);

/* A decimal integer. */
void put_int(sink *out, int64_t value);
void put_uint(sink *out, uint64_t value);

#endif
