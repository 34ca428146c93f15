/* packed_config.c - the numbers that the shapes of packed tensors leave open.
 * Read from the config.json of the folder, or else from the one beside the weights. See packed.h.
 * SPDX-License-Identifier: MIT */
#include "model/packed.h"

#include "model/packed_known.h"
#include "table/numbering.h"
#include "text/json.h"

#include <string.h>

/* A whole number of 1 to 2^32 - 1; 0 if there is none. */
static uint64_t natural(const cJSON *item)
{
    if (!json_is_number(item) || !(item->valuedouble >= 1 && item->valuedouble < 0x1p32))
        return 0;
    return (uint64_t)item->valuedouble;
}

bool packed_block_size(tokvec_weights *weights, uint64_t block[2], tokvec_error *err)
{
    const cJSON *config;
    block[0] = block[1] = 0;
    if (!packed_config(weights, &config, err))
        return false;
    const cJSON *size = json_get(json_get(config, "quantization_config"), "weight_block_size");
    if (json_is_list(size) && json_count(size) == 2) {
        uint64_t rows = natural(size->child), columns = natural(size->child->next);
        block[0] = columns > 0 ? rows : 0;
        block[1] = rows > 0 ? columns : 0;
    }
    return true;
}

bool packed_word_bits(tokvec_weights *weights, unsigned *bits, tokvec_error *err)
{
    const cJSON *config;
    *bits = 0;
    if (!packed_config(weights, &config, err))
        return false;
    const cJSON *groups = json_get(json_get(config, "quantization_config"), "config_groups");
    const cJSON *group;
    if (!json_is_object(groups))
        return true;
    cJSON_ArrayForEach(group, groups)
    {
        uint64_t n = natural(json_get(json_get(group, "weights"), "num_bits"));
        if (n >= 2 && n <= 8)
            *bits |= 1u << n;
    }
    return true;
}

bool packed_is_fp8_model(tokvec_weights *weights, bool *is_fp8, tokvec_error *err)
{
    const cJSON *config;
    if (!packed_config(weights, &config, err))
        return false;
    const char *method =
        json_characters(json_get(json_get(config, "quantization_config"), "quant_method"));
    *is_fp8 = method != NULL && strcmp(method, "fp8") == 0;
    return true;
}

/* ---- MLX ------------------------------------------------------------------------------------ */

static bool is_mlx_pair(uint64_t bits, uint64_t group)
{
    return bits >= 2 && bits <= 8 && bits != 7 && (group == 32 || group == 64 || group == 128);
}

/* What the config says of the layer under one of its two keys. */
static const cJSON *mlx_entry(const cJSON *config, const char *key, const char *layer)
{
    const cJSON *all = json_get(config, key), *own = json_get(all, layer);
    return json_is_object(own) ? own : all;
}

/* What config.json says of the layer: 0 where it is silent. */
static void mlx_said(const cJSON *config, const char *layer, uint64_t *bits, uint64_t *group)
{
    bool first = json_get(config, "quantization") != NULL;
    const cJSON *own = mlx_entry(config, first ? "quantization" : "quantization_config", layer);
    *bits = natural(json_get(own, "bits"));
    *group = natural(json_get(own, "group_size"));
}

/* MLX saves the same under both keys. What another program quantised before has a quant_method. */
static const char *disagreement(const cJSON *config, const char *layer)
{
    static const char *const keys[] = {"bits", "group_size", "mode"};
    const cJSON *a = mlx_entry(config, "quantization", layer);
    const cJSON *b = mlx_entry(config, "quantization_config", layer);
    if (json_get(json_get(config, "quantization_config"), "quant_method") != NULL)
        return NULL;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const cJSON *x = json_get(a, keys[i]), *y = json_get(b, keys[i]);
        if (x != NULL && y != NULL && !json_equal(x, y))
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

bool packed_check_mlx(tokvec_weights *weights, const char *layer, bool affine, tokvec_error *err)
{
    const cJSON *config;
    if (!packed_config(weights, &config, err))
        return false;
    const char *differing = disagreement(config, layer);
    bool first = json_get(config, "quantization") != NULL;
    const char *mode = json_characters(
        json_get(mlx_entry(config, first ? "quantization" : "quantization_config", layer), "mode"));
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
    if (differing == NULL && known)
        return true;
    error_where(err, "%s", weights->map->path);
    return error_hint(err, "fetch the model's config.json again, or take the original model");
}

static uint64_t hidden_size(const cJSON *config)
{
    uint64_t size = natural(json_get(json_get(config, "text_config"), "hidden_size"));
    return size != 0 ? size : natural(json_get(config, "hidden_size"));
}

bool packed_hidden_size(tokvec_weights *weights, uint64_t *size, tokvec_error *err)
{
    const cJSON *config;
    if (!packed_config(weights, &config, err))
        return false;
    *size = hidden_size(config);
    return true;
}

bool packed_mlx_numbers(tokvec_weights *weights, const char *layer, uint64_t words, uint64_t groups,
                        unsigned *bits, unsigned *group, tokvec_error *err)
{
    static const unsigned widths[] = {4, 2, 3, 5, 6, 8}, sizes[] = {64, 32, 128};
    uint64_t said_bits, said_group, fitting = 0;
    const cJSON *config;
    if (!packed_config(weights, &config, err))
        return false;
    mlx_said(config, layer, &said_bits, &said_group);
    uint64_t hidden = hidden_size(config);
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
              fitting == 0 ? "'%.200s' is quantised by MLX, but %llu words and %llu scales a row "
                             "do not fit any of its bits and group sizes"
                           : "'%.200s' is quantised by MLX, and %llu words and %llu scales a row "
                             "leave bits and group size open",
              layer, (unsigned long long)words, (unsigned long long)groups);
    error_where(err, "%s", weights->map->path);
    return error_hint(err, "its config.json has them under \"quantization\" and belongs beside it");
}
