/* dispatch.h - one implementation, compiled for several processors, chosen when it is called.
 * The default build runs on any x86-64 and still uses AVX2 and FMA where they are.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_DISPATCH_H
#define TOKVEC_RNG_DISPATCH_H

/* DISPATCH_VARIANTS(type, f, (parameters), (arguments)) makes variants of the always-inline
 * function f; DISPATCH(f, (arguments)) calls the best that this processor runs. All of them
 * compute the same bits: the source says where operations are fused, never the compiler. */
#if defined(__x86_64__) && defined(__GNUC__)

#define DISPATCH_VARIANTS(type, f, parameters, arguments)               \
    __attribute__((target("avx2,fma"))) static type f##_avx2 parameters \
    {                                                                   \
        f arguments;                                                    \
    }                                                                   \
    static type f##_baseline parameters                                 \
    {                                                                   \
        f arguments;                                                    \
    }

#define DISPATCH(f, arguments)                                               \
    do {                                                                     \
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) \
            f##_avx2 arguments;                                              \
        else                                                                 \
            f##_baseline arguments;                                          \
    } while (0)

#else

#define DISPATCH_VARIANTS(type, f, parameters, arguments)
#define DISPATCH(f, arguments) f arguments

#endif
#endif
