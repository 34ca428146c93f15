/* bag.c - several rows as one vector.
 * See bag.h. Float16 and bfloat16 are added up in float32, and rounded once at the end.
 * SPDX-License-Identifier: MIT */
#include "measure/bag.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "base/dtype.h"
#include "measure/bag_ahead.h"
#include "measure/bag_half.h"

#include <math.h>

/* ---------------------------------------------------------------- elements */

DISPATCH_INLINE float widen_float32(float value)
{
    return value;
}

DISPATCH_INLINE double widen_float64(double value)
{
    return value;
}

DISPATCH_INLINE float widen_float16(uint16_t half)
{
    return float_of_float16(half);
}

DISPATCH_INLINE float widen_bfloat16(uint16_t brain)
{
    return float_of_bfloat16(brain);
}

/* To nearest, ties to even. */
DISPATCH_INLINE uint16_t narrow_bfloat16(float value)
{
    uint32_t bits = bits_of_float(value);
    if (value != value)
        return (uint16_t)(bits >> 16 | 0x40);
    return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

/* To nearest, ties away from zero: so does the code that PyTorch has from FBGEMM. */
DISPATCH_INLINE uint16_t narrow_bfloat16_away(float value)
{
    return value != value ? narrow_bfloat16(value)
                          : (uint16_t)((bits_of_float(value) + 0x8000) >> 16);
}

/* To nearest, ties to even: of a normal number by a carry out of what is cut off, of a subnormal
 * one by adding a number whose last place is that of float16. */
DISPATCH_INLINE uint16_t narrow_float16(float value)
{
    const uint32_t infinity = 0x7f800000, too_large = 0x47800000, normal = 0x38800000;
    uint32_t bits = bits_of_float(value);
    uint32_t sign = bits >> 16 & 0x8000, magnitude = bits & 0x7fffffff;
    uint32_t rebased = magnitude - ((127 - 15) << 23);
    uint32_t narrow = (rebased + 0xfff + (magnitude >> 13 & 1)) >> 13;
    uint32_t below = bits_of_float(float_of_bits(magnitude) + 0.5f) - 0x3f000000;
    narrow = magnitude < normal ? below : narrow;
    narrow = magnitude >= too_large ? 0x7c00 : narrow;
    narrow = magnitude > infinity ? 0x7e00 : narrow;
    return (uint16_t)(sign | narrow);
}

/* a * b + c, rounded once. Without an instruction for it: the product is exact in double, and so is
 * what the sum lacks. If it lacks anything, its last bit is made odd, so that the float is that of
 * the exact sum, subnormal or not. */
DISPATCH_INLINE float fused(bool fuses, float a, float b, float c)
{
    if (fuses)
        return __builtin_fmaf(a, b, c);
    double x = (double)a * (double)b, y = (double)c, sum = x + y, part = sum - x;
    double lacks = (x - (sum - part)) + (y - part);
    uint64_t bits = bits_of_double(sum);
    if (lacks != 0.0 && (bits & 1) == 0 && isfinite(sum))
        bits = (lacks > 0.0) == (sum > 0.0) ? bits + 1 : bits - 1;
    return (float)double_of_bits(bits);
}

/* ---------------------------------------------------------------- adding rows */

#define BAG_PLAIN(acc, x, w)   ((void)(w), (acc) + (x))
#define BAG_GREATER(acc, x, w) ((void)(w), (x) > (acc) ? (x) : (acc)) /* a nan is not greater */
#define BAG_TWICE(acc, x, w)   ((acc) + (x) * (w))     /* rounded twice: never contracted */
#define BAG_FUSED(acc, x, w)   fused(fuses, w, x, acc) /* rounded once */

/* kind_NAME: STEP for each element of n rows, one row after the other, some of them in one go. */
#define BAG_KERNEL(kind, name, value, stored, STEP)                                               \
    DISPATCH_INLINE void kind##_##name(bool fuses, value *restrict acc, const void *const *rows,  \
                                       const double *weights, size_t n, size_t ahead, size_t dim) \
    {                                                                                             \
        (void)fuses;                                                                              \
        value w0 = 1, w1 = 1, w2 = 1, w3 = 1;                                                     \
        size_t i = 0;                                                                             \
        for (; i + BAG_AT_ONCE <= n; i += BAG_AT_ONCE) {                                          \
            const stored *restrict a = rows[i], *restrict b = rows[i + 1];                        \
            const stored *restrict c = rows[i + 2], *restrict d = rows[i + 3];                    \
            bag_ahead(rows + i, BAG_AT_ONCE, n + ahead - i, dim * sizeof *a);                     \
            if (weights != NULL) {                                                                \
                w0 = (value)weights[i], w1 = (value)weights[i + 1];                               \
                w2 = (value)weights[i + 2], w3 = (value)weights[i + 3];                           \
            }                                                                                     \
            for (size_t j = 0; j < dim; j++) {                                                    \
                value x = acc[j];                                                                 \
                value xa = widen_##name(a[j]), xb = widen_##name(b[j]);                           \
                value xc = widen_##name(c[j]), xd = widen_##name(d[j]);                           \
                x = STEP(x, xa, w0);                                                              \
                x = STEP(x, xb, w1);                                                              \
                x = STEP(x, xc, w2);                                                              \
                acc[j] = STEP(x, xd, w3);                                                         \
            }                                                                                     \
        }                                                                                         \
        for (; i < n; i++) {                                                                      \
            const stored *restrict a = rows[i];                                                   \
            bag_ahead(rows + i, 1, n + ahead - i, dim * sizeof *a);                               \
            if (weights != NULL)                                                                  \
                w0 = (value)weights[i];                                                           \
            for (size_t j = 0; j < dim; j++) {                                                    \
                value xa = widen_##name(a[j]);                                                    \
                acc[j] = STEP(acc[j], xa, w0);                                                    \
            }                                                                                     \
        }                                                                                         \
    }

