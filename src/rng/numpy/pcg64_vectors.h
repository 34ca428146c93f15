/* pcg64_vectors.h - many outputs of PCG64, by vectors.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_NUMPY_PCG64_VECTORS_H
#define TOKVEC_RNG_NUMPY_PCG64_VECTORS_H

#include "base/dispatch.h"
#include "rng/numpy/pcg64_leap.h"

#include <stddef.h>
#include <stdint.h>

enum { PCG64_VECTOR_LANES = 8 };

#ifdef DISPATCH_HAVE_AVX2
/* As pcg64_fill, on a processor that has AVX2, but for the last few of the n outputs; how many it
 * has made. `lanes` is a leap of PCG64_VECTOR_LANES steps. */
size_t pcg64_fill_vectors(pcg64_leap step, pcg64_leap lanes, pcg64_state *state, size_t n,
                          uint64_t *out);
#endif

#endif
