/* pcg64.h - PCG64 (XSL-RR 128/64), the engine of numpy.random.default_rng.
 * M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for
 * Random Number Generation", 2014: a linear congruential step of 128 bits, of which 64 come out.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_NUMPY_PCG64_H
#define TOKVEC_RNG_NUMPY_PCG64_H

#include "base/error.h"
#include "rng/engine.h"
#include "rng/numpy/pcg64_leap.h"

#include <stddef.h>
#include <stdint.h>

/* The stream that a seed stands for. */
typedef struct pcg64 {
    pcg64_state first;                    /* the state before output 0 */
    pcg64_leap step, lanes, vector_lanes; /* of 1 and as many steps */
} pcg64;

/* By NumPy's SeedSequence from n words; none is as good as a zero. */
void pcg64_seed(pcg64 *stream, const uint32_t *words, size_t n);

/* The state before the output of a number, from 0 on. */
pcg64_state pcg64_at(const pcg64 *stream, uint64_t output);

/* The next n outputs. */
void pcg64_fill(const pcg64 *stream, pcg64_state *state, size_t n, uint64_t *out);

/* The stream as an engine, whose draws are the outputs' halves, the low one first. Released by its
 * kind's close; NULL without memory. */
engine *pcg64_engine_open(const pcg64 *stream, tokvec_error *err);

#endif
