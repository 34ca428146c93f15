/* keras.c - the Embedding layers of Keras 3 after keras.utils.set_random_seed.
 * Each layer's initializer takes a number from Python's module random when it is made; from that
 * number the backend draws.
 * SPDX-License-Identifier: MIT */
#include "rng/generator.h"

#include "rng/asked.h"
#include "rng/factor.h"
#include "rng/jax/jax_draw.h"
#include "rng/python_random.h"
#include "rng/tensorflow/tensorflow_fill.h"

#include <math.h>
#include <string.h>

/* Keras's initializers by its short names. */
enum { UNIFORM, NORMAL, TRUNCATED_NORMAL, SCALED };
static const init_form forms[] = {
    {"uniform", 0, 2, {-0.05, 0.05}, "uniform or uniform:LOW,HIGH", 0},
    {"normal", 0, 2, {0.0, 0.05}, "normal or normal:MEAN,STD", 0},
    {"truncated_normal", 0, 2, {0.0, 0.05}, "truncated_normal or truncated_normal:MEAN,STD", 0},
    {.name = "glorot_uniform", .hint = "glorot_uniform"},
    {.name = "glorot_normal", .hint = "glorot_normal"},
    {.name = "he_uniform", .hint = "he_uniform"},
    {.name = "he_normal", .hint = "he_normal"},
    {.name = "lecun_uniform", .hint = "lecun_uniform"},
    {.name = "lecun_normal", .hint = "lecun_normal"},
    {.name = NULL},
};

/* Those of VarianceScaling, from SCALED on. */
static const struct {
    double scale;
    bool average; /* of rows and columns; or the rows alone */
    bool normal;  /* truncated; or uniform */
} scalings[] = {{1.0, true, false}, {1.0, true, true},   {2.0, false, false},
                {2.0, false, true}, {1.0, false, false}, {1.0, false, true}};

/* A layer's table. */
typedef struct layer {
    uint32_t seed; /* of its initializer */
    tensorflow_draw draw;
    double a, b; /* bounds, or mean and deviation */
} layer;

/* The first layers of a model, and other initializers. */
static const tokvec_seed_spec guesses[] = {
    {.init = NULL},
    {.call = "1"},
    {.call = "2"},
    {.call = "3"},
    {.init = "uniform:-" GENERATOR_BOUND "," GENERATOR_BOUND},
    {.init = "normal"},
    {.init = "truncated_normal"},
    {.init = "glorot_uniform"},
    {.init = "glorot_normal"},
    {.init = "he_uniform"},
    {.init = "he_normal"},
    {.init = "normal:0," GENERATOR_STD},
    {.init = "truncated_normal:0," GENERATOR_STD},
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

/* Keras's compute_fans() takes rows for what comes in, columns for what goes out. */
static void scale(const tokvec_seed_spec *spec, size_t number, layer *out)
{
    double rows = (double)spec->vocab_size, columns = (double)spec->dim;
    double fan = scalings[number].average ? (rows + columns) / 2.0 : rows;
    double variance = scalings[number].scale / (fan > 1.0 ? fan : 1.0);
    double limit = sqrt(3.0 * variance);
    bool normal = scalings[number].normal;
    out->draw = normal ? TENSORFLOW_TRUNCATED_NORMAL : TENSORFLOW_UNIFORM;
    out->a = normal ? 0.0 : -limit;
    out->b = normal ? sqrt(variance) / 0.87962566103423978 : limit;
}

static bool read_layer(const tokvec_seed_spec *spec, const char *name, layer *out,
                       tokvec_error *err)
{
    static const tensorflow_draw draws[SCALED] = {TENSORFLOW_UNIFORM, TENSORFLOW_NORMAL,
                                                  TENSORFLOW_TRUNCATED_NORMAL};
    init asked;
    tokvec_dtype dtype;
    if (!read_layer_seed(spec, &out->seed, err) ||
        !asked_init(spec, forms, &forms[UNIFORM], &asked, err) ||
        !asked_dtype(spec, name, TOKVEC_FLOAT32, 1u << TOKVEC_FLOAT32, &dtype, err))
        return false;
    size_t number = (size_t)(asked.form - forms);
    if (number >= SCALED) {
        scale(spec, number - SCALED, out);
        return true;
    }
    out->draw = draws[number];
    out->a = asked.number[0];
    out->b = asked.number[1];
    return true;
}

/* ---------------------------------------------------------------- on TensorFlow */

static generator *keras_tensorflow_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    layer l;
    if (!read_layer(spec, "keras-tensorflow", &l, err))
        return NULL;
    float a = (float)l.a, b = (float)l.b;
    const tensorflow_fill fill = {.rows = spec->vocab_size,
                                  .dim = spec->dim,
                                  .start = tensorflow_stateless(l.seed, 0),
                                  .draw = l.draw,
                                  .factor = l.draw == TENSORFLOW_UNIFORM ? b - a : b,
                                  .offset = a};
    return tensorflow_fill_open(&fill, err);
}

const generator_kind rng_keras_tensorflow = {
    .name = "keras-tensorflow",
    .equals = "keras.utils.set_random_seed(N); keras.layers.Embedding(V, D), on TensorFlow",
    .takes = GENERATOR_TAKES_init | GENERATOR_TAKES_call,
    .forms = forms,
    .open = keras_tensorflow_open,
    GENERATOR_GUESSES(guesses),
};

/* ---------------------------------------------------------------- on JAX */

/* A factor of jax_draw. */
static void multiply(jax_draw *draw, double factor)
{
    draw->factors[draw->factor_count++] = jax_narrow(factor, TOKVEC_FLOAT32, false);
}

/* The sample is multiplied by the deviation; what is added then, the mean, must be 0, which leaves
 * no -0.0: with a deviation of 0 the values are those from 0 to 0. */
static bool set_normal(const layer *l, jax_draw *draw, tokvec_error *err)
{
    if (l->a == 0.0 && l->b == 0.0 && !signbit(l->a)) {
        draw->low = draw->high = 0.0;
        return true;
    }
    draw->distribution = l->draw == TENSORFLOW_NORMAL ? JAX_NORMAL : JAX_TRUNCATED;
    multiply(draw, l->b);
    if (l->a == 0.0)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT,
              "the generator keras-jax does not know a mean other than 0");
    return error_hint(err, "draw with mean 0");
}

static generator *keras_jax_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    layer l;
    double factor;
    if (!read_layer(spec, "keras-jax", &l, err))
        return NULL;
    jax_draw draw = {.key = {l.seed, 0},
                     .scheme = THREEFRY_COUNTER,
                     .distribution = JAX_UNIFORM,
                     .low = l.a,
                     .high = l.b,
                     .rows = spec->vocab_size,
                     .dim = spec->dim,
                     .dtype = TOKVEC_FLOAT32};
    if (l.draw != TENSORFLOW_UNIFORM && !set_normal(&l, &draw, err))
        return NULL;
    if (spec->times != NULL) {
        if (!factor_read(spec->times, &factor, err))
            return NULL;
        multiply(&draw, factor);
    }
    return jax_draw_open(&draw, err);
}

const generator_kind rng_keras_jax = {
    .name = "keras-jax",
    .equals = "keras.utils.set_random_seed(N); keras.layers.Embedding(V, D), on JAX",
    .takes = GENERATOR_TAKES_init | GENERATOR_TAKES_call,
    .forms = forms,
    .open = keras_jax_open,
    GENERATOR_GUESSES(guesses),
};
