/* dispatch.h - one implementation, compiled for several processors, chosen when it is called.
 * The default build runs on any x86-64 and still uses AVX2 and AVX-512 where they are.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_BASE_DISPATCH_H
#define TOKVEC_BASE_DISPATCH_H

#include <stdbool.h>

/* What variants there are; on processors other than x86-64 only the first. */
enum dispatch_level { DISPATCH_BASELINE, DISPATCH_AVX2, DISPATCH_AVX512 };

/* The best that this processor runs, but no better than the environment variable TOKVEC_CPU names
 * (baseline, avx2 or avx512; another value changes nothing, and the program refuses it) and than
 * the limit below. */
enum dispatch_level dispatch_level(void);

/* For tests and measurements: no variant above this level is chosen. Not to be changed while
 * other threads run. */
void dispatch_limit(enum dispatch_level highest);

/* What TOKVEC_CPU calls a level; false: nothing. */
bool dispatch_named(const char *name, enum dispatch_level *level);

/* A function that is compiled into each variant rather than called. */
#define DISPATCH_INLINE static inline __attribute__((always_inline, unused))

/* Whether the processor multiplies and adds at once (fma), in the baseline. */
#ifdef __FP_FAST_FMAF
enum { DISPATCH_BASELINE_FUSES = 1 };
#else
enum { DISPATCH_BASELINE_FUSES = 0 };
#endif

/* DISPATCH_VARIANTS(f, (parameters), (arguments)) makes variants of the DISPATCH_INLINE function
 * f, which returns nothing; DISPATCH(f, (arguments)) calls the best that this processor runs. All
 * compute the same bits: the source says where operations are fused, never the compiler. One of
 * the arguments may be `fuses`, whether the variant's processor multiplies and adds at once.
 * DISPATCH_FUSED_VARIANTS makes only those for which it does, beside an f_baseline that is there.
 */
#if defined(__x86_64__) && defined(__GNUC__)
#define DISPATCH_HAVE_AVX2 1

#define DISPATCH_FUSED_VARIANTS(f, parameters, arguments)                                         \
    __attribute__((                                                                               \
        target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))) static void f##_avx512 parameters \
    {                                                                                             \
        enum { fuses = 1 };                                                                       \
        f arguments;                                                                              \
    }                                                                                             \
    __attribute__((target("avx2,fma"))) static void f##_avx2 parameters                           \
    {                                                                                             \
        enum { fuses = 1 };                                                                       \
        f arguments;                                                                              \
    }

#define DISPATCH(f, arguments)                        \
    do {                                              \
        enum dispatch_level level = dispatch_level(); \
        if (level == DISPATCH_AVX512)                 \
            f##_avx512 arguments;                     \
        else if (level == DISPATCH_AVX2)              \
            f##_avx2 arguments;                       \
        else                                          \
            f##_baseline arguments;                   \
    } while (0)

#else

#define DISPATCH_FUSED_VARIANTS(f, parameters, arguments)
#define DISPATCH(f, arguments) f##_baseline arguments

#endif

#define DISPATCH_VARIANTS(f, parameters, arguments)   \
    DISPATCH_FUSED_VARIANTS(f, parameters, arguments) \
    static void f##_baseline parameters               \
    {                                                 \
        enum { fuses = DISPATCH_BASELINE_FUSES };     \
        f arguments;                                  \
    }

#endif
