/* check.c - the command check: what is wrong with a model's embedding.
 * Opens the model, goes from the file to the rows, and prints what was found.
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/checking.h"
#include "cli/notice.h"
#include "cli/source.h"
#include "io/path.h"
#include "model/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The settings, with what only this command is asked for. */
typedef struct check_settings {
    settings shared;
    bool ignored[FINDING_COUNT];
    bool all; /* tensors */
} check_settings;

static const check_settings *settings_of_check(const settings *s)
{
    return (const check_settings *)s;
}

/* ---------------------------------------------------------------- the model */

static bool tell_fault(void *context, const tokvec_tensor *tensor, const tokvec_error *fault,
                       tokvec_error *err)
{
    tokvec_error copy = *fault;
    if (checking_tell_error(context, tensor->name, &copy))
        return true;
    *err = copy;
    return false;
}

/* Where the model's other files are: beside the weights. */
static bool find_places(checking *c, tokvec_error *err)
{
    const char *found_as = c->weights->found_as;
    const char *path = found_as != NULL ? found_as : c->weights->map->path;
    c->config = path_beside(path, "config.json", err);
    c->folder = c->config == NULL ? NULL : path_beside(path, ".", err);
    if (c->folder == NULL)
        return false;
    if (!path_is_file(c->config)) {
        free(c->config);
        c->config = NULL;
    }
    return true;
}

/* What is odd about the choice of the tensor, but no finding. */
static void warn(const checking *c)
{
    const char *warning = tokvec_weights_warning(c->weights);
    if (warning != NULL)
        notice("warning: %s", warning);
}

/* The weights and the tensor. */
static bool open_model(checking *c, tokvec_error *err)
{
    const settings *s = c->options;
    const tokvec_file_spec spec = source_spec(s);
    c->weights = source_weights(c->path, &spec, err);
    if (c->weights == NULL || !tokvec_weights_complete(c->weights, err) || !find_places(c, err))
        return false;
    const weights_format *format = c->weights->format;
    if (format->faults != NULL && !format->faults(c->weights, tell_fault, c, err))
        return false;
    c->tensor = s->table.tensor == NULL ? tokvec_weights_embedding(c->weights, err)
                                        : tokvec_weights_find(c->weights, s->table.tensor, err);
    if (c->tensor == NULL)
        return false;
    c->is_embedding = names_is_embedding(c->tensor->name);
    warn(c);
    return true;
}

/* The table, with what was found about it. What a config says is compared later. */
static bool open_table(checking *c, tokvec_error *err)
{
    bool warned = tokvec_weights_warning(c->weights) != NULL;
    c->table = tokvec_weights_table(c->weights, c->tensor, err);
    if (c->table == NULL)
        return false;
    if (!warned && c->weights->config == NULL && c->found.count == 0)
        warn(c);
    return true;
}

static bool look_at_table(checking *c, tokvec_error *err)
{
    bool hashes = !c->found.ignored[FINDING_REPEATED_ROWS] ||
                  (c->is_embedding && !c->found.ignored[FINDING_TIE]);
    return checking_look(c, c->table, hashes, &c->flaws, err);
}

/* What is not finite in the other tensors. */
static bool look_at_others(checking *c, tokvec_error *err)
{
    const tokvec_tensor *head = c->is_embedding ? names_head(c->weights, c->tensor) : NULL;
    for (size_t i = 0; i < tokvec_weights_count(c->weights); i++) {
        const tokvec_tensor *t = tokvec_weights_tensor(c->weights, i);
        bool integers = t->dtype != TOKVEC_NO_DTYPE && !tokvec_dtype_is_float(t->dtype);
        if (t == c->tensor || t == head || integers)
            continue;
        if (!checking_other(c, t, err))
            return false;
    }
    return true;
}

/* Nothing found in a tensor that was not read is no finding. */
static void tell_unread(const checking *c)
{
    if (c->unread > 0)
        notice("warning: %zu tensor%s not looked at: %s", c->unread,
               c->unread == 1 ? " was" : "s were", c->why_unread);
}

