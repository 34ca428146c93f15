/* options.c - the command line.
 * See options.h.
 * SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include "base/nearest.h"
#include "base/threads.h"
#include "print/values.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

/* ---------------------------------------------------------------- values */

static bool bad_value(tokvec_error *err, const char *option, const char *text, const char *hint)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is no value for --%s", text, option);
    return error_hint(err, "%s", hint);
}

/* A decimal integer with an optional sign; false if there is anything else or it does not fit:
 * positive ones up to 2^64-1, negative ones down to -2^63. */
static bool parse_integer(const char *text, bool *negative, uint64_t *value)
{
    const char *digits = text + (*text == '-' || *text == '+');
    size_t length = strlen(digits);
    if (length == 0 || strspn(digits, "0123456789") != length)
        return false;
    errno = 0;
    unsigned long long magnitude = strtoull(digits, NULL, 10);
    *negative = *text == '-' && magnitude > 0;
    *value = *negative ? 0 - (uint64_t)magnitude : magnitude;
    return errno == 0 && !(*negative && magnitude > (UINT64_C(1) << 63));
}

static bool parse_unsigned(const char *text, uint64_t most, uint64_t *value)
{
    bool negative;
    return parse_integer(text, &negative, value) && !negative && *value <= most;
}

static bool parse_signed(const char *text, int64_t *value)
{
    bool negative;
    uint64_t bits;
    if (!parse_integer(text, &negative, &bits) || (!negative && bits > INT64_MAX))
        return false;
    *value = (int64_t)bits;
    return true;
}

static tokvec_dtype parse_dtype(const char *text)
{
    return tokvec_dtype_from_name(strncmp(text, "torch.", 6) == 0 ? text + 6 : text);
}

/* ---------------------------------------------------------------- setters */

static bool set_weights(settings *s, const char *text, tokvec_error *err)
{
    (void)err;
    s->weights = text;
    return true;
}

static bool set_tensor(settings *s, const char *text, tokvec_error *err)
{
    (void)err;
    s->tensor = text;
    return true;
}

static bool set_seed(settings *s, const char *text, tokvec_error *err)
{
    bool negative;
    if (!parse_integer(text, &negative, &s->seed))
        return bad_value(err, "seed", text, "give an integer from -2^63 to 2^64-1");
    s->has_seed = true;
    if (negative)
        snprintf(s->seed_text, sizeof s->seed_text, "%lld", (long long)s->seed);
    else
        snprintf(s->seed_text, sizeof s->seed_text, "%llu", (unsigned long long)s->seed);
    return true;
}

static bool set_vocab_size(settings *s, const char *text, tokvec_error *err)
{
    s->has_vocab_size = parse_unsigned(text, INT64_MAX, &s->vocab_size) && s->vocab_size > 0;
    return s->has_vocab_size ||
           bad_value(err, "vocab-size", text, "give the number of rows, 1 or more");
}

static bool set_dim(settings *s, const char *text, tokvec_error *err)
{
    s->has_dim = parse_unsigned(text, INT64_MAX, &s->dim) && s->dim > 0;
    return s->has_dim || bad_value(err, "dim", text, "give the number of columns, 1 or more");
}

static bool set_dtype(settings *s, const char *text, tokvec_error *err)
{
    s->dtype = parse_dtype(text);
    return s->dtype != TOKVEC_NO_DTYPE ||
           bad_value(err, "dtype", text, "give one as PyTorch names it, such as float32");
}

static bool set_offset(settings *s, const char *text, tokvec_error *err)
{
    s->has_offset = parse_unsigned(text, INT64_MAX, &s->offset);
    return s->has_offset || bad_value(err, "offset", text, "give a number of bytes");
}

static bool set_padding_idx(settings *s, const char *text, tokvec_error *err)
{
    s->has_padding_idx = parse_signed(text, &s->padding_idx);
    return s->has_padding_idx || bad_value(err, "padding-idx", text, "give the number of a row");
}

static bool set_input(settings *s, const char *text, tokvec_error *err)
{
    (void)err;
    s->input = text;
    return true;
}

static bool set_onehot(settings *s, const char *text, tokvec_error *err)
{
    (void)text;
    (void)err;
    s->onehot = true;
    return true;
}

static bool set_vocab(settings *s, const char *text, tokvec_error *err)
{
    (void)err;
    s->vocab = text;
    return true;
}

