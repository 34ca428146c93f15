/* release.h - releases of NumPy, by which its streams differ.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_NUMPY_RELEASE_H
#define TOKVEC_RNG_NUMPY_RELEASE_H

#include "base/error.h"

typedef struct release {
    unsigned major, minor;
} release;

/* Reads "1.21" or "1.21.6"; NULL is the newest. Only releases that exist, and have a default_rng,
 * are valid. */
bool release_read(const char *text, release *out, tokvec_error *err);

/* Whether it came before major.minor. */
bool release_before(release r, unsigned major, unsigned minor);

/* Refuses a factor (NULL: none) of a float32 table whose product is float64 in that release. */
bool release_check_factor(release r, const char *times, tokvec_error *err);

#endif
