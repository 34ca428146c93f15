/* dispatch.c - which variant this processor runs.
 * See dispatch.h.
 * SPDX-License-Identifier: MIT */
#include "base/dispatch.h"

#include <stdatomic.h>

#if defined(__x86_64__) && defined(__GNUC__)
#if __has_include(<sys/platform/x86.h>)
/* glibc has asked the processor already. Asking again takes some microseconds for each question
 * where it is a virtual one. */
#include <sys/platform/x86.h>
#define HAS_AVX2 (CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(FMA))
#define HAS_AVX512                                                  \
    (CPU_FEATURE_ACTIVE(AVX512F) && CPU_FEATURE_ACTIVE(AVX512BW) && \
     CPU_FEATURE_ACTIVE(AVX512DQ) && CPU_FEATURE_ACTIVE(AVX512VL))
#else
#define HAS_AVX2 (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
#define HAS_AVX512                                                              \
    (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && \
     __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
#endif
#else
#define HAS_AVX2   0
#define HAS_AVX512 0
#endif

static enum dispatch_level best(void)
{
    if (!HAS_AVX2)
        return DISPATCH_BASELINE;
    return HAS_AVX512 ? DISPATCH_AVX512 : DISPATCH_AVX2;
}

/* What is chosen, plus 1; 0: not asked yet. */
static atomic_int chosen;

void dispatch_limit(enum dispatch_level highest)
{
    chosen = 1 + (int)(best() < highest ? best() : highest);
}

enum dispatch_level dispatch_level(void)
{
    int known = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (known == 0) {
        known = 1 + (int)best();
        atomic_store_explicit(&chosen, known, memory_order_relaxed);
    }
    return (enum dispatch_level)(known - 1);
}
