/* dispatch.c - which variant this processor runs.
 * See dispatch.h.
 * SPDX-License-Identifier: MIT */
#include "base/dispatch.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
/* glibc has asked the processor, and whether the system keeps the registers. Asking again takes
 * some microseconds a question where the processor is a virtual one. The macros of this header
 * shift a 1 into the sign bit for the feature numbered 31, which sanitizers stop. */
static bool has(unsigned feature)
{
    enum { REGISTER = 8 * sizeof(unsigned), LEAF = 4 * REGISTER };
    const struct cpuid_feature *leaf = __x86_get_cpuid_feature_leaf(feature / LEAF);
    return leaf->active_array[feature % LEAF / REGISTER] >> feature % REGISTER & 1;
}
#define HAS(builtin_name, glibc_name) has(x86_cpu_##glibc_name)
#define HAS_F16C                      has(x86_cpu_F16C)
#else
#define HAS(builtin_name, glibc_name) (__builtin_cpu_supports(builtin_name) != 0)
#define HAS_F16C                      1 /* with AVX2; not all compilers know the name */
#endif

static enum dispatch_level of_processor(void)
{
    if (!HAS("avx2", AVX2) || !HAS("fma", FMA) || !HAS_F16C)
        return DISPATCH_BASELINE;
    bool all = HAS("avx512f", AVX512F) && HAS("avx512bw", AVX512BW) && HAS("avx512dq", AVX512DQ) &&
               HAS("avx512vl", AVX512VL);
    return all ? DISPATCH_AVX512 : DISPATCH_AVX2;
}
#else
static enum dispatch_level of_processor(void)
{
    return DISPATCH_BASELINE;
}
#endif

bool dispatch_named(const char *name, enum dispatch_level *level)
{
    static const char *const names[] = {"baseline", "avx2", "avx512"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            *level = (enum dispatch_level)i;
            return true;
        }
    }
    return false;
}

static enum dispatch_level best(void)
{
    enum dispatch_level level = of_processor(), wanted;
    const char *name = getenv("TOKVEC_CPU");
    return name != NULL && dispatch_named(name, &wanted) && wanted < level ? wanted : level;
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
