/* factor.h - multiplying the values of a table by a number, as `table * 0.02` does in Python.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_FACTOR_H
#define TOKVEC_RNG_FACTOR_H

#include "base/error.h"

#include <stddef.h>

/* Reads a finite number. */
bool factor_read(const char *text, double *factor, tokvec_error *err);

/* The factor as it is multiplied with values of a dtype: rounded to float32 where that is not as
 * wide as float64, and once more to that dtype if `narrow`. dtype is one of the four floats of
 * PyTorch's names. */
double factor_narrow(double factor, tokvec_dtype dtype, bool narrow);

/* Multiplies n values by a factor that has been rounded so; each product is rounded once to
 * float32 or float64, and from float32 once more to a 16-bit dtype. */
void factor_multiply(tokvec_dtype dtype, double factor, size_t n, void *values);

#endif
