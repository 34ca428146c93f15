/* libm.c - functions of the C library's mathematics, of which PyTorch's bits are.
 * See libm.h.
 * SPDX-License-Identifier: MIT */
#include "rng/libm.h"

#include "base/library.h"

#include <math.h>
#ifdef TOKVEC_LATE_LIBRARIES
#include <gnu/lib-names.h>
#endif

#define FUNCTIONS(EACH) \
    EACH(log) EACH(log1p) EACH(sincos) EACH(erf) EACH(exp) EACH(atan2) EACH(logf) EACH(expf) EACH(sincosf)
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

float libm_logf(float x)
{
    return libm.logf(x);
}

void libm_sincosf(float x, float *sine, float *cosine)
{
    libm.sincosf(x, sine, cosine);
}

float libm_expf(float x)
{
    return libm.expf(x);
}
