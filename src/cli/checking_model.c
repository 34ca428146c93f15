/* checking_model.c - what the files of a model say, against what is in its table.
 * See checking.h.
 * SPDX-License-Identifier: MIT */
#include "cli/checking.h"

#include "cli/notice.h"
#include "cli/source.h"
#include "io/path.h"
#include "model/config.h"
#include "model/names.h"
#include "model/packed.h"
#include "model/parts.h"

#include <stdio.h>
#include <sys/stat.h>

/* ---------------------------------------------------------------- scales */

static bool tell_scale(checking *c, bool error, const char *name, const char *verb,
                       tokvec_error *err)
{
    const finding f = {.kind = FINDING_SCALE, .error = error};
    return checking_tell(c, &f, err, "the scale '%.250s' %s applied", name, verb);
}

bool checking_tell_unread(checking *c, tokvec_error *err)
{
    const tokvec_error why = *err;
    const finding f = {.kind = FINDING_SCALE, .error = true};
    if (why.code != TOKVEC_UNSUPPORTED || !c->packed)
        return checking_end(c, c->tensor->name, err);
    return !c->found.ignored[FINDING_SCALE] &&
           checking_tell(c, &f, err, "%s; its rows were not looked at", why.what);
}

/* Integers of 32 bits are hardly ever an embedding's values. */
static bool seems_packed(const tokvec_tensor *t)
{
    return (t->dtype == TOKVEC_UINT32 || t->dtype == TOKVEC_INT32) && t->ndim == 2 &&
           names_is_embedding(t->name);
}

bool checking_scales(checking *c, bool *readable, tokvec_error *err)
{
    const size_t index = (size_t)(c->tensor - c->weights->tensors);
    packed p;
    *readable = true;
    if (c->weights->format->table != NULL)
        return true;
    c->packed = true;
    if (!packed_detect(c->weights, index, &p, err)) {
        *readable = false;
        return checking_tell_unread(c, err);
    }
    c->packed = p.kind != PACKED_PLAIN;
    c->shares_vectors = p.kind == PACKED_MAPPED;
    const size_t used = packed_used_scale(&p), unused = packed_unused_scale(c->weights, &p);
    const finding f = {.kind = FINDING_SCALE};
    c->scale = used == SIZE_MAX ? NULL : c->weights->tensors[used].name;
    if (unused != SIZE_MAX)
        return tell_scale(c, true, c->weights->tensors[unused].name, "was not", err);
    return c->packed || !seems_packed(c->tensor) ||
           checking_tell(c, &f, err, "of dtype %s: perhaps packed codes, but no scale is beside it",
                         c->tensor->dtype_name);
}

/* ---------------------------------------------------------------- tokens */

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The vocabulary in a model's folder. One of a kind that is not read is none, with a warning.
 * *found: the folder has one. */
static bool open_in(checking *c, const char *folder, bool *found, tokvec_error *err)
{
    tokvec_error why;
    c->owned_vocab = tokvec_vocab_open(folder, &why);
    *found = c->owned_vocab != NULL || why.code != TOKVEC_NOT_FOUND;
    if (*found)
        c->tokens_folder = folder;
    if (c->owned_vocab != NULL || !*found)
        return true;
    if (why.code == TOKVEC_UNSUPPORTED) {
        notice("warning: no tokens are known: %s (%s)", why.what, why.where);
        return true;
    }
    *err = why;
    return checking_tell_error(c, NULL, err);
}

/* As lookup finds it; and for a file that lies in a model's folder, that of the folder. */
static bool open_vocab(checking *c, tokvec_error *err)
{
    const char *named = c->options->ids.vocab;
    bool found = false;
    if (named != NULL) {
        c->owned_vocab = tokvec_vocab_open(named, err);
        return c->owned_vocab != NULL;
    }
    if (!tokvec_weights_vocab_of(c->weights, c->tensor, &c->vocab, err))
        return checking_tell_error(c, NULL, err);
    if (c->vocab != NULL)
        return true;
    if (is_folder(c->path) && !open_in(c, c->path, &found, err))
        return false;
    if (!found && c->config != NULL && !open_in(c, c->folder, &found, err))
        return false;
    if (!found && c->config != NULL)
        c->owned_vocab = tokvec_weights_vocab_beside(c->weights, NULL);
    return true;
}

