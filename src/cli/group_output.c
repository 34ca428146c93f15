/* group_output.c - the options that say in which format, and where to.
 * See group_output.h.
 * SPDX-License-Identifier: MIT */
#include "cli/group_output.h"

#include "base/nearest.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
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

bool group_output_unpacked(output_settings *s, char **path, tokvec_error *err)
{
    size_t suffix = 0;
    *path = NULL;
    s->packing = s->path == NULL ? NULL : pack_kind_of(s->path, &suffix);
    if (s->path == NULL)
        return true;
    size_t length = strlen(s->path) - suffix;
    *path = strndup(s->path, length);
    return *path != NULL || error_no_memory(err, length);
}

/* Programs map the others, or read them from the middle on. */
static bool check_packing(const output_settings *s, tokvec_error *err)
{
    if (s->packing == NULL || !s->format->binary)
        return true;
    error_set(err, TOKVEC_UNSUPPORTED, "the format %s is not written compressed", s->format->name);
    error_where(err, "%s", s->path);
    return error_hint(err, "leave out .%s, or choose a format of text", s->packing->suffix);
}

bool group_output_settle(output_settings *s, tokvec_error *err)
{
    const writer_format *asked = s->format;
    char *path;
    if (!group_output_unpacked(s, &path, err))
        return false;
    s->format = writer_choose(asked, path, err);
    free(path);
    if (s->format == NULL && asked != NULL)
        return error_hint(err, "leave out --format, or give the file another name");
    return s->format != NULL && check_packing(s, err);
}

bool group_output_open(sink *out, const output_settings *s, tokvec_error *err)
{
    if (!sink_open(out, s->path, err))
        return false;
    if (s->packing == NULL || pack_sink(out, s->packing, err))
        return true;
    sink_abandon(out);
    return false;
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
