/* normal.h - the normal distribution as torch.Tensor.normal_ draws it on the CPU.
 * Values come in groups of 16, each made from its own 16 (float64: 32) draws.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_TORCH_NORMAL_H
#define TOKVEC_RNG_TORCH_NORMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    NORMAL_GROUP = 16,
    NORMAL_PIECE = 39,       /* groups that are made fastest: this many, or a multiple */
    NORMAL_SMALL_DRAWS = 32, /* that normal_small may take */
};

/* The last step: each value is value * std + mean, rounded once. */
typedef struct normal_scale {
    double mean, std;
} normal_scale;

/* 16 * groups values from as many draws. The Box-Muller step with the single-precision log, sin
 * and cos of Cephes, fused where the AVX2 path of PyTorch fuses. */
void normal_float32(const uint32_t *draws, size_t groups, normal_scale scale, float *out);

/* The same with angles that are rounded from double. */
void normal_float32_wide(const uint32_t *draws, size_t groups, normal_scale scale, float *out);

/* The same as normal_float32's, each rounded once more. */
void normal_bfloat16(const uint32_t *draws, size_t groups, normal_scale scale, uint16_t *out);
void normal_float16(const uint32_t *draws, size_t groups, normal_scale scale, uint16_t *out);

/* What follows uses the C library's functions: to be called once libm_load has succeeded. */

/* 16 * groups values from 32 * groups draws, with the C library's log, sin, cos. */
void normal_float64(const uint32_t *draws, size_t groups, normal_scale scale, double *out);

/* n values (at most 15) from 2 * (n + n % 2) draws, by the path that PyTorch takes for tensors of
 * fewer than 16: one value after the other, in double, each second one kept from the pair before;
 * before the last step. plain_log: log(1 - u), as in PyTorch 1.13, not log1p(-u). */
void normal_small(const uint32_t *draws, size_t n, bool plain_log, double *out);

#endif
