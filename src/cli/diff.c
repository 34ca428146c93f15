/* diff.c - the command diff: two tables compared.
 * One report of all of it, or a line for each row that differs.
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/diff_report.h"
#include "cli/diff_tensors.h"
#include "cli/group_seed.h"
#include "cli/notice.h"
#include "cli/reporting.h"
#include "text/number.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>

/* ---------------------------------------------------------------- rows */

/* The ID and the token of a row of a, as far as it has them. */
static report_value id_of(const diff_sides *sides, int64_t row)
{
    int64_t id;
    return row >= 0 && source_id(&sides->a, row, &id) ? report_integer(id) : report_null();
}

/* Tokens are those of a; or of b, if a has none and rows are paired by their numbers. */
static const source *labelled(diff_sides *sides, bool *good, tokvec_error *err)
{
    bool any;
    *good = source_labels(&sides->a, &any, err);
    if (!*good || any)
        return *good ? &sides->a : NULL;
    if (tokvec_table_has_ids(sides->a.table) || tokvec_table_has_ids(sides->b.table))
        return NULL; /* what is paired by word has labels in a */
    *good = source_labels(&sides->b, &any, err);
    return *good && any ? &sides->b : NULL;
}

/* ---------------------------------------------------------------- one report */

static bool print_outcome(const settings *s, diff_sides *sides, diff_outcome *o, tokvec_error *err)
{
    reporting out;
    report_field fields[DIFF_FIELD_COUNT];
    report_value values[DIFF_FIELD_COUNT];
    tokvec_text token = {NULL, 0};
    bool good = true;
    memcpy(fields, diff_report_fields, sizeof fields);
    fields[DIFF_SHAPE_B].flags |=
        diff_sides_shapes_equal(&o->shape_a, &o->shape_b) ? REPORT_NO_TEXT : 0;
    fields[DIFF_DTYPE_B].flags |= o->dtype_a == o->dtype_b ? REPORT_NO_TEXT : 0;
    if (!reporting_open(&out, s, fields, DIFF_FIELD_COUNT, true, err))
        return false;
    int64_t first = o->result.first.row;
    const source *labels = first < 0 ? NULL : labelled(sides, &good, err);
    good = good && (labels == NULL || source_label(labels, first, &token, err));
    if (good) {
        diff_report_fill(o, id_of(sides, first), token, id_of(sides, o->result.max_abs_row),
                         values);
        good = report_line(out.report, values, err);
    }
    return reporting_close(&out, good, err);
}

/* ---------------------------------------------------------------- a line a row */

enum { ID, TOKEN, DIFFERENT, MAX_ABS, COSINE, ROW_FIELDS };
static const report_field fields_of_row[ROW_FIELDS] = {
    [ID] = {.name = "id", .flags = REPORT_RIGHT},
    [TOKEN] = {.name = "token"},
    [DIFFERENT] = {.name = "different", .flags = REPORT_RIGHT},
    [MAX_ABS] = {.name = "max_abs", .flags = REPORT_RIGHT},
    [COSINE] = {.name = "cosine", .flags = REPORT_RIGHT},
};

typedef struct row_printer {
    const diff_sides *sides;
    const source *labels; /* NULL: there are none */
    report *to;
} row_printer;

static bool print_row(void *context, const diff_line *line, tokvec_error *err)
{
    const row_printer *p = context;
    tokvec_text token = {NULL, 0};
    if (p->labels != NULL && !source_label(p->labels, line->row, &token, err))
        return false;
    const report_value values[ROW_FIELDS] = {
        [ID] = id_of(p->sides, line->row),
        [TOKEN] = report_bytes(token),
        [DIFFERENT] = report_natural(line->different),
        [MAX_ABS] = report_real(line->max_abs),
        [COSINE] = isnan(line->cosine) ? report_null() : report_real(line->cosine),
    };
    return report_line(p->to, values, err);
}