static bool set_tokens(settings *s, const char *text, tokvec_error *err)
{
    (void)text;
    (void)err;
    s->all_tokens = true;
    return true;
}

static bool set_ids(settings *s, const char *text, tokvec_error *err)
{
    (void)text;
    (void)err;
    s->all_ids = true;
    return true;
}

static bool set_raw_tokens(settings *s, const char *text, tokvec_error *err)
{
    (void)text;
    (void)err;
    s->raw_tokens = true;
    return true;
}

static bool set_no_labels(settings *s, const char *text, tokvec_error *err)
{
    (void)text;
    (void)err;
    s->no_labels = true;
    return true;
}

static bool set_format(settings *s, const char *text, tokvec_error *err)
{
    s->format = writer_find(text);
    if (s->format != NULL)
        return true;
    nearest search = nearest_to(text);
    char all[200] = "";
    for (size_t i = 0, length = 0; writer_formats[i] != NULL && length < sizeof all; i++) {
        nearest_offer(&search, writer_formats[i]->name);
        length += (size_t)snprintf(all + length, sizeof all - length, "%s%s", i == 0 ? "" : ", ",
                                   writer_formats[i]->name);
    }
    error_set(err, TOKVEC_BAD_ARGUMENT, "there is no format '%s'", text);
    if (search.best != NULL)
        return error_hint(err, "did you mean '%s'?", search.best);
    return error_hint(err, "choose one of %s", all);
}

static bool set_as(settings *s, const char *text, tokvec_error *err)
{
    s->as = parse_dtype(text);
    if (tokvec_dtype_is_float(s->as) && tokvec_dtype_size(s->as) > 1)
        return true;
    return bad_value(err, "as", text, "choose float32, float64, float16 or bfloat16");
}

static bool set_output(settings *s, const char *text, tokvec_error *err)
{
    if (*text == '\0')
        return bad_value(err, "output", text, "give the name of a file");
    s->output = strcmp(text, "-") == 0 ? NULL : text;
    return true;
}

static bool set_precision(settings *s, const char *text, tokvec_error *err)
{
    enum { PRECISION_MAX = 1000 }; /* a double has at most 1074 digits after the point */
    uint64_t value;
    if (!parse_unsigned(text, PRECISION_MAX, &value))
        return bad_value(err, "precision", text, "give a number of digits from 0 to 1000");
    s->print.precision = (int)value;
    s->fixed.precision = true;
    return true;
}

static bool set_threshold(settings *s, const char *text, tokvec_error *err)
{
    s->fixed.threshold = true;
    if (strcmp(text, "inf") == 0) {
        s->print.threshold = UINT64_MAX;
        return true;
    }
    return parse_unsigned(text, UINT64_MAX, &s->print.threshold) ||
           bad_value(err, "threshold", text, "give a number of values, or inf");
}

static bool set_edgeitems(settings *s, const char *text, tokvec_error *err)
{
    s->fixed.edgeitems = parse_unsigned(text, INT64_MAX, &s->print.edgeitems);
    return s->fixed.edgeitems || bad_value(err, "edgeitems", text, "give a number of items");
}

static bool set_linewidth(settings *s, const char *text, tokvec_error *err)
{
    s->fixed.linewidth = parse_signed(text, &s->print.linewidth);
    return s->fixed.linewidth || bad_value(err, "linewidth", text, "give a number of characters");
}

static bool set_sci_mode(settings *s, const char *text, tokvec_error *err)
{
    static const struct {
        const char *word;
        enum sci_mode mode;
    } words[] = {{"auto", SCI_AUTO},   {"none", SCI_AUTO},   {"always", SCI_ALWAYS},
                 {"true", SCI_ALWAYS}, {"never", SCI_NEVER}, {"false", SCI_NEVER}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasecmp(text, words[i].word) == 0) {
            s->print.sci_mode = words[i].mode;
            return true;
        }
    }
    return bad_value(err, "sci-mode", text, "choose auto, always (true) or never (false)");
}

