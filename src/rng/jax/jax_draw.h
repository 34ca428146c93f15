/* jax_draw.h - an array as one call of jax.random makes it, as a generator of values.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_JAX_JAX_DRAW_H
#define TOKVEC_RNG_JAX_JAX_DRAW_H

#include "rng/generator.h"
#include "rng/threefry.h"

typedef enum jax_distribution { JAX_BITS, JAX_UNIFORM, JAX_NORMAL, JAX_TRUNCATED } jax_distribution;

enum { JAX_FACTORS_MAX = 2 };

/* One call: distribution(key, (rows, dim), dtype), and what it is multiplied by. */
typedef struct jax_draw {
    threefry_key key;
    threefry_scheme scheme;
    bool old; /* normals as jaxlib 0.6.2 and older make them, not as 0.8.2 and newer */
    jax_distribution distribution;
    double low, high; /* of a uniform one, finite, low <= high; a truncated one ends at -2 and 2 */
    uint64_t rows, dim;
    tokvec_dtype dtype;              /* one of four floats; bits: of four unsigned integers */
    unsigned factor_count;           /* bits: 0 */
    double factors[JAX_FACTORS_MAX]; /* one after the other; as jax_narrow gives them */
    bool jit;                        /* all in one function under jax.jit, which merges constants */
} jax_draw;

/* A number of Python in a dtype, as a JAX operation rounds it: to float32 first, or, where it is a
 * constant of a jitted function or jnp.array makes it (`direct`), to float16 at once. */
double jax_narrow(double number, tokvec_dtype dtype, bool direct);

/* A generator of the call's values, any of which is made at no cost; its `multiplied` is set.
 * Refused are numbers so small that products become subnormal, which JAX takes for 0, and infinite
 * ones. NULL with an error. */
generator *jax_draw_open(const jax_draw *draw, tokvec_error *err);

#endif
