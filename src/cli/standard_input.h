/* standard_input.h - standard input, which can be read once.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_STANDARD_INPUT_H
#define TOKVEC_CLI_STANDARD_INPUT_H

#include "cli/settings.h"

/* Notes that standard input is read as `what` ("the weights"; borrowed), if the path is "-" or
 * NULL. False and an error if it is something else already. */
bool standard_input_take(const char *path, const char *what, tokvec_error *err);

/* The same for all files that the settings name; so is what the operands name, if those are. */
bool standard_input_check(const settings *s, bool operands_are_files, tokvec_error *err);

#endif
