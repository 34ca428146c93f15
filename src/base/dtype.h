/* dtype.h - element types beyond what tokvec.h tells.
 * Exact widening of narrow floats, and reading single elements.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_DTYPE_H
#define TOKVEC_BASE_DTYPE_H

#include "tokvec.h"

/* One element of any dtype. Floats are exact in `real`, whatever their dtype; bools and
 * integers are exact in `sign` and `magnitude`. */
typedef struct element {
    double real;
    uint64_t magnitude;
    bool negative;
} element;

/* The element at index i of an array of that dtype, at any alignment. */
element dtype_element(tokvec_dtype dtype, const void *array, size_t i);

/* Widens n floats of 32 bits or fewer to float32, exactly. in needs no alignment. */
void dtype_widen(tokvec_dtype dtype, const void *in, float *out, size_t n);

/* True for int8 .. uint64, not for bool. */
bool dtype_is_integer(tokvec_dtype dtype);
bool dtype_is_signed(tokvec_dtype dtype);

#endif
