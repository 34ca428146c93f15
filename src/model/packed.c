/* packed.c - how a tensor is packed, by the names of the tensors beside it.
 * See packed.h. The name decides, not config.json: that is about the model, and in most quantised
 * models the token embedding is plain.
 * SPDX-License-Identifier: MIT */
#include "model/packed.h"

#include "model/names.h"
#include "model/packed_known.h"

#include <stdio.h>
#include <string.h>

static const char *const part_names[PART_COUNT] = {
    [PART_SCALES] = ".scales",
    [PART_BIASES] = ".biases",
    [PART_QBIASES] = ".qbiases",
    [PART_WEIGHT_SCALE] = ".weight_scale",
    [PART_WEIGHT_SCALE_INV] = ".weight_scale_inv",
    [PART_SCALE_WEIGHT] = ".scale_weight",
    [PART_SCALE] = ".scale",
    [PART_WEIGHT_SCALE_2] = ".weight_scale_2",
    [PART_ZERO_POINT] = ".weight_zero_point",
    [PART_GLOBAL_SCALE] = ".weight_global_scale",
    [PART_SHAPE] = ".weight_shape",
    [PART_GROUP_INDEX] = ".weight_g_idx",
    [PART_EMBEDDING_SCALE] = ".embedding_scale",
    [PART_ABSMAX] = ".weight.absmax",
    [PART_QUANT_MAP] = ".weight.quant_map",
    [PART_NESTED_ABSMAX] = ".weight.nested_absmax",
    [PART_NESTED_QUANT_MAP] = ".weight.nested_quant_map",
    [PART_QUANT_STATE_NF4] = ".weight.quant_state.bitsandbytes__nf4",
    [PART_QUANT_STATE_FP4] = ".weight.quant_state.bitsandbytes__fp4",
    [PART_SCB] = ".SCB",
    [PART_WEIGHT_FORMAT] = ".weight_format",
    [PART_MAPPING] = ".mapping",
    [PART_WEIGHTS] = ".weights",
};

/* The endings of the tensors that hold codes. */
typedef struct ending {
    const char *text;
    const char *scheme; /* that it tells, where tokvec does not decode it */
    bool alone;         /* it tells a scheme on its own, and stands for no weight */
} ending;

static const ending endings[] = {
    {".weight", NULL, false},
    {".weight_packed", NULL, false},
    {".embedding_quantized", NULL, false},
    {".qweight", "GPTQ or AWQ", false},
    {".weight._data", "Quanto", false},
    {".weight._data._data", "Quanto", false},
    {".weight._qdata", "torchao", false},
    {".weight_qdata", "torchao", false},
    {".W_q", "HQQ", false},
    {".q_weight", "EXL2", false},
    {".trellis", "EXL3", false},
    {".compressed", "compressed-tensors (sparse)", false},
    {".lora_embedding_A", "PEFT as a change of the base model's embedding (LoRA)", true},
    {".lora_embedding_B", "PEFT as a change of the base model's embedding (LoRA)", true},
    {".lora_embedding_A.default", "PEFT as a change of the base model's embedding (LoRA)", true},
    {".lora_embedding_B.default", "PEFT as a change of the base model's embedding (LoRA)", true},
};
enum { ENDING_COUNT = sizeof endings / sizeof *endings };

static const ending *find_ending(const char *name)
{
    size_t length = strlen(name);
    if (strcmp(name, endings[0].text + 1) == 0) /* of a layer that was saved by itself */
        return &endings[0];
    for (size_t i = 0; i < ENDING_COUNT; i++) {
        size_t tail = strlen(endings[i].text);
        if (length > tail && strcmp(name + length - tail, endings[i].text) == 0)
            return &endings[i];
    }
    return NULL;
}

static size_t stem_length(const char *name, const ending *e)
{
    size_t length = strlen(name), tail = strlen(e->text);
    return length > tail ? length - tail : 0;
}

size_t packed_stem(const char *name)
{
    const ending *e = find_ending(name);
    return e == NULL || e->alone ? 0 : stem_length(name, e);
}

/* Finds the parts of the layer whose name is the first `length` bytes of stem; 0: of no layer, so
 * that the dot falls away. */
static void find_parts(const tokvec_weights *weights, const char *stem, size_t length, packed *p)
{
    for (packed_names n = packed_names_of(weights, stem, length); n.at < n.end; n.at++) {
        const char *rest = weights->tensors[*n.at].name + length;
        for (size_t k = 0; k < PART_COUNT; k++) {
            if (strcmp(rest, part_names[k] + (length == 0)) == 0)
                p->parts[k] = *n.at;
        }
    }
}

static bool has(const packed *p, packed_part part)
{
    return p->parts[part] != SIZE_MAX;
}

