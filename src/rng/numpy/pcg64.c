/* pcg64.c - PCG64, the engine of numpy.random.default_rng.
 * See pcg64.h.
 * SPDX-License-Identifier: MIT */
#include "rng/numpy/pcg64.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "rng/numpy/pcg64_vectors.h"

#include <stdlib.h>

static const pcg64_state multiplier = (pcg64_state)0x2360ed051fc65da4 << 64 | 0x4385df649fccf645;

enum { LANES = 4 }; /* states that are stepped side by side, without vectors */

_Static_assert(LANES == 4 && PCG64_VECTOR_LANES == 8, "1 doubled twice, and once more");

/* ---------------------------------------------------------------- seeding */

/* NumPy's SeedSequence mixes words into a pool, and the pool into a state (numpy/random/
 * bit_generator.pyx, after O'Neill's seed_seq_fe). */
enum { POOL = 4, STATE_WORDS = 8 };

/* A step of its hash; the constant moves on with each. */
static uint32_t hashed(uint32_t word, uint32_t *constant, uint32_t factor)
{
    word ^= *constant;
    *constant *= factor;
    word *= *constant;
    return word ^ word >> 16;
}

static void mix(uint32_t *into, uint32_t hash)
{
    uint32_t mixed = 0xca01f9ddu * *into - 0x4973f715u * hash;
    *into = mixed ^ mixed >> 16;
}

static void make_pool(const uint32_t *words, size_t n, uint32_t *pool)
{
    const uint32_t factor = 0x931e8875;
    uint32_t constant = 0x43b0d7e5;
    for (size_t i = 0; i < POOL; i++)
        pool[i] = hashed(i < n ? words[i] : 0, &constant, factor);
    for (size_t from = 0; from < POOL; from++) {
        for (size_t to = 0; to < POOL; to++) {
            if (to != from)
                mix(&pool[to], hashed(pool[from], &constant, factor));
        }
    }
    for (size_t i = POOL; i < n; i++) {
        for (size_t to = 0; to < POOL; to++)
            mix(&pool[to], hashed(words[i], &constant, factor));
    }
}

/* Number i of the 64-bit words that the pool's state has. */
static uint64_t joined(const uint32_t *words, size_t i)
{
    return words[2 * i] | (uint64_t)words[2 * i + 1] << 32;
}

void pcg64_seed(pcg64 *stream, const uint32_t *words, size_t n)
{
    uint32_t pool[POOL], state[STATE_WORDS], constant = 0x8b51f9dd;
    make_pool(words, n, pool);
    for (size_t i = 0; i < STATE_WORDS; i++)
        state[i] = hashed(pool[i % POOL], &constant, 0x58f38ded);
    pcg64_state seed = (pcg64_state)joined(state, 0) << 64 | joined(state, 1);
    pcg64_state sequence = (pcg64_state)joined(state, 2) << 64 | joined(state, 3);
    stream->step = (pcg64_leap){multiplier, sequence << 1 | 1};
    stream->first = pcg64_after(stream->step, stream->step.sum + seed);
    stream->lanes = pcg64_twice(pcg64_twice(stream->step));
    stream->vector_lanes = pcg64_twice(stream->lanes);
}

/* ---------------------------------------------------------------- outputs */

/* F. B. Brown, "Random number generation with arbitrary stride", Trans. Am. Nucl. Soc. 71, 1994:
 * as many steps as 2^k, for all k of the number's bits. */
pcg64_state pcg64_at(const pcg64 *stream, uint64_t output)
{
    pcg64_state state = stream->first;
    for (pcg64_leap leap = stream->step; output > 0; output >>= 1, leap = pcg64_twice(leap)) {
        if ((output & 1) != 0)
            state = pcg64_after(leap, state);
    }
    return state;
}

static inline uint64_t output_of(pcg64_state state)
{
    uint64_t folded = (uint64_t)(state >> 64) ^ (uint64_t)state;
    unsigned turn = (unsigned)(state >> 122);
    /* A compiler that gathers these into vectors loses more time with that than it gains. */
    __asm__("" : "+r"(folded));
    return folded >> turn | folded << (-turn & 63);
}

static void fill_one(const pcg64 *stream, pcg64_state *state, size_t n, uint64_t *out)
{
    for (size_t i = 0; i < n; i++) {
        *state = pcg64_after(stream->step, *state);
        out[i] = output_of(*state);
    }
}

/* Each step waits for the one before, so several states are stepped side by side. How many of the
 * n outputs are made so. */
static size_t fill_lanes(const pcg64 *stream, pcg64_state *state, size_t n, uint64_t *out)
{
    size_t made = 0;
    if (n < LANES)
        return 0;
    pcg64_state lane[LANES];
    lane[0] = pcg64_after(stream->step, *state);
    for (size_t k = 1; k < LANES; k++)
        lane[k] = pcg64_after(stream->step, lane[k - 1]);
    const pcg64_leap leap = stream->lanes;
    for (;;) {
        for (size_t k = 0; k < LANES; k++)
            out[made + k] = output_of(lane[k]);
        made += LANES;
        if (n - made < LANES)
            break;
        for (size_t k = 0; k < LANES; k++)
            lane[k] = pcg64_after(leap, lane[k]);
    }
    *state = lane[LANES - 1];
    return made;
}

