/* stats_rows.c - 'tokvec stats --rows': a line for each row.
 * See stats.h. As they come, or the first in an order, of which no more is kept than is
 * printed.
 * SPDX-License-Identifier: MIT */
#include "cli/stats.h"

#include "cli/notice.h"
#include "cli/reporting.h"
#include "ids/parser.h"
#include "measure/histogram.h"
#include "measure/ranking.h"
#include "measure/row_stats.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum {
    ID,
    TOKEN,
    NORM,
    MEAN,
    STD,
    MIN,
    MAX,
    NANS,
    COSINE_TO_MEAN,
    DISTANCE,
    REDUCED_DISTANCE,
    CENTRED_DISTANCE,
    LENGTH,
    FIELD_COUNT,
    WITHOUT_REFERENCE = DISTANCE /* fields */
};

static const report_field fields_of_rows[FIELD_COUNT] = {
    [ID] = {.name = "id", .flags = REPORT_RIGHT},
    [TOKEN] = {.name = "token"},
    [NORM] = {.name = "norm", .flags = REPORT_RIGHT},
    [MEAN] = {.name = "mean", .flags = REPORT_RIGHT},
    [STD] = {.name = "std", .flags = REPORT_RIGHT},
    [MIN] = {.name = "min", .flags = REPORT_RIGHT},
    [MAX] = {.name = "max", .flags = REPORT_RIGHT},
    [NANS] = {.name = "nan", .flags = REPORT_RIGHT},
    [COSINE_TO_MEAN] = {.name = "cosine_to_mean", .flags = REPORT_RIGHT},
    [DISTANCE] = {.name = "cosine_distance", .flags = REPORT_RIGHT},
    [REDUCED_DISTANCE] = {.name = "cosine_distance_without_first_pc", .flags = REPORT_RIGHT},
    [CENTRED_DISTANCE] = {.name = "cosine_distance_centred", .flags = REPORT_RIGHT},
    [LENGTH] = {.name = "l2_distance", .flags = REPORT_RIGHT},
};

/* A command under way. */
typedef struct row_report {
    stats_query *query;
    const stats_settings *how;
    size_t field_count;
    size_t sort; /* the field; FIELD_COUNT: none */
    uint64_t top;
    reporting out;
    ranking best;                          /* if they are sorted */
    uint64_t seen;                         /* rows */
    uint64_t uncertain, uncertain_centred; /* rows whose distance is not known well enough */
} row_report;

/* A row that is kept, to be printed in its turn. */
typedef struct kept_row {
    row_line line;
    uint64_t place; /* in the order in which they came, which decides between equals */
    int64_t id;     /* if has_id */
    bool has_id;
    const char *token; /* only if it decides; NULL: there is none */
    size_t token_length;
    char *copy; /* of it, which is released with the row */
} kept_row;

/* ---------------------------------------------------------------- order */

static size_t find_field(const char *name)
{
    size_t field = 0;
    while (field < FIELD_COUNT && strcmp(name, fields_of_rows[field].name) != 0)
        field++;
    return field;
}

static double real_of(const row_line *line, size_t field)
{
    switch (field) {
    case NORM: return line->norm;
    case MEAN: return line->mean;
    case STD: return line->std;
    case MIN: return line->min;
    case MAX: return line->max;
    case NANS: return (double)line->nan;
    case COSINE_TO_MEAN: return line->cosine_to_mean;
    case DISTANCE: return line->distance;
    case REDUCED_DISTANCE: return line->reduced_distance;
    case CENTRED_DISTANCE: return line->centred_distance;
    default: return line->length;
    }
}

static bool has_key(const kept_row *row, size_t field)
{
    if (field == ID)
        return row->has_id;
    return field == TOKEN ? row->token != NULL : !isnan(real_of(&row->line, field));
}

static int compare_texts(const kept_row *a, const kept_row *b)
{
    size_t shorter = a->token_length < b->token_length ? a->token_length : b->token_length;
    int order = shorter > 0 ? memcmp(a->token, b->token, shorter) : 0;
    return order != 0 ? order
                      : (a->token_length > b->token_length) - (a->token_length < b->token_length);
}

static int compare_keys(const kept_row *a, const kept_row *b, size_t field)
{
    if (field == ID)
        return (a->id > b->id) - (a->id < b->id);
    if (field == TOKEN)
        return compare_texts(a, b);
    double x = real_of(&a->line, field), y = real_of(&b->line, field);
    return (x > y) - (x < y);
}

