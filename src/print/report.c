/* report.c - what a command has found out, as lines of named fields.
 * See report.h.
 * SPDX-License-Identifier: MIT */
#include "print/report.h"

#include "base/error.h"
#include "print/writer.h"

#include <stdlib.h>

/* ---------------------------------------------------------------- values */

static report_value integer_item(const void *context, uint64_t index)
{
    return report_integer(((const int64_t *)context)[index]);
}

static report_value natural_item(const void *context, uint64_t index)
{
    return report_natural(((const uint64_t *)context)[index]);
}

static report_value value_item(const void *context, uint64_t index)
{
    return ((const report_value *)context)[index];
}

report_value report_integers(const int64_t *values, uint64_t count)
{
    return report_items(integer_item, values, count);
}

report_value report_naturals(const uint64_t *values, uint64_t count)
{
    return report_items(natural_item, values, count);
}

report_value report_values(const report_value *values, uint64_t count)
{
    return report_items(value_item, values, count);
}

/* ---------------------------------------------------------------- formats */

const report_format *const report_formats[] = {
#define REPORT_ENTRY(format) &(format),
    REPORT_FORMATS(REPORT_ENTRY)
#undef REPORT_ENTRY
        NULL,
};

const report_format *report_find(const char *name)
{
    for (size_t i = 0; report_formats[i] != NULL; i++) {
        if (strcmp(report_formats[i]->name, name) == 0)
            return report_formats[i];
    }
    return NULL;
}

/* Reports have no file names that rows do not have. */
const report_format *report_choose(const report_format *asked, const char *path, tokvec_error *err)
{
    const writer_format *of_rows =
        writer_choose(asked == NULL ? NULL : writer_find(asked->name), path, err);
    if (of_rows == NULL)
        return NULL;
    const report_format *found = asked != NULL ? asked : report_find(of_rows->name);
    if (found != NULL)
        return found;
    error_set(err, TOKVEC_BAD_ARGUMENT, "a report cannot have the format %s", of_rows->name);
    error_where(err, "%s", path);
    error_hint(err, "give the file another name");
    return NULL;
}

/* ---------------------------------------------------------------- reports */

report *report_open(const report_spec *spec, sink *out, tokvec_error *err)
{
    report *r = calloc(1, sizeof *r);
    if (r == NULL) {
        error_no_memory(err, sizeof *r);
        return NULL;
    }
    r->spec = *spec;
    r->out = out;
    if (sink_open_memory(&r->scratch, err) &&
        (spec->format->begin == NULL || spec->format->begin(r, err)))
        return r;
    report_close(r);
    return NULL;
}

static bool scratch_failed(const report *r, tokvec_error *err)
{
    if (r->scratch.failed && err != NULL)
        *err = r->scratch.error;
    return r->scratch.failed;
}

bool report_line(report *r, const report_value *values, tokvec_error *err)
{
    bool good = r->spec.format->line(r, values, err) && !scratch_failed(r, err);
    r->lines++;
    return good;
}

static bool write_held(report *r, tokvec_error *err)
{
    return r->spec.format->flush == NULL || r->spec.format->flush(r, err);
}

bool report_flush(report *r, tokvec_error *err)
{
    bool good = write_held(r, err);
    sink_flush(r->out);
    return good;
}

bool report_end(report *r, uint64_t *nulls, tokvec_error *err)
{
    bool good = write_held(r, err);
    if (good && r->spec.format->end != NULL)
        r->spec.format->end(r);
    if (nulls != NULL)
        *nulls = r->nulls;
    return good;
}

void report_close(report *r)
{
    if (r == NULL)
        return;
    free(r->scratch.buffer);
    free(r->ends);
    free(r->marks);
    free(r->widths);
    free(r);
}