/* "tensor 'P.weight' is packed by SCHEME, as 'P.scales' beside it tells". Returns false. */
static bool refuse(const tokvec_weights *weights, packed *p, const char *scheme, size_t telling,
                   tokvec_error *err)
{
    p->scheme = scheme;
    const tokvec_tensor *t = &weights->tensors[p->codes];
    if (telling == p->codes)
        error_set(err, TOKVEC_UNSUPPORTED, "tensor '%.250s' is stored by %s", t->name, scheme);
    else
        error_set(err, TOKVEC_UNSUPPORTED, "tensor '%.250s' is packed by %s, as '%.250s' shows",
                  t->name, scheme, weights->tensors[telling].name);
    error_where(err, "%s", t->file);
    error_kind(err, TOKVEC_KIND_PACKED);
    return error_hint(err, "tokvec does not read it; take the original model, or save it as plain "
                           "floats");
}

/* PEFT keeps a change of an embedding beside the embedding. */
static size_t find_change(const tokvec_weights *weights, const char *stem, size_t length)
{
    static const char base[] = ".base_layer", change[] = ".lora_embedding_";
    const size_t tail = sizeof base - 1;
    if (length > tail && memcmp(stem + length - tail, base, tail) == 0)
        length -= tail;
    for (packed_names n = packed_names_of(weights, stem, length); n.at < n.end; n.at++) {
        const char *rest = weights->tensors[*n.at].name + length;
        if (strncmp(rest, change + (length == 0), sizeof change - 1 - (length == 0)) == 0)
            return *n.at;
    }
    return SIZE_MAX;
}

static bool refuse_changed(const tokvec_weights *weights, packed *p, size_t change,
                           tokvec_error *err)
{
    const tokvec_tensor *t = &weights->tensors[p->codes];
    p->scheme = "changed by PEFT (LoRA)";
    error_set(err, TOKVEC_UNSUPPORTED,
              "tensor '%.250s' is changed by PEFT's '%.250s' beside it (LoRA)", t->name,
              weights->tensors[change].name);
    error_where(err, "%s", t->file);
    return error_hint(err, "merge it: in Python, model.merge_and_unload()");
}

static bool is_packed_float(tokvec_dtype dtype)
{
    return tokvec_dtype_is_float(dtype) && tokvec_dtype_size(dtype) == 1;
}

/* Other schemes call another thing "P.scale" than DeepSeek, whose scales are powers of 2. */
static bool is_deepseek(tokvec_weights *weights, const packed *p, bool *is, tokvec_error *err)
{
    uint64_t block[2] = {0, 0};
    size_t scale = p->parts[PART_SCALE];
    bool can_be = weights_complete(weights, scale, NULL) &&
                  weights->tensors[scale].dtype == TOKVEC_FLOAT8_E8M0FNU &&
                  is_packed_float(weights->tensors[p->codes].dtype);
    if (can_be && !packed_block_size(weights, block, err))
        return false;
    *is = block[0] > 0;
    return true;
}

/* Chooses among the kinds that keep their codes in "P.weight". */
static bool detect_weight(tokvec_weights *weights, packed *p, tokvec_error *err)
{
    static const packed_part scales[] = {PART_WEIGHT_SCALE, PART_WEIGHT_SCALE_INV,
                                         PART_SCALE_WEIGHT, PART_SCALE};
    tokvec_dtype dtype = weights->tensors[p->codes].dtype;
    if (has(p, PART_ABSMAX) || has(p, PART_SCB)) {
        p->kind = has(p, PART_ABSMAX) ? PACKED_BNB4 : PACKED_BNB8;
        return true;
    }
    if (has(p, PART_QBIASES) && has(p, PART_SCALES))
        return refuse(weights, p, "transformers for Apple's GPUs", p->parts[PART_QBIASES], err);
    if (has(p, PART_WEIGHT_SCALE_2))
        return refuse(weights, p, "ModelOpt (NVFP4)", p->parts[PART_WEIGHT_SCALE_2], err);
    if (has(p, PART_SCALES) && dtype == TOKVEC_UINT32) {
        p->kind = has(p, PART_BIASES) ? PACKED_MLX_AFFINE : PACKED_MLX_FLOAT;
        return true;
    }
    if (has(p, PART_SCALES) && !tokvec_dtype_is_float(dtype))
        return refuse(weights, p, "a scheme of its own", p->parts[PART_SCALES], err);
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        bool counts = has(p, scales[i]);
        if (counts && scales[i] == PART_SCALE && !is_deepseek(weights, p, &counts, err))
            return false;
        if (!counts)
            continue;
        if (is_packed_float(dtype) || dtype == TOKVEC_INT8)
            p->kind = PACKED_SCALED;
        else if (!tokvec_dtype_is_float(dtype))
            return refuse(weights, p, "a scheme of its own", p->parts[scales[i]], err);
        p->parts[PART_WEIGHT_SCALE] = p->parts[scales[i]];
        return true;
    }
    return true;
}

/* Floats of 4 or 6 bits with a power of 2 for each 32 of them. */
static bool is_mxfp(tokvec_weights *weights, const packed *p)
{
    size_t scale = p->parts[PART_WEIGHT_SCALE];
    return p->kind == PACKED_WORDS && weights->tensors[p->codes].dtype == TOKVEC_UINT8 &&
           scale != SIZE_MAX && weights_complete(weights, scale, NULL) &&
           (weights->tensors[scale].dtype == TOKVEC_UINT8 ||
            weights->tensors[scale].dtype == TOKVEC_FLOAT8_E8M0FNU);
}

