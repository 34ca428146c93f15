/* erfinv.h - the inverse of the error function, correctly rounded.
 * From additions, multiplications and divisions alone: the same bits on every processor.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_ERFINV_H
#define TOKVEC_RNG_ERFINV_H

#include <stddef.h>

/* Replaces each of n numbers from -1 to 1 by its inverse; that of 1 is infinite. NaN remains. */
void erfinv_float32(size_t n, float *values);
void erfinv_float64(size_t n, double *values);

#endif
