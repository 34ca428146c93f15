/* asked.h - checks of what a spec asks for that several generators make alike.
 * All return false with an error.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_ASKED_H
#define TOKVEC_RNG_ASKED_H

#include "base/error.h"
#include "rng/words.h"

/* The dtype, `usual` if none was asked for; it must be among the bits 1 << TOKVEC_FLOAT32 ... */
bool asked_dtype(const tokvec_seed_spec *spec, const char *library, tokvec_dtype usual,
                 uint32_t allowed, tokvec_dtype *dtype, tokvec_error *err);

/* How many draws came before, 0 where nothing is said; at most a million. */
bool asked_call(const tokvec_seed_spec *spec, uint32_t *call, tokvec_error *err);

/* A distribution by its forms; without one in the spec `usual`, one of the forms. Those with normal
 * in their name have a mean and a deviation, the others bounds: finite in float32, the deviation
 * not negative, the bounds in order. */
bool asked_init(const tokvec_seed_spec *spec, const init_form *forms, const init_form *usual,
                init *out, tokvec_error *err);

#endif
