/* libm.c - functions of the C library's mathematics, of which PyTorch's bits are.
 * See libm.h.
 * SPDX-License-Identifier: MIT */
#include "rng/libm.h"

#include "base/bytes.h"
#include "base/library.h"

#include <math.h>
#ifdef TOKVEC_LATE_LIBRARIES
#include <gnu/lib-names.h>
#endif

#define FUNCTIONS(EACH) \
    EACH(atan2)         \
    EACH(erf)           \
    EACH(exp)           \
    EACH(expf) EACH(fma) EACH(log) EACH(log1p) EACH(logf) EACH(pow) EACH(sincos) EACH(sincosf)
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

/* Numbers whose results glibc 2.36 does not round correctly, as another way to compute them would.
 */
const char *libm_warning(void)
{
    static const uint32_t logs[][2] = {
        {0x3f796e42, 0xbcd4f649}, {0x3f7afeb6, 0xbca1bf5b}, {0x3f7c09ae, 0xbc7f901d}};
    static const uint32_t angles[][3] = {{0x40b64ea3, 0xbf0d9842, 0x3f5546d1},
                                         {0x4075888b, 0xbf23e992, 0xbf44a4c8},
                                         {0x4013e8d8, 0x3f3cff72, 0xbf2cac2f},
                                         {0x3fb03f68, 0x3f7b345c, 0x3e4545dd}};
    bool same = true;
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++)
        same = same && bits_of_float(libm_logf(float_of_bits(logs[i][0]))) == logs[i][1];
    for (size_t i = 0; i < sizeof angles / sizeof *angles; i++) {
        float sine, cosine;
        libm_sincosf(float_of_bits(angles[i][0]), &sine, &cosine);
        same = same && bits_of_float(sine) == angles[i][1] && bits_of_float(cosine) == angles[i][2];
    }
    return same ? NULL
                : "this C library's logf, sinf or cosf is not that of glibc 2.36, with which the "
                  "table was compared; about 1 value in 50 may differ in its last bit";
}