/* What has no key is last in either order. */
static int compare_rows(const void *first, const void *second, void *context)
{
    const kept_row *a = first, *b = second;
    const row_report *r = context;
    bool known = has_key(a, r->sort), other_known = has_key(b, r->sort);
    if (known != other_known)
        return known ? -1 : 1;
    int order = known ? compare_keys(a, b, r->sort) : 0;
    if (order != 0)
        return (order < 0) != r->how->reverse ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static void drop_row(void *item)
{
    free(((kept_row *)item)->copy);
}

/* Takes a copy of a row that may be printed. */
static bool keep(row_report *r, const row_line *line, tokvec_error *err)
{
    kept_row row = {.line = *line, .place = r->seen};
    tokvec_text token = {NULL, 0};
    row.has_id = source_id(&r->query->from, line->row, &row.id);
    if (r->sort == TOKEN && r->query->labels &&
        !source_label(&r->query->from, line->row, &token, err))
        return false;
    row.token = token.bytes;
    row.token_length = token.length;
    if (!ranking_wants(&r->best, &row))
        return true;
    if (token.bytes != NULL) {
        row.copy = malloc(token.length + 1);
        if (row.copy == NULL)
            return error_no_memory(err, token.length + 1);
        row.token = memcpy(row.copy, token.bytes, token.length);
    }
    return ranking_add(&r->best, &row, err);
}

/* ---------------------------------------------------------------- printing */

static report_value defined(double value)
{
    return isnan(value) ? report_null() : report_real(value);
}

static bool print(row_report *r, const row_line *line, tokvec_error *err)
{
    report_value values[FIELD_COUNT];
    tokvec_text token = {NULL, 0};
    int64_t id;
    if (r->query->labels && !source_label(&r->query->from, line->row, &token, err))
        return false;
    values[ID] = source_id(&r->query->from, line->row, &id) ? report_integer(id) : report_null();
    values[TOKEN] = report_bytes(token);
    for (size_t field = NORM; field <= MAX; field++)
        values[field] = report_real(real_of(line, field));
    values[NANS] = report_natural(line->nan);
    for (size_t field = COSINE_TO_MEAN; field < FIELD_COUNT; field++)
        values[field] = defined(real_of(line, field));
    r->uncertain += isnan(line->reduced_distance) && !isnan(line->distance);
    r->uncertain_centred += isnan(line->centred_distance) && !isnan(line->distance);
    return report_line(r->out.report, values, err);
}

static bool take(void *context, const row_line *line, bool *enough, tokvec_error *err)
{
    row_report *r = context;
    bool good = r->sort == FIELD_COUNT ? print(r, line, err) : keep(r, line, err);
    r->seen++;
    *enough = r->out.out.failed || (r->sort == FIELD_COUNT && r->seen == r->top);
    return good;
}

static bool print_kept(row_report *r, tokvec_error *err)
{
    ranking_sort(&r->best);
    bool good = true;
    for (size_t i = 0; good && i < r->best.count && !r->out.out.failed; i++)
        good = print(r, &((const kept_row *)ranking_item(&r->best, i))->line, err);
    return good;
}

/* ---------------------------------------------------------------- measuring */

/* The rows of --reference. */
static bool parse_reference(const stats_query *q, id_list *list, tokvec_error *err)
{
    const char *text = q->options->reference;
    const tokvec_table *table = q->from.table;
    ids_parser parser = {.list = list,
                         .rows = tokvec_table_rows(table),
                         .numbered = tokvec_table_has_ids(table) ? table : NULL,
                         .range_hint = q->from.range_hint,
                         .source = "--reference",
                         .allow_ranges = true};
    ids_parser_start(&parser);
    if (!ids_parse(&parser, text, strlen(text), err) || !ids_parse_end(&parser, err))
        return false;
    if (list->count > 0)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "--reference names no rows");
    return error_hint(err, "give IDs of unused tokens, such as 177:188,200");
}

