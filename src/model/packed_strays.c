/* packed_strays.c - scales that have other names than tokvec knows, or lie in other files.
 * See packed.h. Codes without their scale would be printed as if they were values.
 * SPDX-License-Identifier: MIT */
#include "model/packed.h"

#include "model/packed_known.h"
#include "model/shard.h"

#include <string.h>

static bool has_any(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasestr(text, words[i]) != NULL)
            return true;
    }
    return false;
}
#define HAS_ANY(text, words) has_any(text, words, sizeof(words) / sizeof *(words))

/* What stands behind the layer in the name of a tensor that may be of that layer, or NULL: "_" only
 * continues the last part of the name. */
static const char *part_behind(const char *name, const char *layer, size_t length)
{
    if (strncmp(name, layer, length) != 0)
        return NULL;
    const char *rest = name + length;
    bool own = length == 0 ? strchr(rest, '.') == NULL || strncmp(rest, "weight.", 7) == 0
                           : *rest == '.' || (*rest == '_' && strchr(rest, '.') == NULL);
    return own ? rest : NULL;
}

/* Scales of activations change no weight. */
static bool is_activation(const char *part)
{
    static const char *const words[] = {"input",   "output",  "activation", "act_scale",
                                        "k_scale", "v_scale", "scaled_fp8"};
    return HAS_ANY(part, words);
}

static bool is_scale(const char *part)
{
    static const char *const words[] = {"scale", "scaling",     "absmax",     "amax",
                                        "SCB",   "quant_state", "zero_point", "qzero"};
    return HAS_ANY(part, words) && !is_activation(part);
}

/* Whatever else an embedding of small codes has beside them may be their scale: it needs nothing
 * but its weight. */
static bool is_unknown(const packed *p, const char *part)
{
    static const char *const harmless[] = {"bias", "position_ids"};
    return p->kind == PACKED_PLAIN && p->layer[0] != '\0' && part[0] == '.' &&
           (strchr(part + 1, '.') == NULL || strncmp(part, ".weight.", 8) == 0) &&
           !is_activation(part) && !HAS_ANY(part, harmless);
}

/* Whether tensor `index` is one of those that the values are made of. */
static bool is_used(const packed *p, size_t index)
{
#define PART(name) ((uint32_t)1 << PART_##name)
    static const uint32_t used[] = {
        [PACKED_PLAIN] = 0,
        [PACKED_MLX_AFFINE] = PART(SCALES) | PART(BIASES),
        [PACKED_MLX_FLOAT] = PART(SCALES),
        [PACKED_SCALED] = PART(WEIGHT_SCALE) | PART(ZERO_POINT),
        [PACKED_WORDS] = PART(WEIGHT_SCALE) | PART(ZERO_POINT) | PART(SHAPE),
        [PACKED_NVFP4] = PART(WEIGHT_SCALE) | PART(GLOBAL_SCALE),
        [PACKED_GEMMA] = PART(EMBEDDING_SCALE),
        [PACKED_BNB4] = PART(ABSMAX) | PART(QUANT_MAP) | PART(NESTED_ABSMAX) |
                        PART(NESTED_QUANT_MAP) | PART(QUANT_STATE_NF4) | PART(QUANT_STATE_FP4),
        [PACKED_BNB8] = PART(SCB) | PART(WEIGHT_FORMAT),
        [PACKED_MAPPED] = PART(MAPPING) | PART(WEIGHTS),
    };
#undef PART
    for (unsigned k = 0; k < PART_COUNT; k++) {
        if ((used[p->kind] >> k & 1) && p->parts[k] == index)
            return true;
    }
    return index == p->codes;
}

/* What a model multiplies its vectors by, quantised or not. */
static bool is_of_model(const char *part)
{
    static const char *const words[] = {"embed_scale"};
    return HAS_ANY(part, words);
}

