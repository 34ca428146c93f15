/* whence_command.h - the command line that makes a table that was found.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_WHENCE_COMMAND_H
#define TOKVEC_CLI_WHENCE_COMMAND_H

#include "io/sink.h"
#include "measure/whence.h"

/* Writes "tokvec weight ...", each word as a shell takes it. */
void whence_command_put(sink *out, const whence_match *match);

#endif
