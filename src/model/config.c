/* config.c - what a model's config.json says of its token embedding.
 * See config.h.
 * SPDX-License-Identifier: MIT */
#include "model/config.h"

#include "io/path.h"
#include "text/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The width of the embedding, by the names that models have for it. Where a model embeds in
 * fewer dimensions than it goes on with (ALBERT, OPT-350m), two of them are there: either may be
 * the table's. */
static const char *const width_keys[] = {"hidden_size", "n_embd",         "d_model",
                                         "dim",         "embedding_size", "word_embed_proj_dim"};
enum { WIDTH_COUNT = sizeof width_keys / sizeof *width_keys };

/* A member that is a number of 0 or more; false if there is none. Below 0 it says nothing: -1 is
 * for what the tokenizer has. */
static bool number_of(const cJSON *object, const char *key, double *out)
{
    const cJSON *item = json_get(object, key);
    if (!json_is_number(item) || item->valuedouble < 0)
        return false;
    *out = item->valuedouble;
    return true;
}

/* The parts that may tell of the token embedding, the likelier one first: models of several parts
 * keep the sizes of the one for text by themselves. */
typedef struct config_parts {
    const cJSON *of[2];
} config_parts;

static config_parts parts_of(const cJSON *config)
{
    const cJSON *text = json_get(config, "text_config");
    double unused;
    if (!json_is_object(text))
        return (config_parts){{config, NULL}};
    if (number_of(config, "vocab_size", &unused))
        return (config_parts){{config, text}};
    return (config_parts){{text, NULL}};
}

/* Mllama's table has a few rows more than it says, for pictures. */
static bool is_mllama(const cJSON *part, double said, double rows)
{
    enum { MORE = 8 };
    const char *type = json_characters(json_get(part, "model_type"));
    return type != NULL && strncmp(type, "mllama", 6) == 0 && said + MORE == rows;
}

/* Mamba pads its table up to a multiple that it names, OLMo to a size of its own. */
static bool is_padded(const cJSON *part, double said, double rows)
{
    double multiple, size;
    if (number_of(part, "embedding_size", &size) && size == rows && size >= said)
        return true;
    return number_of(part, "pad_vocab_size_multiple", &multiple) && multiple >= 1 &&
           rows < 0x1p53 && (double)(uint64_t)(rows / multiple) * multiple == rows &&
           rows >= said && rows - said < multiple;
}

static bool has_rows(const cJSON *part, double rows)
{
    double said;
    return number_of(part, "vocab_size", &said) &&
           (said == rows || is_mllama(part, said, rows) || is_padded(part, said, rows));
}

/* Writes what disagrees with the rows to out, or "". */
static void compare_rows(const config_parts *parts, const tokvec_tensor *tensor, const char *path,
                         char *out, size_t size)
{
    double said, rows = (double)tensor->shape[0];
    out[0] = '\0';
    if (has_rows(parts->of[0], rows) || has_rows(parts->of[1], rows))
        return;
    if (json_characters(json_get(parts->of[0], "vocab_size")) != NULL)
        snprintf(out, size, "%s says vocab_size, but not as a number", path);
    else if (number_of(parts->of[0], "vocab_size", &said))
        snprintf(out, size, "%s says vocab_size %.17g, but '%.200s' has %.0f rows", path, said,
                 tensor->name, rows);
}

static void compare_columns(const config_parts *parts, const tokvec_tensor *tensor,
                            const char *path, char *out, size_t size)
{
    double value, said = 0, dim = (double)tensor->shape[1];
    const char *key = NULL;
    out[0] = '\0';
    for (size_t i = 0; i < 2 * WIDTH_COUNT; i++) {
        const char *name = width_keys[i % WIDTH_COUNT];
        if (!number_of(parts->of[i / WIDTH_COUNT], name, &value))
            continue;
        if (value == dim)
            return;
        if (key == NULL) {
            key = name;
            said = value;
        }
    }
    if (key != NULL)
        snprintf(out, size, "%s says %s %.17g, but '%.200s' has %.0f columns", path, key, said,
                 tensor->name, dim);
    else if (json_characters(json_get(parts->of[0], width_keys[0])) != NULL)
        snprintf(out, size, "%s says %s, but not as a number", path, width_keys[0]);
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
        snprintf(out, size, "the config was not compared with the weights: %.300s (%.400s)",
                 why->what, why->where);
    else
        snprintf(out, size, "%.300s was not compared with the weights: %.200s; %.200s", path,
                 why->what, why->hint);
}

