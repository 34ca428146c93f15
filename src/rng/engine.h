/* engine.h - a stream of random draws that can be entered at any place.
 * What every generator answers: seek and fill. Distributions are functions over the draws. An
 * engine is shared by threads, each of which has a cursor of its own.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_ENGINE_H
#define TOKVEC_RNG_ENGINE_H

#include <stddef.h>
#include <stdint.h>

/* The first member of every kind's own struct. */
typedef struct engine {
    const struct engine_kind *kind;
} engine;

/* A thread's place in the stream; the first member of every kind's own struct. */
typedef struct engine_cursor {
    uint64_t at; /* the number of the draw that fill gives next, from 0 */
} engine_cursor;

typedef struct engine_kind {
    size_t cursor_size;
    /* Makes a cursor, at draw 0. */
    void (*start)(const engine *e, engine_cursor *c);
    /* Moves a cursor to a draw, back or forth, by the cheapest way known. */
    void (*seek)(const engine *e, engine_cursor *c, uint64_t draw);
    /* The next n draws of 32 bits, and moves on behind them. */
    void (*fill)(const engine *e, engine_cursor *c, size_t n, uint32_t *out);
    /* What it costs to go on from one draw to another, in draws that could be made meanwhile. */
    uint64_t (*cost)(uint64_t from, uint64_t to);
    /* What it costs to lay checkpoints along the whole stream, in draws as well; and laying them:
     * after that no place is far off. Where they are of no use the cost is 0, and the other NULL.
     * Other threads may seek meanwhile, but only one may lay. Without memory there are none. */
    uint64_t (*checkpoints_cost)(const engine *e);
    void (*lay_checkpoints)(engine *e);
    void (*close)(engine *e);
} engine_kind;

#endif
