/* stats_quantiles.c - 'tokvec stats --quantiles': which, and the fields they have.
 * See stats.h.
 * SPDX-License-Identifier: MIT */
#include "cli/stats.h"

#include "measure/quantiles.h"
#include "text/number.h"

#include <stdlib.h>

#define FIELD_PREFIX "quantile_"

/* ---------------------------------------------------------------- the list */

/* Reads a number from 0 to 1 that ends before a comma or the end; NULL if it is none. */
static const char *read_quantile(const char *text, double *value)
{
    size_t length = strcspn(text, ",");
    const char *end = text + length;
    return number_read(TOKVEC_FLOAT64, text, end, value) == end && *value >= 0 && *value <= 1
               ? end
               : NULL;
}

static bool is_among(const double *values, size_t count, double value)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i] == value)
            return true;
    }
    return false;
}

static bool bad_list(const char *item, const char *what, tokvec_error *err)
{
    size_t length = strcspn(item, ",");
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%.*s%s' in --quantiles is %s",
              (int)(length < 60 ? length : 60), item, length < 60 ? "" : "...", what);
    return error_hint(err, "give numbers from 0 to 1 with commas between, such as 0.25,0.5,0.75");
}

static bool set_quantiles(const option_spec *option, settings *s, const char *text,
                          tokvec_error *err)
{
    (void)option;
    double values[QUANTILES_MAX];
    size_t count = 0;
    const char *item = text;
    for (;; item++) {
        if (count == QUANTILES_MAX) {
            error_set(err, TOKVEC_BAD_ARGUMENT, "--quantiles has too many numbers");
            return error_hint(err, "give %d at most", QUANTILES_MAX);
        }
        const char *end = read_quantile(item, &values[count]);
        if (end == NULL)
            return bad_list(item, "not a number from 0 to 1", err);
        if (is_among(values, count, values[count]))
            return bad_list(item, "repeated", err);
        count++;
        item = end;
        if (*item == '\0')
            break;
    }
    ((stats_settings *)s)->quantiles = text;
    return true;
}

const option_spec stats_quantiles_option = {
    .name = "quantiles",
    .kind = OPTION_TEXT,
    .argument = "Q,...",
    .help = "quantiles of the values too, such as 0.01,0.5,0.99 (0.5 is\n"
            "the median), as numpy.quantile has them",
    .set = set_quantiles,
};

/* ---------------------------------------------------------------- fields */

/* Each field is named as its quantile was written. */
static void take_list(stats_quantiles *q, const char *text)
{
    char *name = q->names;
    for (const char *item = text;; item++) {
        const char *end = read_quantile(item, &q->at[q->count++]);
        memcpy(name, FIELD_PREFIX, strlen(FIELD_PREFIX));
        name += strlen(FIELD_PREFIX);
        memcpy(name, item, (size_t)(end - item));
        name += end - item;
        *name++ = '\0';
        item = end;
        if (*item == '\0')
            return;
    }
}

bool stats_quantiles_open(stats_quantiles *q, const stats_settings *s, tokvec_error *err)
{
    const char *text = s->quantiles;
    *q = (stats_quantiles){0};
    if (text == NULL)
        return true;
    size_t count = 1;
    for (const char *at = text; *at != '\0'; at++)
        count += *at == ',';
    size_t room = strlen(text) + 1 + count * strlen(FIELD_PREFIX);
    q->at = calloc(count, sizeof *q->at);
    q->values = calloc(count, sizeof *q->values);
    q->names = malloc(room);
    if (q->at != NULL && q->values != NULL && q->names != NULL) {
        take_list(q, text);
        return true;
    }
    stats_quantiles_close(q);
    return error_no_memory(err, room + 2 * count * sizeof *q->at);
}

void stats_quantiles_close(stats_quantiles *q)
{
    free(q->at);
    free(q->values);
    free(q->names);
}

void stats_quantiles_fields(const stats_quantiles *q, report_field *fields)
{
    const char *name = q->names;
    for (size_t i = 0; i < q->count; i++, name += strlen(name) + 1)
        fields[i] = (report_field){.name = name, .flags = REPORT_RIGHT};
}

bool stats_quantiles_find(stats_quantiles *q, const stats_settings *s, tokvec_table *table,
                          const id_list *list, tokvec_error *err)
{
    const quantiles_spec spec = {.table = table,
                                 .list = list,
                                 .at = q->at,
                                 .count = q->count,
                                 .finite = s->finite,
                                 .threads = s->shared.common.threads};
    return q->count == 0 || quantiles_find(&spec, q->values, err);
}
