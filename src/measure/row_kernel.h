/* row_kernel.h - what is summed up of the values of a row.
 * In sixteen lanes: lane j has the values j, j + 16, ... and these are added in float64, each in
 * its order; then the lanes in a fixed order, and then one by one the values that fill no sixteen
 * lanes. So the bits are the same on every processor. SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_ROW_KERNEL_H
#define TOKVEC_MEASURE_ROW_KERNEL_H

#include "measure/row_sums.h"

/* At most so many values at a time, so that they are still in cache for the second pass. */
enum { ROW_PIECE = 8192 };

void row_sum_float32(const float *x, size_t n, row_sums *out);
void row_sum_float64(const double *x, size_t n, row_sums *out);
void row_spread_float32(const float *x, size_t n, double centre, row_spread *out);
void row_spread_float64(const double *x, size_t n, double centre, row_spread *out);

#endif
