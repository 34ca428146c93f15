/* whence_recipes.h - the ways in which a table may have been drawn.
 * From what each generator says is worth trying, what the user knows, and what the numbers of the
 * table are like.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_WHENCE_RECIPES_H
#define TOKVEC_MEASURE_WHENCE_RECIPES_H

#include "measure/whence_numbers.h"
#include "measure/whence_sample.h"

enum { WHENCE_TEXT_SIZE = 128 };

typedef struct whence_recipe {
    tokvec_seed_spec spec; /* without a seed */
    tokvec_dtype as;       /* what its values have become in the table */
    bool seedless;         /* every seed gives the same values */
    bool release;          /* only its release makes it another one than one before */
    const generator_kind *kind;
    char init[WHENCE_TEXT_SIZE], times[WHENCE_NUMBER_SIZE]; /* that the spec may point to */
    uint64_t digest;                                        /* of some values of some seeds */
} whence_recipe;

typedef struct whence_recipes {
    whence_recipe **all;
    size_t count, capacity;
} whence_recipes;

/* All that may be: with the members that are given, whose texts are lent; and, unless all are
 * wanted, only those whose values are like the table's. Fails if none could be drawn at all. The
 * list starts as {0} and is released by whence_recipes_free in any case. */
bool whence_recipes_list(whence_recipes *list, const whence_sample *sample,
                         const tokvec_seed_spec *given, bool all, tokvec_error *err);
void whence_recipes_free(whence_recipes *list);

/* Whether two recipes are the same but for the release. */
bool whence_recipes_alike(const tokvec_seed_spec *a, const tokvec_seed_spec *b);

#endif