static bool find_unused(const stats_query *q, const row_mean *mean, undertrained *u,
                        tokvec_error *err)
{
    id_list list = {0};
    bool good = parse_reference(q, &list, err);
    if (good) {
        good = undertrained_begin(u, q->from.table, &list, mean, q->options->shared.common.threads,
                                  err);
        if (!good && err != NULL && err->code == TOKVEC_BAD_ARGUMENT)
            error_hint(err, "name other rows with --reference");
    }
    id_list_free(&list);
    return good;
}

static void warn_of_component(const principal *component, uint64_t uncertain)
{
    const char *field = fields_of_rows[REDUCED_DISTANCE].name;
    if (isfinite(component->angle) && uncertain > 0)
        notice("warning: %s is null for %llu %s so near to the first principal "
               "component, or this so near to the second, that no nine digits of it are sure",
               field, (unsigned long long)uncertain,
               uncertain == 1 ? "row, which lies" : "rows, which lie");
    else if (!isfinite(component->angle) && component->largest > 0)
        notice("warning: no direction varies most: the second principal component varies as much "
               "as the first; so %s is null",
               field);
    else if (!isfinite(component->angle))
        notice("warning: the rows do not differ, so that there is no principal component; so %s "
               "is null",
               field);
}

static void warn_of_centre(uint64_t uncertain)
{
    if (uncertain > 0)
        notice("warning: %s is null for %llu %s so near to the mean of all rows, or "
               "the mean of the reference rows to that, that no nine digits of it are sure",
               fields_of_rows[CENTRED_DISTANCE].name, (unsigned long long)uncertain,
               uncertain == 1 ? "row, which lies" : "rows, which lie");
}

static bool run(row_report *r, const row_mean *mean, const undertrained *unused, tokvec_error *err)
{
    stats_query *q = r->query;
    const row_stats_spec spec = {.dtype = tokvec_table_dtype(q->from.table),
                                 .dim = (size_t)tokvec_table_dim(q->from.table),
                                 .finite = r->how->finite,
                                 .mean = mean,
                                 .unused = unused,
                                 .take = take,
                                 .context = r};
    report_field fields[FIELD_COUNT];
    memcpy(fields, fields_of_rows, sizeof fields);
    fields[TOKEN].flags |= q->labels ? 0 : REPORT_NO_TEXT;
    row_stats rows;
    if (!row_stats_begin(&rows, &spec, err))
        return false;
    bool good = reporting_open(&r->out, &r->how->shared, fields, r->field_count, false, err);
    if (good)
        good = reporting_close(&r->out, stats_query_pump(q, &rows.base, err) && print_kept(r, err),
                               err);
    row_stats_end(&rows);
    ranking_free(&r->best);
    return good;
}

static bool measure(row_report *r, const row_mean *mean, tokvec_error *err)
{
    undertrained unused;
    if (r->how->reference == NULL)
        return run(r, mean, NULL, err);
    if (!find_unused(r->query, mean, &unused, err))
        return false;
    bool good = run(r, mean, &unused, err);
    if (good) {
        warn_of_component(&unused.component, r->uncertain);
        warn_of_centre(r->uncertain_centred);
    }
    undertrained_end(&unused);
    return good;
}

bool stats_of_rows(stats_query *q, tokvec_error *err)
{
    const stats_settings *how = q->options;
    row_report r = {.query = q,
                    .how = how,
                    .field_count = how->reference != NULL ? FIELD_COUNT : WITHOUT_REFERENCE,
                    .sort = how->sort == NULL ? FIELD_COUNT : find_field(how->sort),
                    .top = UINT64_MAX};
    if (how->top != NULL)
        option_unsigned(how->top, UINT64_MAX, &r.top);
    r.best = (ranking){.size = sizeof(kept_row),
                       .limit = r.top,
                       .compare = compare_rows,
                       .context = &r,
                       .drop = drop_row};
    row_mean mean;
    if (!row_mean_make(&mean, q->from.table, NULL, how->shared.common.threads, err))
        return false;
    bool good = measure(&r, &mean, err);
    if (good && mean.left_out > 0 && !how->finite)
        notice("warning: %llu row%s not finite and left out of the mean",
               (unsigned long long)mean.left_out, mean.left_out == 1 ? " is" : "s are");
    row_mean_free(&mean);
    return good;
}

/* ---------------------------------------------------------------- options */

static bool needs(bool missing, const char *what, const char *needed, tokvec_error *err)
{
    if (!missing)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "%s needs %s", what, needed);
    return error_hint(err, "add %s, or leave %s out", needed, what);
}

