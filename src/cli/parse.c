/* parse.c - reading the command line.
 * See parse.h.
 * SPDX-License-Identifier: MIT */
#include "cli/parse.h"

#include "base/nearest.h"

#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* The tables that getopt_long wants. */
typedef struct getopt_tables {
    char letters[2 + 2 * PARSE_OPTIONS_MAX + 1];
    struct option names[PARSE_OPTIONS_MAX + 1];
} getopt_tables;

/* What getopt_long returns for an option's name: beyond all letters, then its number. */
enum { FIRST_CODE = 256 };

static void fill_tables(const command *cmd, getopt_tables *g)
{
    char *letter = g->letters;
    struct option *name = g->names;
    *letter++ = '-'; /* operands come in their place, as the "option" 1 */
    *letter++ = ':'; /* no messages from getopt */
    for (int i = 0; i < PARSE_OPTIONS_MAX; i++) {
        const option_spec *option = command_option(cmd, (size_t)i);
        if (option == NULL)
            break;
        bool takes = option->kind != OPTION_FLAG;
        *name++ = (struct option){option->name, takes ? required_argument : no_argument, NULL,
                                  FIRST_CODE + i};
        if (option->letter == 0)
            continue;
        *letter++ = option->letter;
        if (takes)
            *letter++ = ':';
    }
    *letter = '\0';
    *name = (struct option){NULL, 0, NULL, 0};
}

static const option_spec *option_of_letter(const command *cmd, int letter)
{
    const option_spec *option;
    for (size_t i = 0; letter != 0 && (option = command_option(cmd, i)) != NULL; i++) {
        if (option->letter == letter)
            return option;
    }
    return NULL;
}

static const option_spec *option_of_code(const command *cmd, int code)
{
    return code >= FIRST_CODE ? command_option(cmd, (size_t)(code - FIRST_CODE))
                              : option_of_letter(cmd, code);
}

/* The command's option of that name, or NULL. */
static const option_spec *option_named(const command *cmd, const char *name)
{
    const option_spec *option;
    for (size_t i = 0; (option = command_option(cmd, i)) != NULL; i++) {
        if (strcmp(option->name, name) == 0)
            return option;
    }
    return NULL;
}

/* Whether some command takes an option of that name, or of that letter where the name is NULL. */
static bool is_taken(const char *name, int letter)
{
    for (size_t c = 0; commands[c] != NULL; c++) {
        if (name != NULL && option_named(commands[c], name) != NULL)
            return true;
        if (name == NULL && option_of_letter(commands[c], letter) != NULL)
            return true;
    }
    return false;
}

static bool unknown_letter(const command *cmd, int letter, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "unknown option '-%c'", letter);
    return error_hint(
        err, is_taken(NULL, letter) ? "'tokvec %s' does not take it" : "see 'tokvec %s --help'",
        cmd->name);
}

/* An option that the command does not take: perhaps misspelt, perhaps another command's. */
static bool unknown_option(const command *cmd, const char *argument, int letter, tokvec_error *err)
{
    if (strncmp(argument, "--", 2) != 0 && letter != 0)
        return unknown_letter(cmd, letter, err);
    char name[64];
    size_t length = strcspn(argument + 2, "=");
    snprintf(name, sizeof name, "%.*s", (int)(length < 60 ? length : 60), argument + 2);
    error_set(err, TOKVEC_BAD_ARGUMENT, "unknown option '--%s'", name);
    if (is_taken(name, 0))
        return error_hint(err, "'tokvec %s' does not take it", cmd->name);
    nearest search = nearest_to(name);
    size_t prefixes = 0;
    const option_spec *option;
    for (size_t i = 0; (option = command_option(cmd, i)) != NULL; i++) {
        nearest_offer(&search, option->name);
        prefixes += strncmp(option->name, name, strlen(name)) == 0;
    }
    if (prefixes > 1)
        return error_hint(err, "more than one option begins like this; see 'tokvec %s --help'",
                          cmd->name);
    if (search.best != NULL)
        return error_hint(err, "did you mean '--%s'?", search.best);
    return error_hint(err, "see 'tokvec %s --help'", cmd->name);
}

static void add_operand(settings *s, const char *text, int number)
{
    s->operands[s->operand_count++] = (operand){text, (unsigned)number};
}

static bool is_negative_number(const char *text)
{
    return text != NULL && text[0] == '-' && isdigit((unsigned char)text[1]);
}

/* What getopt_long returned for argv[at]. */
static bool apply(const command *cmd, int code, char **argv, int at, settings *s, tokvec_error *err)
{
    if (code == 1) {
        add_operand(s, optarg, optind - 1);
        return true;
    }
    if (code == '?') {
        /* optopt is the code where a value was given to an option that takes none. */
        const option_spec *option = optopt >= FIRST_CODE ? option_of_code(cmd, optopt) : NULL;
        if (option == NULL)
            return unknown_option(cmd, argv[at], optopt, err);
        error_set(err, TOKVEC_BAD_ARGUMENT, "--%s takes no value", option->name);
        return error_hint(err, "write just --%s", option->name);
    }
    if (code == ':') {
        const option_spec *option = option_of_code(cmd, optopt);
        error_set(err, TOKVEC_BAD_ARGUMENT, "--%s needs a value", option->name);
        return error_hint(err, "write --%s %s", option->name, option->argument);
    }
    return option_set(option_of_code(cmd, code), s, optarg, err);
}

static bool parse(const command *cmd, int argc, char **argv, int first, settings *s,
                  tokvec_error *err)
{
    getopt_tables tables;
    fill_tables(cmd, &tables);
    optind = first;
    for (;;) {
        if (optind < argc && is_negative_number(argv[optind])) {
            add_operand(s, argv[optind], optind); /* an ID, though out of range */
            optind++;
            continue;
        }
        int at = optind;
        int code = getopt_long(argc, argv, tables.letters, tables.names, NULL);
        if (code == -1)
            break;
        if (!apply(cmd, code, argv, at, s, err))
            return false;
    }
    for (; optind < argc; optind++) /* after "--" */
        add_operand(s, argv[optind], optind);
    const option_spec *format = option_named(cmd, "format");
    if (format == &report_format_option)
        return group_report_settle(&s->output, err);
    return format == NULL || group_output_settle(&s->output, err);
}

settings *parse_arguments(const command *cmd, int argc, char **argv, int first, tokvec_error *err)
{
    settings *s = settings_new(cmd->size != 0 ? cmd->size : sizeof *s, (size_t)argc, err);
    if (s == NULL || parse(cmd, argc, argv, first, s, err))
        return s;
    settings_free(s);
    return NULL;
}
