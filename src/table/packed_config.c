/* packed_config.c - the numbers that the shapes of packed tensors leave open.
 * Read from the config.json of the folder, or else from the one beside the weights. See packed.h.
 * SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "base/path.h"
#include "table/numbering.h"
#include "table/packed.h"

#include <stdlib.h>
#include <string.h>

/* A file of JSON beside the weights, for the caller to delete; NULL if there is none to be had. */
static cJSON *open_beside(const tokvec_weights *weights, const char *name, const char *known)
{
    enum { SIZE_LIMIT = 1 << 24 }; /* real ones have a few thousand bytes */
    char *beside = known != NULL || weights->map->path == NULL
                       ? NULL
                       : path_beside(weights->map->path, name, NULL);
    const char *path = known != NULL ? known : beside;
    file_map *map = path == NULL ? NULL : file_map_open(path, NULL);
    json_fault fault;
    cJSON *json = map == NULL || map->size == 0 || map->size > SIZE_LIMIT
                      ? NULL
                      : json_parse((const char *)map->data, (size_t)map->size, 0, &fault);
    file_map_close(map);
    free(beside);
    return json;
}

static cJSON *open_config(const tokvec_weights *weights)
{
    return open_beside(weights, "config.json", weights->config);
}

static const cJSON *get(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* A whole number of 1 to 2^32 - 1; 0 if there is none such. */
static uint64_t natural(const cJSON *item)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 1 && item->valuedouble < 0x1p32))
        return 0;
    return (uint64_t)item->valuedouble;
}

bool packed_block_size(const tokvec_weights *weights, uint64_t block[2])
{
    cJSON *config = open_config(weights);
    const cJSON *size = get(get(config, "quantization_config"), "weight_block_size");
    bool given = cJSON_IsArray(size) && cJSON_GetArraySize(size) == 2;
    for (int i = 0; given && i < 2; i++) {
        block[i] = natural(cJSON_GetArrayItem(size, i));
        given = block[i] > 0;
    }
    cJSON_Delete(config);
    return given;
}

bool packed_is_fp8_model(const tokvec_weights *weights)
{
    cJSON *config = open_config(weights);
    const char *method =
        cJSON_GetStringValue(get(get(config, "quantization_config"), "quant_method"));
    bool fp8 = method != NULL && strcmp(method, "fp8") == 0;
    cJSON_Delete(config);
    return fp8;
}

/* ---- MLX ------------------------------------------------------------------------------------ */

static bool is_mlx_pair(uint64_t bits, uint64_t group)
{
    return bits >= 2 && bits <= 8 && bits != 7 && (group == 32 || group == 64 || group == 128);
}

/* What the config says of the layer under one of its two keys. */
static const cJSON *mlx_entry(const cJSON *config, const char *key, const char *layer)
{
    const cJSON *all = get(config, key), *own = get(all, layer);
    return cJSON_IsObject(own) ? own : all;
}

/* What config.json says of the layer: 0 where it is silent. */
static void mlx_said(const cJSON *config, const char *layer, uint64_t *bits, uint64_t *group)
{
    bool first = get(config, "quantization") != NULL;
    const cJSON *own = mlx_entry(config, first ? "quantization" : "quantization_config", layer);
    *bits = natural(get(own, "bits"));
    *group = natural(get(own, "group_size"));
}

/* MLX saves the same under both keys. What another program quantised before has a quant_method. */
static const char *disagreement(const cJSON *config, const char *layer)
{
    static const char *const keys[] = {"bits", "group_size", "mode"};
    const cJSON *a = mlx_entry(config, "quantization", layer);
    const cJSON *b = mlx_entry(config, "quantization_config", layer);
    if (get(get(config, "quantization_config"), "quant_method") != NULL)
        return NULL;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const cJSON *x = get(a, keys[i]), *y = get(b, keys[i]);
        if (x != NULL && y != NULL && !cJSON_Compare(x, y, true))
            return keys[i];
    }
    return NULL;
}