static bool set_profile(settings *s, const char *text, tokvec_error *err)
{
    static const struct {
        const char *name;
        print_options options;
    } profiles[] = {{"default", {4, 1000, 3, 80, SCI_AUTO}},
                    {"short", {2, 1000, 2, 80, SCI_AUTO}},
                    {"full", {4, UINT64_MAX, 3, 80, SCI_AUTO}}};
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
        const print_options *p = &profiles[i].options;
        if (strcmp(text, profiles[i].name) != 0)
            continue;
        if (!s->fixed.precision)
            s->print.precision = p->precision;
        if (!s->fixed.threshold)
            s->print.threshold = p->threshold;
        if (!s->fixed.edgeitems)
            s->print.edgeitems = p->edgeitems;
        if (!s->fixed.linewidth)
            s->print.linewidth = p->linewidth;
        return true;
    }
    return bad_value(err, "profile", text, "choose default, short or full");
}

static bool set_metadata(settings *s, const char *text, tokvec_error *err)
{
    (void)text;
    (void)err;
    s->metadata = true;
    return true;
}

static bool set_threads(settings *s, const char *text, tokvec_error *err)
{
    uint64_t value;
    if (!parse_unsigned(text, THREADS_MAX, &value) || value == 0)
        return bad_value(err, "threads", text, "give a number from 1 to 256");
    s->threads = (unsigned)value;
    return true;
}

static bool set_help(settings *s, const char *text, tokvec_error *err)
{
    (void)text;
    (void)err;
    s->help = true;
    return true;
}

static bool set_version(settings *s, const char *text, tokvec_error *err)
{
    (void)text;
    (void)err;
    s->version = true;
    return true;
}

/* ---------------------------------------------------------------- the table */

typedef struct option_spec {
    const char *name;
    char letter;          /* or 0 */
    unsigned commands;    /* that take it */
    const char *argument; /* NULL: takes none */
    const char *help;
    bool (*set)(settings *s, const char *text, tokvec_error *err);
} option_spec;

enum { IN_ROWS = IN_LOOKUP | IN_WEIGHT, IN_ALL = IN_ROWS | IN_LIST };

static const option_spec specs[] = {
    {"weights", 'w', IN_ROWS, "FILE", "take the table from a weights file or a model's folder",
     set_weights},
    {"tensor", 't', IN_ROWS, "NAME", "this tensor, not the token embedding", set_tensor},
    {"seed", 0, IN_ROWS, "N", "seed a table as torch.manual_seed(N) does (123)", set_seed},
    {"vocab-size", 'n', IN_ROWS, "N", "rows of the seeded table (6)", set_vocab_size},
    {"dim", 'd', IN_ALL, "N", "its columns (3); or those of a file of bare values", set_dim},
    {"dtype", 0, IN_ALL, "T", "its dtype (float32); or that of bare values, of text", set_dtype},
    {"offset", 0, IN_ALL, "N", "bytes before the bare values in the file (0)", set_offset},
    {"padding-idx", 0, IN_ROWS, "N", "make its row N zero, as nn.Embedding does", set_padding_idx},
    {"input", 'i', IN_LOOKUP, "FILE", "read token IDs from a file ('-': standard input)",
     set_input},
    {"vocab", 0, IN_ROWS, "FILE", "take token strings from a tokenizer.json, vocab.txt, ...",
     set_vocab},
    {"tokens", 0, IN_LOOKUP, NULL, "all input is tokens; on standard input one a line", set_tokens},
    {"ids", 0, IN_LOOKUP, NULL, "all input is IDs; a word is an error", set_ids},
    {"tokens", 0, IN_LIST, NULL, "list the token strings of a model or vocabulary", set_tokens},
    {"raw-tokens", 0, IN_ALL, NULL, "tokens as they are stored, not as text", set_raw_tokens},
    {"no-labels", 0, IN_ROWS, NULL, "print no tokens beside the IDs", set_no_labels},
    {"onehot", 0, IN_LOOKUP, NULL, "multiply one-hot rows by the matrix; same result", set_onehot},
    {"format", 'f', IN_ALL, "F", "output format, see below", set_format},
    {"as", 0, IN_ROWS, "T",
     "round to float32, float64, float16 or bfloat16: of a seeded\n"
     "                          table not what PyTorch draws in that dtype",
     set_as},
    {"output", 'o', IN_ALL, "FILE", "write to a file, which appears whole or not at all",
     set_output},
    {"precision", 0, IN_ROWS, "N", "text: digits after the point (4)", set_precision},
    {"threshold", 0, IN_ROWS, "N", "text: values from which on to summarise (1000)", set_threshold},
    {"edgeitems", 0, IN_ROWS, "N", "text: values shown at each end of a summary (3)",
     set_edgeitems},
    {"linewidth", 0, IN_ROWS, "N", "text: characters on a line (80)", set_linewidth},
    {"sci-mode", 0, IN_ROWS, "WHEN", "text: scientific notation auto, always or never",
     set_sci_mode},
    {"profile", 0, IN_ROWS, "P", "text: default, short or full", set_profile},
    {"metadata", 0, IN_LIST, NULL, "also what the file says beside its tensors", set_metadata},
    {"threads", 'j', IN_ROWS, "N", "use N threads (as many as there are processors)", set_threads},
    {"help", 'h', IN_ALL, NULL, "show this help", set_help},
    {"version", 'V', IN_ALL, NULL, "show the version", set_version},
};
enum { SPEC_COUNT = sizeof specs / sizeof *specs };