size_t packed_stray_scale(const tokvec_weights *weights, const packed *p, const char *layer,
                          size_t length)
{
    for (packed_names n = packed_names_of(weights, layer, length); n.at < n.end; n.at++) {
        const size_t i = *n.at;
        const char *part = part_behind(weights->tensors[i].name, layer, length);
        if (part == NULL || is_used(p, i) || (p->kind != PACKED_PLAIN && is_of_model(part)))
            continue;
        if (is_scale(part) || is_unknown(p, part))
            return i;
    }
    return SIZE_MAX;
}

/* Whether a part is of the layer itself, not of one below it. */
static bool is_own(const char *part)
{
    return strchr(part + (part[0] == '.'), '.') == NULL || strncmp(part, ".weight.", 8) == 0;
}

size_t packed_unused_scale(const tokvec_weights *weights, const packed *p)
{
    const char *name = weights->tensors[p->codes].name;
    const size_t length = packed_stem(name);
    if (p->kind != PACKED_PLAIN || length == 0)
        return SIZE_MAX;
    for (packed_names n = packed_names_of(weights, name, length); n.at < n.end; n.at++) {
        const size_t i = *n.at;
        const char *part = part_behind(weights->tensors[i].name, name, length);
        if (part != NULL && i != p->codes && is_own(part) && is_scale(part) && !is_of_model(part))
            return i;
    }
    return SIZE_MAX;
}

size_t packed_used_scale(const packed *p)
{
    static const packed_part scales[] = {PART_WEIGHT_SCALE, PART_SCALES, PART_EMBEDDING_SCALE,
                                         PART_ABSMAX,       PART_SCB,    PART_WEIGHTS};
    for (size_t i = 0; p->kind != PACKED_PLAIN && i < sizeof scales / sizeof *scales; i++) {
        if (p->parts[scales[i]] != SIZE_MAX)
            return p->parts[scales[i]];
    }
    return SIZE_MAX;
}

/* The parts of schemes that have no "scale" in their names. */
static bool is_part(const char *part)
{
    static const char *const words[] = {".biases", ".weight_shape", ".quant_map"};
    return is_scale(part) || HAS_ANY(part, words);
}

bool packed_check_files(tokvec_weights *weights, const packed *p, const char *layer, size_t length,
                        tokvec_error *err)
{
    const tokvec_tensor *codes = &weights->tensors[p->codes];
    const tokvec_weights *index;
    bool good = true;
    packed_names n = {NULL, NULL};
    if (!packed_index(weights, &index, err))
        return false;
    if (index != NULL)
        n = packed_names_of(index, layer, length);
    for (; good && n.at < n.end; n.at++) {
        const tokvec_tensor *t = &index->tensors[*n.at];
        const char *part = part_behind(t->name, layer, length);
        if (part == NULL || !is_part(part) || shard_holds(weights, index, *n.at))
            continue;
        good = error_set(err, TOKVEC_UNSUPPORTED,
                         "tensor '%.200s' is packed, and '%.200s', which belongs to it, lies in "
                         "%.200s",
                         codes->name, t->name, shard_name(t->file));
        error_where(err, "%s", codes->file);
        error_hint(err, "name the model's folder, or its index %s", index->map->path);
    }
    bool part_of_model = index != NULL || weights_is_index(weights) ||
                         strstr(shard_name(codes->file), "-of-") != NULL;
    if (!good || !part_of_model || p->kind != PACKED_PLAIN)
        return good;
    bool is_fp8;
    if (!packed_is_fp8_model(weights, &is_fp8, err))
        return false;
    if (!is_fp8)
        return true;
    error_set(err, TOKVEC_UNSUPPORTED,
              "tensor '%.250s' has the dtype %s and no scale beside it, though config.json says "
              "that the model is quantised (fp8)",
              codes->name, codes->dtype_name);
    error_where(err, "%s", codes->file);
    return error_hint(err, "fetch all files of the model and its index, and name their folder");
}
