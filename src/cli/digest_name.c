/* digest_name.c - what a line of digests calls a table.
 * See digest_name.h.
 * SPDX-License-Identifier: MIT */
#include "cli/digest_name.h"

#include "cli/group_output.h"
#include "cli/group_seed.h"
#include "cli/group_table.h"
#include "io/path.h"
#include "text/put.h"

#include <stdlib.h>
#include <string.h>

#define SEED "seed:"

/* ---------------------------------------------------------------- writing */

static void put_option_text(sink *out, const char *option, const char *value)
{
    sink_text(out, option);
    sink_char(out, ' ');
    sink_text(out, value);
    sink_char(out, ' ');
}

static void put_option_number(sink *out, const char *option, uint64_t value)
{
    sink_text(out, option);
    sink_char(out, ' ');
    put_uint(out, value);
    sink_char(out, ' ');
}

/* A value that could not be told from what follows it is quoted, as a shell reads it. */
static void put_value(sink *out, const char *value)
{
    if (*value != '\0' && *value != '\'' && strchr(value, ' ') == NULL) {
        sink_text(out, value);
        return;
    }
    sink_char(out, '\'');
    for (; *value != '\0'; value++) {
        if (*value == '\'')
            sink_text(out, "'\\'");
        sink_char(out, *value);
    }
    sink_char(out, '\'');
}

/* What no short name tells, behind a blank each. */
static void put_drawn(const table_settings *t, const provenance *origin, sink *out)
{
    if (origin->has_padding_idx) {
        sink_text(out, " --padding-idx ");
        put_int(out, origin->padding_idx);
    }
    for (size_t i = 0; i < SEED_OPTION_COUNT; i++) {
        const option_spec *option;
        const char *value = group_seed_value(t, i, &option);
        if (value == NULL || option == &group_seed_seed)
            continue;
        sink_text(out, " --");
        sink_text(out, option->name);
        if (option->kind == OPTION_FLAG)
            continue;
        sink_char(out, ' ');
        put_value(out, value);
    }
}

static void put_seeded(const source *from, sink *out)
{
    const provenance *origin = &from->origin;
    const table_settings *t = &from->options->table;
    const char *dtype = tokvec_dtype_name(tokvec_table_dtype(from->table));
    if (origin->has_padding_idx || group_seed_other(t)) {
        if (origin->seed != NULL)
            put_option_text(out, "--seed", origin->seed);
        put_option_number(out, "-n", origin->vocab_size);
        put_option_number(out, "-d", origin->dim);
        sink_text(out, "--dtype ");
        sink_text(out, dtype);
        put_drawn(t, origin, out);
        return;
    }
    sink_text(out, SEED);
    sink_text(out, origin->seed);
    sink_char(out, ':');
    put_uint(out, origin->vocab_size);
    sink_char(out, 'x');
    put_uint(out, origin->dim);
    sink_char(out, ':');
    sink_text(out, dtype);
}

/* What the options tell of the file, which does not tell it itself. */
static void put_file(const settings *s, const tokvec_tensor *tensor, sink *out)
{
    const table_settings *t = &s->table;
    if (t->stored)
        sink_text(out, "--stored ");
    if (t->has_dim)
        put_option_number(out, "-d", t->dim);
    if (t->dtype != TOKVEC_NO_DTYPE)
        put_option_text(out, "--dtype", tokvec_dtype_name(t->dtype));
    if (t->has_offset)
        put_option_number(out, "--offset", t->offset);
    bool odd = (t->weights[0] == '-' && !path_is_standard_input(t->weights)) ||
               strncmp(t->weights, SEED, strlen(SEED)) == 0 || strcmp(t->weights, "seed") == 0;
    if (odd)
        sink_text(out, "./");
    sink_text(out, t->weights);
    sink_char(out, ':');
    sink_text(out, tensor->name);
}

void digest_name_put(const settings *s, const source *from, const tokvec_tensor *tensor, sink *out)
{
    if (s->output.as != TOKVEC_NO_DTYPE)
        put_option_text(out, "--as", tokvec_dtype_name(s->output.as));
    if (from->weights == NULL)
        put_seeded(from, out);
    else
        put_file(s, tensor, out);
}

