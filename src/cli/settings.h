/* settings.h - what the user asked for: what the options of all groups set, and the operands.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_SETTINGS_H
#define TOKVEC_CLI_SETTINGS_H

#include "cli/group_common.h"
#include "cli/group_ids.h"
#include "cli/group_output.h"
#include "cli/group_print.h"
#include "cli/group_table.h"

/* An argument that is no option. */
typedef struct operand {
    const char *text;
    unsigned number; /* of the argument on the command line, for messages */
} operand;

/* Texts are borrowed from argv. A command with options of its own has a larger struct, of which
 * this is the first member. */
struct settings {
    table_settings table;
    ids_settings ids;
    output_settings output;
    print_settings print;
    common_settings common;
    operand *operands;
    size_t operand_count;
};

/* Settings as they are without arguments, `size` bytes of which those beyond this struct are zero,
 * with room for that many operands. NULL without memory; released with settings_free. */
settings *settings_new(size_t size, size_t operands, tokvec_error *err);
void settings_free(settings *s); /* NULL is allowed */

#endif
