/* source.c - the table that the user named.
 * See source.h.
 * SPDX-License-Identifier: MIT */
#include "cli/source.h"

#include "base/same_file.h"
#include "cli/group_seed.h"
#include "cli/notice.h"
#include "cli/state_file.h"
#include "io/path.h"
#include "io/sink.h"
#include "model/folder.h"
#include "model/hub.h"
#include "model/names.h"
#include "rng/generator.h"
#include "table/table.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool source_check(const settings *s, tokvec_error *err)
{
    if (s->table.weights == NULL && s->table.tensor != NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "--tensor needs a weights file");
        return error_hint(err, "name one with -w FILE");
    }
    if (s->table.weights == NULL && s->table.has_offset) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "--offset needs a file of bare values");
        return error_hint(err, "name one with -w FILE");
    }
    if (s->table.stored && (s->table.weights == NULL || s->positions.how != POSITIONS_NONE)) {
        bool file = s->table.weights == NULL;
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  file ? "--stored needs a weights file"
                       : "--stored does not go with --add-positions");
        return error_hint(err, file ? "name one with -w FILE"
                                    : "leave out one of the two: codes are not vectors");
    }
    const char *seeded_only = group_seed_only(&s->table);
    if (seeded_only == NULL && s->table.has_padding_idx && !s->bag.given)
        seeded_only = "padding-idx";
    if (seeded_only == NULL && s->table.save_state != NULL)
        seeded_only = "save-state";
    if (s->table.weights == NULL || seeded_only == NULL)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "--%s is for seeded tables, not for weights files",
              seeded_only);
    return error_hint(err, "leave out --%s or -w", seeded_only);
}

tokvec_file_spec source_spec(const settings *s)
{
    return (tokvec_file_spec){.dtype = s->table.dtype,
                              .raw = s->table.has_dim,
                              .dim = s->table.has_dim ? s->table.dim : 0,
                              .offset = s->table.offset,
                              .stored = s->table.stored};
}

/* A vocabulary is opened only when it is needed; a name without a file is an error in any case. */
static bool check_vocab(const settings *s, tokvec_error *err)
{
    struct stat status;
    if (s->ids.vocab == NULL)
        return true;
    if (!hub_can_read(s->ids.vocab, err))
        return false;
    if (path_stat(s->ids.vocab, &status))
        same_file_input(&status);
    return true;
}

/* The seed as it is shown: a number as such, whatever its spelling. */
static const char *show_seed(source *from, const char *text)
{
    bool negative;
    uint64_t value;
    if (!option_integer(text, &negative, &value))
        return text;
    if (negative)
        snprintf(from->seed, sizeof from->seed, "%lld", (long long)value);
    else
        snprintf(from->seed, sizeof from->seed, "%llu", (unsigned long long)value);
    return from->seed;
}

tokvec_seed_spec source_seed_spec(const source *from)
{
    const table_settings *t = &from->options->table;
    tokvec_seed_spec spec = t->drawn;
    spec.vocab_size = t->has_vocab_size ? t->vocab_size : NOTEBOOK_VOCAB_SIZE;
    spec.dim = t->has_dim ? t->dim : NOTEBOOK_DIM;
    spec.dtype = t->dtype;
    spec.has_padding_idx = t->has_padding_idx;
    spec.padding_idx = t->padding_idx;
    if (t->state != NULL) {
        spec.state = from->state;
        spec.state_size = sizeof from->state;
    } else if (spec.seed_text == NULL) {
        spec.seed_text = TEXT_OF(NOTEBOOK_SEED);
    }
    return spec;
}

/* Whether a state can be saved, as far as that can be told before anything is printed. */
static bool check_save_state(const settings *s, tokvec_error *err)
{
    const char *path = s->table.save_state;
    if (path == NULL || !sink_same(path, s->output.path))
        return path == NULL || sink_check(path, err);
    error_set(err, TOKVEC_BAD_ARGUMENT, "%s and --save-state name one file",
              s->output.path == NULL ? "standard output" : "--output");
    error_where(err, "%s", path);
    return error_hint(err, "give them two names");
}

