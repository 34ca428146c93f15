/* dtype.c - element types: names, sizes, and conversions that round once.
 * See dtype.h and tokvec.h.
 * SPDX-License-Identifier: MIT */
#include "base/dtype.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "base/error.h"

#include <math.h>

static const struct {
    const char *name;
    size_t size;
} dtypes[TOKVEC_DTYPE_COUNT] = {
    [TOKVEC_NO_DTYPE] = {"none", 0},
    [TOKVEC_FLOAT32] = {"float32", 4},
    [TOKVEC_FLOAT64] = {"float64", 8},
    [TOKVEC_FLOAT16] = {"float16", 2},
    [TOKVEC_BFLOAT16] = {"bfloat16", 2},
    [TOKVEC_FLOAT8_E4M3FN] = {"float8_e4m3fn", 1},
    [TOKVEC_FLOAT8_E5M2] = {"float8_e5m2", 1},
    [TOKVEC_FLOAT8_E4M3FNUZ] = {"float8_e4m3fnuz", 1},
    [TOKVEC_FLOAT8_E5M2FNUZ] = {"float8_e5m2fnuz", 1},
    [TOKVEC_FLOAT8_E8M0FNU] = {"float8_e8m0fnu", 1},
    [TOKVEC_BOOL] = {"bool", 1},
    [TOKVEC_INT8] = {"int8", 1},
    [TOKVEC_INT16] = {"int16", 2},
    [TOKVEC_INT32] = {"int32", 4},
    [TOKVEC_INT64] = {"int64", 8},
    [TOKVEC_UINT8] = {"uint8", 1},
    [TOKVEC_UINT16] = {"uint16", 2},
    [TOKVEC_UINT32] = {"uint32", 4},
    [TOKVEC_UINT64] = {"uint64", 8},
};

size_t tokvec_dtype_size(tokvec_dtype dtype)
{
    return dtypes[dtype].size;
}

const char *tokvec_dtype_name(tokvec_dtype dtype)
{
    return dtypes[dtype].name;
}

tokvec_dtype tokvec_dtype_from_name(const char *name)
{
    for (tokvec_dtype d = TOKVEC_NO_DTYPE + 1; d < TOKVEC_DTYPE_COUNT; d++) {
        if (strcmp(dtypes[d].name, name) == 0)
            return d;
    }
    return TOKVEC_NO_DTYPE;
}

bool tokvec_dtype_is_float(tokvec_dtype dtype)
{
    return dtype >= TOKVEC_FLOAT32 && dtype <= TOKVEC_FLOAT8_E8M0FNU;
}

bool dtype_is_integer(tokvec_dtype dtype)
{
    return dtype >= TOKVEC_INT8 && dtype < TOKVEC_DTYPE_COUNT;
}

bool dtype_is_signed(tokvec_dtype dtype)
{
    return dtype >= TOKVEC_INT8 && dtype <= TOKVEC_INT64;
}

/* ---------------------------------------------------------------- widening */

/* The five 8-bit floats (Micikevicius et al., "FP8 Formats for Deep Learning", 2022; the FNUZ
 * kinds as in PyTorch: bias one higher, no infinities, 0x80 is the only nan; E8M0 as in the OCP
 * Microscaling formats: a bare exponent of bias 127). */
static float widen_float8(tokvec_dtype dtype, uint8_t byte)
{
    if (dtype == TOKVEC_FLOAT8_E5M2) /* the upper byte of a float16 */
        return float_of_float16((uint16_t)(byte << 8));
    if (dtype == TOKVEC_FLOAT8_E8M0FNU)
        return byte == 0xff ? NAN : float_of_bits(byte == 0 ? 1u << 22 : (uint32_t)byte << 23);
    bool unsigned_zero = dtype != TOKVEC_FLOAT8_E4M3FN;
    int mantissa_bits = dtype == TOKVEC_FLOAT8_E5M2FNUZ ? 2 : 3;
    int bias = dtype == TOKVEC_FLOAT8_E4M3FN ? 7 : dtype == TOKVEC_FLOAT8_E4M3FNUZ ? 8 : 16;
    if (unsigned_zero ? byte == 0x80 : (byte & 0x7f) == 0x7f)
        return NAN;
    int mantissa = byte & ((1 << mantissa_bits) - 1);
    int exponent = (byte & 0x7f) >> mantissa_bits;
    float value = exponent == 0 ? ldexpf((float)mantissa, 1 - bias - mantissa_bits)
                                : ldexpf((float)(mantissa | 1 << mantissa_bits),
                                         exponent - bias - mantissa_bits);
    return byte & 0x80 ? -value : value;
}

