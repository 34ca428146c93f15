/* whence_draw.h - the values that a table would have if it were drawn in a certain way.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_WHENCE_DRAW_H
#define TOKVEC_MEASURE_WHENCE_DRAW_H

#include "rng/generator.h"

typedef struct whence_draw {
    generator *values;
    generator_cursor *at;
    bool scaled;
    double factor;
    tokvec_dtype as; /* what values become in the end */
} whence_draw;

enum { WHENCE_DRAW_MAX = 64 }; /* values at once */

/* Opens the table that the spec tells, seed_text included, whose values are then rounded to `as`.
 * Released by whence_draw_close; on failure there is nothing to close. */
bool whence_draw_open(whence_draw *d, const tokvec_seed_spec *spec, tokvec_dtype as,
                      tokvec_error *err);
void whence_draw_close(whence_draw *d);

/* Values first .. first+n-1, n at most WHENCE_DRAW_MAX, as `as`; out is aligned to a double. */
bool whence_draw_values(whence_draw *d, uint64_t first, size_t n, void *out, tokvec_error *err);

/* How many values could be made in the time that it takes to get to one. */
uint64_t whence_draw_cost(const whence_draw *d, uint64_t value);

/* Whether n values of a dtype are equal: NaN to nothing, -0 to 0. */
bool whence_draw_equal(tokvec_dtype dtype, const void *a, const void *b, size_t n);

#endif
