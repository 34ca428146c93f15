/* packed_codes.h - codes of few bits to floats, and what is done to the values of a row by groups.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TABLE_PACKED_CODES_H
#define TOKVEC_TABLE_PACKED_CODES_H

#include <stddef.h>
#include <stdint.h>

/* Takes n codes of `bits` bits, 2 to 8, which follow one another from the lowest bit on, less
 * `offset`. The bytes that they lie in are all there is to read. */
void packed_codes_stream(const uint8_t *in, unsigned bits, int offset, float *out, size_t n);

/* The same, as many of them as fit whole in each word of 32 bits. */
void packed_codes_words(const uint8_t *in, unsigned bits, int offset, float *out, size_t n);

/* The n numbers of a table that codes of 4 bits stand for, the low half of a byte first. */
void packed_codes_nibbles(const uint8_t *in, const float values[16], float *out, size_t n);

/* Each number of `numbers` goes with `step` values, 1 or more: the last perhaps with fewer. */
void packed_codes_subtract(float *values, const float *numbers, uint64_t step, size_t n);
void packed_codes_multiply(float *values, const float *numbers, uint64_t step, size_t n);
void packed_codes_add(float *values, const float *numbers, uint64_t step, size_t n);

#endif