static bool check_states(const settings *s, tokvec_error *err)
{
    const table_settings *t = &s->table;
    if (t->state != NULL && t->drawn.seed_text != NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "--state and --seed are both where to begin");
        return error_hint(err, "choose one of the two");
    }
    const generator_kind *kind = generator_kind_named(t->drawn.rng, err);
    if (kind == NULL || t->save_state == NULL || kind->state != NULL)
        return kind != NULL && check_save_state(s, err);
    error_set(err, TOKVEC_BAD_ARGUMENT, "--save-state does not go with --rng %s", kind->name);
    return error_hint(err, "only the generator torch has such a state");
}

static bool seed_table(source *from, const settings *s, tokvec_error *err)
{
    const table_settings *t = &s->table;
    if (!check_states(s, err) || (t->state != NULL && !state_file_read(t->state, from->state, err)))
        return false;
    tokvec_seed_spec spec = source_seed_spec(from);
    from->origin = (provenance){
        .seed = t->state != NULL ? NULL : show_seed(from, spec.seed_text),
        .vocab_size = spec.vocab_size,
        .dim = spec.dim,
        .has_padding_idx = spec.has_padding_idx,
        .padding_idx = spec.padding_idx,
    };
    from->table = tokvec_table_seed(&spec, err);
    if (from->table == NULL)
        return false;
    if (tokvec_table_warning(from->table) != NULL)
        notice("warning: %s", tokvec_table_warning(from->table));
    bool notebook = !group_seed_any(t) && !t->has_vocab_size && !t->has_dim;
    snprintf(from->range_hint, sizeof from->range_hint,
             "valid are 0 to %llu in the %s table (%s %s, vocabulary %llu, dimension %llu)%s",
             (unsigned long long)tokvec_table_rows(from->table) - 1,
             notebook ? "default" : "seeded", t->state != NULL ? "state" : "seed",
             t->state != NULL ? t->state : from->origin.seed, (unsigned long long)spec.vocab_size,
             (unsigned long long)spec.dim,
             notebook ? "; name a weights file with -w, or a shape with -n and -d" : "");
    return true;
}

bool source_save_state(const source *from, tokvec_error *err)
{
    const char *path = from->options->table.save_state;
    uint8_t state[TOKVEC_TORCH_STATE_SIZE];
    if (path == NULL)
        return true;
    const tokvec_seed_spec spec = source_seed_spec(from);
    return tokvec_seed_state(&spec, state, err) && state_file_write(path, state, err);
}

/* Which IDs are valid. */
static void describe_range(source *from, const char *what)
{
    uint64_t count;
    int64_t lowest = 0, highest = 0;
    bool any = tokvec_table_ids(from->table, &count, &lowest, &highest);
    char *out = from->range_hint;
    size_t size = sizeof from->range_hint;
    if (tokvec_table_rows(from->table) == 0)
        snprintf(out, size, "%s has no rows", what);
    else if (!any)
        snprintf(out, size, "the rows of %s have no IDs, only tokens", what);
    else if (tokvec_table_has_ids(from->table))
        snprintf(out, size, "%s has %llu ID%s, %lld to %lld", what, (unsigned long long)count,
                 count == 1 ? "" : "s", (long long)lowest, (long long)highest);
    else
        snprintf(out, size, "valid are 0 to %lld in %s", (long long)highest, what);
}

static void tell_notice(const tokvec_weights *weights)
{
    if (tokvec_weights_notice(weights) != NULL)
        notice("%s", tokvec_weights_notice(weights));
}

tokvec_weights *source_weights(const char *path, const tokvec_file_spec *spec, tokvec_error *err)
{
    tokvec_weights *weights = tokvec_weights_open_as(path, spec, err);
    if (weights != NULL)
        tell_notice(weights);
    return weights;
}

/* The tensor that was asked for. */
static const tokvec_tensor *source_tensor(const settings *s, tokvec_weights *weights,
                                          tokvec_error *err)
{
    return s->table.tensor == NULL ? tokvec_weights_embedding(weights, err)
                                   : tokvec_weights_find(weights, s->table.tensor, err);
}

/* The table of from->weights. */
static bool load_table(source *from, const settings *s, tokvec_error *err)
{
    const tokvec_tensor *tensor = source_tensor(s, from->weights, err);
    if (tensor == NULL)
        return false;
    from->tensor = tensor;
    from->table = tokvec_weights_table(from->weights, tensor, err);
    if (from->table == NULL)
        return false;
    if (!from->weights_lent) /* not before: a refusal is one line */
        tell_notice(from->weights);
    if (tokvec_weights_warning(from->weights) != NULL)
        notice("warning: %s", tokvec_weights_warning(from->weights));
    from->origin = (provenance){.file = tensor->file, .tensor = tensor->name};
    char what[600];
    if (tensor->name[0] != '\0')
        snprintf(what, sizeof what, "'%.250s' of %.300s", tensor->name, s->table.weights);
    else
        snprintf(what, sizeof what, "%.500s", s->table.weights);
    describe_range(from, what);
    return true;
}