/* ---------------------------------------------------------------- reading */

/* The option that a word names; NULL: none that a name may have. */
static const option_spec *find_option(const char *word)
{
    if (strcmp(word, "--as") == 0)
        return &as_option;
    for (option_list at = table_options; *at != NULL; at++) {
        bool letter = word[1] == (*at)->letter && word[1] != '\0' && word[2] == '\0';
        bool name = word[1] == '-' && strcmp(word + 2, (*at)->name) == 0;
        bool is_file = (*at)->kind == OPTION_FILE && *at != &group_seed_state;
        if ((letter || name) && !is_file && strcmp((*at)->name, "tensor") != 0)
            return *at;
    }
    return NULL;
}

/* Cuts off the first word, and steps to what comes after the blank behind it. */
static char *take_word(char **text)
{
    char *word = *text;
    size_t length = strcspn(word, " ");
    *text = word + length + (word[length] == ' ');
    word[length] = '\0';
    return word;
}

/* Cuts off a value that put_value wrote, likewise, without its quotes. A quote that is not closed
 * ends with the text. */
static char *take_value(char **text)
{
    if (**text != '\'')
        return take_word(text);
    char *value = *text, *to = value;
    const char *at = value + 1;
    while (*at != '\0' && (*at != '\'' || strncmp(at, "'\\''", 4) == 0)) {
        at += *at == '\'' ? 3 : 0;
        *to++ = *at++;
    }
    at += *at == '\'';
    *text += at - value;
    *text += **text == ' ';
    *to = '\0';
    return value;
}

static bool read_options(char **text, settings *s, tokvec_error *err)
{
    while (**text == '-' && strncmp(*text, "-:", 2) != 0) { /* which is standard input */
        char *word = take_word(text);
        const option_spec *option = find_option(word);
        if (option == NULL)
            return error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not an option of a table", word);
        const char *value = option->kind == OPTION_FLAG ? NULL : take_value(text);
        if (!option_set(option, s, value, err))
            return false;
    }
    return true;
}

/* Cuts a text at the first `end`, and returns what comes after it; NULL if there is none. */
static char *cut(char *text, char end)
{
    char *at = text == NULL ? NULL : strchr(text, end);
    if (at == NULL)
        return NULL;
    *at = '\0';
    return at + 1;
}

/* "123:6x3:float32"; false if it is something else, and the text stays as it is. */
static bool read_seeded(char *text, settings *s)
{
    char seed[100];
    bool negative;
    uint64_t value;
    if (strlen(text) >= sizeof seed)
        return false;
    memcpy(seed, text, strlen(text) + 1);
    char *rows = cut(seed, ':'), *dim = cut(rows, 'x'), *dtype = cut(dim, ':');
    if (dtype == NULL || !option_integer(seed, &negative, &value))
        return false;
    const char *const options[][2] = {{"-n", rows}, {"-d", dim}, {"--dtype", dtype}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (!option_set(find_option(options[i][0]), s, options[i][1], NULL))
            return false;
    }
    cut(text, ':');
    s->table.drawn.seed_text = text;
    return true;
}

static bool is_for_seeded(const table_settings *t)
{
    return group_seed_only(t) != NULL || t->has_padding_idx;
}

bool digest_name_read(char *text, settings *s, char **file, tokvec_error *err)
{
    free(s->key_steps);
    s->key_steps = NULL;
    s->table = (table_settings){.weights = NULL};
    s->output.as = TOKVEC_NO_DTYPE;
    *file = NULL;
    if (!read_options(&text, s, err))
        return false;
    const table_settings options = s->table;
    if (*text == '\0' && group_seed_any(&options))
        return true;
    bool bare = !is_for_seeded(&options);
    if (bare && strncmp(text, SEED, strlen(SEED)) == 0 && options.dtype == TOKVEC_NO_DTYPE &&
        !options.has_dim && !options.has_offset && !options.stored &&
        read_seeded(text + strlen(SEED), s))
        return true;
    s->table = options;
    *file = text;
    return (bare && strchr(text, ':') != NULL) ||
           error_set(err, TOKVEC_BAD_ARGUMENT, "the line does not name a table");
}
