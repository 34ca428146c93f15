/* whence_numbers.h - the numbers that people write where a measurement says about so much.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_WHENCE_NUMBERS_H
#define TOKVEC_MEASURE_WHENCE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WHENCE_NUMBERS_MAX = 48, WHENCE_NUMBER_SIZE = 32 };

typedef struct whence_numbers {
    char text[WHENCE_NUMBERS_MAX][WHENCE_NUMBER_SIZE]; /* each reads back to the number meant */
    size_t count;
} whence_numbers;

/* The range that something was measured to lie in; of a table of rows x dim values. */
typedef struct whence_range {
    double low, high; /* surely */
    double slack;     /* of what is usual, this part may be missing or too much */
    uint64_t rows, dim;
} whence_range;

/* Numbers above 0: the shortest in the range, and what is usual near it, as 0.02 and 1/sqrt(dim);
 * `bound`: of a uniform distribution, otherwise a deviation. */
void whence_numbers_find(whence_numbers *out, const whence_range *range, bool bound);

/* The number with the fewest digits in a range, of either sign. */
void whence_numbers_shortest(double low, double high, char out[WHENCE_NUMBER_SIZE]);

#endif