void pcg64_fill(const pcg64 *stream, pcg64_state *state, size_t n, uint64_t *out)
{
    size_t made = 0;
#ifdef DISPATCH_HAVE_AVX2
    if (dispatch_level() >= DISPATCH_AVX2)
        made = pcg64_fill_vectors(stream->step, stream->vector_lanes, state, n, out);
#endif
    made += fill_lanes(stream, state, n - made, out + made);
    fill_one(stream, state, n - made, out + made);
}

/* ---------------------------------------------------------------- the engine */

enum { PIECE = 256, SEEK_COST = 128 }; /* outputs; draws */

typedef struct pcg64_cursor {
    engine_cursor cursor;
    uint64_t behind;    /* the number of the output before which the state stands */
    uint64_t high, low; /* of the state; whole, it would have to be aligned to 16 bytes */
} pcg64_cursor;

typedef struct pcg64_engine {
    engine engine;
    pcg64 stream;
} pcg64_engine;

static pcg64_state state_of(const pcg64_cursor *c)
{
    return (pcg64_state)c->high << 64 | c->low;
}

static void move_to(pcg64_cursor *c, uint64_t output, pcg64_state state)
{
    c->behind = output;
    c->high = (uint64_t)(state >> 64);
    c->low = (uint64_t)state;
}

static void pcg64_start(const engine *e, engine_cursor *cursor)
{
    pcg64_cursor *c = (pcg64_cursor *)cursor;
    cursor->at = 0;
    move_to(c, 0, ((const pcg64_engine *)e)->stream.first);
}

static void pcg64_seek(const engine *e, engine_cursor *cursor, uint64_t draw)
{
    pcg64_cursor *c = (pcg64_cursor *)cursor;
    cursor->at = draw;
    if (c->behind != draw / 2)
        move_to(c, draw / 2, pcg64_at(&((const pcg64_engine *)e)->stream, draw / 2));
}

static void split(const uint64_t *outputs, size_t n, uint32_t *out)
{
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = (uint32_t)outputs[i];
        out[2 * i + 1] = (uint32_t)(outputs[i] >> 32);
    }
}

/* Half an output; one whose high half has not been given is made once more for that. */
static void fill_half(const pcg64 *stream, pcg64_cursor *c, uint32_t *out)
{
    uint64_t output;
    pcg64_state state = state_of(c);
    bool high = (c->cursor.at++ & 1) != 0;
    pcg64_fill(stream, &state, 1, &output);
    *out = (uint32_t)(high ? output >> 32 : output);
    if (high)
        move_to(c, c->behind + 1, state);
}

static void pcg64_engine_fill(const engine *e, engine_cursor *cursor, size_t n, uint32_t *out)
{
    const pcg64 *stream = &((const pcg64_engine *)e)->stream;
    pcg64_cursor *c = (pcg64_cursor *)cursor;
    if (n > 0 && (cursor->at & 1) != 0) {
        fill_half(stream, c, out++);
        n--;
    }
    pcg64_state state = state_of(c);
    size_t whole = n / 2;
    for (size_t part; whole > 0; whole -= part) {
        uint64_t outputs[PIECE];
        part = whole < PIECE ? whole : PIECE;
        pcg64_fill(stream, &state, part, outputs);
        split(outputs, part, out);
        out += 2 * part;
    }
    cursor->at += n / 2 * 2;
    move_to(c, c->behind + n / 2, state);
    if (n % 2 != 0)
        fill_half(stream, c, out);
}

static uint64_t pcg64_cost(uint64_t from, uint64_t to)
{
    uint64_t way = to > from ? to - from : 0;
    return way < SEEK_COST ? way : SEEK_COST;
}

/* Every place is a short way off. */
static uint64_t pcg64_checkpoints_cost(const engine *e)
{
    (void)e;
    return 0;
}

static void pcg64_close(engine *e)
{
    free(e);
}

static const engine_kind pcg64_kind = {
    .cursor_size = sizeof(pcg64_cursor),
    .start = pcg64_start,
    .seek = pcg64_seek,
    .fill = pcg64_engine_fill,
    .cost = pcg64_cost,
    .checkpoints_cost = pcg64_checkpoints_cost,
    .close = pcg64_close,
};

engine *pcg64_engine_open(const pcg64 *stream, tokvec_error *err)
{
    pcg64_engine *e = malloc(sizeof *e);
    if (e == NULL) {
        error_no_memory(err, sizeof *e);
        return NULL;
    }
    *e = (pcg64_engine){.engine = {&pcg64_kind}, .stream = *stream};
    return &e->engine;
}
