/* polar.h - normal values by the polar method, as numpy.random.seed's generator draws them.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_NUMPY_POLAR_H
#define TOKVEC_RNG_NUMPY_POLAR_H

#include <stddef.h>
#include <stdint.h>

enum {
    POLAR_DRAWS = 4,  /* 32-bit draws of an attempt, of which no other has any */
    POLAR_MOST = 312, /* attempts that one call takes: two blocks of the Mersenne Twister */
};

/* Uniform values in [0, 1), each of two draws. */
void polar_uniform(const uint32_t *draws, size_t n, double *out);

/* How many of n attempts give values, two each. */
size_t polar_count(const uint32_t *draws, size_t n);

/* The values of n attempts; how many. Room for two an attempt. To be called once libm_load has
 * succeeded (rng/libm.h). */
size_t polar_make(const uint32_t *draws, size_t n, double *out);

#endif
