/* decimal_avx2_aligned.h - aligned texts of float32, eight numbers at a time.
 * For x86-64 processors that have AVX2; behind decimal_aligned.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_DECIMAL_AVX2_ALIGNED_H
#define TOKVEC_TEXT_DECIMAL_AVX2_ALIGNED_H

#include "base/dispatch.h"
#include "text/decimal.h"

#ifdef DISPATCH_HAVE_AVX2

/* As decimal_aligned, for n / 8 * 8 values and the precisions that decimal_avx2_can_align allows.
 * Only where dispatch_level() is DISPATCH_AVX2 or more. */
bool decimal_avx2_aligned(const float *values, size_t n, decimal_notation notation, int precision,
                          size_t width, char *out);
bool decimal_avx2_can_align(decimal_notation notation, int precision);

#endif
#endif
