/* decimal_avx2.h - the shortest texts of float32, eight numbers at a time.
 * For x86-64 processors that have AVX2; behind decimal_float32s.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_TEXT_DECIMAL_AVX2_H
#define TOKVEC_TEXT_DECIMAL_AVX2_H

#include "base/dispatch.h"

#include <stddef.h>

#ifdef DISPATCH_HAVE_AVX2

/* As decimal_float32s, for n / 8 * 8 values. Only where dispatch_level() is DISPATCH_AVX2 or
 * more. */
size_t decimal_avx2_float32s(const float *values, size_t n, const char separator[2],
                             size_t separator_length, char *out);

#endif
#endif