DISPATCH_INLINE void widen_float16s(const uint8_t *in, float *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = float_of_float16(load_le16(in + 2 * i));
}
DISPATCH_VARIANTS(widen_float16s, (const uint8_t *in, float *out, size_t n), (in, out, n))

DISPATCH_INLINE void widen_bfloat16s(const uint8_t *in, float *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = float_of_bfloat16(load_le16(in + 2 * i));
}
DISPATCH_VARIANTS(widen_bfloat16s, (const uint8_t *in, float *out, size_t n), (in, out, n))

/* The two that weights are kept in. A subnormal E4M3 is its mantissa in units of 2^-9. */
DISPATCH_INLINE void widen_float8_e4m3fns(const uint8_t *in, float *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const uint32_t magnitude = in[i] & 0x7f, sign = (uint32_t)(in[i] & 0x80) << 24;
        const uint32_t subnormal = bits_of_float((float)(int)magnitude * 0x1p-9f);
        uint32_t bits = magnitude < 8 ? subnormal : (magnitude << 20) + (120u << 23);
        bits = magnitude == 0x7f ? 0x7fc00000 : bits | sign;
        out[i] = float_of_bits(bits);
    }
}
DISPATCH_VARIANTS(widen_float8_e4m3fns, (const uint8_t *in, float *out, size_t n), (in, out, n))

DISPATCH_INLINE void widen_float8_e5m2s(const uint8_t *in, float *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = float_of_float16((uint16_t)(in[i] << 8));
}
DISPATCH_VARIANTS(widen_float8_e5m2s, (const uint8_t *in, float *out, size_t n), (in, out, n))

void dtype_widen(tokvec_dtype dtype, const void *in, float *out, size_t n)
{
    const uint8_t *bytes = in;
    switch (dtype) {
    case TOKVEC_FLOAT32: memcpy(out, in, n * sizeof *out); break;
    case TOKVEC_FLOAT16: DISPATCH(widen_float16s, (bytes, out, n)); break;
    case TOKVEC_BFLOAT16: DISPATCH(widen_bfloat16s, (bytes, out, n)); break;
    case TOKVEC_FLOAT8_E4M3FN: DISPATCH(widen_float8_e4m3fns, (bytes, out, n)); break;
    case TOKVEC_FLOAT8_E5M2: DISPATCH(widen_float8_e5m2s, (bytes, out, n)); break;
    default:
        for (size_t i = 0; i < n; i++)
            out[i] = widen_float8(dtype, bytes[i]);
    }
}

static element of_real(double value)
{
    return (element){.real = value};
}

static element of_signed(int64_t value)
{
    uint64_t bits = (uint64_t)value;
    return (element){.magnitude = value < 0 ? 0 - bits : bits, .negative = value < 0};
}

static element of_unsigned(uint64_t value)
{
    return (element){.magnitude = value};
}

element dtype_element(tokvec_dtype dtype, const void *array, size_t i)
{
    const uint8_t *at = (const uint8_t *)array + i * dtypes[dtype].size;
    double real;
    float narrow;
    switch (dtype) {
    case TOKVEC_FLOAT64: memcpy(&real, at, sizeof real); return of_real(real);
    case TOKVEC_BOOL: return of_unsigned(*at != 0);
    case TOKVEC_UINT8: return of_unsigned(*at);
    case TOKVEC_UINT16: return of_unsigned(load_le16(at));
    case TOKVEC_UINT32: return of_unsigned(load_le32(at));
    case TOKVEC_UINT64: return of_unsigned(load_le64(at));
    case TOKVEC_INT8: return of_signed((int8_t)*at);
    case TOKVEC_INT16: return of_signed((int16_t)load_le16(at));
    case TOKVEC_INT32: return of_signed((int32_t)load_le32(at));
    case TOKVEC_INT64: return of_signed((int64_t)load_le64(at));
    default: dtype_widen(dtype, at, &narrow, 1); return of_real((double)narrow);
    }
}

/* ---------------------------------------------------------------- narrowing */

/* The double to round from. An integer of more than 53 bits is rounded to odd, so that the
 * rounding to a narrower format that follows is as if it had been made from the integer itself
 * (Boldo and Melquiond, "When double rounding is odd", 2005). */
static double element_real(tokvec_dtype dtype, element e)
{
    if (tokvec_dtype_is_float(dtype))
        return e.real;
    uint64_t magnitude = e.magnitude;
    if (magnitude >> 53 != 0) {
        uint64_t dropped = magnitude & 0x7ff;
        magnitude = (magnitude & ~(uint64_t)0x7ff) | (dropped != 0 ? 0x800 : 0);
    }
    return e.negative ? -(double)magnitude : (double)magnitude;
}

