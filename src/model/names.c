/* names.c - which tensor of a model is its token embedding.
 * See names.h.
 * SPDX-License-Identifier: MIT */
#include "model/names.h"

#include "base/error.h"
#include "base/nearest.h"
#include "model/config.h"
#include "model/parts.h"
#include "model/shard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_matrix(const tokvec_tensor *tensor)
{
    return tensor->ndim == 2 && tensor->dtype != TOKVEC_NO_DTYPE;
}

/* What a choice came to: the tensor, or none with the number of those that qualified. */
typedef struct choice {
    const tokvec_tensor *tensor;
    size_t count;
    unsigned rank; /* of those: see rank_of */
    bool failed;   /* a file that holds a candidate could not be opened */
} choice;

/* Of several tables of the same kind some stand back: the decoder's behind the encoder's, those of
 * sounds and pictures behind that of text, a mean of the model behind the model. */
static unsigned rank_of(const char *name)
{
    static const char *const behind[] = {"decoder.", "talker.", "vision",  "visual",
                                         "audio",    "ema.",    "patcher", "local_"};
    unsigned rank = 0;
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        rank += strstr(name, behind[i]) != NULL;
    return rank;
}

/* The matrices that match `known` (or all, with NULL); an exact match stands above the rest,
 * whatever its shape: if it is not a table, nothing else of that model is meant. Of
 * several files only those are opened that hold a candidate. */
static choice choose_among(tokvec_weights *weights, const char *known, tokvec_error *err)
{
    choice c = {.count = 0};
    for (size_t i = 0; i < weights->count; i++) {
        const tokvec_tensor *t = &weights->tensors[i];
        if (known != NULL && !names_matches(t->name, known))
            continue;
        if (!weights_complete(weights, i, err))
            return (choice){.failed = true};
        /* A convolution may be called "embed.weight"; "embeddings" of tokvec may have any shape. */
        if (known != NULL && strcmp(t->name, known) == 0 &&
            (is_matrix(t) || !names_is_general(known) || strcmp(known, "embeddings") == 0))
            return (choice){.tensor = t, .count = 1};
        unsigned rank = known == NULL ? 0 : rank_of(t->name);
        if (!is_matrix(t) || (c.count > 0 && rank > c.rank))
            continue;
        c.count = c.count > 0 && rank == c.rank ? c.count + 1 : 1;
        c.rank = rank;
        c.tensor = t;
    }
    for (size_t i = 0; known != NULL && c.count == 1 && i < weights->count; i++) {
        const tokvec_tensor *t = &weights->tensors[i];
        if (names_matches(t->name, known) && is_matrix(t) &&
            names_differ_as_twins(weights, c.tensor, t))
            c.count = 2;
    }
    return c;
}

typedef struct candidates {
    char list[800];
    size_t length, listed, left_out;
} candidates;

/* Appends "'NAME' (V, D)", if it fits. */
static void list_one(candidates *c, const tokvec_tensor *t)
{
    enum { LISTED_MAX = 8 };
    char shape[64], item[200];
    int n = snprintf(item, sizeof item, "%s'%s' %s", c->listed == 0 ? "" : ", ", t->name,
                     weights_shape_text(t, shape, sizeof shape));
    if (c->listed == LISTED_MAX || n < 0 || (size_t)n >= sizeof item ||
        c->length + (size_t)n >= sizeof c->list) {
        c->left_out++;
        return;
    }
    memcpy(c->list + c->length, item, (size_t)n + 1);
    c->length += (size_t)n;
    c->listed++;
}

/* The candidates as a hint, the likeliest first, as many as fit in a message. */
static void list_candidates(const tokvec_weights *weights, const char *known, tokvec_error *err)
{
    candidates c = {.length = 0};
    for (int level = 0; level < NAMES_LIKELY_COUNT; level++) {
        for (size_t i = 0; i < weights->count; i++) {
            const tokvec_tensor *t = &weights->tensors[i];
            if (is_matrix(t) && (known == NULL || names_matches(t->name, known)) &&
                names_unlikelihood(t->name) == level)
                list_one(&c, t);
        }
    }
    error_kind(err, TOKVEC_KIND_WHICH_TENSOR);
    if (c.left_out > 0)
        error_hint(err, "%s and %zu more", c.list, c.left_out);
    else
        error_hint(err, "%s", c.list);
}

