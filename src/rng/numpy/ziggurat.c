/* ziggurat.c - normal values by the ziggurat method.
 * See ziggurat.h. Draws are looked at many together: 98.5 % of them each are a value at once; only
 * the others are gone through one by one.
 * SPDX-License-Identifier: MIT */
#include "rng/numpy/ziggurat.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "rng/libm.h"
#include "rng/numpy/ziggurat_tables.h"

static const double tail_start = 3.6541528853610088, tail_inverse = 0.27366123732975827203;

/* A draw's lowest 8 bits are the layer, the next is the sign, and of those above it as many as the
 * precision has are the number within the layer. */
#define LAYER(draw)    ((draw)&255)
#define NUMBER64(draw) ((draw) >> 9 & ((UINT64_C(1) << 52) - 1))
#define NUMBER32(draw) ((draw) >> 9)

/* ---------------------------------------------------------------- many draws */

/* Which draws are not values at once. */
static size_t find_specials64(const uint64_t *draws, size_t n, uint16_t *out)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        out[found] = (uint16_t)i;
        found += NUMBER64(draws[i]) >= ziggurat_k64[LAYER(draws[i])];
    }
    return found;
}

static size_t find_specials32(const uint32_t *draws, size_t n, uint16_t *out)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        out[found] = (uint16_t)i;
        found += NUMBER32(draws[i]) >= ziggurat_k32[LAYER(draws[i])];
    }
    return found;
}

/* An integer below 2^52, put under the exponent of 2^52, is that number and 2^52. */
DISPATCH_INLINE double value64(uint64_t draw)
{
    double number = double_of_bits(NUMBER64(draw) | bits_of_double(0x1p52)) - 0x1p52;
    double value = number * ziggurat_w64[LAYER(draw)];
    return double_of_bits(bits_of_double(value) ^ (draw << 55 & UINT64_C(1) << 63));
}

DISPATCH_INLINE float value32(uint32_t draw)
{
    float value = (float)(int32_t)NUMBER32(draw) * ziggurat_w32[LAYER(draw)];
    return float_of_bits(bits_of_float(value) ^ (draw << 23 & 0x80000000u));
}

DISPATCH_INLINE void values64(const uint64_t *restrict draws, size_t n, double *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = value64(draws[i]);
}

DISPATCH_INLINE void values32(const uint32_t *restrict draws, size_t n, float *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = value32(draws[i]);
}

DISPATCH_VARIANTS(values64, (const uint64_t *restrict draws, size_t n, double *restrict out),
                  (draws, n, out))
DISPATCH_VARIANTS(values32, (const uint32_t *restrict draws, size_t n, float *restrict out),
                  (draws, n, out))

/* ---------------------------------------------------------------- the stream */

/* Goes on to the next piece, once all draws held are behind: of at least `wanted` draws, or as many
 * as there is room for. */
static void refill(const ziggurat *z, ziggurat_place *p, uint64_t wanted)
{
    size_t n = wanted < ZIGGURAT_PIECE ? (size_t)(wanted + 7) / 8 * 8 : ZIGGURAT_PIECE;
    p->first += p->count;
    p->count = n;
    p->at = p->special = 0;
    size_t found;
    if (z->narrow) {
        uint64_t outputs[ZIGGURAT_PIECE / 2];
        pcg64_fill(&z->stream, &p->state, n / 2, outputs);
        for (size_t i = 0; i < n / 2; i++) {
            p->draws.narrow[2 * i] = (uint32_t)outputs[i];
            p->draws.narrow[2 * i + 1] = (uint32_t)(outputs[i] >> 32);
        }
        found = find_specials32(p->draws.narrow, n, p->specials);
    } else {
        pcg64_fill(&z->stream, &p->state, n, p->draws.wide);
        found = find_specials64(p->draws.wide, n, p->specials);
    }
    p->specials[found] = (uint16_t)n;
}

/* Behind draws that were taken one by one. */
static void pass_specials(ziggurat_place *p)
{
    while (p->specials[p->special] < p->at)
        p->special++;
}

void ziggurat_seek(const ziggurat *z, ziggurat_place *p, uint64_t draw)
{
    unsigned half = z->narrow ? draw & 1 : 0;
    p->state = pcg64_at(&z->stream, z->narrow ? draw / 2 : draw);
    p->first = draw - half;
    p->count = p->at = p->special = 0;
    p->specials[0] = 0;
    if (half != 0) {
        refill(z, p, 1);
        p->at = 1;
        pass_specials(p);
    }
}

uint64_t ziggurat_at(const ziggurat_place *p)
{
    return p->first + p->at;
}

/* ---------------------------------------------------------------- the others */

enum { TAKEN_TOGETHER = 64 };

static uint64_t take64(const ziggurat *z, ziggurat_place *p)
{
    if (p->at == p->count)
        refill(z, p, TAKEN_TOGETHER);
    return p->draws.wide[p->at++];
}

