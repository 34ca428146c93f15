/* stats_table.c - statistics of a table, or of each tensor of a model, as a report.
 * See stats.h.
 * SPDX-License-Identifier: MIT */
#include "cli/stats.h"

#include "cli/notice.h"
#include "cli/reporting.h"
#include "measure/quantiles.h"
#include "measure/table_stats.h"
#include "rows/pump.h"

#include <stdlib.h>

/* ---------------------------------------------------------------- fields */

enum {
    FILE_NAME,
    TENSOR,
    ROWS,
    DIM,
    DTYPE,
    COUNT,
    NAN_COUNT,
    INF_COUNT,
    ZEROS,
    MIN,
    MAX,
    ABSMAX,
    MEAN,
    STD,
    NORM_MIN,
    NORM_MIN_ID,
    NORM_MEDIAN,
    NORM_MAX,
    NORM_MAX_ID,
    ZERO_ROWS,
    CONSTANT_ROWS,
    REPEATED_ROWS,
    DISTINCT_ROWS,
    RMS,
    NORM,
    NORM_MIN_TOKEN,
    NORM_MAX_TOKEN,
    ZERO_IDS,
    CONSTANT_IDS,
    REPEATED_GROUPS,
    FIELD_COUNT
};
enum { FIELDS_MAX = FIELD_COUNT + QUANTILES_MAX };

#define NUMBER(place, title) [place] = {.name = title, .flags = REPORT_RIGHT}
static const report_field fields_of_table[FIELD_COUNT] = {
    [FILE_NAME] = {.name = "file"},
    [TENSOR] = {.name = "tensor"},
    NUMBER(ROWS, "rows"),
    NUMBER(DIM, "dim"),
    [DTYPE] = {.name = "dtype"},
    NUMBER(COUNT, "count"),
    NUMBER(NAN_COUNT, "nan"),
    NUMBER(INF_COUNT, "inf"),
    NUMBER(ZEROS, "zeros"),
    NUMBER(MIN, "min"),
    NUMBER(MAX, "max"),
    NUMBER(ABSMAX, "absmax"),
    NUMBER(MEAN, "mean"),
    NUMBER(STD, "std"),
    NUMBER(NORM_MIN, "norm_min"),
    NUMBER(NORM_MIN_ID, "norm_min_id"),
    NUMBER(NORM_MEDIAN, "norm_median"),
    NUMBER(NORM_MAX, "norm_max"),
    NUMBER(NORM_MAX_ID, "norm_max_id"),
    NUMBER(ZERO_ROWS, "zero_rows"),
    NUMBER(CONSTANT_ROWS, "constant_rows"),
    NUMBER(REPEATED_ROWS, "repeated_rows"),
    NUMBER(DISTINCT_ROWS, "distinct_rows"),
    NUMBER(RMS, "rms"),
    NUMBER(NORM, "norm"),
    [NORM_MIN_TOKEN] = {.name = "norm_min_token"},
    [NORM_MAX_TOKEN] = {.name = "norm_max_token"},
    [ZERO_IDS] = {.name = "zero_ids", .flags = REPORT_NO_TABLE},
    [CONSTANT_IDS] = {.name = "constant_ids", .flags = REPORT_NO_TABLE},
    [REPEATED_GROUPS] = {.name = "repeated_groups", .flags = REPORT_NO_TABLE},
};

/* Of many tensors, text shows what fits beside each other. */
static const int left_out_of_lines[] = {
    FILE_NAME, COUNT, ABSMAX,         NORM_MIN_ID,    NORM_MEDIAN, NORM_MAX_ID,  DISTINCT_ROWS,
    RMS,       NORM,  NORM_MIN_TOKEN, NORM_MAX_TOKEN, ZERO_IDS,    CONSTANT_IDS, REPEATED_GROUPS};

static void fill_fields(report_field *fields, const stats_quantiles *quantiles)
{
    memcpy(fields, fields_of_table, sizeof fields_of_table);
    stats_quantiles_fields(quantiles, fields + FIELD_COUNT);
}

/* ---------------------------------------------------------------- lists of IDs */

typedef struct id_places {
    const stats_query *query; /* NULL: IDs are numbers of rows */
    const uint64_t *at;
} id_places;

static report_value id_of(const stats_query *q, uint64_t place)
{
    return q != NULL ? stats_query_id(q, place) : report_natural(place);
}

static report_value id_item(const void *context, uint64_t index)
{
    const id_places *places = context;
    return id_of(places->query, places->at[index]);
}

/* Groups are printed one after the other, so one place will do for what a group's IDs are of. */
typedef struct id_groups {
    const repeats *same;
    id_places *of_group;
} id_groups;

static report_value group_item(const void *context, uint64_t index)
{
    const id_groups *groups = context;
    const uint64_t *starts = groups->same->starts;
    groups->of_group->at = groups->same->members + starts[index];
    return report_items(id_item, groups->of_group, starts[index + 1] - starts[index]);
}

