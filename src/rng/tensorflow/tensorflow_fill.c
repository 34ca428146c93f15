/* tensorflow_fill.c - the values that TensorFlow's operations draw on a CPU.
 * See tensorflow_fill.h. A value is made of a draw of its own or, of a normal, of a pair of draws,
 * which make two values.
 * SPDX-License-Identifier: MIT */
#include "rng/tensorflow/tensorflow_fill.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "rng/drawn.h"
#include "rng/libm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    AT_ONCE = 512,         /* values */
    TRUNCATED_GROUP = 4,   /* values */
    TRUNCATED_SPACE = 256, /* groups of draws that are set aside for each group of values */
};

typedef struct tensorflow_values {
    drawn drawn;
    philox_start start;
    tensorflow_draw draw;
    float factor, offset;
} tensorflow_values;

philox_start tensorflow_stateless(uint64_t a, uint64_t b)
{
    const philox_start mix = {.key = {0x3ec8f720u, 0x02461e29u},
                              .upper = {(uint32_t)b, (uint32_t)(b >> 32)}};
    uint32_t words[PHILOX_GROUP];
    philox_groups(&mix, a, 1, 1, words);
    return (philox_start){.key = {words[0], words[1]}, .upper = {words[2], words[3]}};
}

/* In [0, 1), a multiple of 2^-23. */
DISPATCH_INLINE float unit(uint32_t draw)
{
    return float_of_bits((draw & 0x7fffffu) | 0x3f800000u) - 1.0f;
}

DISPATCH_INLINE void make_units(const uint32_t *restrict draws, size_t n, float *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = unit(draws[i]);
}

DISPATCH_VARIANTS(make_units, (const uint32_t *restrict draws, size_t n, float *restrict out),
                  (draws, n, out))

DISPATCH_INLINE void move(float factor, float offset, size_t n, float *values)
{
    for (size_t i = 0; i < n; i++)
        values[i] = values[i] * factor + offset;
}

DISPATCH_VARIANTS(move, (float factor, float offset, size_t n, float *values),
                  (factor, offset, n, values))

/* Box and Muller's step, in place, for an even number of units. */
static void make_normals(size_t n, float *values)
{
    const double two_pi = 6.283185307179586476925286766559;
    for (size_t i = 0; i < n; i += 2) {
        float u = values[i] > 1.0e-7f ? values[i] : 1.0e-7f, sine, cosine;
        float radius = sqrtf(-2.0f * libm_logf(u));
        libm_sincosf((float)(two_pi * (double)values[i + 1]), &sine, &cosine);
        values[i] = sine * radius;
        values[i + 1] = cosine * radius;
    }
}

/* Moves the values that lie between -2 and 2 to the front. */
static size_t keep_inside(const float *values, size_t n, size_t most, float *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n && kept < most; i++) {
        if (fabsf(values[i]) < 2.0f)
            out[kept++] = values[i];
    }
    return kept;
}

/* Group `number` of the values, from its further draws, once the first four have left `kept`. */
static void complete(const philox_start *start, uint64_t number, size_t kept, float *out)
{
    uint32_t draws[PHILOX_GROUP];
    float values[PHILOX_GROUP];
    for (uint64_t next = number * TRUNCATED_SPACE + 1; kept < TRUNCATED_GROUP; next++) {
        philox_groups(start, next, 1, 1, draws);
        DISPATCH(make_units, (draws, PHILOX_GROUP, values));
        make_normals(PHILOX_GROUP, values);
        kept += keep_inside(values, PHILOX_GROUP, TRUNCATED_GROUP - kept, out + kept);
    }
}

/* n values, whole groups, from value `first` on. */
static void make_truncated(const philox_start *start, uint64_t first, size_t n, float *values)
{
    uint32_t draws[AT_ONCE];
    uint64_t number = first / TRUNCATED_GROUP;
    philox_groups(start, number * TRUNCATED_SPACE, TRUNCATED_SPACE, n / TRUNCATED_GROUP, draws);
    DISPATCH(make_units, (draws, n, values));
    make_normals(n, values);
    for (size_t i = 0; i < n; i += TRUNCATED_GROUP, number++) {
        size_t kept = keep_inside(values + i, TRUNCATED_GROUP, TRUNCATED_GROUP, values + i);
        if (kept < TRUNCATED_GROUP)
            complete(start, number, kept, values + i);
    }
}

/* How many values are made together. */
static unsigned group_of(tensorflow_draw draw)
{
    return draw == TENSORFLOW_UNIFORM ? 1 : draw == TENSORFLOW_NORMAL ? 2 : TRUNCATED_GROUP;
}

/* n values, whole groups, from value `first` on. */
static void make_groups(const tensorflow_values *t, generator_cursor *c, uint64_t first, size_t n,
                        float *values)
{
    uint32_t draws[AT_ONCE];
    if (t->draw == TENSORFLOW_TRUNCATED_NORMAL) {
        make_truncated(&t->start, first, n, values);
    } else {
        drawn_fill(&t->drawn, c, first, n, draws);
        DISPATCH(make_units, (draws, n, values));
        if (t->draw == TENSORFLOW_NORMAL)
            make_normals(n, values);
    }
    DISPATCH(move, (t->factor, t->offset, n, values));
}

static bool tensorflow_make(const generator *g, generator_cursor *c, uint64_t begin, uint64_t end,
                            void *out, tokvec_error *err)
{
    const tensorflow_values *t = (const tensorflow_values *)g;
    const unsigned group = group_of(t->draw);
    float made[AT_ONCE], *to = out;
    (void)err;
    for (uint64_t at = begin; at < end;) {
        size_t skipped = (size_t)(at % group);
        uint64_t first = at - skipped, left = end - first;
        size_t n = left < AT_ONCE ? (size_t)left : AT_ONCE;
        make_groups(t, c, first, (n + group - 1) / group * group, made);
        memcpy(to, made + skipped, (n - skipped) * sizeof *to);
        to += n - skipped;
        at += n - skipped;
    }
    c->at = end;
    return true;
}

/* Truncated values do not come by way of the engine, nor does it cost anything to go anywhere. */
static uint64_t tensorflow_draw_of(const drawn *d, uint64_t value)
{
    return value - value % group_of(((const tensorflow_values *)d)->draw);
}

static void tensorflow_close(generator *g)
{
    tensorflow_values *t = (tensorflow_values *)g;
    t->drawn.draws->kind->close(t->drawn.draws);
    free(t);
}

static const generator_ops tensorflow_ops = {DRAWN_OPS, .make = tensorflow_make,
                                             .close = tensorflow_close};

generator *tensorflow_fill_open(const tensorflow_fill *fill, tokvec_error *err)
{
    bool normal = fill->draw != TENSORFLOW_UNIFORM;
    if (normal && !libm_load(err))
        return NULL;
    engine *draws = philox_engine_open(&fill->start, err);
    if (draws == NULL)
        return NULL;
    tensorflow_values *t = malloc(sizeof *t);
    if (t == NULL) {
        draws->kind->close(draws);
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    *t = (tensorflow_values){.drawn = {.generator = {.ops = &tensorflow_ops,
                                                     .rows = fill->rows,
                                                     .dim = fill->dim,
                                                     .dtype = TOKVEC_FLOAT32,
                                                     .narrow_factor = true,
                                                     .warning = normal ? libm_warning() : NULL},
                                       .draw_of = tensorflow_draw_of},
                             .start = fill->start,
                             .draw = fill->draw,
                             .factor = (float)fill->factor,
                             .offset = (float)fill->offset};
    drawn_use(&t->drawn, draws);
    return &t->drawn.generator;
}
