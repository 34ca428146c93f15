/* decimal.h - numbers to decimal text.
 * Shortest floats in NumPy's layout, integers, and printf's %.Nf and %.Ne without its cost.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_DECIMAL_H
#define TOKVEC_TEXT_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Every function writes its text at out, without a terminator, and returns its length. */

/* Bytes that the first four functions need at out, whatever the value. They store in blocks, so
 * bytes past the text, within this room, are overwritten with anything. */
enum { DECIMAL_ROOM = 40 };

/* The shortest text that reads back to the same float32 and, of those, the closest to it (of two
 * equally close, the one with the even last digit), laid out as str(numpy.float32(value)):
 * positional from 1e-4 up to but not including 1e16 (0.25, 3.0, 16777216.0), else scientific
 * (1e-05, 1.2345679e+20); nan, inf, -inf. NumPy compares the value, not the text, to those
 * limits: the float32 nearest 0.0001 lies just below and is 1e-04. */
size_t decimal_float32(float value, char *out);

/* Likewise for float64, laid out as Python's repr(value), which looks at the text: 0.0001. */
size_t decimal_float64(double value, char *out);

size_t decimal_int64(int64_t value, char *out);
size_t decimal_uint64(uint64_t value, char *out);

/* printf's %.{precision}f (exact, ties to even; a negative precision means 6, as there).
 * Writes at most `room` bytes, anything in those past the text. With less than
 * decimal_fixed_room(precision) bytes the text may come out cut short; what is returned is the
 * length of all of it. */
size_t decimal_fixed(double value, int precision, char *out, size_t room);

/* printf's %.{precision}e, under the same rules. */
size_t decimal_scientific(double value, int precision, char *out, size_t room);

typedef enum { DECIMAL_FIXED, DECIMAL_SCIENTIFIC } decimal_notation;

/* A printf text, aligned to the right in `width` places and followed by ", "; "nan" without a sign.
 * For a precision from 0 to 9. False if the text is longer than `width`. */
bool decimal_aligned_one(float value, decimal_notation notation, int precision, size_t width,
                         char *out);

/* The room that suffices for decimal_fixed and decimal_scientific with any value. */
size_t decimal_fixed_room(int precision);

#endif
