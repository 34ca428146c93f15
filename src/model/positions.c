/* positions.c - which tensor of a model has its position vectors.
 * See positions.h. Models that are made as fairseq's count from a row of their table that is not
 * the first one; whether one does so shows in its config.json, its names or its number of rows.
 * SPDX-License-Identifier: MIT */
#include "model/positions.h"

#include "base/error.h"
#include "io/path.h"
#include "model/config.h"
#include "text/json.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ends of names, as in names.c. */
static const char *const known_names[] = {
    "wpe.weight",                      /* GPT-2, GPT-Neo, StarCoder, nanoGPT */
    "pos_emb.weight",                  /* "Build a Large Language Model From Scratch" */
    "position_embd.weight",            /* llama.cpp */
    "positions_embed.weight",          /* GPT-1 */
    "position_embedding.weight",       /* CLIP, SigLIP */
    "positional_embedding",            /* OpenAI's own CLIP and Whisper */
    "position_embedding_table.weight", /* Karpathy's lectures */
    "positional_embedding.weight",
    "pos_embedding.weight",
    "wpe",           /* OpenAI's own GPT-2 */
    "wpe.embedding", /* Flax */
    /* Position 0 need not be row 0 in these. */
    "position_embeddings.weight", /* BERT, RoBERTa */
    "position_embeddings.embedding",
    "embed_positions.weight", /* OPT, BART, Whisper */
    "embed_positions.embedding",
};
enum { KNOWN_COUNT = sizeof known_names / sizeof *known_names, UNSURE_COUNT = 4 };

/* What is not the text's, or not the model's. */
static const char *const others[] = {"visi",  "visual",    "image",   "patch", "video",
                                     "audio", "optimizer", "exp_avg", "ema."};

static bool is_end(char c)
{
    return c == '.' || c == '/';
}

/* True if the name is `known`, or ends in "." and `known`; Flax has slashes for dots. */
static bool ends_in(const char *name, const char *known)
{
    size_t length = strlen(name), tail = strlen(known);
    if (length < tail || (length > tail && !is_end(name[length - tail - 1])))
        return false;
    for (size_t i = 0; i < tail; i++) {
        char c = name[length - tail + i];
        if ((c == '/' ? '.' : c) != known[i])
            return false;
    }
    return true;
}

static size_t known_index(const char *name)
{
    size_t i = 0;
    while (i < KNOWN_COUNT && !ends_in(name, known_names[i]))
        i++;
    return i;
}

/* The bytes of whole parts that two names have in common at the beginning. */
static size_t common_parts(const char *a, const char *b)
{
    size_t common = 0;
    for (size_t i = 0; a[i] != '\0' && a[i] == b[i]; i++) {
        if (is_end(a[i]))
            common = i + 1;
    }
    return common;
}

/* True if a part of the name is a number, as that of a layer is. */
static bool has_number(const char *name)
{
    for (const char *at = name; *at != '\0';) {
        size_t length = strcspn(at, "./"), digits = strspn(at, "0123456789");
        if (length > 0 && digits == length)
            return true;
        at += length + (at[length] != '\0');
    }
    return false;
}

static bool is_candidate(const char *name, const char *tokens)
{
    if (known_index(name) == KNOWN_COUNT || has_number(name + common_parts(name, tokens)))
        return false;
    name += common_parts(name, tokens);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strstr(name, others[i]) != NULL)
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- which tensor */

static bool not_found(const tokvec_weights *weights, const char *what, const char *hint,
                      tokvec_error *err)
{
    error_set(err, TOKVEC_NOT_FOUND, "%s", what);
    error_where(err, "%s", weights->map->path);
    return error_hint(err, "%s", hint);
}