void config_compare_map(const file_map *config, const tokvec_tensor *tensor, char *out, size_t size)
{
    tokvec_error why;
    cJSON *json = json_read(config, CONFIG_MAX_BYTES, "its JSON", &why);
    out[0] = '\0';
    if (json == NULL) {
        not_compared(config->path, &why, out, size);
    } else if (tensor->ndim == 2) {
        const config_parts parts = parts_of(json);
        compare_rows(&parts, tensor, config->path, out, size);
        if (out[0] == '\0')
            compare_columns(&parts, tensor, config->path, out, size);
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

/* ---- claims --------------------------------------------------------------------------------- */

static config_tie tie_of(const cJSON *object)
{
    const cJSON *value = json_get(object, "tie_word_embeddings");
    return json_is_true(value)    ? CONFIG_TIES
           : json_is_false(value) ? CONFIG_UNTIES
                                  : CONFIG_SAYS_NOTHING;
}

/* The model and its part for text may both say so; where they contradict each other, neither does.
 */
static config_tie tie_of_all(const cJSON *config)
{
    config_tie whole = tie_of(config), part = tie_of(json_get(config, "text_config"));
    if (whole == CONFIG_SAYS_NOTHING || part == CONFIG_SAYS_NOTHING)
        return whole == CONFIG_SAYS_NOTHING ? part : whole;
    return whole == part ? whole : CONFIG_SAYS_NOTHING;
}

/* By the name of its class; others end at the last layer. */
static bool has_head(const cJSON *config)
{
    static const char *const classes[] = {"CausalLM", "LMHead", "ConditionalGeneration", "MaskedLM",
                                          "PreTraining"};
    const cJSON *item, *names = json_get(config, "architectures");
    bool any = false;
    cJSON_ArrayForEach(item, names)
    {
        const char *name = json_characters(item);
        any |= name != NULL;
        for (size_t i = 0; name != NULL && i < sizeof classes / sizeof *classes; i++) {
            if (strstr(name, classes[i]) != NULL)
                return true;
        }
    }
    return !any;
}

bool config_read_claims(const char *path, const tokvec_tensor *tensor, config_claims *out,
                        tokvec_error *err)
{
    tokvec_error why = {.code = TOKVEC_OK};
    *out = (config_claims){.tie = CONFIG_SAYS_NOTHING};
    file_map *map = file_map_open(path, &why);
    cJSON *json = map == NULL ? NULL : json_read(map, CONFIG_MAX_BYTES, "its JSON", &why);
    if (json != NULL && json_is_object(json)) {
        out->tie = tie_of_all(json);
        out->has_head = has_head(json);
        if (tensor->ndim == 2) {
            const config_parts parts = parts_of(json);
            compare_rows(&parts, tensor, path, out->rows, sizeof out->rows);
            compare_columns(&parts, tensor, path, out->columns, sizeof out->columns);
        }
    } else if (map != NULL && (json != NULL || why.code == TOKVEC_BAD_FILE)) {
        if (json != NULL)
            file_map_bad(map, 0, &why, "its JSON is not an object");
        not_compared(path, &why, out->fault, sizeof out->fault);
    }
    json_free(json);
    file_map_close(map);
    if (why.code == TOKVEC_NO_MEMORY && err != NULL)
        *err = why;
    return why.code != TOKVEC_NO_MEMORY;
}
