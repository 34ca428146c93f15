/* decimals.h - many numbers to decimal text at once.
 * Several times as fast as one by one, where the processor has AVX2.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_DECIMALS_H
#define TOKVEC_TEXT_DECIMALS_H

#include "text/decimal.h"

/* As many numbers as are worth a call: for buffers of those that print one piece after another. */
enum { DECIMALS_AT_ONCE = 256 };

/* n texts as of decimal_float32, each followed by the first separator_length (0 to 2) of the
 * two bytes at separator. Needs n * DECIMAL_FLOAT32_MAX + DECIMAL_ROOM bytes at out, the longest
 * text being that long with its separator. Returns the length of all. */
enum { DECIMAL_FLOAT32_MAX = 21 };
size_t decimal_float32s(const float *values, size_t n, const char separator[2],
                        size_t separator_length, char *out);

/* n texts as of decimal_aligned_one. Needs n * (width + 2) + 16 bytes at out. False if a text is
 * longer than `width`, that is not from 1 to DECIMAL_WIDTH_MAX, or the precision not from 0 to 9;
 * then anything is at out. */
enum { DECIMAL_WIDTH_MAX = 14 };
bool decimal_aligned(const float *values, size_t n, decimal_notation notation, int precision,
                     size_t width, char *out);

#endif
