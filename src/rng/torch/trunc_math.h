/* trunc_math.h - what both rules of trunc_normal_ compute.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_TRUNC_MATH_H
#define TOKVEC_RNG_TORCH_TRUNC_MATH_H

#include "base/error.h"

#include <stddef.h>

/* The chance that a standard normal is below x; once libm_load has succeeded. */
double trunc_chance_below(double x);

/* The largest finite number of a dtype. */
double trunc_largest(tokvec_dtype dtype);

/* Half the distance of the numbers of a dtype that follow on 1. */
double trunc_spacing(tokvec_dtype dtype);

/* What a number becomes in a dtype: through float32, if that is a narrower one. */
double trunc_narrowed(tokvec_dtype dtype, double x);

/* The same for n numbers, in place. */
void trunc_narrow(tokvec_dtype dtype, size_t n, double *values);

#endif
