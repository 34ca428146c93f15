/* extent.h - how small and how large values are.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_PRINT_EXTENT_H
#define TOKVEC_PRINT_EXTENT_H

#include "base/dtype.h"

/* The extremes of the useful values: those that are finite and not zero. */
typedef struct extent {
    bool any, integral;
    double least, greatest; /* absolute */
    double extremes[4];     /* nearest to and farthest from zero: above, below */
    bool above, below;
} extent;

/* Of n values of a float dtype. */
extent extent_of(tokvec_dtype dtype, const uint8_t *values, uint64_t n);

#endif
