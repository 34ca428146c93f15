/* whence.h - which seed, generator and distribution made a table.
 * Each way in which it may have been drawn is tried with each seed on a few values of the table;
 * what fits there is compared with all of it.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_WHENCE_H
#define TOKVEC_MEASURE_WHENCE_H

#include "measure/whence_confirm.h"
#include "measure/whence_recipes.h"

typedef struct whence_query {
    tokvec_table *table;           /* of floats of 16 bits or more */
    const tokvec_seed_spec *given; /* what is known: members that are not zero; a seed_text is the
                                    * only one that is tried */
    uint64_t first, count;         /* the seeds */
    bool all;         /* whatever the table's numbers are like, in every dtype; and rows
                       * from all over it with any number of seeds */
    unsigned threads; /* at most; 0: as many as there are processors */
    /* Is told now and then which part of the seeds has been tried; by one thread. May be NULL. */
    void (*progress)(void *context, double part);
    void *context;
} whence_query;

typedef struct whence_match {
    const whence_recipe *recipe;
    uint64_t seed; /* of no use if the recipe is seedless, or a seed_text was given */
    whence_equal equal;
} whence_match;

enum { WHENCE_MATCHES_MAX = 20 };

/* What came of it. */
typedef struct whence {
    whence_recipes recipes; /* that were tried */
    uint64_t rows;          /* of the table */
    /* Those that make the whole table; or, if none does, that make some of its rows. */
    whence_match matches[WHENCE_MATCHES_MAX];
    size_t count;
    bool whole;
    bool more;    /* there are more than these */
    bool shallow; /* of so many seeds only the table's first values were tried */
} whence;

/* Finds out. In a table that tells much, what makes all of it is found once, with every other way
 * to make the same from the same seed; in one that tells little there may be many. */
bool whence_find(whence *w, const whence_query *q, tokvec_error *err);
void whence_close(whence *w);

#endif