/* ---------------------------------------------------------------- parsing */

/* The tables that getopt_long wants. */
typedef struct getopt_tables {
    char letters[2 + 2 * SPEC_COUNT + 1];
    struct option names[SPEC_COUNT + 1];
} getopt_tables;

static void fill_tables(const command *cmd, getopt_tables *g)
{
    enum { FIRST_CODE = 256 }; /* beyond all letters; then the index in specs */
    char *letter = g->letters;
    struct option *name = g->names;
    *letter++ = '-'; /* operands come in their place, as the "option" 1 */
    *letter++ = ':'; /* no messages from getopt */
    for (int i = 0; i < SPEC_COUNT; i++) {
        if (!(specs[i].commands & cmd->bit))
            continue;
        *name++ = (struct option){specs[i].name,
                                  specs[i].argument != NULL ? required_argument : no_argument, NULL,
                                  FIRST_CODE + i};
        if (specs[i].letter == 0)
            continue;
        *letter++ = specs[i].letter;
        if (specs[i].argument != NULL)
            *letter++ = ':';
    }
    *letter = '\0';
    *name = (struct option){NULL, 0, NULL, 0};
}

static const option_spec *spec_of(int code)
{
    if (code >= 256)
        return &specs[code - 256];
    for (size_t i = 0; i < SPEC_COUNT; i++) {
        if (code != 0 && specs[i].letter == code)
            return &specs[i];
    }
    return NULL;
}

/* An option that the command does not take: perhaps misspelt, perhaps another command's. */
static bool unknown_option(const command *cmd, const char *argument, int letter, tokvec_error *err)
{
    char name[64];
    if (strncmp(argument, "--", 2) != 0 && letter != 0) {
        snprintf(name, sizeof name, "-%c", letter);
        const option_spec *elsewhere = spec_of(letter);
        error_set(err, TOKVEC_BAD_ARGUMENT, "unknown option '%s'", name);
        if (elsewhere != NULL)
            return error_hint(err, "'tokvec %s' does not take it", cmd->name);
        return error_hint(err, "see 'tokvec %s --help'", cmd->name);
    }
    size_t length = strcspn(argument + 2, "=");
    snprintf(name, sizeof name, "%.*s", (int)(length < 60 ? length : 60), argument + 2);
    error_set(err, TOKVEC_BAD_ARGUMENT, "unknown option '--%s'", name);
    nearest search = nearest_to(name);
    size_t prefixes = 0;
    for (size_t i = 0; i < SPEC_COUNT; i++) {
        if (strcmp(specs[i].name, name) == 0)
            return error_hint(err, "'tokvec %s' does not take it", cmd->name);
        if (!(specs[i].commands & cmd->bit))
            continue;
        nearest_offer(&search, specs[i].name);
        prefixes += strncmp(specs[i].name, name, strlen(name)) == 0;
    }
    if (prefixes > 1)
        return error_hint(err, "more than one option begins like this; see 'tokvec %s --help'",
                          cmd->name);
    if (search.best != NULL)
        return error_hint(err, "did you mean '--%s'?", search.best);
    return error_hint(err, "see 'tokvec %s --help'", cmd->name);
}

static bool add_operand(settings *s, const char *text, int number)
{
    s->operands[s->operand_count++] = (operand){text, (unsigned)number};
    return true;
}

