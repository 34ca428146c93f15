/* tensorflow.c - what TensorFlow's random operations draw: stateless ones of two seeds, or those
 * after tf.random.set_seed.
 * SPDX-License-Identifier: MIT */
#include "rng/generator.h"

#include "rng/asked.h"
#include "rng/python_random.h"
#include "rng/tensorflow/tensorflow_fill.h"

#include <string.h>

static const init_form forms[] = {
    {"normal", 0, 2, {0.0, 1.0}, "normal or normal:MEAN,STD", 0},
    {"uniform", 0, 2, {0.0, 1.0}, "uniform or uniform:LOW,HIGH", 0},
    {"truncated_normal", 0, 2, {0.0, 1.0}, "truncated_normal or truncated_normal:MEAN,STD", 0},
    {.name = NULL},
};
static const tensorflow_draw draws[] = {TENSORFLOW_NORMAL, TENSORFLOW_UNIFORM,
                                        TENSORFLOW_TRUNCATED_NORMAL}; /* of the forms */

static const tokvec_seed_spec guesses[] = {
    {.init = NULL},
    {.call = "1"},
    {.call = "2"},
    {.init = "normal:0," GENERATOR_STD},
    {.init = "uniform"},
    {.init = "uniform:-" GENERATOR_BOUND "," GENERATOR_BOUND},
    {.init = "uniform:0," GENERATOR_BOUND},
};

typedef struct seeds {
    bool stateless;
    uint64_t a, b;   /* of a stateless operation */
    bool negative;   /* of tf.random.set_seed(): the sign, */
    uint64_t global; /* and the magnitude */
} seeds;

static bool in_64_bits(tokvec_text word)
{
    uint64_t bits;
    bool negative = word.length > 0 && word.bytes[0] == '-';
    return words_integer(word, &bits) && (negative || bits <= INT64_MAX);
}

static bool read_seeds(const char *text, seeds *out, tokvec_error *err)
{
    tokvec_text words[2];
    size_t n = 2;
    bool good = words_split(text, strlen(text), ',', &n, words) && words[0].length > 0;
    if (good && n == 2) {
        out->stateless = true;
        good = in_64_bits(words[0]) && in_64_bits(words[1]);
        if (good && words_integer(words[0], &out->a) && words_integer(words[1], &out->b))
            return true;
        error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid seed of a stateless operation",
                  text);
        return error_hint(err, "give two integers from -2^63 to 2^63-1, as 0,7");
    }
    out->stateless = false;
    out->negative = good && words[0].bytes[0] == '-';
    if (good && words_integer(words[0], &out->global)) {
        out->global = out->negative ? 0 - out->global : out->global;
        return true;
    }
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a valid seed of TensorFlow", text);
    return error_hint(err, "give A,B of a stateless operation, or N from -2^63 to 2^64-1 of "
                           "tf.random.set_seed(N)");
}

/* The seeds that an operation takes after tf.random.set_seed(): the global one, and one that it
 * gets from Python's module random. Two zeros would ask for chance. */
static philox_start after_set_seed(const seeds *s, uint32_t call)
{
    const uint32_t most = INT32_MAX;
    python_random r;
    python_random_seed(&r, s->global);
    uint32_t own;
    do
        own = python_random_below(&r, UINT32_C(1) << 31);
    while (call-- > 0);
    uint32_t global = (uint32_t)(s->global % most);
    global = s->negative && global != 0 ? most - global : global;
    own %= most;
    if (global == 0 && own == 0)
        own = most;
    return (philox_start){.key = {global, 0}, .upper = {own, 0}};
}

static generator *tensorflow_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    seeds s;
    init asked;
    tokvec_dtype dtype;
    uint32_t call;
    if (!read_seeds(spec->seed_text, &s, err) || !asked_call(spec, &call, err) ||
        !asked_init(spec, forms, &forms[0], &asked, err) ||
        !asked_dtype(spec, "tensorflow", TOKVEC_FLOAT32, 1u << TOKVEC_FLOAT32, &dtype, err))
        return NULL;
    if (s.stateless && spec->call != NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "a stateless operation does not have a call's number");
        error_hint(err, "give one seed, that of tf.random.set_seed");
        return NULL;
    }
    tensorflow_draw draw = draws[asked.form - forms];
    double a = asked.number[0], b = asked.number[1];
    const tensorflow_fill fill = {
        .rows = spec->vocab_size,
        .dim = spec->dim,
        .start = s.stateless ? tensorflow_stateless(s.a, s.b) : after_set_seed(&s, call),
        .draw = draw,
        .factor = draw == TENSORFLOW_UNIFORM ? (double)((float)b - (float)a) : b,
        .offset = a};
    return tensorflow_fill_open(&fill, err);
}

const generator_kind rng_tensorflow = {
    .name = "tensorflow",
    .equals = "tf.random.set_seed(N); tf.random.normal((V, D)); N,M: stateless_normal, seed=(N, M)",
    .takes = GENERATOR_TAKES_init | GENERATOR_TAKES_call,
    .forms = forms,
    .open = tensorflow_open,
    GENERATOR_GUESSES(guesses),
};