static bool load_weights(source *from, const settings *s, tokvec_error *err)
{
    const tokvec_file_spec spec = source_spec(s);
    from->weights = tokvec_weights_open_as(s->table.weights, &spec, err);
    return from->weights != NULL && load_table(from, s, err);
}

bool source_open(source *from, const settings *s, tokvec_error *err)
{
    *from = (source){.options = s, .beyond = -1};
    if (!source_check(s, err) || !check_vocab(s, err))
        return false;
    if (s->table.weights == NULL ? !seed_table(from, s, err) : !load_weights(from, s, err)) {
        source_close(from);
        return false;
    }
    return true;
}

bool source_open_other(source *from, const settings *s, const source *with, tokvec_error *err)
{
    *from = (source){.options = s, .beyond = -1, .weights = with->weights, .weights_lent = true};
    if (load_table(from, s, err))
        return true;
    source_close(from);
    return false;
}

/* Whether a vocabulary that lies beside a file, which was named itself, is of its table: all tokens
 * have a row, and most rows a token. */
static bool seems_to_fit(const source *from, tokvec_vocab *vocab)
{
    int64_t last = tokvec_vocab_last_id(vocab);
    uint64_t rows = tokvec_table_rows(from->table);
    return last >= 0 && (uint64_t)last < rows && (uint64_t)last >= rows / 2 &&
           !(tokvec_vocab_is_list(vocab) && tokvec_vocab_count(vocab) != rows);
}

/* The vocabulary beside the weights. One beside a file of some name may be another's: it counts
 * where the tensor is named as a model's, and if it fits. */
static tokvec_vocab *open_beside(source *from, tokvec_error *err)
{
    tokvec_error local;
    bool model = from->weights->folder != NULL || folder_is_usual(from->weights->found_as);
    if (!model && !names_is_embedding(from->tensor->name) && !names_is_head(from->tensor->name))
        return NULL;
    tokvec_vocab *vocab = tokvec_weights_vocab_beside(from->weights, &local);
    if (vocab == NULL && local.code != TOKVEC_NOT_FOUND && model)
        *err = local;
    if (vocab != NULL && !model && !seems_to_fit(from, vocab)) {
        tokvec_vocab_close(vocab);
        vocab = NULL;
    }
    return from->owned_vocab = vocab;
}

void source_warn_of_places(tokvec_vocab *vocab, uint64_t rows)
{
    uint64_t count = tokvec_vocab_count(vocab);
    if (tokvec_vocab_by_place(vocab) && count != rows)
        notice("warning: the SentencePiece model has %llu pieces, the table %llu rows: the model "
               "may give tokens other IDs than their places; name its tokenizer.json if it has one",
               (unsigned long long)count, (unsigned long long)rows);
}

/* A vocabulary that was opened for the table, and is not a part of it, may be another's. */
static bool check_fit(source *from, tokvec_vocab *vocab, tokvec_error *err)
{
    bool listed = tokvec_vocab_is_list(vocab);
    uint64_t count = listed ? tokvec_vocab_count(vocab) : 0, rows = tokvec_table_rows(from->table);
    if (tokvec_table_has_ids(from->table))
        return true;
    if (count > rows) {
        error_set(err, TOKVEC_BAD_FILE,
                  "the vocabulary has %llu tokens, but the table has only %llu rows",
                  (unsigned long long)count, (unsigned long long)rows);
        error_where(err, "%s",
                    from->options->ids.vocab != NULL ? from->options->ids.vocab
                                                     : from->options->table.weights);
        return error_hint(err, "name a vocabulary that gives an ID to each token");
    }
    source_warn_of_places(vocab, rows);
    int64_t last = tokvec_vocab_last_id(vocab);
    from->beyond = last >= 0 && (uint64_t)last >= rows ? last : -1;
    return true;
}

/* Whether the rows are those of tokens. With a vocabulary that was named for it, so is a tensor of
 * any name that has as many rows. */