/* ---- tied tensors --------------------------------------------------------------------------- */

typedef struct alias_search {
    const tokvec_weights *weights;
    const char *wanted; /* NULL: any name of a token embedding */
    size_t rank;        /* of what was found */
    const tokvec_tensor *found;
} alias_search;

static bool look_at_pair(void *context, const tokvec_value *pair)
{
    alias_search *search = context;
    size_t rank = 0;
    if (pair->kind != TOKVEC_VALUE_TEXT)
        return true;
    if (search->wanted == NULL) {
        while (rank < names_known_count && !names_matches(pair->key, names_known[rank]))
            rank++;
    } else if (strcmp(pair->key, search->wanted) != 0)
        return true;
    for (size_t i = 0; rank < search->rank && i < search->weights->count; i++) {
        if (strcmp(search->weights->tensors[i].name, pair->as.text) == 0) {
            search->found = &search->weights->tensors[i];
            search->rank = rank;
        }
    }
    return true;
}

const tokvec_tensor *names_alias(tokvec_weights *weights, const char *name)
{
    alias_search search = {weights, name, names_known_count, NULL};
    if (strcmp(weights->format->name, "safetensors") == 0)
        tokvec_weights_metadata(weights, look_at_pair, &search, NULL);
    return search.found;
}

/* The output head where it is the token embedding too, as models that tie the two are saved. Not a
 * part of a model or an adapter, which may have the embedding elsewhere. */
static bool tied_head(tokvec_weights *weights, const tokvec_tensor **head, tokvec_error *err)
{
    static const char *const heads[] = {"lm_head.weight",         "cls.predictions.decoder.weight",
                                        "lm_head.decoder.weight", "pred_layer.proj.weight",
                                        "lm_loss.weight",         "vocab_projector.weight"};
    const tokvec_tensor *found = NULL;
    const char *path = weights->map->path;
    const char *slash = strrchr(path, '/');
    bool unties = false;
    *head = NULL;
    if (strstr(slash == NULL ? path : slash, "-of-") != NULL || parts_count(path) > 1)
        return true;
    for (size_t i = 0; i < weights->count; i++) {
        const tokvec_tensor *t = &weights->tensors[i];
        if (strstr(t->name, "lora_") != NULL)
            return true;
        for (size_t k = 0; k < sizeof heads / sizeof *heads; k++) {
            if (!names_matches(t->name, heads[k]))
                continue;
            if (found != NULL || !weights_complete(weights, i, NULL) || !is_matrix(t))
                return true;
            found = t;
        }
    }
    if (found != NULL && !config_unties(path, &unties, err))
        return false;
    if (unties)
        return true;
    if (found != NULL && err != NULL)
        snprintf(
            weights->warning, sizeof weights->warning,
            "%s has no token embedding by name: '%.200s', the output head, is taken for it, as "
            "models that tie the two are saved",
            path, found->name);
    *head = found;
    return true;
}

/* Refuses one file of a model that has its token embedding in another. Returns false then. */
static bool check_shard(const tokvec_weights *weights, tokvec_error *err)
{
    tokvec_weights *index = shard_index(weights);
    bool good = true;
    for (size_t i = 0; good && index != NULL && i < index->count; i++) {
        const tokvec_tensor *t = &index->tensors[i];
        if (!names_is_embedding(t->name) || shard_holds(weights, index, i))
            continue;
        good = error_set(err, TOKVEC_NOT_FOUND,
                         "the file holds a part of a model whose token embedding '%.200s' lies in "
                         "%.200s",
                         t->name, shard_name(t->file));
        error_where(err, "%s", weights->map->path);
        error_kind(err, TOKVEC_KIND_ELSEWHERE);
        error_hint(err, "name that file, or the model's folder");
    }
    tokvec_weights_close(index);
    return good;
}

/* The only matrix there is, whatever its name. */
static const tokvec_tensor *take_only(tokvec_weights *weights, const tokvec_tensor *t,
                                      tokvec_error *err)
{
    if (names_is_embedding(t->name) || t->name[0] == '\0')
        return t;
    bool head = names_is_head(t->name);
    if (!check_shard(weights, err) ||
        (head && !config_allows_head(weights->map->path, t->name, err)))
        return NULL;
    if (err != NULL && (names_is_other(t->name) || head))
        snprintf(weights->warning, sizeof weights->warning,
                 "'%.200s' of %s is taken because it is the only matrix; its name is not that of a "
                 "token embedding",
                 t->name, weights->map->path);
    return t;
}

