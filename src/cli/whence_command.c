/* whence_command.c - the command line that makes a table that was found.
 * See whence_command.h.
 * SPDX-License-Identifier: MIT */
#include "cli/whence_command.h"

#include "cli/group_seed.h"
#include "text/put.h"

#include <string.h>

/* In single quotes if a shell would take it for more than a word. */
static void put_word(sink *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-+.,:/@%=";
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        sink_text(out, word);
        return;
    }
    sink_char(out, '\'');
    for (; *word != '\0'; word++) {
        if (*word == '\'')
            sink_text(out, "'\\''");
        else
            sink_char(out, *word);
    }
    sink_char(out, '\'');
}

static void put_number(sink *out, const char *option, uint64_t value)
{
    sink_text(out, option);
    put_uint(out, value);
}

static void put_option(sink *out, const char *name, const char *value)
{
    sink_text(out, " --");
    sink_text(out, name);
    sink_char(out, ' ');
    put_word(out, value);
}

void whence_command_put(sink *out, const whence_match *match)
{
    const whence_recipe *r = match->recipe;
    const tokvec_seed_spec *spec = &r->spec;
    const table_settings t = {.drawn = *spec};
    sink_text(out, "tokvec weight");
    if (spec->seed_text == NULL && !r->seedless)
        put_number(out, " --seed ", match->seed);
    put_number(out, " -n ", spec->vocab_size);
    put_number(out, " -d ", spec->dim);
    put_option(out, "dtype", tokvec_dtype_name(spec->dtype));
    for (size_t i = 0; i < SEED_OPTION_COUNT; i++) {
        const option_spec *option;
        const char *value = group_seed_value(&t, i, &option);
        if (value == NULL || (option == &group_seed_rng && generator_kind_at(0) == r->kind))
            continue;
        if (option->kind != OPTION_FLAG) {
            put_option(out, option->name, value);
            continue;
        }
        sink_text(out, " --");
        sink_text(out, option->name);
    }
    if (match->equal.padding_row >= 0)
        put_number(out, " --padding-idx ", (uint64_t)match->equal.padding_row);
    if (r->as != spec->dtype)
        put_option(out, "as", tokvec_dtype_name(r->as));
}
