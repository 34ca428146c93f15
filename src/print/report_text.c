/* report_text.c - reports as text for people.
 * Lines in aligned columns under their names; of a single line each field has its own.
 * SPDX-License-Identifier: MIT */
#include "print/report.h"

#include "print/cell.h"
#include "text/decimal.h"
#include "text/put.h"

#include <ctype.h>
#include <stdlib.h>

enum {
    HELD_MAX = 256,   /* lines whose widths decide */
    COLUMN_MAX = 100, /* a cell that is longer sticks out of its column */
    LIST_MAX = 10,    /* items of a list that are shown */
};

/* ---------------------------------------------------------------- cells */

/* In quotes, if nobody would see where it begins and ends. */
static void put_text(sink *out, tokvec_text text)
{
    bool quoted = text.length > 0 && (text.bytes[0] == ' ' || text.bytes[0] == '"' ||
                                      text.bytes[text.length - 1] == ' ' ||
                                      (text.length == 1 && text.bytes[0] == '-'));
    if (quoted)
        sink_char(out, '"');
    cell_text(out, text, SIZE_MAX);
    if (quoted)
        sink_char(out, '"');
}

static void put_cell(sink *out, const report_value *value, const char *const *members);

static void put_list(sink *out, const report_list *list, const char *const *members)
{
    if (members == NULL)
        sink_char(out, '[');
    for (uint64_t i = 0; i < list->count; i++) {
        if (i > 0)
            sink_text(out, ", ");
        if (i == LIST_MAX && members == NULL) {
            sink_text(out, "... ");
            put_uint(out, list->count);
            sink_text(out, " in all");
            break;
        }
        if (members != NULL) {
            sink_text(out, members[i]);
            sink_char(out, ' ');
        }
        report_value item = list->item(list->context, i);
        put_cell(out, &item, NULL);
    }
    if (members == NULL)
        sink_char(out, ']');
}

static void put_cell(sink *out, const report_value *value, const char *const *members)
{
    char *at;
    switch (value->kind) {
    case REPORT_NULL: sink_char(out, '-'); break;
    case REPORT_TEXT: put_text(out, value->as.text); break;
    case REPORT_INTEGER: put_int(out, value->as.integer); break;
    case REPORT_NATURAL: put_uint(out, value->as.natural); break;
    case REPORT_REAL:
        at = sink_reserve(out, DECIMAL_ROOM);
        sink_advance(out, decimal_float64(value->as.real, at));
        break;
    case REPORT_REAL32:
        at = sink_reserve(out, DECIMAL_ROOM);
        sink_advance(out, decimal_float32(value->as.real32, at));
        break;
    case REPORT_TRUTH: sink_text(out, value->as.truth ? "true" : "false"); break;
    case REPORT_LIST: put_list(out, &value->as.list, members); break;
    }
}

/* ---------------------------------------------------------------- columns */

static bool is_column(const report_field *field)
{
    return !(field->flags & (REPORT_NO_TEXT | REPORT_MARK));
}

static size_t column_count(const report *r)
{
    size_t count = 0;
    for (size_t i = 0; i < r->spec.field_count; i++)
        count += is_column(&r->spec.fields[i]);
    return count;
}

static bool has_mark(const report *r)
{
    for (size_t i = 0; i < r->spec.field_count; i++) {
        if (r->spec.fields[i].flags & REPORT_MARK)
            return true;
    }
    return false;
}

static bool text_begin(report *r, tokvec_error *err)
{
    if (r->spec.single)
        return true;
    size_t columns = column_count(r);
    r->ends = calloc(HELD_MAX * columns + 1, sizeof *r->ends);
    r->marks = calloc(HELD_MAX, sizeof *r->marks);
    r->widths = calloc(columns + 1, sizeof *r->widths);
    if (r->ends == NULL || r->marks == NULL || r->widths == NULL)
        return error_no_memory(err, HELD_MAX * columns * sizeof *r->ends);
    for (size_t i = 0, c = 0; i < r->spec.field_count && !r->spec.no_header; i++) {
        if (is_column(&r->spec.fields[i]))
            r->widths[c++] = strlen(r->spec.fields[i].name);
    }
    return true;
}

/* Characters, each of which takes one place. */
static size_t width_of(const char *text, size_t length)
{
    size_t width = 0;
    for (size_t i = 0; i < length; i++)
        width += ((unsigned char)text[i] & 0xc0) != 0x80;
    return width;
}

