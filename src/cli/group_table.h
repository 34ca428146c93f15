/* group_table.h - the options that say which table.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_GROUP_TABLE_H
#define TOKVEC_CLI_GROUP_TABLE_H

#include "cli/settings.h"

/* All of them; those that name a file and a tensor; those that tell of a file of bare values what
 * it does not say itself; and all but the file, for a command that takes files as operands. */
extern const option_spec *const table_options[],
    *const file_options[], *const bare_options[], *const operand_options[];

/* One of them that other commands take by itself. */
extern const option_spec stored_option;

#endif
