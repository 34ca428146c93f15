/* diff_value.h - two values that are compared.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_DIFF_VALUE_H
#define TOKVEC_MEASURE_DIFF_VALUE_H

#include "base/dtype.h"

/* When two values differ; b is the reference. */
typedef struct diff_rule {
    tokvec_dtype a, b;
    bool bits;         /* if their bits do, which are of one dtype; else by value: -0 is 0 */
    bool equal_nan;    /* by value, two NaN are equal */
    double atol, rtol; /* by value, only if it is more than atol + rtol * |b|; 0 or more */
} diff_rule;

typedef struct diff_value {
    double a, b;     /* rounded, if they are integers beyond 2^53 */
    double distance; /* |a - b|; 0 if they are the same, infinite or NaN though they be */
    bool different;
} diff_value;

/* The values at index i of two arrays, compared exactly, whatever they are. */
diff_value diff_value_at(const diff_rule *rule, const void *a, const void *b, size_t i);

#endif
