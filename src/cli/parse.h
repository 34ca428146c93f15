/* parse.h - reading the command line.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_PARSE_H
#define TOKVEC_CLI_PARSE_H

#include "cli/commands.h"

/* The most options that a command may take. */
enum { PARSE_OPTIONS_MAX = 64 };

/* What the arguments argv[first..] ask of a command. NULL if they cannot be understood; released
 * with settings_free. */
settings *parse_arguments(const command *cmd, int argc, char **argv, int first, tokvec_error *err);

#endif
