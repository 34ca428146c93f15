/* group_output.c - the options that say in which format, and where to.
 * See group_output.h.
 * SPDX-License-Identifier: MIT */
#include "cli/group_output.h"

#include "base/nearest.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static option_word format_word(size_t index)
{
    const writer_format *format = writer_formats[index];
    return format == NULL ? (option_word){NULL, NULL} : (option_word){format->name, format->help};
}

bool group_output_unknown_format(const option_spec *option, const char *text, tokvec_error *err)
{
    nearest search = nearest_to(text);
    char all[200] = "";
    size_t length = 0;
    for (size_t i = 0; option->word(i).name != NULL && length < sizeof all; i++) {
        const char *name = option->word(i).name;
        nearest_offer(&search, name);
        length +=
            (size_t)snprintf(all + length, sizeof all - length, "%s%s", i == 0 ? "" : ", ", name);
    }
    error_set(err, TOKVEC_BAD_ARGUMENT, "unknown format '%s'", text);
    if (search.best != NULL)
        return error_hint(err, "did you mean '%s'?", search.best);
    return error_hint(err, "choose one of %s", all);
}

static bool set_format(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    s->output.format = writer_find(text);
    return s->output.format != NULL || group_output_unknown_format(option, text, err);
}

static option_word as_word(size_t index)
{
    static const char *const names[] = {"float32", "float64", "float16", "bfloat16"};
    bool any = index < sizeof names / sizeof *names;
    return (option_word){any ? names[index] : NULL, NULL};
}

static bool set_as(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    tokvec_dtype as = s->output.as = option_dtype(text);
    return (tokvec_dtype_is_float(as) && tokvec_dtype_size(as) > 1) ||
           option_bad_word(option, text, err);
}

static bool set_output(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    if (*text == '\0')
        return option_bad_value(option, text, "give the name of a file", err);
    s->output.path = strcmp(text, "-") == 0 ? NULL : text;
    return true;
}

bool group_output_settle(output_settings *s, tokvec_error *err)
{
    const writer_format *asked = s->format;
    s->format = writer_choose(asked, s->path, err);
    if (s->format == NULL && asked != NULL)
        return error_hint(err, "leave out --format, or give the file another name");
    return s->format != NULL;
}

static const option_spec format = {
    .name = "format",
    .letter = 'f',
    .kind = OPTION_WORD,
    .argument = "F",
    .help = "output format, see below",
    .set = set_format,
    .word = format_word,
};
const option_spec as_option = {
    .name = "as",
    .kind = OPTION_WORD,
    .argument = "T",
    .help = "round to float32, float64, float16 or bfloat16; for a seeded\n"
            "table --dtype draws in that dtype instead",
    .set = set_as,
    .word = as_word,
};
const option_spec output_option = {
    .name = "output",
    .letter = 'o',
    .kind = OPTION_FILE,
    .argument = "FILE",
    .help = "write to a file, which appears whole or not at all",
    .set = set_output,
};

const option_spec *const output_options[] = {&format, &as_option, &output_option, NULL};