static uint32_t take32(const ziggurat *z, ziggurat_place *p)
{
    if (p->at == p->count)
        refill(z, p, TAKEN_TOGETHER);
    return p->draws.narrow[p->at++];
}

static double uniform64(const ziggurat *z, ziggurat_place *p)
{
    return (double)(take64(z, p) >> 11) * 0x1p-53;
}

static float uniform32(const ziggurat *z, ziggurat_place *p)
{
    uint32_t draw = take32(z, p);
    return z->coarse ? (float)(draw >> 9) * 0x1p-23f : (float)(draw >> 8) * 0x1p-24f;
}

/* log(1 - u) */
static double log_rest64(const ziggurat *z, double u)
{
    return z->log_tail ? libm_log(1.0 - u) : libm_log1p(-u);
}

/* glibc's log1pf of 2.41 and newer is the double one, rounded, for all arguments that occur here;
 * that of older ones is not always. */
static float log_rest32(const ziggurat *z, float u)
{
    return z->log_tail ? libm_logf(1.0f - u) : (float)libm_log1p(-(double)u);
}

/* Beyond the layers, by G. Marsaglia's method of 1964. */
static double tail64(const ziggurat *z, ziggurat_place *p, bool negative)
{
    double x, y;
    do {
        x = -tail_inverse * log_rest64(z, uniform64(z, p));
        y = -log_rest64(z, uniform64(z, p));
    } while (y + y <= x * x);
    return negative ? -(tail_start + x) : tail_start + x;
}

static float tail32(const ziggurat *z, ziggurat_place *p, bool negative)
{
    float x, y;
    do {
        x = -(float)tail_inverse * log_rest32(z, uniform32(z, p));
        y = -log_rest32(z, uniform32(z, p));
    } while (y + y <= x * x);
    return negative ? -((float)tail_start + x) : (float)tail_start + x;
}

/* Takes a draw that is no value at once, and what it needs; false: no value came of it. */
static bool take_special64(const ziggurat *z, ziggurat_place *p, double *value)
{
    uint64_t draw = take64(z, p), layer = LAYER(draw);
    if (layer == 0) {
        *value = tail64(z, p, (NUMBER64(draw) & 256) != 0);
        return true;
    }
    const double *f = ziggurat_f64;
    double x = *value = value64(draw);
    double height = (f[layer - 1] - f[layer]) * uniform64(z, p) + f[layer];
    return height < libm_exp(-0.5 * x * x);
}

static bool take_special32(const ziggurat *z, ziggurat_place *p, float *value)
{
    uint32_t draw = take32(z, p), layer = LAYER(draw);
    if (layer == 0) {
        *value = tail32(z, p, (NUMBER32(draw) & 256) != 0);
        return true;
    }
    const float *f = ziggurat_f32;
    double x = *value = value32(draw);
    float height = (f[layer - 1] - f[layer]) * uniform32(z, p) + f[layer];
    return (double)height < libm_exp(-0.5 * x * x);
}

/* ---------------------------------------------------------------- values */

typedef union either {
    double wide;
    float narrow;
} either;

static bool take_special(const ziggurat *z, ziggurat_place *p, either *value)
{
    bool good =
        z->narrow ? take_special32(z, p, &value->narrow) : take_special64(z, p, &value->wide);
    pass_specials(p);
    return good;
}

/* How many of the draws held, from the next on, are values at once. */
static size_t run_of(const ziggurat_place *p)
{
    return p->specials[p->special] - p->at;
}

static void make_run(const ziggurat *z, const ziggurat_place *p, size_t n, uint8_t *out)
{
    if (z->narrow)
        DISPATCH(values32, (p->draws.narrow + p->at, n, (float *)(void *)out));
    else
        DISPATCH(values64, (p->draws.wide + p->at, n, (double *)(void *)out));
}

void ziggurat_make(const ziggurat *z, ziggurat_place *p, uint64_t n, void *out)
{
    const size_t size = z->narrow ? sizeof(float) : sizeof(double);
    uint8_t *next = out;
    while (n > 0) {
        if (p->at == p->count)
            refill(z, p, n < ZIGGURAT_PIECE ? n + n / 32 + 2 : n);
        size_t run = run_of(p);
        either special;
        if (run > 0) {
            run = run < n ? run : (size_t)n;
            if (out != NULL)
                make_run(z, p, run, next);
            p->at += run;
        } else if (take_special(z, p, &special)) {
            run = 1;
            if (out != NULL)
                memcpy(next, &special, size);
        }
        if (out != NULL)
            next += run * size;
        n -= run;
    }
}

uint64_t ziggurat_count(const ziggurat *z, ziggurat_place *p, uint64_t draw)
{
    uint64_t count = 0;
    while (ziggurat_at(p) < draw) {
        uint64_t left = draw - ziggurat_at(p);
        if (p->at == p->count)
            refill(z, p, left);
        size_t run = run_of(p);
        either special;
        if (run > 0) {
            run = run < left ? run : (size_t)left;
            p->at += run;
            count += run;
        } else {
            count += take_special(z, p, &special);
        }
    }
    return count;
}
