/* places.h - where the values lie in a stream of which each takes a number of draws of its own.
 * The stream is cut into pieces, whose values are counted once, by whichever threads need to know:
 * a piece can be counted before those in front of it. Memory is bounded, whatever its length.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_NUMPY_PLACES_H
#define TOKVEC_RNG_NUMPY_PLACES_H

#include "base/error.h"

#include <stdint.h>

/* A value, and the step of the stream at which an attempt to draw it begins. What a step is the
 * user says: all that one attempt needs, or one draw of it. */
typedef struct place {
    uint64_t value, step;
} place;

typedef struct places places;

/* How many values come of the attempts that begin at steps from .. to-1, the first of them at
 * `from`; *next becomes the step at which the attempt after them begins. It does not count on where
 * the attempts before `from` began. `scratch` is the calling thread's. */
typedef uint64_t places_counter(const void *context, void *scratch, uint64_t from, uint64_t to,
                                uint64_t *next);

/* For a stream of about so many steps. NULL without memory. */
places *places_open(uint64_t steps, places_counter *count, const void *context, tokvec_error *err);

/* A place near before a value; or not so near if the stream turns out longer than was said. */
place places_find(places *p, void *scratch, uint64_t value);

void places_close(places *p);

#endif