static bool not_with_quantiles(const stats_settings *how, tokvec_error *err)
{
    if (how->quantiles == NULL || !(how->rows || how->hist))
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "--quantiles has no place in the report of %s",
              how->rows ? "--rows" : "--hist");
    return error_hint(err, "leave out one of them");
}

bool stats_rows_check(const stats_settings *how, tokvec_error *err)
{
    if (how->rows + how->hist + how->all > 1) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "%s and %s are two reports",
                  how->rows ? "--rows" : "--hist", how->all ? "--all" : "--hist");
        return error_hint(err, "choose one of the two");
    }
    bool by_distance = how->sort != NULL && find_field(how->sort) >= WITHOUT_REFERENCE;
    return needs(how->sort != NULL && !how->rows, "--sort", "--rows", err) &&
           needs(how->top != NULL && !how->rows, "--top", "--rows", err) &&
           needs(how->reference != NULL && !how->rows, "--reference", "--rows", err) &&
           needs(how->reverse && how->sort == NULL, "--reverse", "--sort", err) &&
           needs(how->bins != NULL && !how->hist, "--bins", "--hist", err) &&
           not_with_quantiles(how, err) &&
           needs(by_distance && how->reference == NULL, "--sort cosine_distance", "--reference",
                 err);
}

static option_word sort_word(size_t index)
{
    return (option_word){index < FIELD_COUNT ? fields_of_rows[index].name : NULL, NULL};
}

/* Options keep the text of a value that has been looked at. */
static bool keep_text(const option_spec *option, settings *s, const char *text)
{
    *(const char **)(void *)((char *)s + option->place) = text;
    return true;
}

static bool set_sort(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    return find_field(text) < FIELD_COUNT ? keep_text(option, s, text)
                                          : option_bad_word(option, text, err);
}

static bool set_top(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    uint64_t value;
    if (!option_unsigned(text, UINT64_MAX, &value) || value == 0)
        return option_bad_value(option, text, "give the number of rows, 1 or more", err);
    return keep_text(option, s, text);
}

static bool set_bins(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    uint64_t value;
    if (!option_unsigned(text, HISTOGRAM_BINS_MAX, &value) || value == 0)
        return option_bad_value(option, text,
                                "give a number from 1 to " TEXT_OF(HISTOGRAM_BINS_MAX), err);
    return keep_text(option, s, text);
}

static const option_spec rows = {
    .name = "rows",
    .kind = OPTION_FLAG,
    .help = "print a line a row; cosine_to_mean is to the mean of the\n"
            "whole table, as far as it is finite",
    .place = offsetof(stats_settings, rows),
};
static const option_spec sort = {
    .name = "sort",
    .kind = OPTION_WORD,
    .argument = "KEY",
    .help = "sort them by a column, such as norm, the smallest first;\n"
            "what has no value there is last",
    .set = set_sort,
    .word = sort_word,
    .place = offsetof(stats_settings, sort),
};
static const option_spec reverse = {
    .name = "reverse",
    .kind = OPTION_FLAG,
    .help = "the largest first",
    .place = offsetof(stats_settings, reverse),
};
static const option_spec top = {
    .name = "top",
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "print the first N rows",
    .set = set_top,
    .place = offsetof(stats_settings, top),
};
static const option_spec reference = {
    .name = "reference",
    .kind = OPTION_TEXT,
    .argument = "IDS",
    .help = "unused tokens, such as 177:188,200: with each row the cosine\n"
            "distance to their mean, as it is, without the table's first\n"
            "principal component, and with the mean of all rows taken off\n"
            "both; and its distance; near 0: perhaps never trained",
    .place = offsetof(stats_settings, reference),
};
static const option_spec hist = {
    .name = "hist",
    .kind = OPTION_FLAG,
    .help = "draw a histogram of the values",
    .place = offsetof(stats_settings, hist),
};
static const option_spec bins = {
    .name = "bins",
    .kind = OPTION_NUMBER,
    .argument = "N",
    .help = "of N bins (" TEXT_OF(STATS_BINS) ")",
    .set = set_bins,
    .place = offsetof(stats_settings, bins),
};

const option_spec *const stats_rows_options[] = {&rows,      &sort, &reverse, &top,
                                                 &reference, &hist, &bins,    NULL};
