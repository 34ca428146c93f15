/* threefry.c - the counter-based generator Threefry 2x32 with 20 rounds, as JAX arranges it.
 * See threefry.h.
 * SPDX-License-Identifier: MIT */
#include "rng/threefry.h"

#include "base/dispatch.h"

#include <stdbool.h>
#include <stdlib.h>

enum { PIECE = 256 }; /* words at a time where values are parts of them */

DISPATCH_INLINE uint32_t rotate(uint32_t x, unsigned by)
{
    return x << by | x >> (32 - by);
}

#define ROUND(x, y, by)    \
    do {                   \
        x += y;            \
        y = rotate(y, by); \
        y ^= x;            \
    } while (0)

DISPATCH_INLINE threefry_key block(threefry_key key, uint32_t high, uint32_t low)
{
    uint32_t third = key.high ^ key.low ^ 0x1bd11bda;
    uint32_t x = high + key.high, y = low + key.low;
#define FOUR_ROUNDS(a, b, c, d, add_x, add_y) \
    ROUND(x, y, a);                           \
    ROUND(x, y, b);                           \
    ROUND(x, y, c);                           \
    ROUND(x, y, d);                           \
    x += add_x;                               \
    y += add_y
    FOUR_ROUNDS(13, 15, 26, 6, key.low, third + 1);
    FOUR_ROUNDS(17, 29, 16, 24, third, key.high + 2);
    FOUR_ROUNDS(13, 15, 26, 6, key.high, key.low + 3);
    FOUR_ROUNDS(17, 29, 16, 24, key.low, third + 4);
    FOUR_ROUNDS(13, 15, 26, 6, third, key.high + 5);
    return (threefry_key){x, y};
}

threefry_key threefry_block(threefry_key key, uint32_t high, uint32_t low)
{
    return block(key, high, low);
}

threefry_key threefry_fold_in(threefry_key key, uint32_t data)
{
    return block(key, 0, data);
}

/* ---------------------------------------------------------------- many at a time */

/* Counters one after the other: the low word of each is one more than that of the one before, and
 * the high word too if that `steps`. */
typedef struct counters {
    uint32_t high, low;
    uint32_t step; /* 0 or 1 */
} counters;

/* Which words of a block make a value: all bits of each, or none. Both: their exclusive or. */
typedef struct choice {
    uint32_t high, low;
} choice;

DISPATCH_INLINE void words(threefry_key key, counters from, choice take, size_t n,
                           uint32_t *restrict out)
{
    for (size_t i = 0; i < n; i++) {
        threefry_key made = block(key, from.high + from.step * (uint32_t)i, from.low + (uint32_t)i);
        out[i] = (made.high & take.high) ^ (made.low & take.low);
    }
}

DISPATCH_VARIANTS(words,
                  (threefry_key key, counters from, choice take, size_t n, uint32_t *restrict out),
                  (key, from, take, n, out))

DISPATCH_INLINE void pairs(threefry_key key, counters from, size_t n, uint32_t *restrict out)
{
    for (size_t i = 0; i < n; i++) {
        threefry_key made = block(key, from.high + from.step * (uint32_t)i, from.low + (uint32_t)i);
        out[2 * i] = made.low;
        out[2 * i + 1] = made.high;
    }
}

DISPATCH_VARIANTS(pairs, (threefry_key key, counters from, size_t n, uint32_t *restrict out),
                  (key, from, n, out))

/* The counter scheme: value i is of counter i, of 64 bits. */
static void fill_by_counter(threefry_key key, bool wide, uint64_t at, size_t n, uint32_t *out)
{
    while (n > 0) {
        uint64_t left = (UINT64_C(1) << 32) - (at & UINT32_MAX); /* until the high word changes */
        size_t part = n < left ? n : (size_t)left;
        counters from = {(uint32_t)(at >> 32), (uint32_t)at, 0};
        if (wide)
            DISPATCH(pairs, (key, from, part, out));
        else
            DISPATCH(words, (key, from, (choice){UINT32_MAX, UINT32_MAX}, part, out));
        out += wide ? 2 * part : part;
        at += part;
        n -= part;
    }
}

/* The original scheme for an array of so many words: the first half of them are the high words of
 * the counters (0, half), (1, half + 1), ..., the others the low ones. If their number is odd, the
 * last counter's low word is 0. */
static void fill_original(threefry_key key, uint64_t all, uint64_t at, size_t n, uint32_t *out)
{
    uint64_t half = all / 2 + all % 2;
    if (at < half) {
        size_t part = half - at < n ? (size_t)(half - at) : n;
        counters from = {(uint32_t)at, (uint32_t)(half + at), 1};
        DISPATCH(words, (key, from, (choice){UINT32_MAX, 0}, part, out));
        if (all % 2 != 0 && at + part == half)
            out[part - 1] = block(key, (uint32_t)(half - 1), 0).high;
        at += part;
        out += part;
        n -= part;
    }
    if (n > 0) {
        counters from = {(uint32_t)(at - half), (uint32_t)at, 1};
        DISPATCH(words, (key, from, (choice){0, UINT32_MAX}, n, out));
    }
}

