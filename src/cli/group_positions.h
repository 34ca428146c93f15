/* group_positions.h - the options that add vectors of positions.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_GROUP_POSITIONS_H
#define TOKVEC_CLI_GROUP_POSITIONS_H

#include "cli/settings.h"

extern const option_spec *const positions_options[];

#endif
