/* torch.c - a table as PyTorch's generator on the CPU makes it.
 * Reads what the user says into the state of an engine and a call that fills a tensor.
 * SPDX-License-Identifier: MIT */
#include "rng/generator.h"

#include "rng/mt19937_engine.h"
#include "rng/torch/init.h"
#include "rng/torch/layers.h"
#include "rng/torch/release.h"
#include "rng/torch/torch_sieve.h"
#include "rng/torch/trunc_normal.h"
#include "rng/words.h"

#include <string.h>

/* The generator's state before all that is drawn. */
static bool read_begin(const tokvec_seed_spec *spec, torch_state *state, tokvec_error *err)
{
    uint64_t seed;
    const char *text = spec->seed_text;
    if (spec->state != NULL)
        return state_read(state, spec->state, spec->state_size, err);
    if (!words_integer((tokvec_text){text, strlen(text)}, &seed)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid seed of PyTorch", text);
        return error_hint(err, "give an integer from -2^63 to 2^64-1");
    }
    state_seed(state, seed);
    return true;
}

static bool check_dtype(tokvec_dtype dtype, tokvec_error *err)
{
    if (dtype == TOKVEC_FLOAT32 || dtype == TOKVEC_FLOAT64 || dtype == TOKVEC_BFLOAT16 ||
        dtype == TOKVEC_FLOAT16)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "PyTorch does not draw %s", tokvec_dtype_name(dtype));
    error_hint(err, "choose float32, float64, bfloat16 or float16");
    return error_kind(err, TOKVEC_KIND_DRAWN_DTYPE);
}

/* nn.Embedding's normal_(0, 1), or what nn.init is asked for. */
static bool read_fill(const tokvec_seed_spec *spec, torch_fill *fill, tokvec_error *err)
{
    *fill = (torch_fill){.draw = TORCH_NORMAL,
                         .rows = spec->vocab_size,
                         .dim = spec->dim,
                         .dtype = spec->dtype != TOKVEC_NO_DTYPE ? spec->dtype : TOKVEC_FLOAT32,
                         .b = 1.0};
    return check_dtype(fill->dtype, err) && release_rules(spec->torch, &fill->rules, err) &&
           (spec->init == NULL || init_read(spec->init, strlen(spec->init), fill, err));
}

/* The call that makes the table, and the generator's state before it. */
static bool read_spec(const tokvec_seed_spec *spec, torch_state *state, torch_fill *fill,
                      tokvec_error *err)
{
    return read_begin(spec, state, err) && read_fill(spec, fill, err) &&
           (spec->after == NULL || layers_pass(spec->after, fill->rules, state, err)) &&
           (spec->layer == NULL || layer_read(spec, state, fill, err));
}

static generator *torch_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    torch_state state;
    torch_fill fill;
    if (!read_spec(spec, &state, &fill, err))
        return NULL;
    const torch_place at = {.cached = state.cached, .cache = state.cache};
    uint64_t most = fill.draw == TORCH_TRUNC_NORMAL ? torch_trunc_normal_draws(&fill)
                                                    : torch_fill_draws(&fill, at.cached);
    engine *draws = mt19937_engine_open(&state.twister, state_used(&state), most, err);
    generator *g = draws == NULL ? NULL : torch_fill_open(&fill, &at, draws, err);
    if (g != NULL)
        g->narrow_factor = fill.rules < TORCH_2_1;
    return g;
}

static bool torch_state_after(const tokvec_seed_spec *spec, uint8_t *out, tokvec_error *err)
{
    torch_state state;
    torch_fill fill;
    if (!read_spec(spec, &state, &fill, err) || !layer_pass(&fill, &state, err))
        return false;
    state_write(&state, out);
    return true;
}

/* Where a table begins is the same for all seeds, unless values were rejected before it. */
static generator_sieve *torch_sieve(const tokvec_seed_spec *spec, const generator_span *spans,
                                    size_t n)
{
    torch_state state;
    torch_fill fill;
    tokvec_seed_spec seeded = *spec;
    seeded.seed_text = "0";
    if (spec->state != NULL || (spec->after != NULL && strstr(spec->after, "trunc_normal")) ||
        !read_spec(&seeded, &state, &fill, NULL))
        return NULL;
    const torch_place at = {.draw = state.passed, .cached = state.cached};
    return torch_sieve_open(&fill, &at, spans, n);
}

/* What models draw their tables by; the older releases are others for 16-bit tables, few small
 * ones and trunc_normal. */
static const tokvec_seed_spec guesses[] = {
    {.init = NULL},
    {.init = "uniform"},
    {.init = "xavier_uniform"},
    {.init = "xavier_normal"},
    {.init = "kaiming_uniform"},
    {.init = "kaiming_normal"},
    {.layer = "linear"},
    {.init = "normal:0," GENERATOR_STD},
    {.init = "uniform:-" GENERATOR_BOUND "," GENERATOR_BOUND},
    {.init = "uniform:0," GENERATOR_BOUND},
    {.init = "trunc_normal:0," GENERATOR_STD},
    {.init = "zeros"},
    {.init = "ones"},
    {.init = "constant:" GENERATOR_VALUE},
    {.init = "eye"},
    {.torch = "2.12"},
    {.torch = "2.11"},
    {.torch = "2.0"},
    {.torch = "1.13"},
    {.init = "normal:0," GENERATOR_STD, .torch = "2.12"},
    {.init = "normal:0," GENERATOR_STD, .torch = "2.11"},
    {.init = "normal:0," GENERATOR_STD, .torch = "2.0"},
    {.init = "uniform:-" GENERATOR_BOUND "," GENERATOR_BOUND, .torch = "2.11"},
    {.init = "xavier_uniform", .torch = "2.11"},
    {.init = "kaiming_uniform", .torch = "2.11"},
    {.init = "trunc_normal:0," GENERATOR_STD, .torch = "2.11", .dtype = TOKVEC_FLOAT32},
};

const generator_kind rng_torch = {
    .name = "torch",
    .equals = "torch.manual_seed(N); torch.nn.Embedding(V, D)",
    .takes = GENERATOR_TAKES_init | GENERATOR_TAKES_torch | GENERATOR_TAKES_layer |
             GENERATOR_TAKES_after | GENERATOR_TAKES_state,
    .forms = init_forms,
    .open = torch_open,
    .state = torch_state_after,
    .sieve = torch_sieve,
    GENERATOR_GUESSES(guesses),
};