/* From the file to the rows. An error that is a finding ends it, well. */
static bool check_model(checking *c, tokvec_error *err)
{
    bool readable;
    if (!open_model(c, err)) /* of a damaged file it does not matter whether it has an embedding */
        return (err->code == TOKVEC_NOT_FOUND && c->found.count > 0) || checking_end(c, NULL, err);
    if (!checking_scales(c, &readable, err))
        return false;
    if (!readable)
        return true;
    if (!open_table(c, err))
        return checking_tell_unread(c, err);
    if (!checking_tokens(c, err)) /* with a vocabulary that was named, that is what is wrong */
        return c->options->ids.vocab == NULL && checking_end(c, NULL, err);
    if (!look_at_table(c, err))
        return checking_end(c, c->tensor->name, err);
    return checking_finite(c, c->tensor, &c->flaws, c->roles.rows, err) && checking_rows(c, err) &&
           checking_claims(c, err) &&
           (!settings_of_check(c->options)->all || look_at_others(c, err));
}

static void close_model(checking *c)
{
    row_flaws_end(&c->flaws);
    token_roles_free(&c->roles);
    tokvec_vocab_close(c->owned_vocab);
    tokvec_table_close(c->table);
    tokvec_weights_close(c->weights);
    free(c->config);
    free(c->folder);
}

/* ---------------------------------------------------------------- the command */

static bool choose_path(const settings *s, const char **path, tokvec_error *err)
{
    size_t files = s->operand_count + (s->table.weights != NULL);
    *path = s->operand_count > 0 ? s->operands[0].text : s->table.weights;
    if (files == 1)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT,
              files == 0 ? "'tokvec check' needs a weights file" : "'tokvec check' takes one file");
    if (s->operand_count > 0)
        error_where(err, "argument %u", s->operands[s->operand_count - 1].number);
    return error_hint(err, "write tokvec check FILE");
}

static bool check_run(const settings *s, tokvec_error *err)
{
    checking c = {.options = s};
    memcpy(c.found.ignored, settings_of_check(s)->ignored, sizeof c.found.ignored);
    bool good =
        choose_path(s, &c.path, err) && row_hash_new_key(&c.key, err) && check_model(&c, err);
    if (good)
        tell_unread(&c);
    if (good && !s->common.quiet)
        good = findings_print(&c.found, s, err);
    if (good && c.found.errors > 0)
        *s->status = STATUS_DIFFERENT;
    findings_free(&c.found);
    close_model(&c);
    return good;
}

/* Words between commas. */
static bool set_ignored(const option_spec *option, settings *s, const char *text, tokvec_error *err)
{
    bool *ignored = ((check_settings *)s)->ignored;
    for (;; text++) {
        size_t length = strcspn(text, ","), kind = 0;
        const char *name;
        while ((name = finding_word(kind).name) != NULL &&
               (strlen(name) != length || memcmp(name, text, length) != 0))
            kind++;
        if (name == NULL) {
            char word[64];
            snprintf(word, sizeof word, "%.*s", (int)(length < 60 ? length : 60), text);
            return option_bad_word(option, word, err);
        }
        ignored[kind] = true;
        text += length;
        if (*text == '\0')
            return true;
    }
}

static const option_spec ignore = {
    .name = "ignore",
    .kind = OPTION_WORD,
    .argument = "FINDING,...",
    .help = "leave these findings out",
    .set = set_ignored,
    .word = finding_word,
};
static const option_spec all = {
    .name = "all",
    .kind = OPTION_FLAG,
    .help = "look in all tensors for what is not finite",
    .place = offsetof(check_settings, all),
};

static const option_spec *const own_options[] = {&ignore, &all, &vocab_option, NULL};
static const option_list lists[] = {file_options,   bare_options,   own_options, report_options,
                                    thread_options, common_options, NULL};

const command check_command = {
    .name = "check",
    .operands = "[FILE]",
    .operands_are_files = true,
    .summary = "tell what is wrong with a model's embedding",
    .about = "One line a finding. The status is 1 if one has the level error, 0 if none has;\n"
             "with --quiet it alone tells.\n"
             "\n"
             "Findings:\n"
             "  nan, inf        values that are not finite, in the embedding or the output head\n"
             "  zero_rows       rows of zeros\n"
             "  repeated_rows   rows with the bytes of another\n"
             "  untrained_rows  rows in which nothing is above 1e-16\n"
             "  vocab_size      tokens without a row, or rows without a token\n"
             "  config          config.json, where it says another shape\n"
             "  tie             an output head that is not what config.json says it is\n"
             "  scale           scales beside the weight\n"
             "  file            gaps, overlaps, repeated names and other damage\n"
             "  pickle          a pickle that calls what no model needs\n"
             "\n"
             "Of rows without a token, and of special, reserved and unused tokens, they are notes\n"
             "where they say nothing about training, and so are scales that were applied.\n",
    .options = lists,
    .size = sizeof(check_settings),
    .run = check_run,
};