/* What a line a row does not show; and of the figures, what equal shapes would hide. */
static void tell_shapes(const diff_outcome *o, bool shown)
{
    const unsigned long long of_a = o->shape_a.rows_dim[0], of_b = o->shape_b.rows_dim[0];
    const unsigned long long shared = o->result.rows;
    bool same = diff_sides_shapes_equal(&o->shape_a, &o->shape_b);
    if (shown && !same)
        return;
    if (shared < of_a || shared < of_b)
        notice("note: one table has %llu rows, the other %llu: compared over the %llu they share",
               of_a, of_b, shared);
    else if (!same)
        notice("note: the tables are of different shapes, but their rows are as many and as long");
}

static bool compare_rows(const settings *s, diff_sides *sides, diff_spec *spec, diff_outcome *o,
                         tokvec_error *err)
{
    reporting out;
    bool good;
    row_printer printer = {.sides = sides, .labels = labelled(sides, &good, err)};
    report_field fields[ROW_FIELDS];
    memcpy(fields, fields_of_row, sizeof fields);
    fields[TOKEN].flags |= printer.labels == NULL ? REPORT_NO_TEXT : 0;
    if (!good || !reporting_open(&out, s, fields, ROW_FIELDS, false, err))
        return false;
    printer.to = out.report;
    spec->lister = print_row;
    spec->context = &printer;
    spec->enough = &out.out.failed; /* its reader may have left */
    good = diff_tables(spec, &o->result, err);
    bool whole = !out.out.failed;
    good = reporting_close(&out, good, err);
    if (good && whole)
        tell_shapes(o, false);
    return good;
}

/* ---------------------------------------------------------------- the command */

static bool compare(const settings *s, diff_sides *sides, const diff_side *a, const diff_side *b,
                    diff_outcome *o, tokvec_error *err)
{
    diff_spec spec;
    if (!diff_sides_spec(s, a, b, &spec, err))
        return false;
    bool rows = diff_settings_of(s)->rows && !s->common.quiet;
    if (rows ? !compare_rows(s, sides, &spec, o, err) : !diff_tables(&spec, &o->result, err))
        return false;
    o->compared = true;
    diff_report_judge(o);
    if (o->result.by_word)
        notice("note: rows are compared by their words, which have other numbers in each table");
    if (!rows)
        tell_shapes(o, true);
    return rows || s->common.quiet || print_outcome(s, sides, o, err);
}

static bool compare_sides(const settings *s, tokvec_error *err)
{
    diff_sides sides;
    if (!diff_sides_open(&sides, s, err))
        return false;
    const diff_side a = {sides.a.table, sides.a.tensor, sides.a.weights};
    const diff_side b = {sides.b.table, sides.b.tensor, sides.b.weights};
    diff_outcome o = {.dtype_a = tokvec_table_dtype(a.table),
                      .dtype_b = tokvec_table_dtype(b.table)};
    diff_sides_shape(&a, &o.shape_a);
    diff_sides_shape(&b, &o.shape_b);
    bool good = compare(s, &sides, &a, &b, &o, err);
    if (good && !o.equal)
        *s->status = STATUS_DIFFERENT;
    diff_sides_close(&sides);
    return good;
}

static bool clash(const char *one, const char *other, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "%s does not go with %s", one, other);
    return error_hint(err, "choose one of the two");
}

static bool check_rule(const diff_settings *d, tokvec_error *err)
{
    const char *tolerance = d->has_atol ? "--atol" : d->has_rtol ? "--rtol" : NULL;
    if (d->has_atol != d->has_rtol) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "%s needs %s too", tolerance,
                  d->has_atol ? "--rtol" : "--atol");
        return error_hint(err, "give both; 0 is a value");
    }
    if (d->close && tolerance != NULL)
        return clash("--close", tolerance, err);
    if (d->bits && (d->close || tolerance != NULL || d->equal_nan))
        return clash("--bits",
                     d->close            ? "--close"
                     : tolerance != NULL ? tolerance
                                         : "--equal-nan",
                     err);
    return true;
}