/* Every kernel: what it does, with which dtype. In 16 bits the product is exact in float. */
#define BAG_KERNELS(EACH)                               \
    EACH(sum, float32, float, float, BAG_PLAIN)         \
    EACH(sum, float64, double, double, BAG_PLAIN)       \
    EACH(sum, float16, float, uint16_t, BAG_PLAIN)      \
    EACH(sum, bfloat16, float, uint16_t, BAG_PLAIN)     \
    EACH(max, float32, float, float, BAG_GREATER)       \
    EACH(max, float64, double, double, BAG_GREATER)     \
    EACH(max, float16, float, uint16_t, BAG_GREATER)    \
    EACH(max, bfloat16, float, uint16_t, BAG_GREATER)   \
    EACH(fused, float32, float, float, BAG_FUSED)       \
    EACH(weighted, float32, float, float, BAG_TWICE)    \
    EACH(weighted, float64, double, double, BAG_TWICE)  \
    EACH(weighted, float16, float, uint16_t, BAG_TWICE) \
    EACH(weighted, bfloat16, float, uint16_t, BAG_TWICE)

BAG_KERNELS(BAG_KERNEL)

#define BAG_NUMBER(kind, name, value, stored, STEP) KERNEL_##kind##_##name,
enum kernel { BAG_KERNELS(BAG_NUMBER) };
#undef BAG_NUMBER

/* Copies the row that the others are compared with. */
static void copy_row(const bag *b, const void *row)
{
    if (b->rule->dtype == TOKVEC_FLOAT64)
        memcpy(b->sum, row, b->dim * sizeof(double));
    else
        dtype_widen(b->rule->dtype, row, b->sum, b->dim);
}

DISPATCH_INLINE void add_rows(bool fuses, enum kernel kernel, void *sum, const void *const *rows,
                              const double *weights, size_t n, size_t ahead, size_t dim)
{
#define BAG_CASE(kind, name, value, stored, STEP) \
    case KERNEL_##kind##_##name: kind##_##name(fuses, sum, rows, weights, n, ahead, dim); break;
    switch (kernel) {
        BAG_KERNELS(BAG_CASE)
    }
#undef BAG_CASE
}
DISPATCH_VARIANTS(add_rows,
                  (enum kernel kernel, void *sum, const void *const *rows, const double *weights,
                   size_t n, size_t ahead, size_t dim),
                  (fuses, kernel, sum, rows, weights, n, ahead, dim))

static enum kernel kernel_of(const bag_rule *r)
{
    static const struct {
        tokvec_dtype dtype;
        enum kernel sum, max, weighted;
    } all[] = {
        {TOKVEC_FLOAT32, KERNEL_sum_float32, KERNEL_max_float32, KERNEL_weighted_float32},
        {TOKVEC_FLOAT64, KERNEL_sum_float64, KERNEL_max_float64, KERNEL_weighted_float64},
        {TOKVEC_FLOAT16, KERNEL_sum_float16, KERNEL_max_float16, KERNEL_weighted_float16},
        {TOKVEC_BFLOAT16, KERNEL_sum_bfloat16, KERNEL_max_bfloat16, KERNEL_weighted_bfloat16},
    };
    size_t i = 0;
    while (i + 1 < sizeof all / sizeof *all && all[i].dtype != r->dtype)
        i++;
    if (r->weighted && r->dtype == TOKVEC_FLOAT32 && !r->padded)
        return KERNEL_fused_float32;
    return r->weighted ? all[i].weighted : r->mode == BAG_MAX ? all[i].max : all[i].sum;
}

