/* group_ids.h - the options that say which token IDs, and how tokens are taken and shown.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_GROUP_IDS_H
#define TOKVEC_CLI_GROUP_IDS_H

#include "cli/settings.h"

/* All of them, those for rows that are asked about, and those for tokens that are only shown. */
extern const option_spec *const ids_options[], *const query_options[], *const label_options[];
extern const option_spec vocab_option, raw_tokens_option;

#endif
