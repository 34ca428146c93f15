/* diff_same.h - rows whose bytes are the same, at the memory's speed.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_DIFF_SAME_H
#define TOKVEC_MEASURE_DIFF_SAME_H

#include "tokvec.h"

/* Whether n values of one dtype have the same bytes. If so, *zeros is how many of them are 0, and
 * *squares the sum of their squares as float64, to the bit as diff_sums_add has it; that is NaN or
 * infinite if there is a value that is. */
bool diff_same(tokvec_dtype dtype, const void *a, const void *b, size_t n, uint64_t *zeros,
               double *squares);

#endif
