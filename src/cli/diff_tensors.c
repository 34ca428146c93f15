/* diff_tensors.c - all tensors that two models have, compared by their names.
 * See diff_tensors.h.
 * SPDX-License-Identifier: MIT */
#include "cli/diff_tensors.h"

#include "cli/diff_report.h"
#include "cli/notice.h"
#include "cli/reporting.h"
#include "table/weights.h"

#include <stdlib.h>

/* One of the two models. */
typedef struct model {
    const char *path;
    tokvec_weights *weights;
    const tokvec_tensor **by_name;
    bool warned;
} model;

enum { TENSOR, STATUS, FIRST_OF_DIFF, FIELD_COUNT = FIRST_OF_DIFF + DIFF_FIELD_COUNT };

typedef struct tensors {
    const settings *options;
    model a, b;
    report *to;     /* NULL: nothing is printed */
    bool different; /* so far */
} tensors;

/* ---------------------------------------------------------------- models */

static bool open_model(model *m, const settings *s, size_t which, tokvec_error *err)
{
    const tokvec_file_spec spec = source_spec(s);
    const tokvec_tensor *repeated;
    m->path = s->operands[which].text;
    m->weights = source_weights(m->path, &spec, err);
    if (m->weights == NULL || !tokvec_weights_complete(m->weights, err) ||
        !weights_find_repeated(m->weights, &repeated, err))
        return false;
    if (repeated != NULL) {
        error_set(err, TOKVEC_BAD_FILE, "the tensor name '%s' is repeated", repeated->name);
        error_where(err, "%s", m->path);
        return error_hint(err, "compare single tensors with -t");
    }
    m->by_name = weights_by_name(m->weights, err);
    return m->by_name != NULL;
}

static void close_model(model *m)
{
    free(m->by_name);
    tokvec_weights_close(m->weights);
}

static int by_name(const void *name, const void *tensor)
{
    return strcmp(name, (*(const tokvec_tensor *const *)tensor)->name);
}

/* The model's tensor of that name, or NULL. */
static const tokvec_tensor *find(const model *m, const char *name)
{
    const tokvec_tensor **found =
        bsearch(name, m->by_name, tokvec_weights_count(m->weights), sizeof *m->by_name, by_name);
    return found == NULL ? NULL : *found;
}

/* A tensor as a table. NULL with TOKVEC_UNSUPPORTED: it can be none. */
static tokvec_table *open_table(model *m, const tokvec_tensor *tensor, tokvec_error *err)
{
    tokvec_table *table = tokvec_weights_table(m->weights, tensor, err);
    const char *warning = tokvec_weights_warning(m->weights);
    if (table != NULL && warning != NULL && !m->warned) {
        m->warned = true;
        notice("warning: %s", warning);
    }
    return table;
}

/* ---------------------------------------------------------------- lines */

static bool print(tensors *t, const char *name, const char *status, diff_outcome *o,
                  tokvec_error *err)
{
    report_value values[FIELD_COUNT] = {report_text_of(name), report_text_of(status)};
    const int64_t first = o->result.first.row, most = o->result.max_abs_row;
    t->different |= !o->equal;
    if (t->to == NULL)
        return true;
    diff_report_fill(o, report_integer(first), (tokvec_text){NULL, 0}, report_integer(most),
                     values + FIRST_OF_DIFF);
    return report_line(t->to, values, err);
}

/* What a line says of a tensor that only one model has, or that cannot be compared. */
static bool print_alone(tensors *t, const tokvec_tensor *a, const tokvec_tensor *b,
                        const char *status, tokvec_error *err)
{
    diff_outcome o = {.equal = false};
    if (a != NULL)
        o.shape_a = (diff_shape){.ndim = a->ndim, .dims = a->shape};
    if (b != NULL)
        o.shape_b = (diff_shape){.ndim = b->ndim, .dims = b->shape};
    o.dtype_a = a == NULL ? TOKVEC_NO_DTYPE : a->dtype;
    o.dtype_b = b == NULL ? TOKVEC_NO_DTYPE : b->dtype;
    return print(t, a != NULL ? a->name : b->name, status, &o, err);
}

