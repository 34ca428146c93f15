/* tensorflow_fill.h - the values that TensorFlow's operations draw on a CPU.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TENSORFLOW_TENSORFLOW_FILL_H
#define TOKVEC_RNG_TENSORFLOW_TENSORFLOW_FILL_H

#include "rng/generator.h"
#include "rng/philox.h"

typedef enum tensorflow_draw {
    TENSORFLOW_UNIFORM,         /* from 0 to 1 */
    TENSORFLOW_NORMAL,          /* of mean 0, deviation 1 */
    TENSORFLOW_TRUNCATED_NORMAL /* the same, numbers from -2 to 2 alone */
} tensorflow_draw;

/* One operation, of float32. */
typedef struct tensorflow_fill {
    uint64_t rows, dim;
    philox_start start;
    tensorflow_draw draw;
    double factor, offset; /* of the numbers drawn; rounded to float32 */
} tensorflow_fill;

/* The stream of a stateless operation of seed=(a, b), signed numbers as two's complement. */
philox_start tensorflow_stateless(uint64_t a, uint64_t b);

/* Opens the generator of an operation's values; loads what they need of the C library. NULL with
 * an error. */
generator *tensorflow_fill_open(const tensorflow_fill *fill, tokvec_error *err);

#endif