static bool check_all(const settings *s, tokvec_error *err)
{
    const diff_settings *d = diff_settings_of(s);
    const char *other = d->rows           ? "--rows"
                        : s->table.tensor ? "--tensor"
                        : d->other_tensor ? "--other-tensor"
                                          : NULL;
    char seeded[64];
    if (other == NULL && group_seed_any(&s->table)) {
        snprintf(seeded, sizeof seeded, "--%s", group_seed_only(&s->table));
        other = seeded;
    }
    return !d->all || other == NULL || clash("--all", other, err);
}

static bool diff_run(const settings *s, tokvec_error *err)
{
    if (!check_all(s, err) || !check_rule(diff_settings_of(s), err) || !diff_sides_check(s, err))
        return false;
    return diff_settings_of(s)->all ? diff_tensors_compare(s, err) : compare_sides(s, err);
}

/* ---------------------------------------------------------------- its options */

static bool set_tolerance(const option_spec *option, settings *s, const char *text,
                          tokvec_error *err)
{
    diff_settings *d = (diff_settings *)s;
    bool absolute = option->name[0] == 'a';
    double *value = absolute ? &d->atol : &d->rtol;
    const char *end = text + strlen(text);
    if (number_read(TOKVEC_FLOAT64, text, end, value) != end || !isfinite(*value) || *value < 0)
        return option_bad_value(option, text, "give a number, 0 or more", err);
    *(absolute ? &d->has_atol : &d->has_rtol) = true;
    return true;
}

static const option_spec other_tensor = {
    .name = "other-tensor",
    .kind = OPTION_TEXT,
    .argument = "NAME",
    .help = "compare with this tensor, of B or else of A",
    .place = offsetof(diff_settings, other_tensor),
};
static const option_spec rows = {
    .name = "rows",
    .kind = OPTION_FLAG,
    .help = "print a line for each row that differs",
    .place = offsetof(diff_settings, rows),
};
static const option_spec all = {
    .name = "all",
    .kind = OPTION_FLAG,
    .help = "compare every tensor of A and B, by name, and name those that only\n"
            "one of them has",
    .place = offsetof(diff_settings, all),
};
static const option_spec bits = {
    .name = "bits",
    .kind = OPTION_FLAG,
    .help = "compare bits, not values: 0 differs from -0, NaN equals itself",
    .place = offsetof(diff_settings, bits),
};
static const option_spec atol = {
    .name = "atol",
    .kind = OPTION_NUMBER,
    .argument = "X",
    .help = "values differ only if |a - b| is more than atol + rtol * |b|",
    .set = set_tolerance,
};
static const option_spec rtol = {
    .name = "rtol",
    .kind = OPTION_NUMBER,
    .argument = "Y",
    .help = "the other part of it",
    .set = set_tolerance,
};
static const option_spec close_option = {
    .name = "close",
    .kind = OPTION_FLAG,
    .help = "both as torch.testing.assert_close has them for the two dtypes",
    .place = offsetof(diff_settings, close),
};
static const option_spec equal_nan = {
    .name = "equal-nan",
    .kind = OPTION_FLAG,
    .help = "NaN equals NaN",
    .place = offsetof(diff_settings, equal_nan),
};

static const option_spec *const own_options[] = {
    &other_tensor, &rows, &all, &bits, &atol, &rtol, &close_option, &equal_nan, NULL};
static const option_list lists[] = {own_options,    operand_options, label_options, report_options,
                                    thread_options, common_options,  NULL};

const command diff_command = {
    .name = "diff",
    .operands = "A [B]",
    .operands_are_files = true,
    .summary = "compare two tables: status 0 equal, 1 different",
    .about =
        "A and B are weights files or models' folders, B the reference. Without B, A is compared\n"
        "with --other-tensor, or with a table that is seeded in its shape and dtype. Values are\n"
        "compared as float64 (integers exactly) over the rows that both tables have. Figures of\n"
        "what is not a number are nan; cosine and relative_frobenius, |a - b| / |b|, take each "
        "table\n"
        "as one vector. Where a file has IDs of its own, rows are paired by them.\n",
    .options = lists,
    .size = sizeof(diff_settings),
    .run = diff_run,
};
