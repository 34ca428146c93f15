/* names.c - which tensor of a model is its token embedding.
 * See names.h.
 * SPDX-License-Identifier: MIT */
#include "table/names.h"

#include "base/error.h"
#include "base/nearest.h"
#include "table/weights.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The ends of the names under which models keep their token embedding, the surest first. What
 * comes before them ("model.", "transformer.", "bert.embeddings.") differs from one program to
 * the next and does not matter. */
static const char *const known_names[] = {
    "tok_emb.weight",         /* "Build a Large Language Model From Scratch" */
    "wte.weight",             /* GPT-2, GPT-J, MPT, StarCoder, OLMo, Qwen 1 */
    "shared.weight",          /* T5, BART: beside copies for encoder and decoder */
    "embed_tokens.weight",    /* Llama, Mistral, Qwen, Gemma, Phi, OPT */
    "word_embeddings.weight", /* BERT, RoBERTa, Falcon, BLOOM, ChatGLM */
    "embed_in.weight",        /* GPT-NeoX, Pythia */
    "tok_embeddings.weight",  /* Llama's own files, InternLM 2, ModernBERT */
    "token_embd.weight",      /* llama.cpp */
    "tokens_embed.weight",    /* GPT-1 */
    "token_embedding.weight", /* CLIP, Whisper */
    "token_embeddings.weight",
    "word_embedding.weight", /* XLNet */
    "embeddings.weight",     /* Mamba as transformers keeps it, RWKV */
    "embedding.weight",      /* Mamba */
    "emb.weight",            /* RWKV */
    "embeddings",            /* tokvec -f safetensors */
};
enum { KNOWN_COUNT = sizeof known_names / sizeof *known_names };

/* True if name is `known` or ends in "." and `known`, and no part before it is a number: a
 * numbered layer has no token embedding. */
static bool matches(const char *name, const char *known)
{
    size_t length = strlen(name);
    size_t tail = strlen(known);
    if (length < tail || strcmp(name + length - tail, known) != 0)
        return false;
    if (length == tail)
        return true;
    if (name[length - tail - 1] != '.')
        return false;
    for (size_t i = 0; i < length - tail; i++) {
        if (isdigit((unsigned char)name[i]) && (i == 0 || name[i - 1] == '.')) {
            size_t end = i + strspn(name + i, "0123456789");
            if (name[end] == '.')
                return false;
        }
    }
    return true;
}

bool names_is_embedding(const char *name)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        if (matches(name, known_names[i]))
            return true;
    }
    return false;
}

static bool is_matrix(const tokvec_tensor *tensor)
{
    return tensor->ndim == 2 && tensor->dtype != TOKVEC_NO_DTYPE;
}

/* What a choice came to: the tensor, or none with the number of those that qualified. */
typedef struct choice {
    const tokvec_tensor *tensor;
    size_t count;
    bool failed; /* a file that holds a candidate could not be opened */
} choice;

/* The matrices that match `known` (or all, with NULL); an exact match stands above the rest,
 * whatever its shape: if it is no table, nothing else of that model is meant. Of
 * several files only those are opened that hold a candidate. */
static choice choose_among(tokvec_weights *weights, const char *known, tokvec_error *err)
{
    choice c = {NULL, 0, false};
    for (size_t i = 0; i < weights->count; i++) {
        const tokvec_tensor *t = &weights->tensors[i];
        if (known != NULL && !matches(t->name, known))
            continue;
        if (!weights_complete(weights, i, err))
            return (choice){NULL, 0, true};
        if (known != NULL && strcmp(t->name, known) == 0)
            return (choice){t, 1, false};
        if (!is_matrix(t))
            continue;
        c.tensor = t;
        c.count++;
    }
    return c;
}

/* Appends "'NAME' (V, D)" of each candidate to the hint, as many as fit in a message. */
static void list_candidates(const tokvec_weights *weights, const char *known, tokvec_error *err)
{
    enum { LISTED_MAX = 8 };
    char list[800] = "";
    size_t length = 0;
    size_t left_out = 0;
    size_t listed = 0;
    for (size_t i = 0; i < weights->count; i++) {
        const tokvec_tensor *t = &weights->tensors[i];
        if (!is_matrix(t) || (known != NULL && !matches(t->name, known)))
            continue;
        char shape[64], item[200];
        int n = snprintf(item, sizeof item, "%s'%s' %s", listed == 0 ? "" : ", ", t->name,
                         weights_shape_text(t, shape, sizeof shape));
        if (listed == LISTED_MAX || n < 0 || (size_t)n >= sizeof item ||
            length + (size_t)n >= sizeof list) {
            left_out++;
            continue;
        }
        memcpy(list + length, item, (size_t)n + 1);
        length += (size_t)n;
        listed++;
    }
    if (left_out > 0)
        error_hint(err, "name one with -t: %s and %zu more (tokvec list shows all)", list,
                   left_out);
    else
        error_hint(err, "name one with -t: %s", list);
}

const tokvec_tensor *names_choose(tokvec_weights *weights, tokvec_error *err)
{
    if (weights->count == 1)
        return weights_complete(weights, 0, err) ? &weights->tensors[0] : NULL;
    const char *ambiguous = NULL;
    choice c = {NULL, 0, false};
    for (size_t i = 0; i < KNOWN_COUNT && c.count == 0 && !c.failed; i++) {
        c = choose_among(weights, known_names[i], err);
        ambiguous = known_names[i];
    }
    if (c.count == 0 && !c.failed) {
        c = choose_among(weights, NULL, err);
        ambiguous = NULL;
    }
    if (c.count == 1 || c.failed)
        return c.tensor;
    if (weights->count == 0) {
        error_set(err, TOKVEC_NOT_FOUND, "the file holds no tensors");
        error_where(err, "%s", weights->map->path);
        error_hint(err, "name another file");
    } else if (c.count == 0) {
        error_set(err, TOKVEC_NOT_FOUND, "no tensor of the file is a matrix");
        error_where(err, "%s", weights->map->path);
        error_hint(err, "see what there is with tokvec list, and name one with -t");
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
    for (size_t i = 0; i < weights->count; i++) {
        const char *there = weights->tensors[i].name;
        nearest_offer(&search, there);
        /* Perhaps it is meant without what the model puts before it. */
        for (const char *dot = strchr(there, '.'); dot != NULL; dot = strchr(dot + 1, '.'))
            nearest_offer_as(&search, dot + 1, there);
    }
    error_set(err, TOKVEC_NOT_FOUND, "no tensor is named '%s'", name);
    error_where(err, "%s", weights->map->path);
    if (search.best != NULL)
        error_hint(err, "did you mean '%s'?", search.best);
    else if (weights->count == 1 && weights->tensors[0].name[0] == '\0')
        error_hint(err, "the file has one array without a name; leave out -t");
    else
        error_hint(err, "see the names with tokvec list");
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
        if (matches(name, head_names[i]))
            return true;
    }
    return false;
}

bool tokvec_weights_rows_are_tokens(tokvec_weights *weights, const tokvec_tensor *tensor)
{
    return names_is_embedding(tensor->name) || names_is_head(tensor->name) ||
           names_choose(weights, NULL) == tensor;
}
