/* report_delimited.c - reports as csv and tsv.
 * SPDX-License-Identifier: MIT */
#include "print/report.h"

#include "print/delimited.h"
#include "text/decimal.h"
#include "text/put.h"

static bool is_tsv(const report *r)
{
    return r->spec.format == &report_tsv;
}

/* The separator before all fields but the first. */
static void begin_field(report *r, bool *any)
{
    if (*any)
        sink_char(r->out, is_tsv(r) ? '\t' : ',');
    *any = true;
}

static void put_text(report *r, tokvec_text text)
{
    if (is_tsv(r))
        delimited_tsv(r->out, text);
    else
        delimited_csv(r->out, text);
}

static void put_list(report *r, const report_value *value)
{
    r->scratch.length = 0;
    uint64_t nulls = r->nulls;
    report_put_json(r, &r->scratch, value, NULL);
    r->nulls = nulls;
    if (!r->scratch.failed)
        put_text(r, (tokvec_text){r->scratch.buffer, r->scratch.length});
}

static void put_value(report *r, const report_value *value)
{
    char *at;
    switch (value->kind) {
    case REPORT_NULL: break;
    case REPORT_TEXT: put_text(r, value->as.text); break;
    case REPORT_INTEGER: put_int(r->out, value->as.integer); break;
    case REPORT_NATURAL: put_uint(r->out, value->as.natural); break;
    case REPORT_REAL:
        at = sink_reserve(r->out, DECIMAL_ROOM);
        sink_advance(r->out, decimal_float64(value->as.real, at));
        break;
    case REPORT_REAL32:
        at = sink_reserve(r->out, DECIMAL_ROOM);
        sink_advance(r->out, decimal_float32(value->as.real32, at));
        break;
    case REPORT_TRUTH: sink_text(r->out, value->as.truth ? "true" : "false"); break;
    case REPORT_LIST: put_list(r, value); break;
    }
}

static bool skipped(const report_field *field)
{
    return field->flags & (REPORT_ONLY_TEXT | REPORT_NO_TABLE);
}

static bool delimited_begin(report *r, tokvec_error *err)
{
    (void)err;
    bool any = false;
    for (size_t i = 0; i < r->spec.field_count && !r->spec.no_header; i++) {
        const report_field *field = &r->spec.fields[i];
        if (skipped(field))
            continue;
        if (field->members == NULL) {
            begin_field(r, &any);
            sink_text(r->out, field->name);
        }
        for (size_t j = 0; field->members != NULL && field->members[j] != NULL; j++) {
            begin_field(r, &any);
            sink_text(r->out, field->name);
            sink_char(r->out, '_');
            sink_text(r->out, field->members[j]);
        }
    }
    if (any)
        sink_char(r->out, '\n');
    return true;
}

/* An object that is null has null members. */
static void put_members(report *r, const report_field *field, const report_value *value, bool *any)
{
    for (uint64_t j = 0; field->members[j] != NULL; j++) {
        begin_field(r, any);
        if (value->kind != REPORT_LIST)
            continue;
        report_value member = value->as.list.item(value->as.list.context, j);
        put_value(r, &member);
    }
}

static bool delimited_line(report *r, const report_value *values, tokvec_error *err)
{
    (void)err;
    bool any = false;
    for (size_t i = 0; i < r->spec.field_count; i++) {
        const report_field *field = &r->spec.fields[i];
        if (skipped(field))
            continue;
        if (field->members != NULL) {
            put_members(r, field, &values[i], &any);
        } else {
            begin_field(r, &any);
            put_value(r, &values[i]);
        }
    }
    sink_char(r->out, '\n');
    return true;
}

const report_format report_csv = {
    .name = "csv",
    .help = "comma-separated, with a header row",
    .begin = delimited_begin,
    .line = delimited_line,
};

const report_format report_tsv = {
    .name = "tsv",
    .help = "tab-separated, with a header row",
    .begin = delimited_begin,
    .line = delimited_line,
};
