/* layers.c - what PyTorch's layers draw when they are made, and lists of them.
 * See layers.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/layers.h"

#include "base/bytes.h"
#include "rng/mt19937_engine.h"
#include "rng/torch/init.h"
#include "rng/torch/trunc_normal.h"
#include "rng/torch/values.h"
#include "rng/words.h"

#include <math.h>
#include <string.h>

/* ---------------------------------------------------------------- layers */

torch_fill layer_embedding(uint64_t rows, uint64_t dim, tokvec_dtype dtype, torch_rules rules)
{
    return (torch_fill){.draw = TORCH_NORMAL,
                        .rows = rows,
                        .dim = dim,
                        .dtype = dtype,
                        .a = 0.0,
                        .b = 1.0,
                        .rules = rules};
}

static torch_fill uniform(uint64_t rows, uint64_t dim, tokvec_dtype dtype, double bound,
                          torch_rules rules)
{
    return (torch_fill){.draw = TORCH_UNIFORM,
                        .rows = rows,
                        .dim = dim,
                        .dtype = dtype,
                        .a = -bound,
                        .b = bound,
                        .rules = rules};
}

/* kaiming_uniform_(weight, a=sqrt(5)): about 1/sqrt(in), but not always the same double. */
torch_fill layer_linear(uint64_t out, uint64_t in, tokvec_dtype dtype, torch_rules rules)
{
    double slope = sqrt(5.0);
    double gain = sqrt(2.0 / (1.0 + slope * slope));
    double bound = in == 0 ? 0.0 : sqrt(3.0) * (gain / sqrt((double)in));
    return uniform(out, in, dtype, bound, rules);
}

torch_fill layer_linear_bias(uint64_t out, uint64_t in, tokvec_dtype dtype, torch_rules rules)
{
    return uniform(1, out, dtype, in == 0 ? 0.0 : 1.0 / sqrt((double)in), rules);
}

/* ---------------------------------------------------------------- their draws */

/* A size whose draws, two for each value and some more, can be counted. */
static bool check_size(const torch_fill *fill, uint64_t *values, tokvec_error *err)
{
    if (mul_u64(fill->rows, fill->dim, values) && *values < UINT64_C(1) << 60)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "a tensor of %llu x %llu values is too large",
              (unsigned long long)fill->rows, (unsigned long long)fill->dim);
    return error_hint(err, "rows times columns must stay below 2^60");
}

static const generator_ops pair_ops = {DRAWN_OPS};

/* Draws two normals, the second of which the generator keeps. */
static bool pass_pair(torch_rules rules, torch_state *state, tokvec_error *err)
{
    enum { PAIR_DRAWS = 4 };
    const torch_fill pair = layer_embedding(1, 2, TOKVEC_FLOAT64, rules);
    const torch_place begin = {.draw = 0};
    torch_values values;
    drawn d = {.generator.ops = &pair_ops};
    engine *draws = mt19937_engine_open(&state->twister, state_used(state), PAIR_DRAWS, err);
    if (draws == NULL)
        return false;
    drawn_use(&d, draws);
    bool good = torch_values_begin(&values, &pair, &begin, &d, err);
    torch_values_end(&values);
    draws->kind->close(draws);
    state->cached = true;
    state->cache = good ? double_of_bits(values.small[1]) : 0.0;
    state_advance(state, PAIR_DRAWS);
    return good;
}

/* A normal_ of fewer than 16 values: in pairs, the first of which may have been begun. */
static bool pass_small(uint64_t values, torch_rules rules, torch_state *state, tokvec_error *err)
{
    uint64_t fresh = values - (state->cached ? 1 : 0);
    state->cached = false;
    state_advance(state, fresh / 2 * 4);
    return fresh % 2 == 0 || pass_pair(rules, state, err);
}

