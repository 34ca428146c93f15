/* jax.c - the tables of jax.random, and those of Flax's Embed layers, which draw by it.
 * SPDX-License-Identifier: MIT */
#include "rng/generator.h"

#include "rng/asked.h"
#include "rng/factor.h"
#include "rng/jax/jax_draw.h"
#include "rng/jax/jax_key.h"
#include "rng/jax/jax_release.h"

#include <math.h>
#include <string.h>

/* jax.random.X(key, (V, D)). */
static const init_form calls[] = {
    [JAX_BITS] = {.name = "bits", .hint = "bits"},
    [JAX_UNIFORM] = {"uniform", 0, 2, {0.0, 1.0}, "uniform or uniform:LOW,HIGH", 0},
    [JAX_NORMAL] = {.name = "normal", .hint = "normal, and give a factor for another deviation"},
    [JAX_TRUNCATED] = {.name = "truncated_normal",
                       .hint = "truncated_normal, which ends at -2 and 2"},
    {.name = NULL},
};

/* jax.nn.initializers.X(A). */
static const init_form initializers[] = {
    {"normal", 0, 1, {0.01}, "normal or normal:STD", 0},
    {"uniform", 0, 1, {0.01}, "uniform or uniform:SCALE", 0},
    {"truncated_normal", 0, 1, {0.01}, "truncated_normal or truncated_normal:STD", 0},
    {.name = NULL},
};
static const jax_distribution initializer_calls[] = {JAX_NORMAL, JAX_UNIFORM, JAX_TRUNCATED};

/* ---------------------------------------------------------------- what all have in common */

/* The release, by default the kind's own. */
static bool read_release(const tokvec_seed_spec *spec, const char *usual, bool either,
                         jax_release *out, tokvec_error *err)
{
    return jax_release_read(spec->jax != NULL ? spec->jax : usual, either, out, err);
}

/* The dtype of a draw whose distribution is known. In 64 bits JAX works in x64 mode alone. */
static bool read_dtype(const tokvec_seed_spec *spec, const char *name, jax_draw *draw,
                       tokvec_error *err)
{
    const uint32_t floats =
        1u << TOKVEC_FLOAT32 | 1u << TOKVEC_FLOAT64 | 1u << TOKVEC_FLOAT16 | 1u << TOKVEC_BFLOAT16;
    const uint32_t integers =
        1u << TOKVEC_UINT8 | 1u << TOKVEC_UINT16 | 1u << TOKVEC_UINT32 | 1u << TOKVEC_UINT64;
    return draw->distribution == JAX_BITS
               ? asked_dtype(spec, name, TOKVEC_UINT32, integers, &draw->dtype, err)
               : asked_dtype(spec, name, TOKVEC_FLOAT32, floats, &draw->dtype, err);
}

static bool read_key(const tokvec_seed_spec *spec, jax_draw *draw, tokvec_error *err)
{
    bool wide = tokvec_dtype_size(draw->dtype) == sizeof(uint64_t);
    return jax_key_of_seed(spec->seed_text, wide, &draw->key, err) &&
           jax_key_derive(spec->key, draw->scheme, &draw->key, err);
}

static bool add_times(const tokvec_seed_spec *spec, jax_draw *draw, tokvec_error *err)
{
    double factor;
    if (spec->times == NULL)
        return true;
    if (draw->distribution == JAX_BITS) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "random bits are not multiplied by a factor");
        return error_hint(err, "leave out the factor, or choose another distribution");
    }
    if (!factor_read(spec->times, &factor, err))
        return false;
    draw->factors[draw->factor_count++] = jax_narrow(factor, draw->dtype, spec->jit);
    return true;
}

