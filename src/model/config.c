/* config.c - what a model's config.json says of its token embedding.
 * See config.h.
 * SPDX-License-Identifier: MIT */
#include "model/config.h"

#include "io/path.h"
#include "text/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The width of the embedding, by the names that models have for it. Where a model embeds in
 * fewer dimensions than it goes on with (ALBERT, OPT-350m), two of them are there: either may be
 * the table's. */
static const char *const width_keys[] = {"hidden_size", "n_embd",         "d_model",
                                         "dim",         "embedding_size", "word_embed_proj_dim"};
enum { WIDTH_COUNT = sizeof width_keys / sizeof *width_keys };

/* A member that is a whole number of 0 or more; false if there is none. */
static bool whole_number(const cJSON *object, const char *key, double *out)
{
    const cJSON *item = json_get(object, key);
    if (!json_is_number(item) || item->valuedouble < 0 || item->valuedouble > 0x1p53)
        return false;
    *out = item->valuedouble;
    return true;
}

static void compare(const cJSON *config, const tokvec_tensor *tensor, const char *path, char *out,
                    size_t size)
{
    double value, rows = (double)tensor->shape[0], dim = (double)tensor->shape[1];
    if (whole_number(config, "vocab_size", &value) && value != rows) {
        snprintf(out, size, "%s says vocab_size %.0f, but '%.200s' has %.0f rows", path, value,
                 tensor->name, rows);
        return;
    }
    double said = 0;
    const char *key = NULL;
    for (size_t i = 0; i < WIDTH_COUNT; i++) {
        if (!whole_number(config, width_keys[i], &value))
            continue;
        if (value == dim)
            return;
        if (key == NULL) {
            key = width_keys[i];
            said = value;
        }
    }
    if (key != NULL)
        snprintf(out, size, "%s says %s %.0f, but '%.200s' has %.0f columns", path, key, said,
                 tensor->name, dim);
}

bool config_unties(const char *file, bool *unties, tokvec_error *err)
{
    static const char key[] = "tie_word_embeddings";
    cJSON *json = NULL;
    char *path = path_beside(file, "config.json", err);
    bool good = path != NULL && json_read_optional(path, CONFIG_MAX_BYTES, &json, err);
    *unties = json_is_false(json_get(json, key)) ||
              json_is_false(json_get(json_get(json, "text_config"), key));
    json_free(json);
    free(path);
    return good;
}

bool config_allows_head(const char *file, const char *head, tokvec_error *err)
{
    bool unties;
    if (!config_unties(file, &unties, err))
        return false;
    if (!unties)
        return true;
    error_set(err, TOKVEC_NOT_FOUND,
              "the only matrix, '%.200s', is an output head, which config.json does not tie to the "
              "token embedding",
              head);
    error_where(err, "%s", file);
    error_kind(err, TOKVEC_KIND_ELSEWHERE);
    return error_hint(err, "fetch the rest of the model");
}

/* Says that there was no comparison, and why. */
static void not_compared(const char *path, const tokvec_error *why, char *out, size_t size)
{
    if (why->where[0] != '\0') /* which names the file */
        snprintf(out, size, "the config was not compared with the weights: %s (%s)", why->what,
                 why->where);
    else
        snprintf(out, size, "%s was not compared with the weights: %s; %s", path, why->what,
                 why->hint);
}

void config_compare_map(const file_map *config, const tokvec_tensor *tensor, char *out, size_t size)
{
    tokvec_error why;
    cJSON *json = json_read(config, CONFIG_MAX_BYTES, "its JSON", &why);
    out[0] = '\0';
    if (json == NULL) {
        not_compared(config->path, &why, out, size);
    } else if (tensor->ndim == 2) {
        /* Models of several parts keep the sizes of the one for text by themselves. */
        const cJSON *text = json_get(json, "text_config");
        double unused;
        bool own = whole_number(json, "vocab_size", &unused) || !json_is_object(text);
        compare(own ? json : text, tensor, config->path, out, size);
    }
    json_free(json);
}

void config_compare(const char *path, const tokvec_tensor *tensor, char *out, size_t size)
{
    tokvec_error why = {.code = TOKVEC_OK};
    file_map *config = file_map_open(path, &why);
    out[0] = '\0';
    if (config != NULL)
        config_compare_map(config, tensor, out, size);
    else if (why.code == TOKVEC_NO_MEMORY)
        not_compared(path, &why, out, size);
    file_map_close(config);
}