/* The bits of the nearest number of a 16-bit format with that many explicit mantissa bits
 * (10: float16, 7: bfloat16), ties to even. */
static uint16_t narrow16(double value, int mantissa_bits)
{
    int exponent_bits = 15 - mantissa_bits;
    int bias = (1 << (exponent_bits - 1)) - 1;
    uint16_t sign = signbit(value) ? 0x8000 : 0;
    uint16_t infinity = (uint16_t)(((1 << exponent_bits) - 1) << mantissa_bits);
    if (isnan(value))
        return (uint16_t)(sign | infinity | 1 << (mantissa_bits - 1));
    double magnitude = fabs(value);
    if (isinf(value))
        return sign | infinity;
    int exponent;
    frexp(magnitude, &exponent);
    exponent -= 1; /* magnitude is in [2^exponent, 2^(exponent+1)) */
    if (magnitude == 0 || exponent < 1 - bias)
        exponent = 1 - bias; /* subnormals share the exponent of the smallest normal */
    /* In units of the last place: a whole number after rint, which rounds ties to even. The
     * scaling is exact. A carry out of the mantissa falls into the exponent, as it should. */
    double units = rint(ldexp(magnitude, mantissa_bits - exponent));
    int64_t bits = (int64_t)units + ((int64_t)(exponent + bias - 1) << mantissa_bits);
    return bits >= infinity ? sign | infinity : (uint16_t)(sign | bits);
}

/* The same for float32s, many at a time. */
DISPATCH_INLINE void narrow_to_bfloat16s(const float *restrict in, uint16_t *restrict out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint16_t nan = (uint16_t)(bits_of_float(in[i]) >> 16 & 0x8000) | 0x7fc0;
        out[i] = in[i] != in[i] ? nan : bfloat16_of_float(in[i]);
    }
}
DISPATCH_VARIANTS(narrow_to_bfloat16s, (const float *restrict in, uint16_t *restrict out, size_t n),
                  (in, out, n))

DISPATCH_INLINE void narrow_to_float16s(const float *restrict in, uint16_t *restrict out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = float16_of_float(in[i]);
}
DISPATCH_VARIANTS(narrow_to_float16s, (const float *restrict in, uint16_t *restrict out, size_t n),
                  (in, out, n))

static void narrow_float32s(const float *in, tokvec_dtype to, uint16_t *out, size_t n)
{
    if (to == TOKVEC_FLOAT16)
        DISPATCH(narrow_to_float16s, (in, out, n));
    else
        DISPATCH(narrow_to_bfloat16s, (in, out, n));
}

static void store_narrowed(tokvec_dtype to, double value, void *out, size_t i)
{
    switch (to) {
    case TOKVEC_FLOAT64: ((double *)out)[i] = value; break;
    case TOKVEC_FLOAT32: ((float *)out)[i] = (float)value; break;
    case TOKVEC_FLOAT16: ((uint16_t *)out)[i] = narrow16(value, 10); break;
    default: ((uint16_t *)out)[i] = narrow16(value, 7); break;
    }
}

bool tokvec_convert(tokvec_dtype from, const void *in, tokvec_dtype to, void *out, size_t n,
                    tokvec_error *error)
{
    if (from == TOKVEC_NO_DTYPE || !tokvec_dtype_is_float(to) || tokvec_dtype_size(to) < 2)
        return error_set(error, TOKVEC_BAD_ARGUMENT, "cannot convert %s to %s",
                         tokvec_dtype_name(from), tokvec_dtype_name(to)) ||
               error_hint(error, "choose float64, float32, float16 or bfloat16");
    if (from == to) {
        memcpy(out, in, n * dtypes[to].size);
    } else if (to == TOKVEC_FLOAT32 && tokvec_dtype_is_float(from) && from != TOKVEC_FLOAT64) {
        dtype_widen(from, in, out, n);
    } else if (from == TOKVEC_FLOAT32 && tokvec_dtype_size(to) == 2) {
        narrow_float32s(in, to, out, n);
    } else if (to == TOKVEC_FLOAT64 && !tokvec_dtype_is_float(from)) {
        for (size_t i = 0; i < n; i++) { /* not by way of round-to-odd: this is the last step */
            element e = dtype_element(from, in, i);
            ((double *)out)[i] = e.negative ? -(double)e.magnitude : (double)e.magnitude;
        }
    } else {
        for (size_t i = 0; i < n; i++)
            store_narrowed(to, element_real(from, dtype_element(from, in, i)), out, i);
    }
    return true;
}