/* Opens a draw to which only what the release decides is missing. */
static generator *open_draw(const tokvec_seed_spec *spec, const jax_release *release,
                            jax_draw *draw, tokvec_error *err)
{
    const char *warning;
    draw->jit = spec->jit;
    draw->rows = spec->vocab_size;
    draw->dim = spec->dim;
    if (draw->jit && draw->factor_count == 0 && draw->distribution != JAX_UNIFORM) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "jit changes nothing where nothing is multiplied");
        error_hint(err, "leave it out, or give a factor");
        return NULL;
    }
    if (!jax_release_apply(release, draw, &warning, err))
        return NULL;
    generator *g = jax_draw_open(draw, err);
    if (g != NULL)
        g->warning = warning;
    return g;
}

/* ---------------------------------------------------------------- jax.random */

static bool read_call(const tokvec_seed_spec *spec, jax_draw *draw, tokvec_error *err)
{
    init asked = {.form = &calls[JAX_NORMAL]};
    if (spec->init != NULL && !words_init(spec->init, strlen(spec->init), calls, &asked, err))
        return false;
    draw->distribution = (jax_distribution)(asked.form - calls);
    draw->low = asked.number[0];
    draw->high = asked.number[1];
    if (asked.count == 1) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' has one bound only", spec->init);
        return error_hint(err, "write %s", asked.form->hint);
    }
    if (draw->low <= draw->high)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' has its upper bound below the lower one", spec->init);
    return error_hint(err, "write %s", asked.form->hint);
}

static generator *open_jax(const tokvec_seed_spec *spec, const char *name, const char *usual,
                           threefry_scheme scheme, tokvec_error *err)
{
    jax_release release;
    jax_draw draw = {.scheme = scheme};
    if (!read_release(spec, usual, false, &release, err) || !read_call(spec, &draw, err) ||
        !read_dtype(spec, name, &draw, err) || !read_key(spec, &draw, err) ||
        !add_times(spec, &draw, err))
        return NULL;
    return open_draw(spec, &release, &draw, err);
}

static generator *jax_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    return open_jax(spec, "jax", "0.10", THREEFRY_COUNTER, err);
}

static generator *jax_original_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    return open_jax(spec, "jax-original", "0.4.35", THREEFRY_ORIGINAL, err);
}

enum {
    TAKES_ALL =
        GENERATOR_TAKES_init | GENERATOR_TAKES_jax | GENERATOR_TAKES_key | GENERATOR_TAKES_jit
};

/* The key itself, and the halves that it is first split into. */
static const tokvec_seed_spec guesses[] = {
    {.init = NULL},
    {.times = GENERATOR_STD},
    {.times = GENERATOR_STD, .key = "split:0/2"},
    {.times = GENERATOR_STD, .key = "split:1/2"},
    {.key = "split:0/2"},
    {.key = "split:1/2"},
    {.init = "uniform"},
    {.init = "uniform:-" GENERATOR_BOUND "," GENERATOR_BOUND},
    {.init = "truncated_normal"},
    {.init = "truncated_normal", .times = GENERATOR_STD},
    {.times = GENERATOR_STD, .jit = true},
    {.jax = "0.6"},
    {.times = GENERATOR_STD, .jax = "0.6"},
};

const generator_kind rng_jax = {
    .name = "jax",
    .equals = "jax.random.normal(jax.random.key(N), (V, D)), JAX 0.5 and newer",
    .takes = TAKES_ALL,
    .forms = calls,
    .open = jax_open,
    GENERATOR_GUESSES(guesses),
};

const generator_kind rng_jax_original = {
    .name = "jax-original",
    .equals = "the same in JAX 0.4 and older",
    .takes = TAKES_ALL,
    .forms = calls,
    .open = jax_original_open,
    GENERATOR_GUESSES(guesses),
};

/* ---------------------------------------------------------------- Flax */

/* The deviation of variance_scaling(1.0, 'fan_in', 'normal', out_axis=0), by its own steps. */
static double embed_scale(const tokvec_seed_spec *spec, tokvec_dtype dtype)
{
    double receptive = (double)spec->dim / (double)spec->vocab_size;
    double fan_in = (double)spec->vocab_size * receptive;
    return jax_narrow(sqrt(jax_narrow(1.0 / fan_in, dtype, true)), dtype, true);
}

