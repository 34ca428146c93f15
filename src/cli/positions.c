/* positions.c - a lookup that adds the vectors of positions to those of tokens.
 * See positions.h. The sums are the rows of a table of their own, which goes to the output as any
 * other.
 * SPDX-License-Identifier: MIT */
#include "cli/positions.h"

#include "measure/position_table.h"
#include "model/positions.h"
#include "table/sinusoidal.h"
#include "table/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- options */

static bool refuse(tokvec_error *err, const char *what, const char *hint)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "%s", what);
    return error_hint(err, "%s", hint);
}

static bool is_numpy(const settings *s)
{
    const char *rng = s->table.drawn.rng;
    return rng != NULL && strncmp(rng, "numpy", 5) == 0;
}

/* Whether the table is one behind which another can be drawn. */
static bool check_learned(const settings *s, tokvec_error *err)
{
    const tokvec_seed_spec *drawn = &s->table.drawn;
    if (s->table.weights != NULL)
        return refuse(err, "--add-positions learned is for seeded tables, not for weights files",
                      "auto takes the file's own table of positions, ./learned a tensor of that "
                      "name");
    if (drawn->rng != NULL && strcmp(drawn->rng, "torch") != 0 && !is_numpy(s)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "--add-positions learned does not go with --rng %s",
                  drawn->rng);
        return error_hint(err, "only torch and NumPy draw one table after the other");
    }
    if (drawn->layer != NULL && strcmp(drawn->layer, "embedding") != 0)
        return refuse(err, "--add-positions learned does not go with --layer",
                      "what is added belongs to an embedding");
    if (s->table.save_state != NULL)
        return refuse(err, "--add-positions learned does not go with --save-state",
                      "save the state of the table of positions: name what is before it with "
                      "--after");
    return !s->output.format->streams || s->positions.has_count ||
           refuse(err, "a format that streams needs the number of learned positions",
                  "give it as --add-positions learned:P");
}

bool positions_check(const settings *s, tokvec_error *err)
{
    const positions_settings *p = &s->positions;
    if (p->how == POSITIONS_NONE)
        return !p->has_offset || refuse(err, "--position-offset needs --add-positions",
                                        "say which positions are added");
    if (s->bag.given)
        return refuse(err, "--add-positions and --bag do not go together", "choose one of the two");
    if (s->ids.onehot)
        return refuse(err, "--add-positions and --onehot do not go together",
                      "choose one of the two");
    if (p->how == POSITIONS_LEARNED)
        return check_learned(s, err);
    if (p->how == POSITIONS_SINUSOIDAL || s->table.weights != NULL)
        return true;
    if (p->how == POSITIONS_AUTO)
        return refuse(err, "--add-positions auto needs a weights file",
                      "a seeded table has learned or sinusoidal ones");
    error_set(err, TOKVEC_BAD_ARGUMENT, "--add-positions '%s' needs a weights file", p->text);
    return error_hint(err, "it is the name of a tensor; or choose learned, sinusoidal or auto");
}

/* ---------------------------------------------------------------- learned ones */

/* The token table as something that was drawn before, in the words of --after. */
static char *drawn_before(const settings *s, const tokvec_table *tokens, tokvec_error *err)
{
    const tokvec_seed_spec *drawn = &s->table.drawn;
    const char *before = drawn->after == NULL ? "" : drawn->after;
    const char *init = drawn->init == NULL ? "" : drawn->init;
    size_t size = strlen(before) + strlen(init) + 100;
    char *text = malloc(size);
    if (text == NULL) {
        error_no_memory(err, size);
        return NULL;
    }
    snprintf(text, size, "%s%s%s%s%s%llux%llu:%s", before, before[0] == '\0' ? "" : ",",
             drawn->init == NULL ? "" : "init:", init, drawn->init == NULL ? "" : ":",
             (unsigned long long)tokens->rows, (unsigned long long)tokens->dim,
             tokvec_dtype_name(tokens->dtype));
    return text;
}

/* `count` rows that the generator draws right after the token table, in the same way. NumPy's goes
 * on from where it was: they are rows of a larger table. */
static bool open_learned(positions *p, uint64_t count, tokvec_error *err)
{
    const tokvec_table *tokens = p->from->table;
    tokvec_seed_spec spec = source_seed_spec(p->from);
    char *after = NULL;
    spec.dtype = tokens->dtype;
    spec.has_padding_idx = false;
    spec.vocab_size = count;
    if (is_numpy(p->options)) {
        if (__builtin_add_overflow(count, tokens->rows, &spec.vocab_size))
            return refuse(err, "there are too many positions", "give fewer");
        p->first_row = tokens->rows;
    } else {
        after = drawn_before(p->options, tokens, err);
        if (after == NULL)
            return false;
        spec.after = after;
    }
    p->table = tokvec_table_seed(&spec, err);
    free(after);
    snprintf(p->name, sizeof p->name, "learned:%llu", (unsigned long long)count);
    return p->table != NULL;
}

/* ---------------------------------------------------------------- a file's own */

/* The usual advice on names of tensors is for --tensor. */
static bool advise(tokvec_error *err)
{
    bool is_unknown = err != NULL && err->kind == TOKVEC_KIND_NO_TENSOR;
    error_kind(err, TOKVEC_KIND_NONE);
    return is_unknown && error_hint(err, "see the names with tokvec list");
}

