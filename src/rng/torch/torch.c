/* torch.c - a table as PyTorch's generator on the CPU makes it.
 * Reads what the user says into the state of an engine and a call that fills a tensor.
 * SPDX-License-Identifier: MIT */
#include "rng/generator.h"

#include "rng/mt19937_engine.h"
#include "rng/torch/fill.h"
#include "rng/words.h"

#include <string.h>

static bool read_seed(const char *text, uint64_t *seed, tokvec_error *err)
{
    if (words_integer((tokvec_text){text, strlen(text)}, seed))
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid seed of PyTorch", text);
    return error_hint(err, "give an integer from -2^63 to 2^64-1");
}

static bool check_dtype(tokvec_dtype dtype, tokvec_error *err)
{
    if (dtype == TOKVEC_FLOAT32 || dtype == TOKVEC_FLOAT64)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "a seeded table cannot be %s", tokvec_dtype_name(dtype));
    return error_hint(err, "choose float32 or float64");
}

static bool read_fill(const tokvec_seed_spec *spec, torch_fill *fill, tokvec_error *err)
{
    *fill = (torch_fill){.draw = TORCH_NORMAL,
                         .rows = spec->vocab_size,
                         .dim = spec->dim,
                         .dtype = spec->dtype != TOKVEC_NO_DTYPE ? spec->dtype : TOKVEC_FLOAT32,
                         .b = 1.0,
                         .rules = TORCH_2_13};
    return check_dtype(fill->dtype, err);
}

static generator *torch_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    uint64_t seed;
    torch_fill fill;
    torch_place at = {.draw = 0};
    if (!read_seed(spec->seed_text, &seed, err) || !read_fill(spec, &fill, err))
        return NULL;
    mt19937 state;
    mt19937_seed(&state, (uint32_t)seed /* the low half */);
    uint64_t most = at.draw + torch_fill_draws(&fill, at.cached);
    engine *draws = mt19937_engine_open(&state, MT19937_BLOCK, most, err);
    return draws == NULL ? NULL : torch_fill_open(&fill, &at, draws, err);
}

const generator_kind rng_torch = {
    .name = "torch",
    .equals = "torch.manual_seed(N); torch.nn.Embedding(V, D)",
    .takes = GENERATOR_TAKES_NONE,
    .open = torch_open,
};
