/* row_sums.h - what is summed up of the values of a row, see row_kernel.h.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_ROW_SUMS_H
#define TOKVEC_MEASURE_ROW_SUMS_H

#include <stddef.h>
#include <stdint.h>

enum { ROW_LANES = 16 };

typedef struct row_sums {
    double sum, squares;
    double low, high; /* of all that are not NaN; INFINITY and -INFINITY if none is */
    uint32_t zeros;
} row_sums;

/* Of values less a number near their mean. */
typedef struct row_spread {
    double sum, squares;
} row_spread;

#endif
