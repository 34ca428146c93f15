/* uniform.c - the uniform distribution as torch.Tensor.uniform_ draws it on the CPU.
 * See uniform.h. A value is u * width + low, rounded once. Since 2.12 the upper bound, which
 * rounding may reach, is replaced by the lower one.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/uniform.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "rng/fused.h"
#include "rng/torch/affine.h"
#include "rng/torch/narrow.h"
#include "rng/torch/uniform_bits.h"

#include <math.h>

/* One of float32, bfloat16 or float16, its numbers in float32. */
typedef struct recipe {
    uint32_t mask; /* u is these bits of a draw */
    float unit;    /* times this */
    float low, width;
    float high; /* is replaced; nan: is not */
} recipe;

static recipe recipe_of(const torch_fill *fill)
{
    bool replaces = fill->rules >= TORCH_2_12;
    float low = (float)fill->a, high = (float)fill->b;
    recipe r = {0xffffff, 0x1p-24f, low, high - low, replaces ? high : NAN};
    if (fill->dtype == TOKVEC_FLOAT32)
        return r;
    low = narrow_round(fill->dtype, low);
    high = narrow_round(fill->dtype, high);
    if (replaces) {
        r.high = high;
        return r;
    }
    int bits = fill->dtype == TOKVEC_BFLOAT16 ? 8 : 11;
    return (recipe){(1u << bits) - 1, bits == 8 ? 0x1p-8f : 0x1p-11f, low,
                    narrow_round(fill->dtype, high - low), NAN};
}

DISPATCH_INLINE float value_of(bool fuses, const recipe *r, uint32_t draw)
{
    float u = (float)(int32_t)(draw & r->mask) * r->unit;
    return fused(fuses, u, r->width, r->low);
}

DISPATCH_INLINE void fill_float32(bool fuses, const recipe *from, const uint32_t *draws, size_t n,
                                  float *out)
{
    const recipe r = *from;
    for (size_t i = 0; i < n; i++) {
        float value = value_of(fuses, &r, draws[i]);
        out[i] = value == r.high ? r.low : value;
    }
}
DISPATCH_VARIANTS(fill_float32,
                  (const recipe *from, const uint32_t *restrict draws, size_t n,
                   float *restrict out),
                  (fuses, from, draws, n, out))

DISPATCH_INLINE void fill_narrow(bool fuses, bool brain, const recipe *from, const uint32_t *draws,
                                 size_t n, uint16_t *out)
{
    const recipe r = *from;
    const uint16_t low = narrow_bits(brain, r.low);
    for (size_t i = 0; i < n; i++) {
        uint16_t value = narrow_bits(brain, value_of(fuses, &r, draws[i]));
        out[i] = narrow_widen(brain, value) == r.high ? low : value;
    }
}

DISPATCH_INLINE void fill_bfloat16(bool fuses, const recipe *from, const uint32_t *draws, size_t n,
                                   uint16_t *out)
{
    fill_narrow(fuses, true, from, draws, n, out);
}
DISPATCH_VARIANTS(fill_bfloat16,
                  (const recipe *from, const uint32_t *restrict draws, size_t n,
                   uint16_t *restrict out),
                  (fuses, from, draws, n, out))

DISPATCH_INLINE void fill_float16(bool fuses, const recipe *from, const uint32_t *draws, size_t n,
                                  uint16_t *out)
{
    fill_narrow(fuses, false, from, draws, n, out);
}
DISPATCH_VARIANTS(fill_float16,
                  (const recipe *from, const uint32_t *restrict draws, size_t n,
                   uint16_t *restrict out),
                  (fuses, from, draws, n, out))

DISPATCH_INLINE void uniforms64(const uint32_t *draws, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = uniform_of53(draws + 2 * i);
}
DISPATCH_VARIANTS(uniforms64, (const uint32_t *restrict draws, size_t n, double *restrict out),
                  (draws, n, out))

static void fill_float64(const torch_fill *fill, const uint32_t *draws, size_t n, double *out)
{
    DISPATCH(uniforms64, (draws, n, out));
    affine_float64(out, n, fill->b - fill->a, fill->a);
    if (fill->rules < TORCH_2_12)
        return;
    for (size_t i = 0; i < n; i++)
        out[i] = out[i] == fill->b ? fill->a : out[i];
}

void uniform_make(const torch_fill *fill, const uint32_t *draws, size_t n, void *out)
{
    recipe r = recipe_of(fill);
    switch (fill->dtype) {
    case TOKVEC_FLOAT64: fill_float64(fill, draws, n, out); break;
    case TOKVEC_BFLOAT16: DISPATCH(fill_bfloat16, (&r, draws, n, out)); break;
    case TOKVEC_FLOAT16: DISPATCH(fill_float16, (&r, draws, n, out)); break;
    default: DISPATCH(fill_float32, (&r, draws, n, out)); break;
    }
}
