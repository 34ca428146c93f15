/* reporting.c - a command's report on its way to the output that the user named.
 * See reporting.h.
 * SPDX-License-Identifier: MIT */
#include "cli/reporting.h"

#include "cli/group_output.h"
#include "cli/notice.h"

bool reporting_open(reporting *r, const settings *s, const report_field *fields, size_t count,
                    bool single, tokvec_error *err)
{
    const report_spec spec = {.format = s->output.report,
                              .fields = fields,
                              .field_count = count,
                              .single = single,
                              .no_header = s->output.no_header};
    if (!group_output_open(&r->out, &s->output, err))
        return false;
    r->report = report_open(&spec, &r->out, err);
    if (r->report == NULL)
        sink_abandon(&r->out);
    return r->report != NULL;
}

/* Lines that are printed and complete go out, though an error follows; names of columns alone do
 * not. */
static void abandon(reporting *r, bool to_file)
{
    if (!to_file && r->report->lines > 0)
        report_flush(r->report, NULL);
    sink_abandon(&r->out);
}

bool reporting_close(reporting *r, bool good, tokvec_error *err)
{
    uint64_t nulls = 0;
    good = good && report_end(r->report, &nulls, err);
    if (!good)
        abandon(r, r->out.file.target != NULL);
    else
        good = sink_commit(&r->out, err);
    if (good && nulls > 0)
        notice("warning: %llu value%s nan or infinite, which JSON does not have: null instead",
               (unsigned long long)nulls, nulls == 1 ? " is" : "s are");
    report_close(r->report);
    return good;
}