/* ---------------------------------------------------------------- a bag */

size_t bag_sum_size(const bag_rule *rule, size_t dim)
{
    uint64_t bytes;
    uint64_t size = rule->dtype == TOKVEC_FLOAT64 ? sizeof(double) : sizeof(float);
    return mul_u64(dim, size, &bytes) && bytes <= PTRDIFF_MAX ? (size_t)bytes : 0;
}

void bag_start(bag *b)
{
    memset(b->sum, 0, bag_sum_size(b->rule, b->dim)); /* +0 */
    b->n = 0;
}

void bag_add(bag *b, const void *const *rows, const double *weights, size_t n, size_t ahead)
{
    size_t copied = b->rule->mode == BAG_MAX && b->n == 0 && n > 0;
    if (copied > 0)
        copy_row(b, rows[0]);
    b->n += n;
    rows += copied;
    n -= copied;
#ifdef DISPATCH_HAVE_AVX2
    if (b->rule->dtype == TOKVEC_FLOAT16 && b->rule->mode != BAG_MAX &&
        dispatch_level() >= DISPATCH_AVX2) {
        bag_half_add(b->sum, rows, weights, n, ahead, b->dim);
        return;
    }
#endif
    enum kernel kernel = kernel_of(b->rule);
    DISPATCH(add_rows, (kernel, b->sum, rows, weights, n, ahead, b->dim));
}

DISPATCH_INLINE void finish_float32(const bag *b, float *out)
{
    const float *sum = b->sum;
    float n = (float)b->n;
    if (b->rule->mode != BAG_MEAN)
        memcpy(out, sum, b->dim * sizeof *out);
    for (size_t j = 0; b->rule->mode == BAG_MEAN && j < b->dim; j++)
        out[j] = sum[j] / n;
}

DISPATCH_INLINE void finish_float64(const bag *b, double *out)
{
    const double *sum = b->sum;
    double n = (double)b->n;
    if (b->rule->mode != BAG_MEAN)
        memcpy(out, sum, b->dim * sizeof *out);
    for (size_t j = 0; b->rule->mode == BAG_MEAN && j < b->dim; j++)
        out[j] = sum[j] / n;
}

DISPATCH_INLINE void finish_float16(const bag *b, uint16_t *out)
{
    const float *sum = b->sum;
    float n =
        float_of_float16(narrow_float16((float)b->n)); /* infinite above 65519, as PyTorch's */
    if (b->rule->mode == BAG_MEAN) {
        for (size_t j = 0; j < b->dim; j++)
            out[j] = narrow_float16(float_of_float16(narrow_float16(sum[j])) / n);
    } else {
        for (size_t j = 0; j < b->dim; j++)
            out[j] = narrow_float16(sum[j]);
    }
}

DISPATCH_INLINE void finish_bfloat16(const bag *b, uint16_t *out)
{
    const float *sum = b->sum;
    float n = float_of_bfloat16(narrow_bfloat16((float)b->n));
    bool mean = b->rule->mode == BAG_MEAN, even = b->rule->padded || b->rule->mode == BAG_MAX;
    for (size_t j = 0; j < b->dim; j++)
        out[j] = even ? narrow_bfloat16(sum[j]) : narrow_bfloat16_away(sum[j]);
    for (size_t j = 0; mean && j < b->dim; j++)
        out[j] = narrow_bfloat16(float_of_bfloat16(out[j]) / n);
}

DISPATCH_INLINE void finish(const bag *b, void *out)
{
    switch (b->rule->dtype) {
    case TOKVEC_FLOAT32: finish_float32(b, out); break;
    case TOKVEC_FLOAT64: finish_float64(b, out); break;
    case TOKVEC_FLOAT16: finish_float16(b, out); break;
    default: finish_bfloat16(b, out); break;
    }
}
DISPATCH_VARIANTS(finish, (const bag *b, void *out), (b, out))

void bag_finish(const bag *b, void *out)
{
    if (b->n == 0)
        memset(out, 0, b->dim * tokvec_dtype_size(b->rule->dtype));
    else
        DISPATCH(finish, (b, out));
}

bool bag_weight(tokvec_dtype dtype, double value, double *weight)
{
    float narrow = (float)value; /* on the way to 16 bits, too: Python's float is rounded twice */
    switch (dtype) {
    case TOKVEC_FLOAT64: *weight = value; break;
    case TOKVEC_FLOAT16: *weight = (double)float_of_float16(narrow_float16(narrow)); break;
    case TOKVEC_BFLOAT16: *weight = (double)float_of_bfloat16(narrow_bfloat16(narrow)); break;
    default: *weight = (double)narrow; break;
    }
    return isfinite(*weight);
}
