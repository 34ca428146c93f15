/* trunc_inverse.c - trunc_normal_ up to PyTorch 2.11: by the inverse of the error function.
 * float32 and float64: correctly rounded, where the wheels take MKL's function, which differs from
 * that in the last bit of some. bfloat16 and float16: by a formula in float32, all of whose
 * results are rounded; and there are few uniforms, so that a table has what becomes of each.
 * See trunc_inverse.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/trunc_inverse.h"

#include "base/bytes.h"
#include "rng/erfinv.h"
#include "rng/fused.h"
#include "rng/libm.h"
#include "rng/torch/trunc_math.h"
#include "rng/torch/values.h"

#include <math.h>
#include <stdlib.h>

enum {
    BFLOAT16_UNIFORMS = 1 << 8, /* and float16's: what bits of a draw they are made of */
    FLOAT16_UNIFORMS = 1 << 11,
    DRAWS_AT_ONCE = 1024,
};

typedef struct inverse_table {
    drawn drawn;
    torch_values uniform;
    double factor, mean, low, high; /* in the dtype's precision; see scale */
    uint32_t uniforms;              /* how many there are, where few; else 0 */
    uint16_t value[FLOAT16_UNIFORMS];
} inverse_table;

static const char last_bits[] =
    "about 1 value in 4,000 differs in its last bit from the wheels' of PyTorch before 2.12";

/* ---------------------------------------------------------------- in 16 bits */

static void round_floats(tokvec_dtype dtype, size_t n, float *values)
{
    uint16_t narrow[FLOAT16_UNIFORMS];
    tokvec_convert(TOKVEC_FLOAT32, values, dtype, narrow, n, NULL);
    tokvec_convert(dtype, narrow, TOKVEC_FLOAT32, values, n, NULL);
}

static float fma_float(float a, float b, float c)
{
    return fused(DISPATCH_BASELINE_FUSES, a, b, c);
}

/* An approximation as a quotient of polynomials, and two steps of Newton's method. */
static float erfinv_approximate(float y)
{
    const float size = fabsf(y), slope = (float)(2.0f / 1.7724538509055160273f);
    float x, above, below;
    if (size > 1.0f)
        return NAN;
    if (size == 1.0f)
        return copysignf(INFINITY, y);
    if (size <= 0.7f) {
        float z = y * y;
        above = fma_float(-0.140543331f, z, 0.914624893f);
        above = fma_float(fma_float(above, z, -1.645349621f), z, 0.886226899f);
        below = fma_float(0.012229801f, z, -0.329097515f);
        below = fma_float(fma_float(below, z, 1.442710462f), z, -2.118377725f);
        x = y * above / fma_float(below, z, 1.0f);
    } else {
        float z = sqrtf(-libm_logf((1.0f - size) / 2.0f));
        above = fma_float(1.641345311f, z, 3.429567803f);
        above = fma_float(fma_float(above, z, -1.624906493f), z, -1.970840454f);
        below = fma_float(fma_float(1.637067800f, z, 3.543889200f), z, 1.0f);
        x = copysignf(above, y) / below;
    }
    for (int i = 0; i < 2; i++)
        x = x - ((float)libm_erf((double)x) - y) / (slope * libm_expf(-x * x));
    return x;
}

/* Rounded after each step. */
static void transform_narrow(const inverse_table *t, size_t n, float *values)
{
    tokvec_dtype dtype = t->drawn.generator.dtype;
    float factor = (float)t->factor, mean = (float)t->mean;
    for (size_t i = 0; i < n; i++)
        values[i] = erfinv_approximate(values[i]);
    round_floats(dtype, n, values);
    for (size_t i = 0; i < n; i++)
        values[i] *= factor;
    round_floats(dtype, n, values);
    for (size_t i = 0; i < n; i++)
        values[i] += mean;
    round_floats(dtype, n, values);
    for (size_t i = 0; i < n; i++) {
        values[i] = values[i] < (float)t->low ? (float)t->low : values[i];
        values[i] = values[i] > (float)t->high ? (float)t->high : values[i];
    }
}

/* What becomes of each uniform, by the low bits of its draw. */
static void make_all_narrow(inverse_table *t)
{
    uint32_t draws[FLOAT16_UNIFORMS];
    float wide[FLOAT16_UNIFORMS];
    tokvec_dtype dtype = t->drawn.generator.dtype;
    size_t n = dtype == TOKVEC_BFLOAT16 ? BFLOAT16_UNIFORMS : FLOAT16_UNIFORMS;
    for (size_t i = 0; i < n; i++)
        draws[i] = (uint32_t)i;
    t->uniform.make(&t->uniform, draws, n / t->uniform.group, t->value);
    tokvec_convert(dtype, t->value, TOKVEC_FLOAT32, wide, n, NULL);
    transform_narrow(t, n, wide);
    tokvec_convert(TOKVEC_FLOAT32, wide, dtype, t->value, n, NULL);
    t->uniforms = (uint32_t)n;
}

