/* group_ids.h - the options that say which token IDs, and how tokens are taken and shown.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_GROUP_IDS_H
#define TOKVEC_CLI_GROUP_IDS_H

#include "cli/option.h"

typedef struct ids_settings {
    const char *input;
    const char *vocab;
    bool all_tokens; /* there are no IDs */
    bool all_ids;    /* there are no tokens */
    bool raw_tokens, no_labels;
    bool onehot;
} ids_settings;

/* All of them, and those for tokens that are only shown. */
extern const option_spec *const ids_options[], *const label_options[];
extern const option_spec raw_tokens_option;

#endif
