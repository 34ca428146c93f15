/* elementary.h - logarithm, sine and cosine of many doubles, with the C library's bits.
 * To be called once libm_load has succeeded (rng/libm.h).
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_ELEMENTARY_H
#define TOKVEC_RNG_ELEMENTARY_H

#include <stddef.h>

/* The most numbers that one call takes. */
enum { ELEMENTARY_MAX = 320 };

/* out[i] = log(x[i]), for x from 2^-1000 to 1. */
void elementary_log(const double *x, size_t n, double *out);

/* sin(x[i]) and cos(x[i]), for angles from 0 to 2 pi. */
void elementary_sincos(const double *x, size_t n, double *sine, double *cosine);

#endif