/* A vocabulary that comes with the file may be that of another tensor in it. */
static void settle_vocab(checking *c)
{
    if (c->options->ids.vocab != NULL)
        c->of_tokens = true;
    bool others = c->vocab != NULL && tokvec_vocab_is_list(c->vocab) &&
                  tokvec_vocab_count(c->vocab) != tokvec_table_rows(c->table);
    if (!c->of_tokens || others)
        c->vocab = NULL;
    else if (c->vocab == NULL)
        c->vocab = c->owned_vocab;
    if (c->vocab != NULL && tokvec_vocab_count(c->vocab) == 0)
        c->vocab = NULL;
    if (c->vocab == NULL)
        return;
    tokvec_vocab_set_raw(c->vocab, c->options->ids.raw_tokens);
    source_warn_of_places(c->vocab, tokvec_table_rows(c->table));
}

/* Tokens without a row; those that stand for pictures or sounds are never looked up. */
static bool tell_homeless(checking *c, bool stand_ins, tokvec_error *err)
{
    const token_homeless *first = NULL, *last = NULL;
    size_t count = 0;
    for (size_t i = 0; i < c->roles.homeless_count; i++) {
        const token_homeless *one = &c->roles.homeless[i];
        if (((one->role & TOKEN_STAND_IN) != 0) != stand_ins)
            continue;
        first = first == NULL ? one : first;
        last = one;
        count++;
    }
    if (count == 0)
        return true;
    finding what = {
        .kind = FINDING_VOCAB_SIZE, .error = !stand_ins, .has_id = true, .id = first->id};
    if (!tokvec_vocab_label(c->vocab, first->id, &what.token, NULL))
        what.token.bytes = NULL;
    const char *why = stand_ins ? "; pictures and sounds have their vectors elsewhere" : "";
    if (count == 1)
        return checking_tell(c, &what, err, "a token has no row: the table has %llu%s",
                             (unsigned long long)c->roles.rows, why);
    return checking_tell(
        c, &what, err, "%zu tokens have no row, IDs %lld to %lld: the table has %llu%s", count,
        (long long)first->id, (long long)last->id, (unsigned long long)c->roles.rows, why);
}

static bool has_no_token(const void *context, uint64_t row)
{
    return !(((const checking *)context)->roles.of_row[row] & TOKEN_THERE);
}

static bool tell_padding(checking *c, tokvec_error *err)
{
    char list[FINDING_DETAIL - 200];
    uint64_t count = 0, first = 0;
    for (uint64_t row = 0; row < c->roles.rows; row++) {
        if (has_no_token(c, row))
            first = count++ == 0 ? row : first;
    }
    if (count == 0)
        return true;
    const finding what = checking_row(c, FINDING_VOCAB_SIZE, false, first);
    return checking_tell(c, &what, err, "%llu row%s without a token: %s", (unsigned long long)count,
                         count == 1 ? "" : "s",
                         checking_list(c, has_no_token, c, c->roles.rows, list, sizeof list));
}

bool checking_tokens(checking *c, tokvec_error *err)
{
    if (c->scale != NULL && !tell_scale(c, false, c->scale, "was", err))
        return false;
    c->of_tokens = tokvec_weights_rows_are_tokens(c->weights, c->tensor);
    if (c->config != NULL)
        c->tokens_folder = c->folder;
    if ((c->of_tokens || c->options->ids.vocab != NULL) && !open_vocab(c, err))
        return false;
    settle_vocab(c);
    const token_sources from = {
        .weights = c->of_tokens ? c->weights : NULL,
        .table = c->table,
        .vocab = c->vocab,
        .by_row = c->vocab != NULL && c->vocab != c->owned_vocab,
        .vocab_file = c->of_tokens ? c->options->ids.vocab : NULL,
        .folder = c->of_tokens ? c->tokens_folder : NULL,
        .config = c->of_tokens ? c->config : NULL,
    };
    return token_roles_find(&c->roles, &from, err) && tell_homeless(c, false, err) &&
           tell_homeless(c, true, err) && tell_padding(c, err);
}

/* ---------------------------------------------------------------- the output head */

