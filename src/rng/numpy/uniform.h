/* uniform.h - tables of uniform values, as NumPy and gensim draw them.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_NUMPY_UNIFORM_H
#define TOKVEC_RNG_NUMPY_UNIFORM_H

#include "rng/drawn.h"

/* How draws become a value in [0, 1). */
typedef enum uniform_form {
    UNIFORM_27_26, /* float64 of the upper 27 and 26 bits of two draws: numpy.random */
    UNIFORM_53,    /* float64 of the upper 53 bits of two draws, the low half first: default_rng */
    UNIFORM_24,    /* float32 of a draw's upper 24 bits: default_rng */
    UNIFORM_23,    /* the same up to NumPy 1.21 */
} uniform_form;

typedef struct uniform_rule {
    uniform_form form;
    bool ranged; /* float64: low + range * value */
    double low, range;
    float divisor; /* float32, if not 0: (value * 2 - 1) / divisor, each step rounded */
} uniform_rule;

/* A generator of the spec's rows and columns. The engine is its own then, and closed if that
 * fails; NULL is one that could not be opened, of which err tells. */
generator *uniform_open(const tokvec_seed_spec *spec, const uniform_rule *rule, engine *draws,
                        tokvec_error *err);

#endif
