/* group_common.h - the options of nearly all commands.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_GROUP_COMMON_H
#define TOKVEC_CLI_GROUP_COMMON_H

#include "cli/settings.h"

/* All commands take the first ones; those with work for several threads take the second ones. */
extern const option_spec *const common_options[], *const thread_options[];

#endif
