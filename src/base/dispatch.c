/* dispatch.c - which variant this processor runs.
 * See dispatch.h.
 * SPDX-License-Identifier: MIT */
#include "base/dispatch.h"

static enum dispatch_level limit = DISPATCH_AVX512;

void dispatch_limit(enum dispatch_level highest)
{
    limit = highest;
}

enum dispatch_level dispatch_level(void)
{
    enum dispatch_level level = DISPATCH_BASELINE;
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        level = DISPATCH_AVX2;
    if (level == DISPATCH_AVX2 && __builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        level = DISPATCH_AVX512;
#endif
    return level < limit ? level : limit;
}