static void make_narrow(const inverse_table *t, generator_cursor *c, uint64_t begin, uint64_t end,
                        uint16_t *out)
{
    uint32_t draws[DRAWS_AT_ONCE];
    for (uint64_t at = begin; at < end;) {
        size_t n = end - at < DRAWS_AT_ONCE ? (size_t)(end - at) : DRAWS_AT_ONCE;
        drawn_fill(&t->drawn, c, t->uniform.first + at, n, draws);
        for (size_t i = 0; i < n; i++)
            *out++ = t->value[draws[i] & (t->uniforms - 1)];
        at += n;
    }
}

/* ---------------------------------------------------------------- float32 and float64 */

static void transform_float32(const inverse_table *t, size_t n, float *values)
{
    float factor = (float)t->factor, mean = (float)t->mean;
    float low = (float)t->low, high = (float)t->high;
    erfinv_float32(n, values);
    for (size_t i = 0; i < n; i++) {
        float x = values[i] * factor + mean;
        x = x < low ? low : x;
        values[i] = x > high ? high : x;
    }
}

static void transform_float64(const inverse_table *t, size_t n, double *values)
{
    erfinv_float64(n, values);
    for (size_t i = 0; i < n; i++) {
        double x = values[i] * t->factor + t->mean;
        x = x < t->low ? t->low : x;
        values[i] = x > t->high ? t->high : x;
    }
}

/* ---------------------------------------------------------------- the generator */

static bool inverse_make(const generator *g, generator_cursor *c, uint64_t begin, uint64_t end,
                         void *out, tokvec_error *err)
{
    const inverse_table *t = (const inverse_table *)g;
    size_t n = (size_t)(end - begin);
    (void)err;
    if (t->uniforms > 0) {
        make_narrow(t, c, begin, end, out);
    } else {
        torch_values_make(&t->uniform, &t->drawn, c, begin, end, out);
        if (g->dtype == TOKVEC_FLOAT32)
            transform_float32(t, n, out);
        else
            transform_float64(t, n, out);
    }
    c->at = end;
    return true;
}

static uint64_t inverse_draw_of(const drawn *d, uint64_t value)
{
    return torch_values_draw_of(&((const inverse_table *)d)->uniform, value);
}

static void inverse_close(generator *g)
{
    inverse_table *t = (inverse_table *)g;
    torch_values_end(&t->uniform);
    t->drawn.draws->kind->close(t->drawn.draws);
    free(t);
}

static const generator_ops inverse_ops = {DRAWN_OPS, .make = inverse_make, .close = inverse_close};

/* Infinite bounds are no bounds. */
static bool fits(tokvec_dtype dtype, double bound)
{
    return isinf(bound) || fabs(bound) <= trunc_largest(dtype);
}

bool trunc_inverse_check(const torch_fill *fill, tokvec_error *err)
{
    const char *name = tokvec_dtype_name(fill->dtype);
    if (fill->dtype == TOKVEC_FLOAT16 && fill->rules < TORCH_2_1) {
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  "PyTorch before 2.1 has no trunc_normal_ of float16 (it has no erfinv_)");
        return error_hint(err, "choose another dtype or release");
    }
    if (fits(fill->dtype, fill->low) && fits(fill->dtype, fill->high))
        return true;
    error_set(
        err, TOKVEC_BAD_ARGUMENT,
        "trunc_normal: PyTorch before 2.12 does not convert the bounds to %s without overflow",
        name);
    return error_hint(err, "give bounds that %s has, or infinite ones", name);
}

static bool prepare(inverse_table *t, const torch_fill *fill, const torch_place *at,
                    tokvec_error *err)
{
    bool narrow = fill->dtype == TOKVEC_BFLOAT16 || fill->dtype == TOKVEC_FLOAT16;
    double mean = fill->a, std = fill->b;
    torch_fill uniform = *fill;
    uniform.draw = TORCH_UNIFORM;
    uniform.a = 2.0 * trunc_chance_below((fill->low - mean) / std) - 1.0;
    uniform.b = 2.0 * trunc_chance_below((fill->high - mean) / std) - 1.0;
    if (!torch_values_begin(&t->uniform, &uniform, at, &t->drawn, err))
        return false;
    bool rounds_factor = fill->rules < TORCH_2_1 || !narrow;
    t->factor = trunc_narrowed(rounds_factor ? fill->dtype : TOKVEC_FLOAT32, std * sqrt(2.0));
    t->mean = trunc_narrowed(fill->dtype, mean);
    t->low = trunc_narrowed(fill->dtype, fill->low);
    t->high = trunc_narrowed(fill->dtype, fill->high);
    if (narrow)
        make_all_narrow(t);
    else
        t->drawn.generator.warning = last_bits;
    return true;
}

generator *trunc_inverse_open(const torch_fill *fill, const torch_place *at, engine *draws,
                              tokvec_error *err)
{
    inverse_table *t = NULL;
    if (trunc_inverse_check(fill, err) && (t = calloc(1, sizeof *t)) == NULL)
        error_no_memory(err, sizeof *t);
    if (t == NULL) {
        draws->kind->close(draws);
        return NULL;
    }
    t->drawn = (drawn){.generator = {.ops = &inverse_ops,
                                     .rows = fill->rows,
                                     .dim = fill->dim,
                                     .dtype = fill->dtype},
                       .draw_of = inverse_draw_of};
    drawn_use(&t->drawn, draws);
    if (!prepare(t, fill, at, err)) {
        inverse_close(&t->drawn.generator);
        return NULL;
    }
    return &t->drawn.generator;
}