const tokvec_tensor *names_choose(tokvec_weights *weights, tokvec_error *err)
{
    if (weights->count == 1)
        return weights_complete(weights, 0, err) ? take_only(weights, &weights->tensors[0], err)
                                                 : NULL;
    const char *ambiguous = NULL;
    choice c = {.count = 0};
    for (size_t i = 0; i < names_known_count && c.count == 0 && !c.failed; i++) {
        c = choose_among(weights, names_known[i], err);
        ambiguous = names_known[i];
    }
    if (c.count == 0 && !c.failed) {
        const tokvec_tensor *tied = names_alias(weights, NULL);
        if (tied == NULL && !check_shard(weights, err))
            return NULL;
        if (tied == NULL && !tied_head(weights, &tied, err))
            return NULL;
        if (tied != NULL)
            return tied;
        c = choose_among(weights, NULL, err);
        ambiguous = NULL;
    }
    if (c.count == 1 && !c.failed && ambiguous == NULL)
        return take_only(weights, c.tensor, err);
    if (c.count == 1 || c.failed)
        return c.tensor;
    if (weights->count == 0) {
        error_set(err, TOKVEC_NOT_FOUND, "the file holds no tensors");
        error_where(err, "%s", weights->map->path);
        error_hint(err, "name another file");
    } else if (c.count == 0) {
        error_set(err, TOKVEC_NOT_FOUND, "no tensor of the file is a matrix");
        error_where(err, "%s", weights->map->path);
        error_kind(err, TOKVEC_KIND_NO_TENSOR);
        error_hint(err, "name one of its tensors");
    } else {
        error_set(err, TOKVEC_NOT_FOUND, "%zu tensors may be the token embedding", c.count);
        error_where(err, "%s", weights->map->path);
        list_candidates(weights, ambiguous, err);
    }
    return NULL;
}

void names_refuse(const tokvec_weights *weights, const char *name, tokvec_error *err)
{
    nearest search = nearest_to(name);
    const char *containing = NULL; /* the likeliest name that has the text in it */
    size_t count = 0;
    for (size_t i = 0; i < weights->count; i++) {
        const char *there = weights->tensors[i].name;
        nearest_offer(&search, there);
        if (name[0] != '\0' && strstr(there, name) != NULL &&
            (count++ == 0 || names_unlikelihood(there) < names_unlikelihood(containing)))
            containing = there;
        /* Perhaps it is meant without what the model puts before it. */
        for (const char *dot = strchr(there, '.'); dot != NULL; dot = strchr(dot + 1, '.'))
            nearest_offer_as(&search, dot + 1, there);
    }
    error_set(err, TOKVEC_NOT_FOUND, "no tensor is named '%s'", name);
    error_where(err, "%s", weights->map->path);
    if (weights->count == 1 && weights->tensors[0].name[0] == '\0') {
        error_kind(err, TOKVEC_KIND_NAMELESS);
        error_hint(err, "the file has one array without a name");
        return;
    }
    if (containing != NULL && (count == 1 || search.best == NULL))
        error_hint(err, "did you mean '%s'?", containing);
    else if (search.best != NULL)
        error_hint(err, "did you mean '%s'?", search.best);
    else
        error_kind(err, TOKVEC_KIND_NO_TENSOR);
}

/* The ends of the names of output heads; "output.weight" is one only without layers before it. */
static const char *const head_names[] = {
    "lm_head.weight",     "embed_out.weight", "out_head.weight", "cls.predictions.decoder.weight",
    "output.weight",      "head.weight",      "lm_head",         "generator.weight",
    "output_head.weight", "logits.weight",
};

bool names_is_head(const char *name)
{
    for (size_t i = 0; i < sizeof head_names / sizeof *head_names; i++) {
        if (names_matches(name, head_names[i]))
            return true;
    }
    return false;
}

bool names_are_tokens(tokvec_weights *weights, const tokvec_tensor *tensor)
{
    return names_is_embedding(tensor->name) || names_is_head(tensor->name) ||
           (!names_is_other(tensor->name) && names_choose(weights, NULL) == tensor);
}
