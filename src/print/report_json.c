/* report_json.c - reports as json (an array of objects, or a single one) and as jsonl.
 * SPDX-License-Identifier: MIT */
#include "print/report.h"

#include "text/decimal.h"
#include "text/put.h"

#include <math.h>

static void put_real(report *r, sink *out, const report_value *value)
{
    bool narrow = value->kind == REPORT_REAL32;
    if (!isfinite(narrow ? (double)value->as.real32 : value->as.real)) {
        r->nulls++;
        sink_text(out, "null");
        return;
    }
    char *at = sink_reserve(out, DECIMAL_ROOM);
    sink_advance(out, narrow ? decimal_float32(value->as.real32, at)
                             : decimal_float64(value->as.real, at));
}

static void put_list(report *r, sink *out, const report_list *list, const char *const *members)
{
    sink_char(out, members != NULL ? '{' : '[');
    for (uint64_t i = 0; i < list->count && !out->failed; i++) {
        report_value item = list->item(list->context, i);
        if (i > 0)
            sink_text(out, ", ");
        if (members != NULL) {
            put_json_string(out, members[i]);
            sink_text(out, ": ");
        }
        report_put_json(r, out, &item, NULL);
    }
    sink_char(out, members != NULL ? '}' : ']');
}

void report_put_json(report *r, sink *out, const report_value *value, const char *const *members)
{
    switch (value->kind) {
    case REPORT_NULL: sink_text(out, "null"); break;
    case REPORT_TEXT: put_json_text(out, value->as.text.bytes, value->as.text.length); break;
    case REPORT_INTEGER: put_int(out, value->as.integer); break;
    case REPORT_NATURAL: put_uint(out, value->as.natural); break;
    case REPORT_REAL:
    case REPORT_REAL32: put_real(r, out, value); break;
    case REPORT_TRUTH: sink_text(out, value->as.truth ? "true" : "false"); break;
    case REPORT_LIST: put_list(r, out, &value->as.list, members); break;
    }
}

static void put_object(report *r, const report_value *values, const char *between)
{
    bool any = false;
    sink_char(r->out, '{');
    for (size_t i = 0; i < r->spec.field_count; i++) {
        const report_field *field = &r->spec.fields[i];
        if (field->flags & REPORT_ONLY_TEXT)
            continue;
        if (any)
            sink_text(r->out, between);
        any = true;
        put_json_string(r->out, field->name);
        sink_text(r->out, ": ");
        report_put_json(r, r->out, &values[i], field->members);
    }
    sink_char(r->out, '}');
}

static bool json_line(report *r, const report_value *values, tokvec_error *err)
{
    (void)err;
    if (r->spec.single) {
        put_object(r, values, ",\n ");
        return true;
    }
    sink_text(r->out, r->lines == 0 ? "[\n  " : ",\n  ");
    put_object(r, values, ", ");
    return true;
}

static void json_end(report *r)
{
    if (!r->spec.single)
        sink_text(r->out, r->lines == 0 ? "[]" : r->spec.nested ? "]" : "\n]");
    if (!r->spec.nested)
        sink_char(r->out, '\n');
}

static bool jsonl_line(report *r, const report_value *values, tokvec_error *err)
{
    (void)err;
    put_object(r, values, ", ");
    sink_char(r->out, '\n');
    return true;
}

const report_format report_json = {
    .name = "json",
    .help = "an array with an object a line, or one object",
    .line = json_line,
    .end = json_end,
};

const report_format report_jsonl = {
    .name = "jsonl",
    .help = "an object a line",
    .line = jsonl_line,
};