static void pad(sink *out, size_t n)
{
    for (; n > 0 && !out->failed; n--)
        sink_char(out, ' ');
}

/* Column c of a line that is `text`. What is left of the last column is not filled. */
static void put_column(report *r, size_t c, bool right, tokvec_text text, bool last)
{
    size_t width = width_of(text.bytes, text.length);
    size_t fill = width < r->widths[c] ? r->widths[c] - width : 0;
    if (right)
        pad(r->out, fill);
    if (text.length > 0)
        sink_write(r->out, text.bytes, text.length);
    if (!last)
        pad(r->out, right ? 2 : fill + 2);
}

static void put_titles(report *r)
{
    size_t columns = column_count(r);
    if (has_mark(r))
        sink_text(r->out, "  ");
    for (size_t i = 0, c = 0; i < r->spec.field_count; i++) {
        const report_field *field = &r->spec.fields[i];
        char title[64];
        size_t length = 0;
        if (!is_column(field))
            continue;
        for (; field->name[length] != '\0' && length < sizeof title; length++)
            title[length] = field->name[length] == '_'
                                ? ' '
                                : (char)toupper((unsigned char)field->name[length]);
        put_column(r, c, field->flags & REPORT_RIGHT, (tokvec_text){title, length},
                   c + 1 == columns);
        c++;
    }
    sink_char(r->out, '\n');
}

static bool text_flush(report *r, tokvec_error *err)
{
    (void)err;
    size_t columns = r->spec.single ? 0 : column_count(r), start = 0;
    for (size_t i = 0; i < r->held * columns; i++) {
        size_t *widest = &r->widths[i % columns];
        size_t width = width_of(r->scratch.buffer + start, r->ends[i] - start);
        width = width < COLUMN_MAX ? width : COLUMN_MAX;
        *widest = width > *widest ? width : *widest;
        start = r->ends[i];
    }
    if (r->held > 0 && r->shown == 0 && !r->spec.no_header)
        put_titles(r);
    start = 0;
    for (size_t line = 0; line < r->held; line++) {
        if (has_mark(r))
            sink_text(r->out, r->marks[line] ? "* " : "  ");
        for (size_t i = 0, c = 0; i < r->spec.field_count; i++) {
            if (!is_column(&r->spec.fields[i]))
                continue;
            size_t end = r->ends[line * columns + c];
            put_column(r, c, r->spec.fields[i].flags & REPORT_RIGHT,
                       (tokvec_text){r->scratch.buffer + start, end - start}, c + 1 == columns);
            start = end;
            c++;
        }
        sink_char(r->out, '\n');
    }
    r->shown += r->held;
    r->held = r->scratch.length = 0;
    return true;
}

/* ---------------------------------------------------------------- lines */

static void put_single(report *r, const report_value *values)
{
    size_t widest = 0;
    for (size_t i = 0; i < r->spec.field_count; i++) {
        size_t length = strlen(r->spec.fields[i].name);
        if (is_column(&r->spec.fields[i]) && length > widest)
            widest = length;
    }
    for (size_t i = 0; i < r->spec.field_count; i++) {
        const report_field *field = &r->spec.fields[i];
        if (!is_column(field))
            continue;
        sink_text(r->out, field->name);
        pad(r->out, widest + 2 - strlen(field->name));
        put_cell(r->out, &values[i], field->members);
        sink_char(r->out, '\n');
    }
}

static bool text_line(report *r, const report_value *values, tokvec_error *err)
{
    if (r->spec.single) {
        put_single(r, values);
        return true;
    }
    size_t columns = column_count(r);
    for (size_t i = 0, c = 0; i < r->spec.field_count; i++) {
        const report_field *field = &r->spec.fields[i];
        if (field->flags & REPORT_MARK)
            r->marks[r->held] = values[i].as.truth;
        if (!is_column(field))
            continue;
        put_cell(&r->scratch, &values[i], field->members);
        r->ends[r->held * columns + c++] = r->scratch.length;
    }
    r->held++;
    return r->held < HELD_MAX || text_flush(r, err);
}

const report_format report_text = {
    .name = "text",
    .help = "for people, in aligned columns",
    .begin = text_begin,
    .line = text_line,
    .flush = text_flush,
};
