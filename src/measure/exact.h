/* exact.h - sums of float64 numbers and of their products without any error.
 * A fixed-point number so wide that each product of two float64 numbers has its place in it: so the
 * order of the numbers does not matter, parts of a sum can be made apart and put together, and what
 * is printed is rounded once. Carries between the digits are left for later, so that adding costs a
 * few nanoseconds.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_EXACT_H
#define TOKVEC_MEASURE_EXACT_H

#include <stdbool.h>
#include <stdint.h>

enum {
    EXACT_DIGIT_BITS = 32,
    EXACT_DIGITS = 140,
    EXACT_LOWEST = -2304 /* the lowest bit is worth 2^EXACT_LOWEST; the digits reach 2^2176 */
};

/* A sum. Infinities and NaN are kept beside, and make of it what IEEE addition would. */
typedef struct exact_sum {
    int64_t digits[EXACT_DIGITS]; /* each of 32 bits, with a sign and carries of its own */
    uint32_t pending;             /* additions since the last carrying */
    bool nan, positive, negative; /* an infinity of that sign was added */
} exact_sum;

void exact_zero(exact_sum *s);

void exact_add(exact_sum *s, double x);

/* Adds x * y, which is not rounded. */
void exact_add_product(exact_sum *s, double x, double y);

/* Adds x * y * 2^exponent, for an exponent of -4500 to 4500. What lies below 2^EXACT_LOWEST, less
 * than any product of two numbers, is cut off; what lies above 2^2112 is infinite. */
void exact_add_scaled(exact_sum *s, double x, double y, int exponent);

void exact_merge(exact_sum *to, const exact_sum *from);

/* ---- results, each correctly rounded from the exact one (the root: of the rounded variance);
 * a sum of 0 is +0 ---- */

double exact_round(const exact_sum *s);

/* The sum over 2^*exponent, from 0.5 to 1 without its sign: as frexp has it, but also of a sum that
 * float64 does not reach. What is 0 or not finite has the exponent 0. */
double exact_frexp(const exact_sum *s, int *exponent);

/* The sum over n. As in IEEE division NaN for 0 over 0. */
double exact_quotient(const exact_sum *s, uint64_t n);

/* From the sum of n numbers and the sum of their squares: the sum of the squares of what they
 * differ from their mean, over the divisor (n, or n - 1); no cancellation harms it. NaN where the
 * numbers are not all finite, where n is 0 and where the divisor is. Sums that come of rounded
 * parts may be a little off: what is then below 0 is 0. */
double exact_variance(const exact_sum *sum, const exact_sum *squares, uint64_t n, uint64_t divisor);

/* The root of it, right also where the variance is too large or too small for float64. */
double exact_deviation(const exact_sum *sum, const exact_sum *squares, uint64_t n,
                       uint64_t divisor);

/* From the sum of the squares of n numbers: the root of their mean, likewise right beyond the range
 * of squares; with n = 1 that of the sum, their norm. What is not finite is so in IEEE arithmetic;
 * NaN for n = 0. Sums that come of rounded parts and are a little below 0 are 0. */
double exact_root(const exact_sum *squares, uint64_t n);

#endif
