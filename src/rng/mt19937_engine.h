/* mt19937_engine.h - the Mersenne Twister as an engine.
 * Keeps some states along the way, so that going back does not start from the beginning; their
 * number is bounded, however long the stream is.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_MT19937_ENGINE_H
#define TOKVEC_RNG_MT19937_ENGINE_H

#include "base/error.h"
#include "rng/engine.h"
#include "rng/mt19937.h"

/* The draws of a Mersenne Twister from a state on, of which the first `draws` will be asked for.
 * `used` of the state's own block of outputs have been drawn before: all 624 of a seed's state.
 * Released by its kind's close; NULL without memory. */
engine *mt19937_engine_open(const mt19937 *state, unsigned used, uint64_t draws, tokvec_error *err);

#endif
