/* values.h - single values as text, for the formats that print decimal numbers.
 * Shortest digits that read back to the same float; narrow floats as the float32 they are.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_VALUES_H
#define TOKVEC_PRINT_VALUES_H

#include "print/sink.h"

/* Numbers as in CSV: nan, inf, bools as 1 and 0. */
size_t value_plain(tokvec_dtype dtype, const void *row, size_t i, char *out);

/* Values as in JSON: bools as true and false, nan and infinities as null, counted in *nulls. */
size_t value_json(tokvec_dtype dtype, const void *row, size_t i, char *out, uint64_t *nulls);

/* n values with `separator` between them. */
void values_plain(sink *out, tokvec_dtype dtype, const void *row, size_t n, char separator);
void values_json(sink *out, tokvec_dtype dtype, const void *row, size_t n, uint64_t *nulls);

/* Writes the character at *text, of which `left` bytes may be read, as it stands in a JSON string,
 * and steps over it. Bytes that are no UTF-8 become U+FFFD; C0 80, which stands for a NUL, becomes
 * \u0000. */
enum { JSON_CHARACTER_ROOM = 6 };
size_t json_character(const char **text, size_t left, char *out);

/* A text in double quotes as JSON writes it: one that ends in a NUL, one of any bytes. */
void json_string(sink *out, const char *text);
void json_text(sink *out, const char *bytes, size_t length);

/* A decimal integer. */
void sink_int(sink *out, int64_t value);
void sink_uint(sink *out, uint64_t value);

#endif
