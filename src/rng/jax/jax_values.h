/* jax_values.h - JAX's values out of random bits: uniform numbers, and the inverse error function
 * that makes normal ones of them.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_JAX_JAX_VALUES_H
#define TOKVEC_RNG_JAX_JAX_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most values that one call takes. */
enum { JAX_PIECE = 256 };

/* How a uniform number is made of a fraction f from 0 to 1: max(low, (1 + f - one) * range + add),
 * the product and the sum rounded once. All numbers are of the type. */
typedef struct jax_uniform {
    double one, range, add, low;
} jax_uniform;

/* n uniform numbers of the top bits of as many draws; float64: of twice as many, low halves
 * first. */
void jax_uniform_float32(const jax_uniform *how, const uint32_t *draws, size_t n, float *out);
void jax_uniform_float64(const jax_uniform *how, const uint32_t *draws, size_t n, double *out);

/* XLA's erf_inv of n numbers between -1 and 1, neither of them included: as jaxlib 0.6.2 and older
 * compute it on a processor with fused multiplication and addition, if `old`, or as 0.8.2 and
 * newer. That of float64 may be called once libm_load has succeeded (rng/libm.h). */
void jax_erf_inv_float32(bool old, const float *u, size_t n, float *out);
void jax_erf_inv_float64(bool old, const double *u, size_t n, double *out);

#endif