static bool is_negative_number(const char *text)
{
    return text != NULL && text[0] == '-' && isdigit((unsigned char)text[1]);
}

/* What getopt_long returned for argv[at]. */
static bool take(const command *cmd, int code, char **argv, int at, settings *s, tokvec_error *err)
{
    if (code == 1)
        return add_operand(s, optarg, optind - 1);
    if (code == '?') {
        /* optopt is the code where an argument was given to an option that takes none. */
        const option_spec *spec = optopt >= 256 ? spec_of(optopt) : NULL;
        if (spec == NULL)
            return unknown_option(cmd, argv[at], optopt, err);
        error_set(err, TOKVEC_BAD_ARGUMENT, "--%s takes no value", spec->name);
        return error_hint(err, "write just --%s", spec->name);
    }
    if (code == ':') {
        const option_spec *spec = spec_of(optopt);
        error_set(err, TOKVEC_BAD_ARGUMENT, "--%s needs a value", spec->name);
        return error_hint(err, "write --%s %s", spec->name, spec->argument);
    }
    return spec_of(code)->set(s, optarg, err);
}

bool options_parse(const command *cmd, int argc, char **argv, int first, settings *s,
                   tokvec_error *err)
{
    *s = (settings){.print = {4, 1000, 3, 80, SCI_AUTO}};
    s->operands = calloc((size_t)argc + 1, sizeof *s->operands);
    if (s->operands == NULL)
        return error_no_memory(err, (size_t)argc * sizeof *s->operands);
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
        if (!take(cmd, code, argv, at, s, err))
            return false;
    }
    for (; optind < argc; optind++) /* after "--" */
        add_operand(s, argv[optind], optind);
    s->format = writer_choose(s->format, s->output, err);
    return s->format != NULL;
}

void settings_free(settings *s)
{
    free(s->operands);
    s->operands = NULL;
}

/* ---------------------------------------------------------------- help */

static void help_options(const command *cmd, sink *out)
{
    enum { WIDTH = 24 };
    char left[64];
    sink_text(out, "\nOptions:\n");
    for (size_t i = 0; i < SPEC_COUNT; i++) {
        const option_spec *spec = &specs[i];
        if (!(spec->commands & cmd->bit))
            continue;
        char letter[8] = "    ";
        if (spec->letter != 0)
            snprintf(letter, sizeof letter, "-%c, ", spec->letter);
        snprintf(left, sizeof left, "  %s--%s%s%s", letter, spec->name,
                 spec->argument != NULL ? " " : "", spec->argument != NULL ? spec->argument : "");
        char line[160];
        snprintf(line, sizeof line, "%-*s  %s\n", WIDTH, left, spec->help);
        sink_text(out, line);
    }
}

void options_help(const command *cmd, sink *out)
{
    char line[200];
    bool is_default = cmd == commands[0];
    snprintf(line, sizeof line,
             is_default ? "Usage: tokvec [%s] [OPTION]...%s%s\n"
                        : "Usage: tokvec %s [OPTION]...%s%s\n",
             cmd->name, *cmd->operands != '\0' ? " " : "", cmd->operands);
    sink_text(out, line);
    snprintf(line, sizeof line, "%c%s.\n", toupper((unsigned char)cmd->summary[0]),
             cmd->summary + 1);
    sink_text(out, line);
    if (is_default) {
        sink_text(out, "Without IDs, reads them from standard input. Without -w, uses a table "
                       "that is seeded\nas torch.manual_seed(123) seeds "
                       "torch.nn.Embedding(6, 3).\n\nCommands:\n");
        for (size_t i = 0; commands[i] != NULL; i++) {
            snprintf(line, sizeof line, "  %-8s  %s\n", commands[i]->name, commands[i]->summary);
            sink_text(out, line);
        }
    }
    help_options(cmd, out);
    if (cmd->bit & IN_ROWS) {
        sink_text(out, "\nFormats:\n");
        for (size_t i = 0; writer_formats[i] != NULL; i++) {
            snprintf(line, sizeof line, "  %-11s  %s\n", writer_formats[i]->name,
                     writer_formats[i]->help);
            sink_text(out, line);
        }
    } else {
        sink_text(out, "\nFormats:\n"
                       "  text      a table, in which * marks the tensor that lookup takes\n"
                       "  json      one object\n");
    }
}