/* What it takes is known once its values are. */
static bool pass_trunc_normal(const torch_fill *fill, torch_state *state, tokvec_error *err)
{
    torch_place place = {.cached = state->cached, .cache = state->cache};
    engine *draws = mt19937_engine_open(&state->twister, state_used(state),
                                        torch_trunc_normal_draws(fill), err);
    if (draws == NULL)
        return false;
    bool good = torch_trunc_normal_after(fill, &place, draws, err);
    draws->kind->close(draws);
    state_advance(state, place.draw);
    state->cached = place.cached;
    state->cache = place.cache;
    return good;
}

bool layer_pass(const torch_fill *fill, torch_state *state, tokvec_error *err)
{
    uint64_t values;
    if (!check_size(fill, &values, err))
        return false;
    if (fill->draw == TORCH_NORMAL && values > 0 && values < NORMAL_GROUP)
        return pass_small(values, fill->rules, state, err);
    if (fill->draw == TORCH_TRUNC_NORMAL)
        return pass_trunc_normal(fill, state, err);
    state_advance(state, torch_fill_draws(fill, state->cached));
    return true;
}

static bool bad_layer(const tokvec_seed_spec *spec, const char *other, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "%s does not go with the layer %s", other, spec->layer);
    return error_hint(err, "leave out one of the two");
}

bool layer_read(const tokvec_seed_spec *spec, torch_state *state, torch_fill *fill,
                tokvec_error *err)
{
    static const char *const names[] = {"embedding", "linear", "linear.bias"};
    enum { EMBEDDING, LINEAR, BIAS, LAYERS };
    const torch_fill weight = layer_linear(fill->rows, fill->dim, fill->dtype, fill->rules);
    size_t layer = 0;
    while (layer < LAYERS && strcmp(spec->layer, names[layer]) != 0)
        layer++;
    if (layer == LAYERS) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a known layer", spec->layer);
        return error_hint(err, "known are embedding, linear and linear.bias");
    }
    if (spec->init != NULL)
        return bad_layer(spec, "a distribution", err);
    if (layer != EMBEDDING && spec->has_padding_idx)
        return bad_layer(spec, "a padding index", err);
    if (layer == LINEAR)
        *fill = weight;
    if (layer != BIAS)
        return true;
    *fill = layer_linear_bias(fill->rows, fill->dim, fill->dtype, fill->rules);
    return layer_pass(&weight, state, err);
}

/* ---------------------------------------------------------------- lists */

enum { WORDS_MAX = 6 }; /* of an item, between colons: init:DIST:PARAMETERS:VxD:DTYPE */

typedef struct item {
    tokvec_text text;
    tokvec_text words[WORDS_MAX];
    size_t count; /* of words */
    torch_rules rules;
} item;

/* What an item is made of, but for its kind. */
typedef struct shape {
    uint64_t first, second; /* as AxB has them */
    tokvec_dtype dtype;
    bool no_bias;
} shape;

static bool read_size(tokvec_text word, shape *out)
{
    tokvec_text sizes[2];
    size_t n = 2;
    return words_split(word.bytes, word.length, 'x', &n, sizes) && n == 2 &&
           words_unsigned(sizes[0], INT64_MAX, &out->first) &&
           words_unsigned(sizes[1], INT64_MAX, &out->second);
}

static bool read_dtype(tokvec_text word, tokvec_dtype *dtype)
{
    static const tokvec_dtype all[] = {TOKVEC_FLOAT32, TOKVEC_FLOAT64, TOKVEC_BFLOAT16,
                                       TOKVEC_FLOAT16};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (*dtype == TOKVEC_NO_DTYPE && words_equal(word, tokvec_dtype_name(all[i]))) {
            *dtype = all[i];
            return true;
        }
    }
    return false;
}

/* Reads AxB of word `at`, and what stands behind it. */
static bool read_shape(const item *it, size_t at, bool may_lack_bias, shape *out)
{
    *out = (shape){.dtype = TOKVEC_NO_DTYPE};
    if (at >= it->count || !read_size(it->words[at], out))
        return false;
    for (size_t i = at + 1; i < it->count; i++) {
        if (may_lack_bias && !out->no_bias && words_equal(it->words[i], "nobias"))
            out->no_bias = true;
        else if (!read_dtype(it->words[i], &out->dtype))
            return false;
    }
    if (out->dtype == TOKVEC_NO_DTYPE)
        out->dtype = TOKVEC_FLOAT32;
    return true;
}

