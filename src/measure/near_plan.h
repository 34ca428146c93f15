/* near_plan.h - what the threads of a search share: the queries in all forms, and what is found.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_NEAR_PLAN_H
#define TOKVEC_MEASURE_NEAR_PLAN_H

#include "measure/near.h"
#include "measure/near_cut.h"

/* So few queries are held against each row one by one, as it comes from memory; more of them in
 * panels, against several rows. */
enum { NEAR_FEW = 8 };

/* Only `best` changes. */
typedef struct near_plan {
    near_metric by;
    size_t dim, count;
    bool zero_answers;
    tokvec_dtype dtype; /* of rows as they come: float64, float32, float16 or bfloat16 */
    tokvec_dtype rough; /* as near_rough_sums sees them: float32 for float64 */
    const near_query *queries;

    double *values;       /* of all queries */
    near_vector *vectors; /* of these, ready */
    near_cut_query *cuts;
    bool all_judged;

    near_shape shape;
    float *few;         /* the first queries, NEAR_FEW at most, for near_rough_sums */
    size_t few_size;    /* of one, in values */
    float *panels;      /* all queries, filled up with zeros; NULL: they are few */
    size_t panel_count; /* likewise 0 */

    near_best best;
} near_plan;

/* For rows of that dtype. NULL with an error. */
near_plan *near_plan_open(const near_spec *spec, tokvec_dtype dtype, tokvec_error *err);

void near_plan_close(near_plan *p);

/* How many queries there are with those that fill the last panel. */
size_t near_plan_filled(const near_plan *p);

#endif
