/* jax_key.h - JAX's keys as the user tells of them.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_JAX_JAX_KEY_H
#define TOKVEC_RNG_JAX_JAX_KEY_H

#include "base/error.h"
#include "rng/threefry.h"

/* jax.random.key(seed): of all 64 bits where `wide` (jax_enable_x64), else of the low 32. False
 * with an error for what JAX does not take. */
bool jax_key_of_seed(const char *text, bool wide, threefry_key *out, tokvec_error *err);

/* Derives one key from another by steps that are separated by commas: split:I/N, which is
 * jax.random.split(key, N)[I], and fold_in:D, jax.random.fold_in(key, D). NULL: no steps. */
bool jax_key_derive(const char *steps, threefry_scheme scheme, threefry_key *key,
                    tokvec_error *err);

/* The key of the one parameter of a Flax module, from the key given to init: its path are the
 * names of the modules, joined by '/'. NULL: the module is the root. */
bool jax_key_of_path(const char *path, threefry_key *key, tokvec_error *err);

#endif
