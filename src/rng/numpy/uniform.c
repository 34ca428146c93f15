/* uniform.c - tables of uniform values.
 * See uniform.h.
 * SPDX-License-Identifier: MIT */
#include "rng/numpy/uniform.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "rng/numpy/affine.h"
#include "rng/numpy/polar.h"

#include <stdlib.h>

enum { PIECE = 512 }; /* values that are made together */

typedef struct uniform_table {
    drawn drawn;
    uniform_rule rule;
    unsigned draws_per_value;
} uniform_table;

static bool is_narrow(uniform_form form)
{
    return form == UNIFORM_24 || form == UNIFORM_23;
}

/* The bits in two parts, as vectors have no conversion of 64: an integer below 2^52, put under the
 * exponent of 2^52, is that number and 2^52; nothing here is rounded. */
DISPATCH_INLINE void make_53(const uint32_t *restrict draws, size_t n, double *restrict out)
{
    const double one = 0x1p52;
    for (size_t i = 0; i < n; i++) {
        uint64_t upper = draws[2 * i + 1], lower = draws[2 * i] >> 11;
        double high = double_of_bits(upper | bits_of_double(one)) - one;
        double low = double_of_bits(lower | bits_of_double(one)) - one;
        out[i] = high * 0x1p-32 + low * 0x1p-53;
    }
}

DISPATCH_INLINE void make_float(const uint32_t *restrict draws, size_t n, unsigned bits,
                                float *restrict out)
{
    const float unit = bits == 24 ? 0x1p-24f : 0x1p-23f;
    for (size_t i = 0; i < n; i++)
        out[i] = (float)(int32_t)(draws[i] >> (32 - bits)) * unit;
}

DISPATCH_INLINE void centre(float divisor, size_t n, float *x)
{
    for (size_t i = 0; i < n; i++)
        x[i] = (x[i] * 2.0f - 1.0f) / divisor;
}

DISPATCH_VARIANTS(make_53, (const uint32_t *restrict draws, size_t n, double *restrict out),
                  (draws, n, out))
DISPATCH_VARIANTS(make_float,
                  (const uint32_t *restrict draws, size_t n, unsigned bits, float *restrict out),
                  (draws, n, bits, out))
DISPATCH_VARIANTS(centre, (float divisor, size_t n, float *x), (divisor, n, x))

static void make_narrow(const uniform_rule *rule, const uint32_t *draws, size_t n, float *out)
{
    DISPATCH(make_float, (draws, n, rule->form == UNIFORM_24 ? 24 : 23, out));
    if (rule->divisor != 0.0f)
        DISPATCH(centre, (rule->divisor, n, out));
}

static void make_wide(const uniform_rule *rule, const uint32_t *draws, size_t n, double *out)
{
    if (rule->form == UNIFORM_53)
        DISPATCH(make_53, (draws, n, out));
    else
        polar_uniform(draws, n, out);
    if (rule->ranged)
        affine_apply(rule->low, rule->range, n, out);
}

static bool uniform_make(const generator *g, generator_cursor *c, uint64_t begin, uint64_t end,
                         void *out, tokvec_error *err)
{
    const uniform_table *t = (const uniform_table *)g;
    float *narrow = out;
    double *wide = out;
    (void)err;
    for (uint64_t at = begin; at < end;) {
        uint32_t draws[2 * PIECE];
        size_t n = end - at < PIECE ? (size_t)(end - at) : PIECE;
        drawn_fill(&t->drawn, c, at * t->draws_per_value, n * t->draws_per_value, draws);
        if (is_narrow(t->rule.form))
            make_narrow(&t->rule, draws, n, narrow + (at - begin));
        else
            make_wide(&t->rule, draws, n, wide + (at - begin));
        at += n;
    }
    c->at = end;
    return true;
}

static uint64_t uniform_draw_of(const drawn *d, uint64_t value)
{
    return value * ((const uniform_table *)d)->draws_per_value;
}

static void uniform_close(generator *g)
{
    uniform_table *t = (uniform_table *)g;
    t->drawn.draws->kind->close(t->drawn.draws);
    free(t);
}

static const generator_ops uniform_ops = {DRAWN_OPS, .make = uniform_make, .close = uniform_close};

generator *uniform_open(const tokvec_seed_spec *spec, const uniform_rule *rule, engine *draws,
                        tokvec_error *err)
{
    if (draws == NULL)
        return NULL;
    uniform_table *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        draws->kind->close(draws);
        return NULL;
    }
    bool narrow = is_narrow(rule->form);
    t->drawn = (drawn){.generator = {.ops = &uniform_ops,
                                     .rows = spec->vocab_size,
                                     .dim = spec->dim,
                                     .dtype = narrow ? TOKVEC_FLOAT32 : TOKVEC_FLOAT64},
                       .draw_of = uniform_draw_of};
    t->rule = *rule;
    t->draws_per_value = narrow ? 1 : 2;
    drawn_use(&t->drawn, draws);
    return &t->drawn.generator;
}