static bool bad_item(tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "a layer before the table is not valid");
    return error_hint(err, "write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each "
                           "with :DTYPE behind it or without, or skip:N");
}

static bool pass_skip(const item *it, torch_state *state, tokvec_error *err)
{
    uint64_t outputs;
    if (it->count != 2 || !words_unsigned(it->words[1], INT64_MAX, &outputs))
        return bad_item(err);
    state_advance(state, outputs);
    return true;
}

static bool pass_embedding(const item *it, torch_state *state, tokvec_error *err)
{
    shape s;
    if (!read_shape(it, 0, false, &s))
        return bad_item(err);
    const torch_fill weight = layer_embedding(s.first, s.second, s.dtype, it->rules);
    return layer_pass(&weight, state, err);
}

static bool pass_linear(const item *it, torch_state *state, tokvec_error *err)
{
    shape s;
    if (!read_shape(it, 1, true, &s))
        return bad_item(err);
    const torch_fill weight = layer_linear(s.second, s.first, s.dtype, it->rules);
    const torch_fill bias = layer_linear_bias(s.second, s.first, s.dtype, it->rules);
    return layer_pass(&weight, state, err) && (s.no_bias || layer_pass(&bias, state, err));
}

/* The distribution is the second word, and the third where that is no AxB. */
static bool pass_init(const item *it, torch_state *state, tokvec_error *err)
{
    shape s;
    size_t at = it->count > 2 && !read_size(it->words[2], &s) ? 3 : 2;
    if (!read_shape(it, at, false, &s))
        return bad_item(err);
    const char *begin = it->words[1].bytes, *end = it->words[at].bytes - 1;
    bool empty = s.first == 0 || s.second == 0; /* whose deviation may be infinite */
    torch_fill fill = {.rows = empty ? 1 : s.first,
                       .dim = empty ? 1 : s.second,
                       .dtype = s.dtype,
                       .rules = it->rules};
    return init_read(begin, (size_t)(end - begin), &fill, err) &&
           (empty || layer_pass(&fill, state, err));
}

static bool pass_item(const item *it, torch_state *state, tokvec_error *err)
{
    if (words_equal(it->words[0], "skip"))
        return pass_skip(it, state, err);
    if (words_equal(it->words[0], "linear"))
        return pass_linear(it, state, err);
    if (words_equal(it->words[0], "init"))
        return pass_init(it, state, err);
    return pass_embedding(it, state, err);
}

/* Bytes of the first item. Commas end it but for those in a distribution's parameters, which stand
 * between its name and a size. */
static size_t item_length(const char *text)
{
    static const char begin[] = "init:";
    size_t name = strlen(begin);
    if (strncmp(text, begin, name) != 0)
        return strcspn(text, ",");
    name += strcspn(text + name, ":,");
    if (text[name] != ':')
        return name;
    shape size;
    size_t at = name + 1, length = strcspn(text + at, ":,");
    if (!read_size((tokvec_text){text + at, length}, &size))
        length = strcspn(text + at, ":");
    return at + length + strcspn(text + at + length, ",");
}

bool layers_pass(const char *text, torch_rules rules, torch_state *state, tokvec_error *err)
{
    for (size_t number = 1;; number++) {
        item it = {.text = {text, item_length(text)}, .count = WORDS_MAX, .rules = rules};
        bool good = words_split(text, it.text.length, ':', &it.count, it.words)
                        ? pass_item(&it, state, err)
                        : bad_item(err);
        if (!good)
            return error_where(err, "item %zu, '%.*s'", number,
                               (int)(it.text.length < 200 ? it.text.length : 200), text);
        text += it.text.length;
        if (*text == '\0')
            return true;
        text++;
    }
}
