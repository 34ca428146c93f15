/* libm.c - functions of the C library's mathematics, of which PyTorch's bits are.
 * See libm.h.
 * SPDX-License-Identifier: MIT */
#include "rng/libm.h"

#include "base/library.h"

#include <math.h>
#ifdef TOKVEC_LATE_LIBRARIES
#include <gnu/lib-names.h>
#endif

#define FUNCTIONS(EACH)                                                                 \
    EACH(atan2)                                                                         \
    EACH(erf) EACH(exp) EACH(expf) EACH(fma) EACH(log) EACH(log1p) EACH(logf) EACH(pow) \
        EACH(sincos) EACH(sincosf)
LIBRARY(libm, LIBM_SO, FUNCTIONS)

bool libm_load(tokvec_error *err)
{
    return library_load(&libm_library, err);
}

double libm_log(double x)
{
    return libm.log(x);
}

double libm_log1p(double x)
{
    return libm.log1p(x);
}

void libm_sincos(double x, double *sine, double *cosine)
{
    libm.sincos(x, sine, cosine);
}

double libm_erf(double x)
{
    return libm.erf(x);
}

double libm_exp(double x)
{
    return libm.exp(x);
}

double libm_atan2(double y, double x)
{
    return libm.atan2(y, x);
}

double libm_fma(double x, double y, double z)
{
    return libm.fma(x, y, z);
}

double libm_pow(double x, double y)
{
    return libm.pow(x, y);
}

float libm_logf(float x)
{
    return libm.logf(x);
}

float libm_expf(float x)
{
    return libm.expf(x);
}

void libm_sincosf(float x, float *sine, float *cosine)
{
    libm.sincosf(x, sine, cosine);
}
