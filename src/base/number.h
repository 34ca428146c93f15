/* number.h - decimal text to numbers.
 * Correctly rounded, as strtof and strtod are, but faster and whatever the locale.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_NUMBER_H
#define TOKVEC_BASE_NUMBER_H

#include "tokvec.h"

/* Reads the number that begins at `at` and stores it at out as `dtype`: any but the 8-bit
 * floats. Returns where the number ends, or NULL if there is none before `end` or it does not
 * fit an integer dtype. Floats: decimal digits with an optional sign, point and exponent; nan,
 * inf and infinity in any case. Bools: 0, 1, true, false. Nothing is skipped before it, and what
 * follows it is for the caller to look at. */
const char *number_read(tokvec_dtype dtype, const char *at, const char *end, void *out);

/* True if all of the text is a float's number. */
bool number_is(const char *text, size_t length);

/* Whether number_read can make this dtype. */
bool number_reads(tokvec_dtype dtype);

#endif
