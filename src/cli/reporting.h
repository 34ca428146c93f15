/* reporting.h - a command's report on its way to the output that the user named.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_REPORTING_H
#define TOKVEC_CLI_REPORTING_H

#include "cli/settings.h"
#include "print/report.h"

/* A report and its sink. Released by reporting_close. */
typedef struct reporting {
    sink out;
    report *report;
} reporting;

/* Opens the output, and begins a report of those fields in the format that the settings name
 * (report_options). On failure there is nothing to close. */
bool reporting_open(reporting *r, const settings *s, const report_field *fields, size_t count,
                    bool single, tokvec_error *err);

/* Ends it: if all went well until now lets it appear, with a warning of numbers that JSON does not
 * have; if not, *err stays, what was printed before goes out to standard output, and a file does
 * not appear. Returns whether all went well. */
bool reporting_close(reporting *r, bool good, tokvec_error *err);

#endif