static bool print_unread(tensors *t, const tokvec_tensor *a, const tokvec_tensor *b,
                         const tokvec_error *why, tokvec_error *err)
{
    notice("warning: not compared: %s (%s)", why->what,
           why->where[0] != '\0' ? why->where : t->a.path);
    return print_alone(t, a, b, "not_compared", err);
}

/* ---------------------------------------------------------------- comparing */

/* Whether there is anything to compare, as diff_sides_spec says it, or only shape or dtype. */
static const char *status_without(const diff_settings *d, const diff_outcome *o)
{
    const uint64_t *a = o->shape_a.rows_dim, *b = o->shape_b.rows_dim;
    bool common = a[1] == b[1] && (a[0] > 0) == (b[0] > 0);
    if (!common)
        return "shape";
    return d->bits && o->dtype_a != o->dtype_b ? "dtype" : NULL;
}

static bool compare_tables(tensors *t, const diff_side *a, const diff_side *b, tokvec_error *err)
{
    diff_spec spec;
    const char *name = a->tensor->name;
    diff_outcome o = {.dtype_a = tokvec_table_dtype(a->table),
                      .dtype_b = tokvec_table_dtype(b->table)};
    diff_sides_shape(a, &o.shape_a);
    diff_sides_shape(b, &o.shape_b);
    const char *status = status_without(diff_settings_of(t->options), &o);
    o.result.first.row = o.result.max_abs_row = -1;
    if (status != NULL)
        return print(t, name, status, &o, err);
    tokvec_error why = {.code = TOKVEC_OK};
    if (!diff_sides_spec(t->options, a, b, &spec, err))
        return false;
    if (!diff_tables(&spec, &o.result, &why)) {
        if (why.code == TOKVEC_BAD_ARGUMENT) /* their IDs or words are different ones */
            return print_unread(t, a->tensor, b->tensor, &why, err);
        *err = why;
        return false;
    }
    o.compared = true;
    diff_report_judge(&o);
    bool shapes = diff_sides_shapes_equal(&o.shape_a, &o.shape_b);
    return print(t, name, o.equal ? "equal" : shapes ? "different" : "shape", &o, err);
}

/* What is stored, where it cannot be read as values: packed numbers, or the bytes of a type that no
 * table has. */
static tokvec_table *open_stored(const model *m, const tokvec_tensor *tensor, tokvec_error *err)
{
    size_t index = (size_t)(tensor - m->weights->tensors);
    return tensor->dtype == TOKVEC_NO_DTYPE ? weights_bytes_table(m->weights, index, err)
                                            : weights_stored_table(m->weights, index, false, err);
}

/* Compares what is stored of two tensors of one type and shape, bit by bit. `why` they could not be
 * compared by value is said if this cannot be done. */
static bool compare_stored(tensors *t, const tokvec_tensor *of_a, const tokvec_tensor *of_b,
                           const tokvec_error *why, tokvec_error *err)
{
    diff_outcome o = {.dtype_a = of_a->dtype,
                      .dtype_b = of_b->dtype,
                      .shape_a = {.ndim = of_a->ndim, .dims = of_a->shape},
                      .shape_b = {.ndim = of_b->ndim, .dims = of_b->shape}};
    if (strcmp(of_a->dtype_name, of_b->dtype_name) != 0 ||
        !diff_sides_shapes_equal(&o.shape_a, &o.shape_b))
        return print_unread(t, of_a, of_b, why, err);
    tokvec_table *a = open_stored(&t->a, of_a, NULL), *b = open_stored(&t->b, of_b, NULL);
    diff_spec spec = {
        .a = a, .b = b, .bits = true, .any = true, .threads = t->options->common.threads};
    bool can = a != NULL && b != NULL && tokvec_table_dim(a) == tokvec_table_dim(b) &&
               tokvec_table_rows(a) == tokvec_table_rows(b);
    bool good = !can || diff_tables(&spec, &o.result, err);
    o.equal = can && o.result.different == 0;
    if (good)
        good = can ? print(t, of_a->name, o.equal ? "equal" : "different", &o, err)
                   : print_unread(t, of_a, of_b, why, err);
    tokvec_table_close(a);
    tokvec_table_close(b);
    return good;
}

