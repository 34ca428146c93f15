/* normals.h - tables of normal values, as NumPy draws them.
 * How many draws a value takes, chance decides: where a row begins is found by counting values,
 * once for all (rng/numpy/places.h); threads that make rows share the counting too.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_NUMPY_NORMALS_H
#define TOKVEC_RNG_NUMPY_NORMALS_H

#include "rng/generator.h"
#include "rng/mt19937.h"
#include "rng/numpy/ziggurat.h"

/* loc + scale * value, for float64, if `scaled`. */
typedef struct normals_scale {
    bool scaled;
    double loc, scale;
} normals_scale;

/* Generators of the spec's rows and columns: numpy.random.default_rng's, float64 or float32, and
 * numpy.random's from a seed's state, float64. NULL with an error. */
generator *normals_default_open(const tokvec_seed_spec *spec, const ziggurat *z,
                                const normals_scale *scale, tokvec_error *err);
generator *normals_legacy_open(const tokvec_seed_spec *spec, const mt19937 *state,
                               const normals_scale *scale, tokvec_error *err);

/* Values from one that a cursor is at up to this many ahead are gone through, rather than that
 * their place is looked up. */
enum { NORMALS_NEAR = 512 };

#endif
