/* jax_release.h - which of JAX's rules a release has.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_JAX_JAX_RELEASE_H
#define TOKVEC_RNG_JAX_JAX_RELEASE_H

#include "rng/jax/jax_draw.h"

typedef struct jax_release {
    unsigned minor, patch;  /* of 0.minor.patch */
    threefry_scheme scheme; /* its own, if nothing is set */
} jax_release;

/* Reads "0.4.35", "0.5", or "0.4.35:partitionable", "0.10.2:original" where `either` scheme may be
 * chosen. A release without its patch is the first of those that are alike. */
bool jax_release_read(const char *text, bool either, jax_release *out, tokvec_error *err);

/* Sets what the release decides of a draw, whose distribution and dtype are known; the scheme not.
 * Refuses what the release itself does not draw alike on all machines. *warning becomes what else
 * is to be said of it, or NULL. */
bool jax_release_apply(const jax_release *release, jax_draw *draw, const char **warning,
                       tokvec_error *err);

#endif
