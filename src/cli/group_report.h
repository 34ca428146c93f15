/* group_report.h - the options that say how a report is printed, and where to.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_GROUP_REPORT_H
#define TOKVEC_CLI_GROUP_REPORT_H

#include "cli/settings.h"

extern const option_spec *const report_options[];

/* -f of a report. */
extern const option_spec report_format_option;

/* As group_output_settle, for a command that takes report_format_option. */
bool group_report_settle(output_settings *s, tokvec_error *err);

#endif
