/* ziggurat.h - normal values by the ziggurat method, as numpy.random.default_rng draws them.
 * A value takes one draw nearly always, but now and then more, so that where the draws of a value
 * begin is known by way of those before it.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_NUMPY_ZIGGURAT_H
#define TOKVEC_RNG_NUMPY_ZIGGURAT_H

#include "rng/numpy/pcg64.h"

enum { ZIGGURAT_PIECE = 512 }; /* draws that are looked at together */

typedef struct ziggurat {
    pcg64 stream;
    bool narrow;   /* float32, from draws of 32 bits; otherwise float64, from 64 */
    bool log_tail; /* up to NumPy 1.20 the tail has log(1 - u), later log1p(-u) */
    bool coarse;   /* up to NumPy 1.21 float32 uniforms have 23 bits, later 24 */
} ziggurat;

/* A place in the stream. Draws have numbers from 0 on, of 64 or 32 bits. */
typedef struct ziggurat_place {
    pcg64_state state;                     /* behind `draws` */
    uint64_t first;                        /* the number of the first draw held */
    size_t count, at;                      /* how many are held, and which of them is next */
    size_t special;                        /* the first in `specials` that is not behind */
    uint16_t specials[ZIGGURAT_PIECE + 1]; /* which draws are not values at once; then `count` */
    union {
        uint64_t wide[ZIGGURAT_PIECE];
        uint32_t narrow[ZIGGURAT_PIECE];
    } draws;
} ziggurat_place;

void ziggurat_seek(const ziggurat *z, ziggurat_place *p, uint64_t draw);

/* The number of the next draw. */
uint64_t ziggurat_at(const ziggurat_place *p);

/* The next n values, float64 or float32, of mean 0 and deviation 1; out NULL: passes over them. To
 * be called once libm_load has succeeded (rng/libm.h). */
void ziggurat_make(const ziggurat *z, ziggurat_place *p, uint64_t n, void *out);

/* Passes over all values, and attempts at values, that begin before a draw; how many were values.
 */
uint64_t ziggurat_count(const ziggurat *z, ziggurat_place *p, uint64_t draw);

#endif
