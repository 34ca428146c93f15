/* commands.h - the commands.
 * Each is one file in this folder, with the options that only it takes, and one line here.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_CLI_COMMANDS_H
#define TOKVEC_CLI_COMMANDS_H

#include "cli/group_common.h"
#include "cli/group_ids.h"
#include "cli/group_output.h"
#include "cli/group_print.h"
#include "cli/group_report.h"
#include "cli/group_seed.h"
#include "cli/group_table.h"

typedef struct command {
    const char *name;
    const char *operands; /* for the usage line; "" if it takes none */
    bool operands_are_files;
    const char *summary;        /* without a capital and a full stop */
    const char *about;          /* more than the summary, for its help; or NULL */
    const option_list *options; /* groups and its own, in the order of the help; ends with NULL */
    size_t size;                /* of its settings; 0: it has no options of its own */
    bool (*run)(const settings *s, tokvec_error *err); /* may set *s->status */
} command;

/* In the order in which the help shows them; the first one is the default. */
#define COMMANDS(EACH) \
    EACH(lookup)       \
    EACH(weight)       \
    EACH(list)         \
    EACH(stats)        \
    EACH(near)         \
    EACH(diff)         \
    EACH(digest)       \
    EACH(check)        \
    EACH(whence)       \
    EACH(help)

#define COMMAND_DECLARE(name) extern const command name##_command;
COMMANDS(COMMAND_DECLARE)
#undef COMMAND_DECLARE

/* All of them; ends with NULL. */
extern const command *const commands[];

/* The command of that name, or NULL. */
const command *command_find(const char *name);

/* The option of that number, from 0, among all that the command takes; NULL: there are no more. */
const option_spec *command_option(const command *cmd, size_t index);

/* The name of the command that was surely meant by a word, which may be misspelt; or NULL. */
const char *command_meant(const char *word);

#endif
