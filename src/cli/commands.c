/* commands.c - the list of commands.
 * Each is one file in this folder and a line here; the first is the default.
 * SPDX-License-Identifier: MIT */
#include "cli/options.h"

const command *const commands[] = {&lookup_command, &weight_command, &list_command, NULL};