static bool is_known_mode(const char *mode, bool affine)
{
    static const char *const floats[] = {"mxfp4", "mxfp8", "nvfp4"};
    if (mode == NULL || affine)
        return mode == NULL || strcmp(mode, "affine") == 0;
    for (size_t i = 0; i < sizeof floats / sizeof *floats; i++) {
        if (strcmp(mode, floats[i]) == 0)
            return true;
    }
    return false;
}

bool packed_check_mlx(const tokvec_weights *weights, const char *layer, bool affine,
                      tokvec_error *err)
{
    cJSON *config = open_config(weights);
    const char *differing = disagreement(config, layer);
    bool first = get(config, "quantization") != NULL;
    const char *mode = cJSON_GetStringValue(
        get(mlx_entry(config, first ? "quantization" : "quantization_config", layer), "mode"));
    bool known = is_known_mode(mode, affine);
    if (differing != NULL)
        error_set(err, TOKVEC_UNSUPPORTED,
                  "config.json has different values of %s for '%.200s' under quantization and "
                  "quantization_config",
                  differing, layer);
    else if (!known)
        error_set(err, TOKVEC_UNSUPPORTED,
                  "config.json says that MLX quantised '%.200s' in the mode '%.60s', which does "
                  "not fit its tensors or is unknown",
                  layer, mode);
    cJSON_Delete(config);
    if (differing == NULL && known)
        return true;
    error_where(err, "%s", weights->map->path);
    return error_hint(err, "fetch the model's config.json again, or take the original model");
}

static uint64_t hidden_size(const cJSON *config)
{
    uint64_t size = natural(get(get(config, "text_config"), "hidden_size"));
    return size != 0 ? size : natural(get(config, "hidden_size"));
}

uint64_t packed_hidden_size(const tokvec_weights *weights)
{
    cJSON *config = open_config(weights);
    uint64_t size = hidden_size(config);
    cJSON_Delete(config);
    return size;
}

bool packed_mlx_numbers(const tokvec_weights *weights, const char *layer, uint64_t words,
                        uint64_t groups, unsigned *bits, unsigned *group, tokvec_error *err)
{
    static const unsigned widths[] = {4, 2, 3, 5, 6, 8}, sizes[] = {64, 32, 128};
    uint64_t said_bits, said_group, fitting = 0;
    cJSON *config = open_config(weights);
    mlx_said(config, layer, &said_bits, &said_group);
    uint64_t hidden = hidden_size(config);
    cJSON_Delete(config);
    if ((said_bits != 0 && !is_mlx_pair(said_bits, 32)) ||
        (said_group != 0 && !is_mlx_pair(4, said_group)))
        return error_set(err, TOKVEC_UNSUPPORTED,
                         "config.json says %llu bits in groups of %llu for '%.200s', which MLX "
                         "does not have",
                         (unsigned long long)said_bits, (unsigned long long)said_group, layer);
    /* MLX's defaults stand first. */
    for (size_t b = 0; b < sizeof widths / sizeof *widths; b++) {
        for (size_t g = 0; g < sizeof sizes / sizeof *sizes; g++) {
            bool fits =
                groups > 0 && (uint64_t)widths[b] * sizes[g] * groups == 32 * words &&
                (said_bits == 0 || widths[b] == said_bits) &&
                (said_group == 0 || sizes[g] == said_group) &&
                (said_bits != 0 || said_group != 0 || hidden == 0 || hidden == groups * sizes[g]);
            if (!fits)
                continue;
            if (fitting++ == 0) {
                *bits = widths[b];
                *group = sizes[g];
            }
        }
    }
    if (fitting == 1 || (fitting > 1 && *bits == 4 && *group == 64))
        return true;
    error_set(err, TOKVEC_UNSUPPORTED,
              fitting == 0
                  ? "'%.200s' is quantised by MLX, but %llu words and %llu scales a row fit "
                    "no bits and group size of it"
                  : "'%.200s' is quantised by MLX, and %llu words and %llu scales a row "
                    "leave bits and group size open",
              layer, (unsigned long long)words, (unsigned long long)groups);
    error_where(err, "%s", weights->map->path);
    return error_hint(err, "its config.json has them under \"quantization\" and belongs beside it");
}
