/* bag.h - several rows as one vector: their sum, mean or maximum.
 * Bit for bit as torch.nn.EmbeddingBag does it, in PyTorch's own builds for x86-64.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_BAG_H
#define TOKVEC_MEASURE_BAG_H

#include "tokvec.h"

typedef enum bag_mode { BAG_SUM, BAG_MEAN, BAG_MAX } bag_mode;

/* How rows are put together. */
typedef struct bag_rule {
    bag_mode mode;
    tokvec_dtype dtype; /* of the rows and of the vector: float32, float64, float16 or bfloat16 */
    bool weighted;      /* each row is multiplied by a weight of its own; with BAG_SUM only */
    bool padded;        /* some ID stands for padding, which PyTorch has other code for: products
                           of float32 and sums of bfloat16 are rounded otherwise */
} bag_rule;

/* A bag that is being filled. */
typedef struct bag {
    const bag_rule *rule;
    size_t dim;
    void *sum;  /* bag_sum_size bytes, aligned as malloc does */
    uint64_t n; /* rows so far */
} bag;

/* The bytes that a bag's `sum` needs; 0 if they are too many to be counted. */
size_t bag_sum_size(const bag_rule *rule, size_t dim);

/* Makes the bag empty. */
void bag_start(bag *b);

/* Puts n more rows into the bag, in their order. Each has b->dim elements, aligned to an element.
 * `weights` is one a row, as bag_weight has made it, or NULL. There are `ahead` more pointers
 * behind the n, to rows that will be used soon. */
void bag_add(bag *b, const void *const *rows, const double *weights, size_t n, size_t ahead);

/* Writes the vector, b->dim elements of the rule's dtype: of an empty bag, zeros. */
void bag_finish(const bag *b, void *out);

/* A weight as PyTorch has it in a tensor of that dtype; false if it is not finite there. */
bool bag_weight(tokvec_dtype dtype, double value, double *weight);

#endif
