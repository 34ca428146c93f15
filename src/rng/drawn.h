/* drawn.h - a generator whose values each come from known draws of one engine.
 * Any value can then be made by itself; what is left for a kind to say is which draws, and how.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_DRAWN_H
#define TOKVEC_RNG_DRAWN_H

#include "rng/engine.h"
#include "rng/generator.h"

/* The first member of such a kind's own struct. */
typedef struct drawn {
    generator generator;
    engine *draws; /* owned */
    /* The first draw that a value needs; it does not decrease from one value to the next. */
    uint64_t (*draw_of)(const struct drawn *d, uint64_t value);
} drawn;

/* The ops of such a kind but for make and close. */
#define DRAWN_OPS                                                                    \
    .start = drawn_start, .cost = drawn_cost, .checkpoints_cost = drawn_laying_cost, \
    .lay_checkpoints = drawn_lay

/* Sets the engine, and with it how large cursors are. */
void drawn_use(drawn *d, engine *draws);

/* n draws from number `first` on. */
void drawn_fill(const drawn *d, generator_cursor *c, uint64_t first, size_t n, uint32_t *out);

void drawn_start(const generator *g, generator_cursor *c);
uint64_t drawn_cost(const generator *g, uint64_t from, uint64_t to);
uint64_t drawn_laying_cost(const generator *g);
void drawn_lay(generator *g);

#endif
