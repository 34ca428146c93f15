/* help.h - what a command is, as text.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_HELP_H
#define TOKVEC_CLI_HELP_H

#include "cli/commands.h"
#include "io/sink.h"

/* Writes a command's help. */
void help_text(const command *cmd, sink *out);

/* Prints it to standard output. */
bool help_print(const command *cmd, tokvec_error *err);

#endif
