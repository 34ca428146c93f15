/* adapter.c - what PEFT's adapter_config.json says of the weights beside it.
 * See adapter.h.
 * SPDX-License-Identifier: MIT */
#include "model/adapter.h"

#include "io/path.h"
#include "table/numbering.h"
#include "text/json.h"

#include <stdlib.h>
#include <string.h>

static const char config_name[] = "adapter_config.json";

/* The config beside a file, which need not be there. */
static bool read_config(const char *file, cJSON **out, tokvec_error *err)
{
    enum { SIZE_LIMIT = 1 << 24 }; /* of some lists of tokens, a few hundred thousand bytes */
    char *path = path_beside(file, config_name, err);
    bool good = path != NULL && json_read_optional(path, SIZE_LIMIT, out, err);
    free(path);
    return good;
}

bool adapter_refuse(const tokvec_weights *weights, tokvec_error *err)
{
    cJSON *json = NULL;
    if (!read_config(weights->map->path, &json, err))
        return true;
    const char *base = json_characters(json_get(json, "base_model_name_or_path"));
    bool adapter = base != NULL || json_characters(json_get(json, "peft_type")) != NULL;
    bool change = false; /* of the base model's embedding, by LoRA */
    for (size_t i = 0; i < weights->count; i++)
        change |= strstr(weights->tensors[i].name, "lora_embedding_") != NULL;
    if (adapter) {
        error_set(err, TOKVEC_NOT_FOUND, "the file is an adapter%s%.300s %s",
                  base == NULL || base[0] == '\0' ? "" : " of ", base == NULL ? "" : base,
                  change ? "that changes its token embedding (lora_embedding_A, lora_embedding_B)"
                         : "without a token embedding");
        error_where(err, "%s", weights->map->path);
        error_kind(err, TOKVEC_KIND_ELSEWHERE);
        error_hint(err, change ? "merge it: in Python, model.merge_and_unload()"
                               : "name the base model");
    }
    json_free(json);
    return adapter;
}

/* ---- rows of some tokens -------------------------------------------------------------------- */

/* Where the part of the name begins that tells rows of some tokens, or NULL. They are whole rows,
 * though PEFT calls them a delta. Behind it stands the adapter's own name in a model that was not
 * saved as an adapter. */
static const char *trained_part(const char *name)
{
    static const char *const parts[] = {"trainable_tokens_delta", "trainable_tokens_original",
                                        "trainable_tokens"};
    for (const char *part = name; part != NULL; part = strchr(part, '.')) {
        part += *part == '.';
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            size_t length = strlen(parts[i]);
            if (strncmp(part, parts[i], length) == 0 &&
                (part[length] == '.' || part[length] == '\0'))
                return part;
        }
    }
    return NULL;
}

/* True if `module`, "embed_tokens" or more of its path, is what stands before the part; beside a
 * LoRA "token_adapter" stands between them. */
static bool is_module(const char *module, const char *name, const char *part)
{
    static const char between[] = "token_adapter.";
    const size_t length = strlen(module), skipped = sizeof between - 1;
    size_t before = (size_t)(part - name);
    if (before >= skipped && strncmp(part - skipped, between, skipped) == 0)
        before -= skipped;
    if (length == 0 || before < length + 1)
        return false;
    const size_t at = before - 1 - length;
    return strncmp(name + at, module, length) == 0 && name[at + length] == '.' &&
           (at == 0 || name[at - 1] == '.');
}

/* The list for a tensor: one for all modules, or one for each; NULL if there is none. */
static const cJSON *list_for(const cJSON *config, const char *name, const char *part)
{
    const cJSON *list = json_get(config, "trainable_token_indices");
    const cJSON *found = NULL;
    if (list == NULL || json_is_null(list))
        list = json_get(config, "token_indices");
    if (!json_is_object(list))
        return json_is_list(list) ? list : NULL;
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        if (json_is_list(item) && is_module(item->string, name, part)) {
            if (found != NULL)
                return NULL;
            found = item;
        }
    }
    return found;
}

/* The IDs of a list that has one for each of the rows; NULL if it is not such, or without memory.
 * The caller frees them. */
static int64_t *ids_of(const cJSON *list, uint64_t rows)
{
    if (list == NULL || json_count(list) != rows)
        return NULL;
    int64_t *ids = calloc((size_t)rows + 1, sizeof *ids);
    const cJSON *item;
    size_t n = 0;
    cJSON_ArrayForEach(item, list)
    {
        double id = json_is_number(item) ? item->valuedouble : -1;
        if (ids == NULL || !(id >= 0 && id < 0x1p53) || id != (double)(int64_t)id) {
            free(ids);
            return NULL;
        }
        ids[n++] = (int64_t)id;
    }
    return ids;
}

bool adapter_number(tokvec_weights *weights, size_t index, tokvec_table *table, tokvec_error *err)
{
    const tokvec_tensor *tensor = &weights->tensors[index];
    const char *part = trained_part(tensor->name);
    if (part == NULL)
        return true;
    cJSON *config = NULL;
    if (!read_config(tensor->file, &config, err))
        return false;
    int64_t *ids = ids_of(list_for(config, tensor->name, part), table->rows);
    json_free(config);
    if (ids == NULL) {
        error_set(err, TOKVEC_UNSUPPORTED,
                  "the rows of '%.250s' belong to token IDs, but %s beside it does not list one "
                  "for each of the %llu rows",
                  tensor->name, config_name, (unsigned long long)table->rows);
        error_where(err, "%s", tensor->file);
        return error_hint(err, "put the adapter's %s beside the file", config_name);
    }
    if (!numbering_new(ids, table->rows, &table->numbering, err))
        return false;
    if (table->numbering == NULL || table->numbering->distinct == table->rows)
        return true;
    error_set(err, TOKVEC_BAD_FILE, "a token ID of '%.250s' is repeated in %s", tensor->name,
              config_name);
    error_where(err, "%s", tensor->file);
    return error_hint(err, "correct the list, or put the adapter's own %s beside the file",
                      config_name);
}
