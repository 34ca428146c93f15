/* group_bag.h - the options that make one vector of several rows.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_GROUP_BAG_H
#define TOKVEC_CLI_GROUP_BAG_H

#include "cli/settings.h"

extern const option_spec *const bag_options[];

/* What --bag was given. */
const char *group_bag_name(const bag_settings *b);

#endif
