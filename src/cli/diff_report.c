/* diff_report.c - what came of a comparison, as fields of a report.
 * See diff_report.h.
 * SPDX-License-Identifier: MIT */
#include "cli/diff_report.h"

#include <math.h>

static const char *const members_of_first[] = {"row", "token", "column", "a", "b", NULL};

const report_field diff_report_fields[DIFF_FIELD_COUNT] = {
    [DIFF_EQUAL] = {.name = "equal"},
    [DIFF_SHAPE] = {.name = "shape"},
    [DIFF_SHAPE_B] = {.name = "shape_b"},
    [DIFF_DTYPE] = {.name = "dtype"},
    [DIFF_DTYPE_B] = {.name = "dtype_b"},
    [DIFF_ROWS] = {.name = "rows", .flags = REPORT_RIGHT},
    [DIFF_VALUES] = {.name = "values", .flags = REPORT_RIGHT},
    [DIFF_DIFFERENT] = {.name = "different", .flags = REPORT_RIGHT},
    [DIFF_ROWS_DIFFERENT] = {.name = "rows_different", .flags = REPORT_RIGHT},
    [DIFF_FIRST] = {.name = "first", .members = members_of_first},
    [DIFF_MAX_ABS] = {.name = "max_abs", .flags = REPORT_RIGHT},
    [DIFF_MAX_ABS_AT] = {.name = "max_abs_at"},
    [DIFF_MAX_REL] = {.name = "max_rel", .flags = REPORT_RIGHT},
    [DIFF_REL_UNDEFINED] = {.name = "rel_undefined", .flags = REPORT_RIGHT},
    [DIFF_MEAN_ABS] = {.name = "mean_abs", .flags = REPORT_RIGHT},
    [DIFF_RMSE] = {.name = "rmse", .flags = REPORT_RIGHT},
    [DIFF_COSINE_MIN] = {.name = "cosine_min", .flags = REPORT_RIGHT},
    [DIFF_COSINE_MEAN] = {.name = "cosine_mean", .flags = REPORT_RIGHT},
    [DIFF_COSINE_UNDEFINED] = {.name = "cosine_undefined", .flags = REPORT_RIGHT},
    [DIFF_COSINE] = {.name = "cosine", .flags = REPORT_RIGHT},
    [DIFF_RELATIVE] = {.name = "relative_frobenius", .flags = REPORT_RIGHT},
};

void diff_report_judge(diff_outcome *o)
{
    const diff_result *r = &o->result;
    /* IDs of their own may pair fewer rows than tables of one shape have. */
    o->equal = o->compared && diff_sides_shapes_equal(&o->shape_a, &o->shape_b) &&
               r->rows == o->shape_a.rows_dim[0] && r->different == 0;
}

/* An element exactly. */
static report_value number_of(tokvec_dtype dtype, element e)
{
    if (tokvec_dtype_is_float(dtype))
        return report_real(e.real);
    return e.negative ? report_integer((int64_t)(0 - e.magnitude)) : report_natural(e.magnitude);
}

static report_value real_unless(bool none, double value)
{
    return none ? report_null() : report_real(value);
}

static void fill_places(diff_outcome *o, report_value first_id, tokvec_text token,
                        report_value max_id, report_value *values)
{
    const diff_result *r = &o->result;
    if (r->first.row >= 0) {
        o->first[0] = first_id;
        o->first[1] = report_bytes(token);
        o->first[2] = report_natural(r->first.column);
        o->first[3] = number_of(o->dtype_a, r->first.a);
        o->first[4] = number_of(o->dtype_b, r->first.b);
        values[DIFF_FIRST] = report_values(o->first, 5);
    }
    if (r->max_abs_row >= 0) {
        o->max_abs_at[0] = max_id;
        o->max_abs_at[1] = report_natural(r->max_abs_column);
        values[DIFF_MAX_ABS_AT] = report_values(o->max_abs_at, 2);
    }
}

static void fill_figures(const diff_result *r, report_value *values)
{
    bool no_cosine = r->cosine_undefined == r->rows;
    bool no_relative = r->values == 0 || (isnan(r->relative) && !isnan(r->rmse));
    values[DIFF_ROWS] = report_natural(r->rows);
    values[DIFF_VALUES] = report_natural(r->values);
    values[DIFF_DIFFERENT] = report_natural(r->different);
    values[DIFF_ROWS_DIFFERENT] = report_natural(r->rows_different);
    values[DIFF_MAX_ABS] = real_unless(r->values == 0, r->max_abs);
    values[DIFF_MAX_REL] = real_unless(r->rel_undefined == r->values, r->max_rel);
    values[DIFF_REL_UNDEFINED] = report_natural(r->rel_undefined);
    values[DIFF_MEAN_ABS] = real_unless(r->values == 0, r->mean_abs);
    values[DIFF_RMSE] = real_unless(r->values == 0, r->rmse);
    values[DIFF_COSINE_MIN] = real_unless(no_cosine, r->cosine_min);
    values[DIFF_COSINE_MEAN] = real_unless(no_cosine, r->cosine_mean);
    values[DIFF_COSINE_UNDEFINED] = report_natural(r->cosine_undefined);
    values[DIFF_COSINE] = real_unless(isnan(r->cosine), r->cosine);
    values[DIFF_RELATIVE] = real_unless(no_relative, r->relative);
}

/* Those of a tensor that one model does not have are null. */
static report_value shape_of(const diff_shape *shape, tokvec_dtype dtype)
{
    return dtype == TOKVEC_NO_DTYPE && shape->dims == NULL
               ? report_null()
               : report_naturals(shape->dims, shape->ndim);
}

static report_value dtype_of(tokvec_dtype dtype)
{
    return dtype == TOKVEC_NO_DTYPE ? report_null() : report_text_of(tokvec_dtype_name(dtype));
}

void diff_report_fill(diff_outcome *o, report_value first_id, tokvec_text token,
                      report_value max_id, report_value values[DIFF_FIELD_COUNT])
{
    for (size_t i = 0; i < DIFF_FIELD_COUNT; i++)
        values[i] = report_null();
    values[DIFF_EQUAL] = report_truth(o->equal);
    values[DIFF_SHAPE] = shape_of(&o->shape_a, o->dtype_a);
    values[DIFF_SHAPE_B] = shape_of(&o->shape_b, o->dtype_b);
    values[DIFF_DTYPE] = dtype_of(o->dtype_a);
    values[DIFF_DTYPE_B] = dtype_of(o->dtype_b);
    if (!o->compared)
        return;
    fill_figures(&o->result, values);
    fill_places(o, first_id, token, max_id, values);
}