/* The matrices that lie nearest to the tokens by their names; several are an error. */
static const tokvec_tensor *choose(tokvec_weights *weights, const char *tokens, tokvec_error *err)
{
    const tokvec_tensor *best = NULL, *other = NULL;
    for (size_t i = 0; i < weights->count; i++) {
        const tokvec_tensor *t = &weights->tensors[i];
        if (!is_candidate(t->name, tokens))
            continue;
        if (!weights_complete(weights, i, err))
            return NULL;
        if (t->ndim != 2 || t->dtype == TOKVEC_NO_DTYPE)
            continue;
        size_t common = common_parts(t->name, tokens);
        size_t most = best == NULL ? 0 : common_parts(best->name, tokens);
        if (best != NULL && common < most)
            continue;
        other = best != NULL && common == most ? best : NULL;
        best = t;
    }
    if (best != NULL && other == NULL)
        return best;
    if (best == NULL) {
        not_found(
            weights, "no tensor is a table of positions by its name",
            "name one; a model's positions may also be rotary or relative, which are not added",
            err);
        return NULL;
    }
    char hint[600];
    snprintf(hint, sizeof hint, "name one: '%.250s', '%.250s'", other->name, best->name);
    not_found(weights, "several tensors may be the table of positions", hint, err);
    return NULL;
}

/* ---------------------------------------------------------------- which row is position 0 */

/* How a family of models counts. */
typedef enum counting {
    COUNT_UNKNOWN,
    COUNT_AFTER_PADDING, /* from the row after that of the padding's ID, without padding */
    COUNT_FROM_2,
    COUNT_OTHERWISE /* its table is not simply added */
} counting;

/* By model_type, or by a part of a name; both without '-' and '_'. */
static const struct {
    const char *name;
    counting how;
} families[] = {
    {"roberta", COUNT_AFTER_PADDING},
    {"camembert", COUNT_AFTER_PADDING},
    {"longformer", COUNT_AFTER_PADDING},
    {"mpnet", COUNT_AFTER_PADDING},
    {"ibert", COUNT_AFTER_PADDING},
    {"luke", COUNT_AFTER_PADDING},
    {"data2vectext", COUNT_AFTER_PADDING},
    {"xmod", COUNT_AFTER_PADDING},
    {"markuplm", COUNT_AFTER_PADDING},
    {"layoutlmv3", COUNT_AFTER_PADDING},
    {"bridgetower", COUNT_AFTER_PADDING},
    {"altclip", COUNT_AFTER_PADDING},
    {"clap", COUNT_AFTER_PADDING},
    {"nystromformer", COUNT_FROM_2},
    {"yoso", COUNT_FROM_2},
    {"mra", COUNT_FROM_2},
    {"opt", COUNT_FROM_2},
    {"bart", COUNT_FROM_2},
    {"mbart", COUNT_FROM_2},
    {"plbart", COUNT_FROM_2},
    {"trocr", COUNT_FROM_2},
    {"biogpt", COUNT_FROM_2},
    {"xglm", COUNT_FROM_2},
    {"esm", COUNT_OTHERWISE},
    {"roformer", COUNT_OTHERWISE},
    {"prophetnet", COUNT_OTHERWISE},
    {"xlmprophetnet", COUNT_OTHERWISE},
    {"m2m100", COUNT_OTHERWISE},
    {"fsmt", COUNT_OTHERWISE},
};

/* The family of a word of that length. RoBERTa's kin have its name in theirs. */
static counting family_of(const char *word, size_t length)
{
    char plain[64];
    size_t n = 0;
    for (size_t i = 0; i < length && n + 1 < sizeof plain; i++) {
        if (word[i] != '-' && word[i] != '_')
            plain[n++] = (char)tolower((unsigned char)word[i]);
    }
    plain[n] = '\0';
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        if (strcmp(plain, families[i].name) == 0)
            return families[i].how;
    }
    return strstr(plain, "roberta") != NULL ? COUNT_AFTER_PADDING : COUNT_UNKNOWN;
}

