/* group_table.h - the options that say which table.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_GROUP_TABLE_H
#define TOKVEC_CLI_GROUP_TABLE_H

#include "cli/option.h"

typedef struct table_settings {
    const char *weights, *tensor;
    bool has_seed, has_vocab_size, has_dim, has_padding_idx, has_offset;
    uint64_t seed;
    char seed_text[24]; /* as given: -1, not 2^64-1 */
    uint64_t vocab_size, dim, offset;
    int64_t padding_idx;
    tokvec_dtype dtype; /* TOKVEC_NO_DTYPE: not given */
} table_settings;

/* All of them, and those that tell of a file of bare values what it does not say itself. */
extern const option_spec *const table_options[], *const bare_options[];

#endif
