/* group_print.h - the options of the text format, those of torch.set_printoptions.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_GROUP_PRINT_H
#define TOKVEC_CLI_GROUP_PRINT_H

#include "cli/settings.h"

extern const option_spec *const text_options[];

#endif