/* The family that a part of the name tells of. */
static counting family_in_name(const char *name)
{
    counting found = COUNT_UNKNOWN;
    for (const char *at = name; found == COUNT_UNKNOWN && *at != '\0';) {
        size_t length = strcspn(at, "./");
        found = family_of(at, length);
        at += length + (at[length] != '\0');
    }
    return found;
}

/* What a config.json, NULL if there is none, says of the text's part of the model. */
static const cJSON *config_member(const cJSON *config, const char *key)
{
    const cJSON *text = json_get(json_get(config, "text_config"), key);
    return text != NULL ? text : json_get(config, key);
}

static bool natural_of(const cJSON *config, const char *key, uint64_t *out)
{
    const cJSON *item = config_member(config, key);
    bool is = json_is_number(item) && item->valuedouble >= 0 && item->valuedouble < 0x1p53;
    if (is)
        *out = (uint64_t)item->valuedouble;
    return is && (double)*out == item->valuedouble;
}

static bool unclear(const tokvec_tensor *t, const char *why, tokvec_error *err)
{
    error_set(err, TOKVEC_UNSUPPORTED, "%s", why);
    error_where(err, "'%.250s' of %.300s", t->name, t->file);
    return error_hint(err, "name the tensor itself, which counts from its row 0");
}

/* Where the table of any other model begins: one with two rows more than there are positions is
 * made as fairseq's. There are many positions to the power of two, or as many as the config says;
 * where the two contradict each other, its rows may be counted as positions. */
static bool count_rows(const tokvec_tensor *t, const cJSON *config, uint64_t *first,
                       tokvec_error *err)
{
    enum { EVEN = 64, BEFORE = 2 };
    uint64_t rows = t->shape[0], said;
    bool is_said = natural_of(config, "max_position_embeddings", &said);
    *first = is_said ? rows - said : rows % EVEN;
    if (*first == BEFORE || (*first == 0 && rows % EVEN != BEFORE))
        return true;
    return unclear(t, "it is unclear which row is position 0", err);
}

static bool count_positions(const tokvec_tensor *t, const cJSON *config, position_tensor *out,
                            tokvec_error *err)
{
    const char *type = json_characters(config_member(config, "model_type"));
    const char *use = json_characters(config_member(config, "position_embedding_type"));
    counting how = type == NULL ? COUNT_UNKNOWN : family_of(type, strlen(type));
    uint64_t padding = 1;
    if (how == COUNT_UNKNOWN)
        how = family_in_name(t->name);
    if (use != NULL && strcmp(use, "absolute") != 0)
        how = COUNT_OTHERWISE;
    switch (how) {
    case COUNT_AFTER_PADDING:
        natural_of(config, "pad_token_id", &padding);
        out->has_padding = true;
        out->padding = (int64_t)padding;
        out->first_row = padding + 1;
        break;
    case COUNT_FROM_2: out->first_row = 2; break;
    case COUNT_OTHERWISE:
        return unclear(t, "this model does not add its positions row by row", err);
    default:
        if (!count_rows(t, config, &out->first_row, err))
            return false;
        break;
    }
    return out->first_row < t->shape[0] || unclear(t, "the table has no row for position 0", err);
}

bool positions_find(tokvec_weights *weights, const tokvec_tensor *tokens, position_tensor *out,
                    tokvec_error *err)
{
    const tokvec_tensor *t = choose(weights, tokens->name, err);
    if (t == NULL)
        return false;
    *out = (position_tensor){.tensor = t};
    if (known_index(t->name) < KNOWN_COUNT - UNSURE_COUNT)
        return true;
    cJSON *config = NULL;
    char *beside = weights->config != NULL ? NULL : path_beside(t->file, "config.json", err);
    const char *path = weights->config != NULL ? weights->config : beside;
    bool good = path != NULL && json_read_optional(path, CONFIG_MAX_BYTES, &config, err) &&
                count_positions(t, config, out, err);
    json_free(config);
    free(beside);
    return good;
}
