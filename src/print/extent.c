/* extent.c - how small and how large values are.
 * See extent.h.
 * SPDX-License-Identifier: MIT */
#include "print/extent.h"

#include "base/dispatch.h"

#include <math.h>
#include <string.h>

static void extent_add(extent *x, double value)
{
    if (!isfinite(value) || value == 0.0)
        return;
    double magnitude = fabs(value);
    bool *side = value > 0 ? &x->above : &x->below;
    double *near = &x->extremes[value > 0 ? 0 : 2];
    if (!*side || magnitude < fabs(near[0]))
        near[0] = value;
    if (!*side || magnitude > fabs(near[1]))
        near[1] = value;
    *side = true;
    x->least = x->any && x->least < magnitude ? x->least : magnitude;
    x->greatest = x->any && x->greatest > magnitude ? x->greatest : magnitude;
    x->integral = (!x->any || x->integral) && value == ceil(value);
    x->any = true;
}

static inline int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static inline int32_t greatest(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* The bits of the extremes among n values, as in extent, without their signs; of a number that is
 * not useful if there is none. Magnitudes compare like integers, and masks instead of conditions
 * let the compiler vectorise. */
__attribute__((always_inline)) static inline void find_extremes(const float *values, size_t n,
                                                                uint32_t found[4])
{
    int32_t near_above = INT32_MAX, near_below = INT32_MAX, far_above = 0, far_below = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        int32_t sign = bits >> 31; /* 0 or -1 */
        int32_t magnitude = bits & INT32_MAX;
        int32_t far = magnitude & ((magnitude - 0x7f800000) >> 31); /* 0 if not finite */
        int32_t near = (magnitude - 1) & INT32_MAX;                 /* one less; 0 is largest */
        near_above = least(near_above, near | (sign & INT32_MAX));
        near_below = least(near_below, near | (~sign & INT32_MAX));
        far_above = greatest(far_above, far & ~sign);
        far_below = greatest(far_below, far & sign);
    }
    found[0] = (uint32_t)near_above + 1, found[1] = (uint32_t)far_above;
    found[2] = (uint32_t)near_below + 1, found[3] = (uint32_t)far_below;
}

#ifdef DISPATCH_HAVE_AVX2
/* The same code, for the compiler to vectorise with the instructions that it lacks otherwise. */
__attribute__((target("avx2"))) static void find_extremes_avx2(const float *values, size_t n,
                                                               uint32_t found[4])
{
    find_extremes(values, n, found);
}
#endif

/* Adds n values at once: the extremes among them, and one that is not an integer. */
static void extent_add_floats(extent *x, const float *values, size_t n)
{
    uint32_t found[4];
#ifdef DISPATCH_HAVE_AVX2
    if (dispatch_level() >= DISPATCH_AVX2)
        find_extremes_avx2(values, n, found);
    else
#endif
        find_extremes(values, n, found);
    for (size_t i = 0; i < 4; i++) {
        float value;
        memcpy(&value, &found[i], sizeof value);
        extent_add(x, i < 2 ? (double)value : -(double)value);
    }
    for (size_t i = 0; i < n && x->integral; i++)
        extent_add(x, (double)values[i]);
}

extent extent_of(tokvec_dtype dtype, const uint8_t *values, uint64_t n)
{
    enum { AT_ONCE = 256 };
    float floats[AT_ONCE];
    extent x = {.any = false};
    size_t size = tokvec_dtype_size(dtype);
    if (dtype == TOKVEC_FLOAT64) {
        for (uint64_t i = 0; i < n; i++)
            extent_add(&x, dtype_element(dtype, values, (size_t)i).real);
        return x;
    }
    for (uint64_t i = 0; i < n; i += AT_ONCE) {
        size_t some = n - i < AT_ONCE ? (size_t)(n - i) : AT_ONCE;
        dtype_widen(dtype, values + i * size, floats, some);
        extent_add_floats(&x, floats, some);
    }
    return x;
}
