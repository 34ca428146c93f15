/* group_output.h - the options that say in which format, and where to.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_GROUP_OUTPUT_H
#define TOKVEC_CLI_GROUP_OUTPUT_H

#include "cli/settings.h"

extern const option_spec *const output_options[];
/* -o and --as alone, for a command with formats of its own */
extern const option_spec output_option, as_option;

/* The error for a format that is none of the option's words; false. */
bool group_output_unknown_format(const option_spec *option, const char *text, tokvec_error *err);

/* Chooses the format where none was given, after all options are known. */
bool group_output_settle(output_settings *s, tokvec_error *err);

/* Notes which compressor the path names, and makes a copy of the path without it, for who chooses a
 * format by it; the caller frees it. NULL: there is no path. */
bool group_output_unpacked(output_settings *s, char **path, tokvec_error *err);

/* Opens the output. */
bool group_output_open(sink *out, const output_settings *s, tokvec_error *err);

#endif
