/* help.c - the command help, and what --help prints.
 * See help.h.
 * SPDX-License-Identifier: MIT */
#include "cli/help.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool is_default(const command *cmd)
{
    return cmd == commands[0];
}

static void put_usage(const command *cmd, sink *out)
{
    char line[200];
    snprintf(line, sizeof line,
             is_default(cmd) ? "Usage: tokvec [%s] [OPTION]...%s%s\n"
                             : "Usage: tokvec %s [OPTION]...%s%s\n",
             cmd->name, *cmd->operands != '\0' ? " " : "", cmd->operands);
    sink_text(out, line);
    snprintf(line, sizeof line, "%c%s.\n", toupper((unsigned char)cmd->summary[0]),
             cmd->summary + 1);
    sink_text(out, line);
    if (cmd->about != NULL)
        sink_text(out, cmd->about);
}

/* A name and, in a column of its own, its help of one line or several. */
static void put_entry(sink *out, const char *name, int width, const char *help)
{
    char left[64];
    snprintf(left, sizeof left, "%-*s  ", width, name);
    for (;;) {
        int length = (int)strcspn(help, "\n");
        char line[200];
        snprintf(line, sizeof line, "%s%.*s\n", left, length, help);
        sink_text(out, line);
        help += length;
        if (*help++ == '\0')
            break;
        memset(left, ' ', strlen(left));
    }
}

static void put_commands(sink *out)
{
    sink_text(out, "\nCommands:\n");
    for (size_t i = 0; commands[i] != NULL; i++) {
        char name[32];
        snprintf(name, sizeof name, "  %s", commands[i]->name);
        put_entry(out, name, 10, commands[i]->summary);
    }
}

static void put_options(const command *cmd, sink *out)
{
    const option_spec *option;
    sink_text(out, "\nOptions:\n");
    for (size_t i = 0; (option = command_option(cmd, i)) != NULL; i++) {
        char name[64], letter[8] = "    ";
        if (option->letter != 0)
            snprintf(letter, sizeof letter, "-%c, ", option->letter);
        bool takes = option->argument != NULL;
        snprintf(name, sizeof name, "  %s--%s%s%s", letter, option->name, takes ? " " : "",
                 takes ? option->argument : "");
        put_entry(out, name, 24, option->help);
    }
}

/* The words that an option takes, if they are explained, under its name: "Formats:". */
static void put_words(const option_spec *option, sink *out)
{
    if (option->word == NULL || option->word(0).help == NULL)
        return;
    char title[100];
    if (option->words != NULL)
        snprintf(title, sizeof title, "\n%s:\n", option->words);
    else
        snprintf(title, sizeof title, "\n%c%ss:\n", toupper((unsigned char)option->name[0]),
                 option->name + 1);
    sink_text(out, title);
    size_t width = 8;
    for (size_t i = 0; option->word(i).name != NULL; i++) {
        size_t length = strlen(option->word(i).name);
        width = length > width ? length : width;
    }
    for (size_t i = 0; option->word(i).name != NULL; i++) {
        char name[32];
        snprintf(name, sizeof name, "  %s", option->word(i).name);
        put_entry(out, name, (int)width + 2, option->word(i).help);
    }
}

void help_text(const command *cmd, sink *out)
{
    put_usage(cmd, out);
    if (is_default(cmd))
        put_commands(out);
    put_options(cmd, out);
    const option_spec *option;
    for (size_t i = 0; (option = command_option(cmd, i)) != NULL; i++)
        put_words(option, out);
}

bool help_print(const command *cmd, tokvec_error *err)
{
    sink out;
    if (!sink_open(&out, NULL, err))
        return false;
    help_text(cmd, &out);
    return sink_commit(&out, err);
}

/* ---------------------------------------------------------------- the command */

static bool help_run(const settings *s, tokvec_error *err)
{
    if (s->operand_count > 1) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'tokvec help' takes one command");
        error_where(err, "argument %u", s->operands[1].number);
        return error_hint(err, "write tokvec help COMMAND");
    }
    if (s->operand_count == 0)
        return help_print(commands[0], err);
    const operand *word = &s->operands[0];
    const command *cmd = command_find(word->text);
    if (cmd != NULL)
        return help_print(cmd, err);
    error_set(err, TOKVEC_BAD_ARGUMENT, "unknown command '%s'", word->text);
    error_where(err, "argument %u", word->number);
    const char *meant = command_meant(word->text);
    if (meant != NULL)
        return error_hint(err, "did you mean '%s'?", meant);
    return error_hint(err, "see tokvec help");
}

static const option_list lists[] = {common_options, NULL};

const command help_command = {
    .name = "help",
    .operands = "[COMMAND]",
    .summary = "show what a command does and which options it takes",
    .options = lists,
    .run = help_run,
};