threefry_key threefry_split(threefry_key key, threefry_scheme scheme, uint32_t n, uint32_t i)
{
    uint32_t made[2];
    if (scheme == THREEFRY_COUNTER)
        return block(key, 0, i);
    fill_original(key, 2 * (uint64_t)n, 2 * (uint64_t)i, 2, made);
    return (threefry_key){made[0], made[1]};
}

/* ---------------------------------------------------------------- the engine */

typedef struct threefry {
    engine engine;
    threefry_key key;
    threefry_scheme scheme;
    unsigned width; /* of a value, in bits */
    uint64_t words; /* in all, of the original scheme */
} threefry;

static void threefry_start(const engine *e, engine_cursor *c)
{
    (void)e;
    c->at = 0;
}

static void threefry_seek(const engine *e, engine_cursor *c, uint64_t draw)
{
    (void)e;
    c->at = draw;
}

/* Values that are bytes, or halves, of the original scheme's words, the lowest first. */
static void fill_parts(const threefry *t, uint64_t at, size_t n, uint32_t *out)
{
    const unsigned in_word = 32 / t->width;
    const uint32_t low = (UINT32_C(1) << t->width) - 1;
    uint32_t whole[PIECE];
    while (n > 0) {
        unsigned skip = (unsigned)(at % in_word);
        size_t part = (size_t)PIECE * in_word - skip;
        part = n < part ? n : part;
        fill_original(t->key, t->words, at / in_word, (skip + part + in_word - 1) / in_word, whole);
        for (size_t i = 0; i < part; i++)
            out[i] = whole[(skip + i) / in_word] >> (skip + i) % in_word * t->width & low;
        out += part;
        at += part;
        n -= part;
    }
}

static void mask(uint32_t low, size_t n, uint32_t *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] &= low;
}

/* n draws of 64-bit values, of which either half may be the first. */
static void fill_halves(const threefry *t, uint64_t at, size_t n, uint32_t *out)
{
    uint32_t made[2];
    while (n > 0) {
        uint64_t value = at / 2;
        bool inside = at % 2 != 0 || n == 1;
        size_t values = inside ? 1 : n / 2;
        uint32_t *to = inside ? made : out;
        if (t->scheme == THREEFRY_COUNTER) {
            fill_by_counter(t->key, true, value, values, to);
        } else {
            counters from = {(uint32_t)value, (uint32_t)(t->words / 2 + value), 1};
            DISPATCH(pairs, (t->key, from, values, to));
        }
        if (inside)
            *out = made[at % 2];
        size_t done = inside ? 1 : 2 * values;
        out += done;
        at += done;
        n -= done;
    }
}

static void threefry_fill(const engine *e, engine_cursor *c, size_t n, uint32_t *out)
{
    const threefry *t = (const threefry *)e;
    if (t->width == 64) {
        fill_halves(t, c->at, n, out);
    } else if (t->scheme == THREEFRY_COUNTER) {
        fill_by_counter(t->key, false, c->at, n, out);
        if (t->width < 32)
            mask((UINT32_C(1) << t->width) - 1, n, out);
    } else if (t->width == 32) {
        fill_original(t->key, t->words, c->at, n, out);
    } else {
        fill_parts(t, c->at, n, out);
    }
    c->at += n;
}

static uint64_t threefry_cost(uint64_t from, uint64_t to)
{
    (void)from;
    (void)to;
    return 0;
}

static uint64_t threefry_checkpoints_cost(const engine *e)
{
    (void)e;
    return 0;
}

static void threefry_close(engine *e)
{
    free(e);
}

static const engine_kind threefry_kind = {
    .cursor_size = sizeof(engine_cursor),
    .start = threefry_start,
    .seek = threefry_seek,
    .fill = threefry_fill,
    .cost = threefry_cost,
    .checkpoints_cost = threefry_checkpoints_cost,
    .close = threefry_close,
};

/* How many words n values take; from the limit on, at least the limit. */
static uint64_t words_of(unsigned width, uint64_t n, uint64_t limit)
{
    if (n / (32 / 8) >= limit)
        return limit;
    return width == 64 ? 2 * n : (n * width + 31) / 32;
}

engine *threefry_engine_open(threefry_key key, threefry_scheme scheme, unsigned width, uint64_t n,
                             tokvec_error *err)
{
    const uint64_t limit = UINT32_MAX;
    uint64_t count = words_of(width, n, limit);
    if (scheme == THREEFRY_ORIGINAL && count >= limit) {
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  "a table of %llu values is too large for JAX's original random bits",
                  (unsigned long long)n);
        error_hint(err, "they are known up to 2^32-2 words of 32 bits");
        return NULL;
    }
    threefry *t = malloc(sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    *t = (threefry){
        .engine = {&threefry_kind}, .key = key, .scheme = scheme, .width = width, .words = count};
    return &t->engine;
}
