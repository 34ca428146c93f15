/* values.h - single values as text, for the formats that print decimal numbers.
 * Shortest digits that read back to the same float; narrow floats as the float32 they are.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_VALUES_H
#define TOKVEC_PRINT_VALUES_H

#include "io/sink.h"

/* Numbers as in CSV: nan, inf, bools as 1 and 0. */
size_t value_plain(tokvec_dtype dtype, const void *row, size_t i, char *out);

/* Values as in JSON: bools as true and false, nan and infinities as null, counted in *nulls. */
size_t value_json(tokvec_dtype dtype, const void *row, size_t i, char *out, uint64_t *nulls);

/* n values with `separator` between them. */
void values_plain(sink *out, tokvec_dtype dtype, const void *row, size_t n, char separator);
void values_json(sink *out, tokvec_dtype dtype, const void *row, size_t n, uint64_t *nulls);

#endif