static bool read_initializer(const tokvec_seed_spec *spec, init *asked, jax_draw *draw,
                             tokvec_error *err)
{
    draw->distribution = JAX_NORMAL;
    draw->high = 1.0;
    if (spec->init == NULL)
        return true;
    if (!words_init(spec->init, strlen(spec->init), initializers, asked, err))
        return false;
    draw->distribution = initializer_calls[asked->form - initializers];
    if (asked->number[0] >= 0.0 && isfinite(asked->number[0]))
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' has a deviation that is negative or infinite",
              spec->init);
    return error_hint(err, "write %s", asked->form->hint);
}

static bool begin_flax(const tokvec_seed_spec *spec, const char *name, jax_release *release,
                       jax_draw *draw, tokvec_error *err)
{
    init asked = {.form = NULL};
    if (!read_release(spec, "0.10", true, release, err) ||
        !read_initializer(spec, &asked, draw, err) || !read_dtype(spec, name, draw, err))
        return false;
    draw->scheme = release->scheme;
    draw->factors[draw->factor_count++] = asked.form == NULL
                                              ? embed_scale(spec, draw->dtype)
                                              : jax_narrow(asked.number[0], draw->dtype, true);
    return read_key(spec, draw, err) && add_times(spec, draw, err);
}

static generator *flax_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    jax_release release;
    jax_draw draw = {.factor_count = 0};
    if (!begin_flax(spec, "flax", &release, &draw, err) ||
        !jax_key_of_path(spec->path, &draw.key, err))
        return NULL;
    return open_draw(spec, &release, &draw, err);
}

static generator *nnx_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    jax_release release;
    uint32_t call;
    jax_draw draw = {.factor_count = 0};
    if (!begin_flax(spec, "nnx", &release, &draw, err) || !asked_call(spec, &call, err))
        return NULL;
    draw.key = threefry_fold_in(draw.key, call);
    return open_draw(spec, &release, &draw, err);
}

/* The names that embeddings have in models; the root module has none. */
static const tokvec_seed_spec flax_guesses[] = {
    {.path = NULL},
    {.path = "Embed_0"},
    {.path = "Embed_1"},
    {.path = "wte"},
    {.path = "wpe"},
    {.path = "embed"},
    {.path = "embedding"},
    {.path = "token_embed"},
    {.path = "token_embedding"},
    {.path = "tok_embed"},
    {.path = "tok_emb"},
    {.path = "embed_tokens"},
    {.path = "transformer/wte"},
    {.path = NULL, .init = "normal:" GENERATOR_STD},
    {.path = "Embed_0", .init = "normal:" GENERATOR_STD},
    {.path = "wte", .init = "normal:" GENERATOR_STD},
    {.path = "transformer/wte", .init = "normal:" GENERATOR_STD},
    {.path = "embed", .init = "normal:" GENERATOR_STD},
    {.path = "Embed_0", .jit = true},
    {.path = NULL, .jit = true},
    {.path = "Embed_0", .jax = "0.6"},
    {.path = NULL, .jax = "0.6"},
};
static const tokvec_seed_spec nnx_guesses[] = {
    {.call = NULL},
    {.call = "1"},
    {.call = "2"},
    {.init = "normal:" GENERATOR_STD},
    {.init = "normal:" GENERATOR_STD, .call = "1"},
    {.jit = true},
    {.jax = "0.6"},
};

const generator_kind rng_flax = {
    .name = "flax",
    .equals = "flax.linen.Embed(V, D).init(jax.random.key(N), ids)",
    .takes = TAKES_ALL | GENERATOR_TAKES_path,
    .forms = initializers,
    .open = flax_open,
    GENERATOR_GUESSES(flax_guesses),
};

const generator_kind rng_nnx = {
    .name = "nnx",
    .equals = "flax.nnx.Embed(V, D, rngs=flax.nnx.Rngs(N))",
    .takes = TAKES_ALL | GENERATOR_TAKES_call,
    .forms = initializers,
    .open = nnx_open,
    GENERATOR_GUESSES(nnx_guesses),
};