/* ---------------------------------------------------------------- lines */

/* What a line is about. */
typedef struct subject {
    const char *file;
    const char *tensor;
    const tokvec_table *table;
    stats_query *query; /* NULL: a tensor among others */
    const stats_quantiles *quantiles;
} subject;

static report_value real_or_null(double value, bool any)
{
    return any ? report_real(value) : report_null();
}

/* The token of a row, as a copy (labels are lent until the next one), which is to be freed. */
static bool token_of(const subject *of, uint64_t place, char **copy, report_value *out,
                     tokvec_error *err)
{
    tokvec_text token;
    if (!source_label(&of->query->from, stats_query_row(of->query, place), &token, err))
        return false;
    if (token.bytes == NULL)
        return true;
    *copy = malloc(token.length + 1);
    if (*copy == NULL)
        return error_no_memory(err, token.length + 1);
    memcpy(*copy, token.bytes, token.length);
    *out = report_bytes((tokvec_text){*copy, token.length});
    return true;
}

static void fill_names(report_value *line, const subject *of)
{
    for (size_t i = 0; i < FIELD_COUNT + of->quantiles->count; i++)
        line[i] = report_null();
    line[FILE_NAME] = report_text_of(of->file);
    line[TENSOR] = report_text_of(of->tensor);
}

static void fill_figures(report_value *line, const subject *of, const table_stats *stats,
                         const table_figures *f)
{
    bool values = f->used > 0, norms = f->norms > 0;
    line[ROWS] = report_natural(f->rows);
    line[DIM] = report_natural(tokvec_table_dim(of->table));
    line[DTYPE] = report_text_of(tokvec_dtype_name(tokvec_table_dtype(of->table)));
    line[COUNT] = report_natural(f->count);
    line[NAN_COUNT] = report_natural(f->nan);
    line[INF_COUNT] = report_natural(f->infinite);
    line[ZEROS] = report_natural(f->zeros);
    line[MIN] = real_or_null(f->min, values);
    line[MAX] = real_or_null(f->max, values);
    line[ABSMAX] = real_or_null(f->absmax, values);
    line[MEAN] = real_or_null(f->mean, values);
    line[STD] = real_or_null(f->std, values);
    line[NORM_MIN] = real_or_null(f->norm_min, norms);
    line[NORM_MIN_ID] = norms ? id_of(of->query, f->norm_min_at) : report_null();
    line[NORM_MEDIAN] = real_or_null(f->norm_median, norms);
    line[NORM_MAX] = real_or_null(f->norm_max, norms);
    line[NORM_MAX_ID] = norms ? id_of(of->query, f->norm_max_at) : report_null();
    line[ZERO_ROWS] = report_natural(stats->part.zero.count);
    line[CONSTANT_ROWS] = report_natural(stats->part.constant.count);
    line[REPEATED_ROWS] = report_natural(stats->same.repeated);
    line[DISTINCT_ROWS] = report_natural(f->rows - stats->same.repeated);
    line[RMS] = real_or_null(f->rms, values);
    line[NORM] = real_or_null(f->norm, values);
    for (size_t i = 0; i < of->quantiles->count; i++)
        line[FIELD_COUNT + i] = real_or_null(of->quantiles->values[i], values);
}

/* The table's figures, whose rows have been handed over. */
static bool print_figures(report *r, const subject *of, table_stats *stats, tokvec_error *err)
{
    table_figures f;
    report_value line[FIELDS_MAX];
    if (!table_stats_end(stats, &f, err))
        return false;
    const id_places zero = {of->query, stats->part.zero.at};
    const id_places constant = {of->query, stats->part.constant.at};
    id_places of_group = {of->query, NULL};
    const id_groups groups = {&stats->same, &of_group};
    fill_names(line, of);
    fill_figures(line, of, stats, &f);
    line[ZERO_IDS] = report_items(id_item, &zero, stats->part.zero.count);
    line[CONSTANT_IDS] = report_items(id_item, &constant, stats->part.constant.count);
    line[REPEATED_GROUPS] = report_items(group_item, &groups, stats->same.groups);
    char *tokens[2] = {NULL, NULL};
    bool good = true;
    if (of->query != NULL && of->query->labels && f.norms > 0)
        good = token_of(of, f.norm_min_at, &tokens[0], &line[NORM_MIN_TOKEN], err) &&
               token_of(of, f.norm_max_at, &tokens[1], &line[NORM_MAX_TOKEN], err);
    good = good && report_line(r, line, err);
    free(tokens[0]);
    free(tokens[1]);
    return good;
}

/* ---------------------------------------------------------------- a table */