/* Of a folder of sentence-transformers' model2vec maps the rows, and sentence-transformers does
 * not.
 */
static size_t find_doubtful_mapping(const tokvec_weights *weights, const char *name, packed *p)
{
    if (strcmp(name, "embedding.weight") == 0)
        find_parts(weights, "", 0, p);
    return p->parts[has(p, PART_MAPPING) ? PART_MAPPING : PART_WEIGHTS];
}

/* model2vec keeps one vector for several tokens. */
static void detect_mapped(const tokvec_weights *weights, packed *p)
{
    find_parts(weights, "", 0, p);
    if (has(p, PART_MAPPING) || has(p, PART_WEIGHTS))
        p->kind = PACKED_MAPPED;
}

/* Things about the parts are known only once their files are open. */
static bool complete_parts(tokvec_weights *weights, const packed *p, tokvec_error *err)
{
    for (size_t k = 0; k < PART_COUNT; k++) {
        if (p->parts[k] != SIZE_MAX && !weights_complete(weights, p->parts[k], err))
            return false;
    }
    return true;
}

/* Values of a wide type are what they seem, whatever stands beside them; others may be codes. */
static bool check_codes(tokvec_weights *weights, packed *p, size_t length, tokvec_error *err)
{
    const tokvec_tensor *t = &weights->tensors[p->codes];
    if (t->dtype == TOKVEC_NO_DTYPE || t->dtype == TOKVEC_BOOL ||
        (tokvec_dtype_is_float(t->dtype) && tokvec_dtype_size(t->dtype) > 1))
        return true;
    size_t stray = packed_stray_scale(weights, p, t->name, length);
    if (stray != SIZE_MAX)
        return refuse(weights, p, "a scheme of its own", stray, err);
    return packed_check_files(weights, p, t->name, length, err);
}

bool packed_detect(tokvec_weights *weights, size_t index, packed *p, tokvec_error *err)
{
    const char *name = weights->tensors[index].name;
    const ending *e = find_ending(name);
    *p = (packed){.codes = index};
    for (size_t k = 0; k < PART_COUNT; k++)
        p->parts[k] = SIZE_MAX;
    if (!packed_known_open(weights, err))
        return false;
    if (strcmp(name, "embeddings") == 0)
        detect_mapped(weights, p);
    size_t length = e == NULL ? strlen(name) : stem_length(name, e);
    if (e != NULL) {
        find_parts(weights, name, length, p);
        snprintf(p->layer, sizeof p->layer, "%.*s", (int)(length < 299 ? length : 299), name);
        if (e->scheme != NULL)
            return refuse(weights, p, e->scheme, index, err);
        size_t change = find_change(weights, name, length);
        if (change != SIZE_MAX)
            return refuse_changed(weights, p, change, err);
        packed top = *p;
        size_t mapping = find_doubtful_mapping(weights, name, &top);
        if (mapping != SIZE_MAX)
            return refuse(weights, p, "model2vec as sentence-transformers does not read it",
                          mapping, err);
        if (strcmp(e->text, ".embedding_quantized") == 0) {
            p->kind = PACKED_GEMMA;
        } else if (strcmp(e->text, ".weight_packed") == 0) {
            p->kind = has(p, PART_GLOBAL_SCALE) ? PACKED_NVFP4 : PACKED_WORDS;
            if (is_mxfp(weights, p))
                return refuse(weights, p, "compressed-tensors (mxfp4 or mxfp6)",
                              p->parts[PART_WEIGHT_SCALE], err);
            if (has(p, PART_GROUP_INDEX))
                return refuse(weights, p, "compressed-tensors in the order of activations",
                              p->parts[PART_GROUP_INDEX], err);
        } else if (!detect_weight(weights, p, err)) {
            return false;
        }
    }
    if (!check_codes(weights, p, length, err))
        return false;
    return p->kind == PACKED_PLAIN || complete_parts(weights, p, err);
}

bool packed_stores_rows(tokvec_weights *weights, size_t index)
{
    packed p;
    return weights->format->table != NULL ||
           (weights_complete(weights, index, NULL) && packed_detect(weights, index, &p, NULL) &&
            p.kind != PACKED_BNB4 && (p.kind != PACKED_MAPPED || !has(&p, PART_MAPPING)));
}

void packed_warn(tokvec_weights *weights, size_t index)
{
    const tokvec_tensor *t = &weights->tensors[index];
    if ((t->dtype == TOKVEC_UINT32 || t->dtype == TOKVEC_INT32) && t->ndim == 2 &&
        names_is_embedding(t->name))
        snprintf(weights->warning, sizeof weights->warning,
                 "'%.250s' has the dtype %s: perhaps packed codes, but it has no scales beside it",
                 t->name, t->dtype_name);
}
