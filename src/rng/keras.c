/* keras.c - the Embedding layers of Keras 3 after keras.utils.set_random_seed.
 * Each layer's initializer takes a number from Python's module random when it is made; from that
 * number the backend draws.
 * SPDX-License-Identifier: MIT */
#include "rng/generator.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "rng/asked.h"
#include "rng/drawn.h"
#include "rng/fused.h"
#include "rng/python_random.h"
#include "rng/tensorflow/tensorflow_fill.h"
#include "rng/threefry.h"

#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 512 }; /* values */

static const init_form uniform_alone[] = {
    {"uniform", 0, 2, {-0.05, 0.05}, "uniform or uniform:LOW,HIGH", 0},
    {.name = NULL},
};
static const init_form with_normal[] = {
    {"uniform", 0, 2, {-0.05, 0.05}, "uniform or uniform:LOW,HIGH", 0},
    {"normal", 0, 2, {0.0, 0.05}, "normal or normal:MEAN,STD", 0},
    {.name = NULL},
};

/* The seed that the layer's initializer takes. */
static bool read_layer_seed(const tokvec_seed_spec *spec, uint32_t *out, tokvec_error *err)
{
    const uint32_t most = 1000000000;
    uint64_t seed;
    uint32_t call;
    tokvec_text text = {spec->seed_text, strlen(spec->seed_text)};
    if (!words_unsigned(text, UINT32_MAX, &seed)) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid seed of Keras", spec->seed_text);
        return error_hint(err, "give an integer from 0 to 2^32-1, as NumPy, which it seeds as well,"
                               " takes them");
    }
    if (!asked_call(spec, &call, err))
        return false;
    python_random r;
    python_random_seed(&r, seed);
    do
        *out = 1 + python_random_below(&r, most);
    while (call-- > 0);
    return true;
}

/* ---------------------------------------------------------------- on TensorFlow */

static generator *keras_tensorflow_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    uint32_t seed;
    init asked;
    tokvec_dtype dtype;
    if (!read_layer_seed(spec, &seed, err) ||
        !asked_init(spec, with_normal, &with_normal[0], &asked, err) ||
        !asked_dtype(spec, "keras-tensorflow", TOKVEC_FLOAT32, 1u << TOKVEC_FLOAT32, &dtype, err))
        return NULL;
    bool normal = asked.form == &with_normal[1];
    float a = (float)asked.number[0], b = (float)asked.number[1];
    const tensorflow_fill fill = {.rows = spec->vocab_size,
                                  .dim = spec->dim,
                                  .start = tensorflow_stateless(seed, 0),
                                  .normal = normal,
                                  .factor = normal ? b : b - a,
                                  .offset = a};
    return tensorflow_fill_open(&fill, err);
}

const generator_kind rng_keras_tensorflow = {
    .name = "keras-tensorflow",
    .equals = "keras.utils.set_random_seed(N); keras.layers.Embedding(V, D), on TensorFlow",
    .takes = GENERATOR_TAKES_init | GENERATOR_TAKES_call,
    .open = keras_tensorflow_open,
};

/* ---------------------------------------------------------------- on JAX */

typedef struct keras_jax {
    drawn drawn;
    float low, range;
} keras_jax;

/* jax.random.uniform in float32: the product and the sum are rounded once. */
DISPATCH_INLINE void make_uniforms(bool fuses, const uint32_t *restrict draws, float low,
                                   float range, size_t n, float *restrict out)
{
    for (size_t i = 0; i < n; i++) {
        float unit = float_of_bits(draws[i] >> 9 | 0x3f800000u) - 1.0f;
        float value = fused(fuses, unit, range, low);
        out[i] = value > low ? value : low;
    }
}

DISPATCH_VARIANTS(make_uniforms,
                  (const uint32_t *restrict draws, float low, float range, size_t n,
                   float *restrict out),
                  (fuses, draws, low, range, n, out))

static bool keras_jax_make(const generator *g, generator_cursor *c, uint64_t begin, uint64_t end,
                           void *out, tokvec_error *err)
{
    const keras_jax *k = (const keras_jax *)g;
    uint32_t draws[AT_ONCE];
    float *to = out;
    (void)err;
    for (uint64_t at = begin; at < end;) {
        size_t n = end - at < AT_ONCE ? (size_t)(end - at) : AT_ONCE;
        drawn_fill(&k->drawn, c, at, n, draws);
        DISPATCH(make_uniforms, (draws, k->low, k->range, n, to));
        to += n;
        at += n;
    }
    c->at = end;
    return true;
}

static uint64_t keras_jax_draw_of(const drawn *d, uint64_t value)
{
    (void)d;
    return value;
}

static void keras_jax_close(generator *g)
{
    keras_jax *k = (keras_jax *)g;
    k->drawn.draws->kind->close(k->drawn.draws);
    free(k);
}

static const generator_ops keras_jax_ops = {DRAWN_OPS, .make = keras_jax_make,
                                            .close = keras_jax_close};

static generator *keras_jax_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    uint32_t seed;
    init asked;
    tokvec_dtype dtype;
    if (!read_layer_seed(spec, &seed, err) ||
        !asked_init(spec, uniform_alone, &uniform_alone[0], &asked, err) ||
        !asked_dtype(spec, "keras-jax", TOKVEC_FLOAT32, 1u << TOKVEC_FLOAT32, &dtype, err))
        return NULL;
    engine *draws = threefry_engine_open((threefry_key){seed, 0}, THREEFRY_COUNTER, 32,
                                         spec->vocab_size * spec->dim, err);
    if (draws == NULL)
        return NULL;
    keras_jax *k = malloc(sizeof *k);
    if (k == NULL) {
        draws->kind->close(draws);
        error_no_memory(err, sizeof *k);
        return NULL;
    }
    float low = (float)asked.number[0], high = (float)asked.number[1];
    *k = (keras_jax){.drawn = {.generator = {.ops = &keras_jax_ops,
                                             .rows = spec->vocab_size,
                                             .dim = spec->dim,
                                             .dtype = dtype,
                                             .narrow_factor = true},
                               .draw_of = keras_jax_draw_of},
                     .low = low,
                     .range = high - low};
    drawn_use(&k->drawn, draws);
    return &k->drawn.generator;
}

const generator_kind rng_keras_jax = {
    .name = "keras-jax",
    .equals = "keras.utils.set_random_seed(N); keras.layers.Embedding(V, D), on JAX",
    .takes = GENERATOR_TAKES_init | GENERATOR_TAKES_call,
    .open = keras_jax_open,
};
