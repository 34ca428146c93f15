/* decimal_avx2.h - decimal.c's float32 texts, eight numbers at a time.
 * For x86-64 processors that have AVX2; behind decimal_float32s and decimal_aligned.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_DECIMAL_AVX2_H
#define TOKVEC_PRINT_DECIMAL_AVX2_H

#include "print/decimal.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define DECIMAL_HAVE_AVX2 1

/* As decimal_float32s, for n / 8 * 8 values. Only where dispatch_level() is DISPATCH_AVX2 or
 * more. */
size_t decimal_avx2_float32s(const float *values, size_t n, const char separator[2],
                             size_t separator_length, char *out);

/* As decimal_aligned, likewise, for the precisions that decimal_avx2_can_align allows. */
bool decimal_avx2_aligned(const float *values, size_t n, decimal_notation notation, int precision,
                          size_t width, char *out);
bool decimal_avx2_can_align(decimal_notation notation, int precision);

/* decimal.c's, for the few that go another way: decimal_aligned for one value and valid
 * arguments. */
bool decimal_aligned_one(float value, decimal_notation notation, int precision, size_t width,
                         char *out);

#endif
#endif
