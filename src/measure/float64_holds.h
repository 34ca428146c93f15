/* float64_holds.h - whether float64 holds the numbers of a table.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_FLOAT64_HOLDS_H
#define TOKVEC_MEASURE_FLOAT64_HOLDS_H

#include "base/dtype.h"
#include "base/error.h"

/* Of a table whose absolute values are at most that, once they are float64. What is not sure to be
 * exact, integers of 2^53 and more, fails with TOKVEC_UNSUPPORTED. */
static inline bool float64_holds(tokvec_dtype dtype, double largest, tokvec_error *err)
{
    if (!dtype_is_integer(dtype) || largest < 0x1p53)
        return true;
    error_set(err, TOKVEC_UNSUPPORTED, "integers of 2^53 and more are not exact in float64");
    return error_hint(err, "figures of them would be wrong; look at the rows themselves");
}

#endif
