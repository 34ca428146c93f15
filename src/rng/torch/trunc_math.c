/* trunc_math.c - what both rules of trunc_normal_ compute.
 * See trunc_math.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/trunc_math.h"

#include "rng/libm.h"

#include <float.h>
#include <math.h>

double trunc_chance_below(double x)
{
    return (1.0 + libm_erf(x / sqrt(2.0))) / 2.0;
}

double trunc_largest(tokvec_dtype dtype)
{
    switch (dtype) {
    case TOKVEC_FLOAT16: return 65504.0;
    case TOKVEC_BFLOAT16: return 0x1.fep127;
    case TOKVEC_FLOAT32: return FLT_MAX;
    default: return DBL_MAX;
    }
}

double trunc_spacing(tokvec_dtype dtype)
{
    switch (dtype) {
    case TOKVEC_FLOAT16: return 0x1p-11;
    case TOKVEC_BFLOAT16: return 0x1p-8;
    case TOKVEC_FLOAT32: return 0x1p-24;
    default: return 0x1p-53;
    }
}

static void narrow_part(tokvec_dtype dtype, size_t n, double *values)
{
    float wide[256];
    uint16_t narrow[256];
    for (size_t i = 0; i < n; i++)
        wide[i] = (float)values[i];
    if (dtype != TOKVEC_FLOAT32) {
        tokvec_convert(TOKVEC_FLOAT32, wide, dtype, narrow, n, NULL);
        tokvec_convert(dtype, narrow, TOKVEC_FLOAT32, wide, n, NULL);
    }
    for (size_t i = 0; i < n; i++)
        values[i] = (double)wide[i];
}

void trunc_narrow(tokvec_dtype dtype, size_t n, double *values)
{
    for (size_t i = 0; dtype != TOKVEC_FLOAT64 && i < n; i += 256)
        narrow_part(dtype, n - i < 256 ? n - i : 256, values + i);
}

double trunc_narrowed(tokvec_dtype dtype, double x)
{
    trunc_narrow(dtype, 1, &x);
    return x;
}