static bool open_tensor(positions *p, tokvec_error *err)
{
    source *from = p->from;
    position_tensor found = {.tensor = NULL};
    if (p->options->positions.how == POSITIONS_AUTO) {
        if (!positions_find(from->weights, from->tensor, &found, err))
            return false;
    } else {
        found.tensor = tokvec_weights_find(from->weights, p->options->positions.tensor, err);
        if (found.tensor == NULL)
            return advise(err);
    }
    p->first_row = found.first_row;
    p->has_padding = found.has_padding;
    p->padding = found.padding;
    p->table = tokvec_weights_table(from->weights, found.tensor, err);
    if (p->table == NULL)
        return false;
    const char *name = found.tensor->name;
    bool is_word = strcmp(name, "auto") == 0 || strncmp(name, "sinusoidal", 10) == 0 ||
                   strncmp(name, "learned", 7) == 0;
    snprintf(p->name, sizeof p->name, "%s%.1000s", is_word ? "./" : "", name);
    if (!tokvec_table_has_ids(p->table))
        return true;
    error_set(err, TOKVEC_UNSUPPORTED, "the rows of '%s' have IDs, not positions", name);
    error_where(err, "%s", found.tensor->file);
    return error_hint(err, "name another tensor");
}

/* ---------------------------------------------------------------- all of them */

static bool open_table(positions *p, tokvec_error *err)
{
    const positions_settings *s = &p->options->positions;
    if (s->how == POSITIONS_LEARNED)
        return !s->has_count || open_learned(p, s->count, err);
    if (s->how != POSITIONS_SINUSOIDAL)
        return open_tensor(p, err);
    const tokvec_table *tokens = p->from->table;
    bool narrow = tokvec_dtype_size(tokens->dtype) == 1 || !tokvec_dtype_is_float(tokens->dtype);
    p->table = sinusoidal_table(tokens->dim, narrow ? TOKVEC_FLOAT32 : tokens->dtype, err);
    snprintf(p->name, sizeof p->name, "sinusoidal");
    return p->table != NULL;
}

bool positions_open(positions *p, const settings *s, source *from, wanted *w, tokvec_error *err)
{
    *p = (positions){.options = s, .from = from, .wanted = w};
    p->sequences.first = s->positions.offset;
    p->sequences.limit = INT64_MAX;
    if (s->positions.how == POSITIONS_NONE)
        return true;
    if (!open_table(p, err)) {
        positions_close(p);
        return false;
    }
    if (p->table != NULL) {
        p->sequences.limit = tokvec_table_rows(p->table) - p->first_row;
        snprintf(p->hint, sizeof p->hint, "valid are 0 to %lld in '%.100s'",
                 (long long)p->sequences.limit - 1, p->name);
    }
    w->sequences = &p->sequences;
    w->position_hint = p->hint;
    return true;
}

static bool open_sums(positions *p, tokvec_error *err)
{
    uint64_t longest = sequences_longest(&p->sequences, p->wanted->list.count);
    /* Without IDs it does not matter, but there is no table without rows. */
    if (p->table == NULL &&
        !open_learned(p, p->sequences.first + (longest == 0 ? 1 : longest), err))
        return false;
    const position_spec spec = {.tokens = p->from->table,
                                .positions = p->table,
                                .first_row = p->first_row,
                                .has_padding = p->has_padding,
                                .padding = p->padding,
                                .list = &p->wanted->list,
                                .sequences = &p->sequences};
    p->sums = position_table(&spec, err);
    return p->sums != NULL;
}

static int64_t token_of(const void *context, int64_t number)
{
    return position_table_token(((const positions *)context)->sums, number);
}

/* Lists the numbers of the sums of those IDs that are there. */
static bool number_sums(positions *p, tokvec_error *err)
{
    position_table_renew(p->sums, p->before);
    id_list_clear(&p->numbers);
    return id_list_add_range(&p->numbers, (int64_t)p->before, p->wanted->list.count, err);
}

bool positions_select(positions *p, bool streams, selection *which, tokvec_error *err)
{
    if (p->options->positions.how == POSITIONS_NONE)
        return true;
    if (!open_sums(p, err) || !number_sums(p, err))
        return false;
    which->list = streams ? NULL : &p->numbers;
    which->sums = p->sums;
    which->token = token_of;
    which->token_context = p;
    which->positions = p->name;
    which->first_position = p->sequences.first + (is_numpy(p->options) ? 0 : p->first_row);
    which->work = 2;
    return true;
}

bool positions_print(positions *p, output *o, tokvec_error *err)
{
    if (p->sums == NULL)
        return output_rows(o, &p->wanted->list, err);
    return number_sums(p, err) && output_rows(o, &p->numbers, err);
}

void positions_drop(positions *p)
{
    p->before += p->wanted->list.count;
    sequences_drop(&p->sequences, p->wanted->list.count);
}

void positions_close(positions *p)
{
    tokvec_table_close(p->sums);
    tokvec_table_close(p->table);
    sequences_free(&p->sequences);
    id_list_free(&p->numbers);
    *p = (positions){.table = NULL};
}