static bool print_table(stats_query *q, stats_quantiles *quantiles, tokvec_error *err)
{
    report_field fields[FIELDS_MAX];
    const subject of = {q->from.origin.file, q->from.origin.tensor, q->from.table, q, quantiles};
    const id_list *list = q->whole ? NULL : &q->wanted.list;
    fill_fields(fields, quantiles);
    if (!q->labels)
        fields[NORM_MIN_TOKEN].flags = fields[NORM_MAX_TOKEN].flags = REPORT_NO_TEXT;
    if (of.file == NULL)
        fields[FILE_NAME].flags = REPORT_NO_TEXT;
    if (of.tensor == NULL || of.tensor[0] == '\0')
        fields[TENSOR].flags = REPORT_NO_TEXT;
    reporting r;
    table_stats stats;
    if (!reporting_open(&r, &q->options->shared, fields, FIELD_COUNT + quantiles->count, true, err))
        return false;
    bool good = table_stats_open(&stats, q->from.table, q->options->finite, err);
    if (good) {
        good = stats_query_pump(q, &stats.base, err) &&
               table_stats_find_same(&stats, q->from.table, list, q->options->shared.common.threads,
                                     err) &&
               stats_quantiles_find(quantiles, q->options, q->from.table, list, err) &&
               print_figures(r.report, &of, &stats, err);
        table_stats_close(&stats);
    }
    return reporting_close(&r, good, err);
}

bool stats_of_table(stats_query *q, tokvec_error *err)
{
    stats_quantiles quantiles;
    if (!stats_quantiles_open(&quantiles, q->options, err))
        return false;
    bool good = print_table(q, &quantiles, err);
    stats_quantiles_close(&quantiles);
    return good;
}

/* ---------------------------------------------------------------- all tensors */

typedef struct tensor_report {
    report *out;
    const stats_settings *how;
    stats_quantiles quantiles;
    const tokvec_tensor *embedding; /* NULL: there is none */
} tensor_report;

/* A tensor that is not made of numbers that can be measured has a line too, without figures. */
static bool print_unmeasured(const tensor_report *r, const tokvec_tensor *tensor,
                             const tokvec_error *why, tokvec_error *err)
{
    report_value line[FIELDS_MAX];
    notice("warning: no figures of '%s': %s", tensor->name, why->what);
    fill_names(
        line, &(subject){.file = tensor->file, .tensor = tensor->name, .quantiles = &r->quantiles});
    line[DTYPE] = report_text_of(tensor->dtype_name);
    return report_line(r->out, line, err);
}

static bool measure_tensor(tensor_report *r, const tokvec_tensor *tensor, tokvec_table *table,
                           tokvec_error *err)
{
    const subject of = {tensor->file, tensor->name, table, NULL, &r->quantiles};
    table_stats stats;
    if (!table_stats_open(&stats, table, r->how->finite, err))
        return false;
    unsigned threads = r->how->shared.common.threads;
    bool good = pump_table(table, &stats.base, threads, err) &&
                table_stats_find_same(&stats, table, NULL, threads, err) &&
                stats_quantiles_find(&r->quantiles, r->how, table, NULL, err) &&
                print_figures(r->out, &of, &stats, err);
    table_stats_close(&stats);
    return good;
}

static bool print_tensor(tensor_report *r, tokvec_weights *weights, const tokvec_tensor *tensor,
                         tokvec_error *err)
{
    tokvec_table *table = tokvec_weights_table(weights, tensor, err);
    if (table != NULL && tensor == r->embedding && tokvec_weights_warning(weights) != NULL)
        notice("warning: %s", tokvec_weights_warning(weights));
    bool good = table != NULL && measure_tensor(r, tensor, table, err);
    tokvec_table_close(table);
    if (good || err->code != TOKVEC_UNSUPPORTED)
        return good;
    tokvec_error why = *err;
    return print_unmeasured(r, tensor, &why, err);
}

static bool print_tensors(tensor_report *r, tokvec_weights *weights, tokvec_error *err)
{
    report_field fields[FIELDS_MAX];
    fill_fields(fields, &r->quantiles);
    for (size_t i = 0; i < sizeof left_out_of_lines / sizeof *left_out_of_lines; i++)
        fields[left_out_of_lines[i]].flags |= REPORT_NO_TEXT;
    reporting out;
    if (!reporting_open(&out, &r->how->shared, fields, FIELD_COUNT + r->quantiles.count, false,
                        err))
        return false;
    r->out = out.report;
    r->embedding = tokvec_weights_embedding(weights, NULL);
    bool good = true;
    for (size_t i = 0; good && i < tokvec_weights_count(weights); i++)
        good = print_tensor(r, weights, tokvec_weights_tensor(weights, i), err);
    return reporting_close(&out, good, err);
}

bool stats_of_tensors(const stats_settings *s, tokvec_error *err)
{
    tensor_report r = {.how = s};
    if (!stats_quantiles_open(&r.quantiles, s, err))
        return false;
    const tokvec_file_spec spec = source_spec(&s->shared);
    tokvec_weights *weights = source_weights(s->shared.table.weights, &spec, err);
    bool good =
        weights != NULL && tokvec_weights_complete(weights, err) && print_tensors(&r, weights, err);
    tokvec_weights_close(weights);
    stats_quantiles_close(&r.quantiles);
    return good;
}
