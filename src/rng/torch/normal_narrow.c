/* normal_narrow.c - 16-bit normals as torch.Tensor.normal_ draws them on the CPU.
 * See normal_narrow.h. All are Box and Muller's step, with other roundings in each time: since 2.13
 * it is that of float32, whose results are rounded; 2.12 has the C library's functions; before that
 * the uniforms themselves are of 16 bits, and what is made of each of them is kept in tables.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/normal_narrow.h"

#include "base/dispatch.h"
#include "rng/fused.h"
#include "rng/libm.h"
#include "rng/torch/narrow.h"
#include "rng/torch/normal.h"
#include "rng/torch/uniform_bits.h"

#include <math.h>
#include <stdlib.h>

enum { HALF = NORMAL_GROUP / 2, PIECE_VALUES = NORMAL_PIECE * NORMAL_GROUP, UNIFORMS_MAX = 2048 };

static const double two_pi = 6.283185307179586476925286766559;

static float round_to(tokvec_dtype dtype, double value)
{
    return narrow_round(dtype, (float)value);
}

/* ---------------------------------------------------------------- up to 2.11 */

struct normal_tables {
    uint32_t mask; /* of the bits of a draw that are its uniform's number */
    bool rounds;   /* after each operation; otherwise at the end only */
    float radius[UNIFORMS_MAX], cosine[UNIFORMS_MAX], sine[UNIFORMS_MAX];
};

static float angle_of(double u)
{
    return (float)(two_pi * u);
}

/* Of number i of the uniforms u = i / n. */
static void make_entry(normal_tables *t, tokvec_dtype dtype, uint32_t i)
{
    double u = (double)i / (t->mask + 1);
    float theta = round_to(dtype, (double)angle_of(u));
    float log_of = libm_logf(round_to(dtype, 1.0 - u));
    if (t->rounds)
        log_of = round_to(dtype, (double)log_of);
    float square = -2.0f * log_of;
    if (t->rounds)
        square = round_to(dtype, (double)square);
    t->radius[i] = round_to(dtype, sqrt((double)square));
    libm_sincosf(theta, &t->sine[i], &t->cosine[i]);
    if (t->rounds) {
        t->cosine[i] = round_to(dtype, (double)t->cosine[i]);
        t->sine[i] = round_to(dtype, (double)t->sine[i]);
    }
}

normal_tables *normal_tables_open(tokvec_dtype dtype, torch_rules rules, tokvec_error *err)
{
    normal_tables *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    t->mask = dtype == TOKVEC_BFLOAT16 ? 0xff : 0x7ff;
    t->rounds = dtype == TOKVEC_BFLOAT16 || rules >= TORCH_2_1;
    for (uint32_t i = 0; i <= t->mask; i++)
        make_entry(t, dtype, i);
    return t;
}

/* What comes next is done step by step for a piece, in arrays that stay in the L1 cache. */

DISPATCH_INLINE void look_up(const normal_tables *t, const uint32_t *draws, size_t groups,
                             float *out)
{
    const int32_t mask = (int32_t)t->mask;
    for (size_t g = 0; g < groups; g++, draws += NORMAL_GROUP, out += NORMAL_GROUP) {
        for (size_t j = 0; j < HALF; j++) {
            float radius = t->radius[(int32_t)draws[j] & mask];
            int32_t angle = (int32_t)draws[j + HALF] & mask;
            out[j] = radius * t->cosine[angle];
            out[j + HALF] = radius * t->sine[angle];
        }
    }
}
DISPATCH_VARIANTS(look_up,
                  (const normal_tables *restrict t, const uint32_t *restrict draws, size_t groups,
                   float *restrict out),
                  (t, draws, groups, out))

/* values * std + mean, with all steps rounded or only the last. Multiplying by 1 changes nothing;
 * adding 0 only -0, in the end. */
DISPATCH_INLINE void scale(bool fuses, bool brain, bool rounds, float std, float mean, size_t n,
                           float *values, uint16_t *out)
{
    if (!rounds) {
        for (size_t i = 0; i < n; i++)
            values[i] = fused(fuses, values[i], std, mean);
    }
    if (rounds && std != 1.0f) {
        for (size_t i = 0; i < n; i++)
            values[i] = narrow_widen(brain, narrow_bits(brain, values[i])) * std;
    }
    if (rounds && mean != 0.0f) {
        for (size_t i = 0; i < n; i++)
            values[i] = narrow_widen(brain, narrow_bits(brain, values[i])) + mean;
    }
    const uint16_t negative_zero =
        rounds && mean == 0.0f ? narrow_bits(brain, -0.0f + mean) : 0x8000;
    for (size_t i = 0; i < n; i++) {
        uint16_t bits = narrow_bits(brain, values[i]);
        out[i] = bits == 0x8000 ? negative_zero : bits;
    }
}