/* Rows that differ between tables of one shape and dtype. */
static bool tell_untied(checking *c, const tokvec_tensor *head, const row_flaws *flaws,
                        tokvec_error *err)
{
    uint64_t count = 0, first = 0;
    for (uint64_t row = 0; row < c->roles.rows; row++) {
        if (memcmp(&c->flaws.hashes[row], &flaws->hashes[row], sizeof *flaws->hashes) != 0)
            first = count++ == 0 ? row : first;
    }
    if (count == 0)
        return true;
    finding what = checking_row(c, FINDING_TIE, true, first);
    what.tensor = head->name;
    return checking_tell(
        c, &what, err, "%s says that it is '%.200s' (tie_word_embeddings), but %llu row%s differ%s",
        c->config, c->tensor->name, (unsigned long long)count, count == 1 ? "" : "s",
        count == 1 ? "s" : "");
}

static bool compare_head(checking *c, const tokvec_tensor *head, tokvec_table *table, bool tied,
                         const row_flaws *flaws, tokvec_error *err)
{
    if (!checking_finite(c, head, flaws, tokvec_table_rows(table), err))
        return false;
    if (!tied)
        return true;
    if (flaws->hashes != NULL)
        return tell_untied(c, head, flaws, err);
    const finding what = {.kind = FINDING_TIE, .error = true, .tensor = head->name};
    return checking_tell(
        c, &what, err,
        "%s says that it is '%.200s' (tie_word_embeddings), but that is %llu x %llu of %s, and "
        "this %llu x %llu of %s",
        c->config, c->tensor->name, (unsigned long long)tokvec_table_rows(c->table),
        (unsigned long long)tokvec_table_dim(c->table),
        tokvec_dtype_name(tokvec_table_dtype(c->table)),
        (unsigned long long)tokvec_table_rows(table), (unsigned long long)tokvec_table_dim(table),
        tokvec_dtype_name(tokvec_table_dtype(table)));
}

/* The head's own faults, and whether it is what the config says. */
static bool look_at_head(checking *c, const tokvec_tensor *head, bool tied, tokvec_error *err)
{
    row_flaws flaws;
    tokvec_table *table = tokvec_weights_table(c->weights, head, err);
    if (table == NULL)
        return checking_pass_over(c, head, err);
    bool alike = tokvec_table_rows(table) == tokvec_table_rows(c->table) &&
                 tokvec_table_dim(table) == tokvec_table_dim(c->table) &&
                 tokvec_table_dtype(table) == tokvec_table_dtype(c->table);
    bool good = checking_look(c, table, tied && alike && c->flaws.hashes != NULL, &flaws, err);
    if (good) {
        good = compare_head(c, head, table, tied, &flaws, err);
        row_flaws_end(&flaws);
    } else {
        good = checking_tell_error(c, head->name, err);
    }
    tokvec_table_close(table);
    return good;
}

/* Whether the file may be but a part of its model. */
static bool is_part(const checking *c)
{
    const char *path = c->weights->map->path;
    const char *slash = strrchr(path, '/');
    return strstr(slash == NULL ? path : slash, "-of-") != NULL || parts_count(path) > 1;
}

bool checking_claims(checking *c, tokvec_error *err)
{
    config_claims claims = {.tie = CONFIG_SAYS_NOTHING};
    const finding of_config = {.kind = FINDING_CONFIG, .error = true};
    const uint64_t shape[2] = {tokvec_table_rows(c->table), tokvec_table_dim(c->table)};
    tokvec_tensor seen = *c->tensor;
    char part[800];
    if (!c->is_embedding)
        return true;
    if (!parts_describe(c->weights, c->tensor, part, sizeof part, err))
        return false;
    /* A config is of the whole: of a part, only what is in the output head is looked at. */
    bool whole = part[0] == '\0';
    seen.shape = seen.ndim == 2 ? shape : seen.shape; /* of the values, not of their codes */
    if (whole && c->config != NULL && !config_read_claims(c->config, &seen, &claims, err))
        return false;
    const char *const texts[] = {claims.fault, claims.rows, claims.columns};
    for (size_t i = 0; i < 3; i++) {
        if (texts[i][0] != '\0' && !checking_tell(c, &of_config, err, "%s", texts[i]))
            return false;
    }
    const tokvec_tensor *head = names_head(c->weights, c->tensor);
    if (head != NULL)
        return look_at_head(c, head, claims.tie == CONFIG_TIES, err);
    const finding of_tie = {.kind = FINDING_TIE, .error = true};
    if (claims.tie != CONFIG_UNTIES || !claims.has_head || is_part(c))
        return true;
    return checking_tell(c, &of_tie, err,
                         "%s says that the output head is another table (tie_word_embeddings), but "
                         "the model has none",
                         c->config);
}