static bool rows_are_tokens(const source *from)
{
    if (from->weights != NULL && from->vocab != from->owned_vocab &&
        tokvec_vocab_is_list(from->vocab) &&
        tokvec_vocab_count(from->vocab) != tokvec_table_rows(from->table))
        return false;
    if (from->weights == NULL || tokvec_weights_rows_are_tokens(from->weights, from->tensor))
        return true;
    return from->options->ids.vocab != NULL && from->vocab != NULL &&
           tokvec_vocab_count(from->vocab) == tokvec_table_rows(from->table);
}

bool source_refuse_token(const source *from, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "the rows of '%s' do not belong to tokens",
              from->tensor->name);
    error_where(err, "%s", from->tensor->file);
    return error_hint(err, "%s",
                      from->options->ids.vocab != NULL
                          ? "the vocabulary does not have as many tokens as it has rows"
                          : "give the numbers of rows");
}

tokvec_vocab *source_vocab(source *from, tokvec_error *err)
{
    const settings *s = from->options;
    err->code = TOKVEC_OK;
    if (from->vocab != NULL || from->not_tokens)
        return from->vocab;
    if (s->ids.vocab != NULL)
        from->vocab = from->owned_vocab = tokvec_vocab_open(s->ids.vocab, err);
    else if (from->weights != NULL &&
             !tokvec_weights_vocab_of(from->weights, from->tensor, &from->vocab, err))
        return NULL;
    if (from->vocab == NULL && s->ids.vocab == NULL && from->weights != NULL &&
        err->code == TOKVEC_OK)
        from->vocab = open_beside(from, err);
    if (from->vocab == NULL)
        return NULL;
    from->not_tokens = !rows_are_tokens(from);
    if (from->not_tokens ||
        (from->vocab == from->owned_vocab && !check_fit(from, from->vocab, err)))
        from->vocab = NULL;
    else
        tokvec_vocab_set_raw(from->vocab, s->ids.raw_tokens);
    return from->vocab;
}

bool source_need_vocab(source *from, const char *option, tokvec_error *err)
{
    if (source_vocab(from, err) != NULL)
        return true;
    if (err->code != TOKVEC_OK)
        return false;
    if (from->not_tokens)
        return source_refuse_token(from, err);
    error_set(err, TOKVEC_BAD_ARGUMENT, "--%s needs a vocabulary", option);
    return error_hint(err, "name one with --vocab FILE");
}

bool source_vocab_is_by_row(const source *from)
{
    return from->vocab != NULL && from->vocab != from->owned_vocab;
}

bool source_labels(source *from, bool *any, tokvec_error *err)
{
    tokvec_error local = {.code = TOKVEC_OK};
    *any = !from->options->ids.no_labels && source_vocab(from, &local) != NULL;
    bool beside = from->options->ids.vocab == NULL;
    bool of_file = beside && from->weights != NULL && from->weights->folder == NULL;
    if ((local.code == TOKVEC_UNSUPPORTED && beside) ||
        (local.code == TOKVEC_BAD_FILE && of_file && from->owned_vocab == NULL)) {
        notice("warning: no labels: %s", local.what);
        return true;
    }
    if (local.code != TOKVEC_OK && err != NULL)
        *err = local;
    return local.code == TOKVEC_OK;
}

bool source_id(const source *from, int64_t row, int64_t *id)
{
    return tokvec_table_id(from->table, row, id);
}

bool source_token(const source *from, int64_t row, tokvec_text *token, tokvec_error *err)
{
    tokvec_error local = {.code = TOKVEC_NOT_FOUND};
    bool by_id = tokvec_table_has_ids(from->table) && !source_vocab_is_by_row(from);
    int64_t id = row;
    if (from->vocab != NULL && (!by_id || source_id(from, row, &id)) &&
        tokvec_vocab_label(from->vocab, id, token, &local))
        return true;
    *token = (tokvec_text){NULL, 0};
    if (local.code == TOKVEC_NOT_FOUND)
        return true;
    if (err != NULL)
        *err = local;
    return false;
}

bool source_label(const source *from, int64_t row, tokvec_text *label, tokvec_error *err)
{
    *label = (tokvec_text){NULL, 0};
    return from->options->ids.no_labels || source_token(from, row, label, err);
}

void source_close(source *from)
{
    tokvec_vocab_close(from->owned_vocab);
    tokvec_table_close(from->table);
    if (!from->weights_lent)
        tokvec_weights_close(from->weights);
    *from = (source){.table = NULL};
}