DISPATCH_INLINE void scale_any(bool fuses, bool brain, bool rounds, float std, float mean, size_t n,
                               float *values, uint16_t *out)
{
    if (brain)
        scale(fuses, true, true, std, mean, n, values, out);
    else if (rounds)
        scale(fuses, false, true, std, mean, n, values, out);
    else
        scale(fuses, false, false, std, mean, n, values, out);
}
DISPATCH_VARIANTS(scale_any,
                  (bool brain, bool rounds, float std, float mean, size_t n, float *restrict values,
                   uint16_t *restrict out),
                  (fuses, brain, rounds, std, mean, n, values, out))

static void fill_2_11(const torch_fill *fill, const normal_tables *t, const uint32_t *draws,
                      size_t groups, uint16_t *out)
{
    float values[PIECE_VALUES];
    float std = round_to(fill->dtype, fill->b), mean = round_to(fill->dtype, fill->a);
    bool brain = fill->dtype == TOKVEC_BFLOAT16;
    DISPATCH(look_up, (t, draws, groups, values));
    DISPATCH(scale_any, (brain, t->rounds, std, mean, groups * NORMAL_GROUP, values, out));
}

/* ---------------------------------------------------------------- 2.12 */

/* Value number i of the draws' groups, with the C library's functions. */
static uint16_t by_library(const uint32_t *draws, size_t i, tokvec_dtype dtype, float std,
                           float mean)
{
    size_t j = i - (i & HALF);
    float u1 = 1.0f - 0x1p-24f * (float)uniform_of24(draws[j]);
    float radius = sqrtf(-2.0f * libm_logf(u1));
    float theta = angle_of(0x1p-24 * uniform_of24(draws[j + HALF]));
    float sine, cosine;
    libm_sincosf(theta, &sine, &cosine);
    float turn = (i & HALF) == 0 ? cosine : sine;
    return narrow_bits(dtype == TOKVEC_BFLOAT16, fused_by_double(radius * turn, std, mean));
}

/* The float32 values differ from the library's by a few units in the last place. Nearly all are
 * rounded to 16 bits alike, wherever in that neighbourhood they lie; the others are doubtful. */
DISPATCH_INLINE void round_estimates(bool brain, const float *values, size_t n, float std,
                                     float mean, uint16_t *out, uint8_t *doubt)
{
    const float relative = 0x1p-20f, absolute = 0x1p-20f * fabsf(mean) + 0x1p-24f * fabsf(std);
    for (size_t i = 0; i < n; i++) {
        float near = fabsf(values[i]) * relative + absolute;
        uint16_t low = narrow_bits(brain, values[i] - near);
        uint16_t high = narrow_bits(brain, values[i] + near);
        out[i] = low;
        doubt[i] = low != high;
    }
}

DISPATCH_INLINE void round_all(bool brain, const float *values, size_t n, float std, float mean,
                               uint16_t *out, uint8_t *doubt)
{
    if (brain)
        round_estimates(true, values, n, std, mean, out, doubt);
    else
        round_estimates(false, values, n, std, mean, out, doubt);
}
DISPATCH_VARIANTS(round_all,
                  (bool brain, const float *restrict values, size_t n, float std, float mean,
                   uint16_t *restrict out, uint8_t *restrict doubt),
                  (brain, values, n, std, mean, out, doubt))

static void fill_2_12(const torch_fill *fill, const uint32_t *draws, size_t groups, uint16_t *out)
{
    float values[PIECE_VALUES];
    uint8_t doubt[PIECE_VALUES];
    size_t n = groups * NORMAL_GROUP;
    float std = round_to(fill->dtype, fill->b), mean = round_to(fill->dtype, fill->a);
    normal_scale scale = {.mean = (double)mean, .std = (double)std};
    normal_float32_wide(draws, groups, scale, values);
    DISPATCH(round_all, (fill->dtype == TOKVEC_BFLOAT16, values, n, std, mean, out, doubt));
    for (size_t i = 0; i < n; i++) {
        if (doubt[i] != 0)
            out[i] = by_library(draws, i, fill->dtype, std, mean);
    }
}

/* ---------------------------------------------------------------- all */

static void fill_2_13(const torch_fill *fill, const uint32_t *draws, size_t groups, uint16_t *out)
{
    normal_scale scale = {.mean = fill->a, .std = fill->b};
    if (fill->dtype == TOKVEC_BFLOAT16)
        normal_bfloat16(draws, groups, scale, out);
    else
        normal_float16(draws, groups, scale, out);
}

void normal_narrow(const torch_fill *fill, const normal_tables *tables, const uint32_t *draws,
                   size_t groups, uint16_t *out)
{
    while (groups > 0) {
        size_t part = groups < NORMAL_PIECE ? groups : NORMAL_PIECE;
        if (fill->rules >= TORCH_2_13)
            fill_2_13(fill, draws, part, out);
        else if (fill->rules >= TORCH_2_12)
            fill_2_12(fill, draws, part, out);
        else
            fill_2_11(fill, tables, draws, part, out);
        draws += part * NORMAL_GROUP;
        out += part * NORMAL_GROUP;
        groups -= part;
    }
}