static bool compare_tensors(tensors *t, const tokvec_tensor *of_a, const tokvec_tensor *of_b,
                            tokvec_error *err)
{
    tokvec_error why = {.code = TOKVEC_OK};
    tokvec_table *a = open_table(&t->a, of_a, &why);
    tokvec_table *b = a == NULL ? NULL : open_table(&t->b, of_b, &why);
    bool good = false;
    if (b != NULL)
        good = compare_tables(t, &(diff_side){a, of_a, t->a.weights},
                              &(diff_side){b, of_b, t->b.weights}, err);
    else if (why.code == TOKVEC_UNSUPPORTED)
        good = compare_stored(t, of_a, of_b, &why, err);
    else
        *err = why;
    tokvec_table_close(a);
    tokvec_table_close(b);
    return good;
}

static bool compare_all(tensors *t, tokvec_error *err)
{
    const tokvec_tensor *tensor;
    bool good = true, quiet = t->to == NULL;
    for (size_t i = 0; good && (tensor = tokvec_weights_tensor(t->a.weights, i)) != NULL; i++) {
        const tokvec_tensor *other = find(&t->b, tensor->name);
        good = other == NULL ? print_alone(t, tensor, NULL, "only_a", err)
                             : compare_tensors(t, tensor, other, err);
        if (quiet && t->different)
            return good;
    }
    for (size_t i = 0; good && (tensor = tokvec_weights_tensor(t->b.weights, i)) != NULL; i++) {
        if (find(&t->a, tensor->name) == NULL)
            good = print_alone(t, NULL, tensor, "only_b", err);
    }
    return good;
}

/* ---------------------------------------------------------------- the report */

static void fill_fields(report_field fields[FIELD_COUNT])
{
    static const unsigned shown[] = {DIFF_SHAPE,   DIFF_SHAPE_B, DIFF_VALUES,    DIFF_DIFFERENT,
                                     DIFF_MAX_ABS, DIFF_RMSE,    DIFF_COSINE_MIN};
    report_field *of_diff = fields + FIRST_OF_DIFF;
    fields[TENSOR] = (report_field){.name = "tensor"};
    fields[STATUS] = (report_field){.name = "status"};
    memcpy(of_diff, diff_report_fields, sizeof diff_report_fields);
    for (size_t i = 0; i < DIFF_FIELD_COUNT; i++)
        of_diff[i].flags |= REPORT_NO_TEXT;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        of_diff[shown[i]].flags &= ~(unsigned)REPORT_NO_TEXT;
}

static bool report_all(tensors *t, tokvec_error *err)
{
    report_field fields[FIELD_COUNT];
    reporting out;
    if (t->options->common.quiet)
        return compare_all(t, err);
    fill_fields(fields);
    if (!reporting_open(&out, t->options, fields, FIELD_COUNT, false, err))
        return false;
    t->to = out.report;
    return reporting_close(&out, compare_all(t, err), err);
}

bool diff_tensors_compare(const settings *s, tokvec_error *err)
{
    tensors t = {.options = s};
    bool good = open_model(&t.a, s, 0, err) && open_model(&t.b, s, 1, err) && report_all(&t, err);
    close_model(&t.a);
    close_model(&t.b);
    if (good && t.different)
        *s->status = STATUS_DIFFERENT;
    return good;
}
