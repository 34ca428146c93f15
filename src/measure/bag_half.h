/* bag_half.h - sums of rows of float16, by the processor's own widening.
 * For x86-64 processors that have AVX2; behind bag_add.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_BAG_HALF_H
#define TOKVEC_MEASURE_BAG_HALF_H

#include "base/dispatch.h"

#include <stddef.h>

#ifdef DISPATCH_HAVE_AVX2

/* Adds n rows, each times its weight if there are any, to `sum`; pointers to `ahead` more rows lie
 * behind theirs. Only where dispatch_level() is DISPATCH_AVX2 or more. */
void bag_half_add(float *sum, const void *const *rows, const double *weights, size_t n,
                  size_t ahead, size_t dim);

#endif
#endif
