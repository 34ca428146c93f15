/* commands.c - the list of commands.
 * See commands.h.
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "base/nearest.h"

#include <string.h>

#define COMMAND_ADDRESS(name) &name##_command,
const command *const commands[] = {COMMANDS(COMMAND_ADDRESS) NULL};

const command *command_find(const char *name)
{
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

const option_spec *command_option(const command *cmd, size_t index)
{
    for (const option_list *list = cmd->options; *list != NULL; list++) {
        for (option_list option = *list; *option != NULL; option++) {
            if (index-- == 0)
                return *option;
        }
    }
    return NULL;
}

const char *command_meant(const char *word)
{
    nearest search = nearest_to(word);
    for (size_t i = 0; commands[i] != NULL; i++)
        nearest_offer(&search, commands[i]->name);
    return search.distance <= 1 ? search.best : NULL; /* more often than a command it is a token */
}
