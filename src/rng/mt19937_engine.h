/* mt19937_engine.h - the Mersenne Twister as an engine.
 * Keeps some states along the way, so that going back does not start from the beginning; their
 * number is bounded, however long the stream is.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_MT19937_ENGINE_H
#define TOKVEC_RNG_MT19937_ENGINE_H

#include "base/error.h"
#include "rng/engine.h"

/* The draws of a Mersenne Twister of that seed, of which the first `draws` will be asked for.
 * Released by its kind's close; NULL without memory. */
engine *mt19937_engine_open(uint32_t seed, uint64_t draws, tokvec_error *err);

#endif
