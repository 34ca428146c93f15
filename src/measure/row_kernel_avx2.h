/* row_kernel_avx2.h - what is summed up of the values of a row, four lanes at a time.
 * For x86-64 processors that have AVX2; behind row_kernel.h, with the same results.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_ROW_KERNEL_AVX2_H
#define TOKVEC_MEASURE_ROW_KERNEL_AVX2_H

#include "base/dispatch.h"
#include "measure/row_sums.h"

#ifdef DISPATCH_HAVE_AVX2

void row_avx2_sum_float32(const float *x, size_t n, row_sums *out);
void row_avx2_sum_float64(const double *x, size_t n, row_sums *out);
void row_avx2_spread_float32(const float *x, size_t n, double centre, row_spread *out);
void row_avx2_spread_float64(const double *x, size_t n, double centre, row_spread *out);

#endif
#endif
