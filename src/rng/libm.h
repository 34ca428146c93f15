/* libm.h - functions of the C library's mathematics, of which PyTorch's bits are.
 * They may be called once libm_load has succeeded.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_LIBM_H
#define TOKVEC_RNG_LIBM_H

#include "base/error.h"

bool libm_load(tokvec_error *err);

double libm_log(double x);
double libm_log1p(double x);
double libm_erf(double x);
double libm_exp(double x);
double libm_atan2(double y, double x);
void libm_sincos(double x, double *sine, double *cosine);
double libm_fma(double x, double y, double z);
double libm_pow(double x, double y);

float libm_logf(float x);
float libm_expf(float x);
void libm_sincosf(float x, float *sine, float *cosine);

/* Tables that are made of logf and sincosf are those that the originals make with the same C
 * library. NULL if that gives the bits of glibc 2.36, as it seems from a few numbers; else a
 * warning (generator.warning). */
const char *libm_warning(void);

#endif
