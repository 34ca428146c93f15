/* diff_report.h - what came of a comparison, as fields of a report.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_DIFF_REPORT_H
#define TOKVEC_CLI_DIFF_REPORT_H

#include "cli/diff_sides.h"
#include "print/report.h"

enum {
    DIFF_EQUAL,
    DIFF_SHAPE,
    DIFF_SHAPE_B,
    DIFF_DTYPE,
    DIFF_DTYPE_B,
    DIFF_ROWS,
    DIFF_VALUES,
    DIFF_DIFFERENT,
    DIFF_ROWS_DIFFERENT,
    DIFF_FIRST,
    DIFF_MAX_ABS,
    DIFF_MAX_ABS_AT,
    DIFF_MAX_REL,
    DIFF_REL_UNDEFINED,
    DIFF_MEAN_ABS,
    DIFF_RMSE,
    DIFF_COSINE_MIN,
    DIFF_COSINE_MEAN,
    DIFF_COSINE_UNDEFINED,
    DIFF_COSINE,
    DIFF_RELATIVE,
    DIFF_FIELD_COUNT
};
extern const report_field diff_report_fields[DIFF_FIELD_COUNT];

/* Two tables, and what came of comparing them. What values borrow; must not move. */
typedef struct diff_outcome {
    diff_shape shape_a, shape_b;
    tokvec_dtype dtype_a, dtype_b;
    bool compared; /* else only shape and dtype are known */
    diff_result result;
    bool equal; /* shapes and values */
    report_value first[5], max_abs_at[2];
} diff_outcome;

/* Sees whether they are equal, once the rest is known. */
void diff_report_judge(diff_outcome *o);

/* The values of the fields. first_id and max_id: how the user knows the rows of a that the result
 * names; the token of the first one is borrowed. */
void diff_report_fill(diff_outcome *o, report_value first_id, tokvec_text token,
                      report_value max_id, report_value values[DIFF_FIELD_COUNT]);

#endif
