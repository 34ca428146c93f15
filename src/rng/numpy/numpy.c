/* numpy.c - tables of numpy.random: of default_rng, and of seed and RandomState.
 * What NumPy refuses is refused with its reason.
 * SPDX-License-Identifier: MIT */
#include "rng/generator.h"

#include "rng/mt19937_engine.h"
#include "rng/numpy/normals.h"
#include "rng/numpy/pcg64.h"
#include "rng/numpy/release.h"
#include "rng/numpy/seeds.h"
#include "rng/numpy/uniform.h"
#include "rng/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- distributions */

enum draw { STANDARD_NORMAL, NORMAL, UNIFORM, RANDOM };

#define COMMON_FORMS                                                            \
    [STANDARD_NORMAL] = {.name = "standard_normal", .hint = "standard_normal"}, \
    [NORMAL] = {"normal", 0, 2, {0.0, 1.0}, "normal:LOC,SCALE", 0},             \
    [UNIFORM] = {"uniform", 0, 2, {0.0, 1.0}, "uniform:LOW,HIGH", 0},           \
    [RANDOM] = {.name = "random", .hint = "random"}

static const init_form default_forms[] = {COMMON_FORMS, {.name = NULL}};
static const init_form legacy_forms[] = {COMMON_FORMS,
                                         {.name = "randn", .hint = "randn"},
                                         {.name = "rand", .hint = "rand"},
                                         {.name = NULL}};

/* A draw and its parameters: loc and scale, or low and high. */
typedef struct drawing {
    enum draw draw;
    double a, b;
    const char *name;
} drawing;

static bool refuse(const tokvec_seed_spec *spec, const char *why, const char *way_out,
                   tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "NumPy does not draw '%.80s': %s", spec->init, why);
    return error_hint(err, "%s", way_out);
}

static bool check_drawing(const tokvec_seed_spec *spec, const drawing *d, bool may_descend,
                          tokvec_error *err)
{
    if (d->draw == NORMAL && signbit(d->b))
        return refuse(spec, "scale < 0", "give a scale of 0 or more", err);
    if (d->draw == UNIFORM && !isfinite(d->b - d->a))
        return refuse(spec, "high - low range exceeds valid bounds",
                      "give bounds whose difference is finite", err);
    if (d->draw == UNIFORM && d->b < d->a && !may_descend)
        return refuse(spec, "high - low < 0", "give the lower bound first", err);
    return true;
}

/* randn and rand are standard_normal and random, with the shape in another form. */
static enum draw draw_of(size_t form)
{
    return form > RANDOM ? form == RANDOM + 1 ? STANDARD_NORMAL : RANDOM : (enum draw)form;
}

static bool read_drawing(const tokvec_seed_spec *spec, const init_form *forms, bool may_descend,
                         drawing *out, tokvec_error *err)
{
    init read;
    *out = (drawing){STANDARD_NORMAL, 0.0, 1.0, "standard_normal"};
    if (spec->init == NULL)
        return true;
    if (!words_init(spec->init, strlen(spec->init), forms, &read, err))
        return false;
    *out = (drawing){draw_of((size_t)(read.form - forms)), read.number[0], read.number[1],
                     read.form->name};
    return check_drawing(spec, out, may_descend, err);
}

/* NumPy draws float64; float32 only where `narrow` says so. */
static bool check_dtype(const tokvec_seed_spec *spec, const drawing *d, bool narrow,
                        tokvec_error *err)
{
    tokvec_dtype dtype = spec->dtype;
    if (dtype == TOKVEC_NO_DTYPE || dtype == TOKVEC_FLOAT64 || (narrow && dtype == TOKVEC_FLOAT32))
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "NumPy's %s does not draw %s", d->name,
              tokvec_dtype_name(dtype));
    error_hint(err, narrow ? "choose float64 or float32" : "choose float64");
    return error_kind(err, TOKVEC_KIND_DRAWN_DTYPE);
}

static normals_scale scale_of(const drawing *d)
{
    return (normals_scale){d->draw == NORMAL, d->a, d->b};
}

static uniform_rule uniform_of(const drawing *d, uniform_form form)
{
    return (uniform_rule){form, d->draw == UNIFORM, d->a, d->b - d->a, 0.0f};
}

static bool is_normal(const drawing *d)
{
    return d->draw == STANDARD_NORMAL || d->draw == NORMAL;
}

/* ---------------------------------------------------------------- default_rng */

static generator *open_drawing(const tokvec_seed_spec *spec, const drawing *d, const seeds *seed,
                               release made_by, tokvec_error *err)
{
    bool narrow = spec->dtype == TOKVEC_FLOAT32, coarse = release_before(made_by, 1, 22);
    ziggurat z = {.narrow = narrow, .coarse = coarse, .log_tail = release_before(made_by, 1, 21)};
    pcg64_seed(&z.stream, seed->words, seed->count);
    if (is_normal(d)) {
        normals_scale scale = scale_of(d);
        return normals_default_open(spec, &z, &scale, err);
    }
    uniform_form form = !narrow ? UNIFORM_53 : coarse ? UNIFORM_23 : UNIFORM_24;
    uniform_rule rule = uniform_of(d, form);
    return uniform_open(spec, &rule, pcg64_engine_open(&z.stream, err), err);
}

static generator *default_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    drawing d;
    seeds seed;
    release made_by;
    if (!release_read(spec->numpy, &made_by, err) ||
        !read_drawing(spec, default_forms, release_before(made_by, 1, 21), &d, err) ||
        !check_dtype(spec, &d, d.draw == STANDARD_NORMAL || d.draw == RANDOM, err) ||
        (spec->dtype == TOKVEC_FLOAT32 && !release_check_factor(made_by, spec->times, err)) ||
        !seed_read(spec->seed_text, false, &seed, err))
        return NULL;
    generator *g = open_drawing(spec, &d, &seed, made_by, err);
    free(seed.words);
    return g;
}

/* Of either kind. */
static const tokvec_seed_spec guesses[] = {
    {.init = NULL},
    {.init = "random"},
    {.init = "normal:0," GENERATOR_STD},
    {.init = "uniform:-" GENERATOR_BOUND "," GENERATOR_BOUND},
    {.init = "uniform:0," GENERATOR_BOUND},
    {.times = GENERATOR_STD},
    {.numpy = "1.21"},
    {.numpy = "1.20"},
    {.init = "random", .numpy = "1.21"},
};

const generator_kind rng_numpy = {
    .name = "numpy",
    .equals =
        "numpy.random.default_rng(N).standard_normal((V, D)), on Linux; a Mac's last bits differ",
    .takes = GENERATOR_TAKES_init | GENERATOR_TAKES_numpy,
    .forms = default_forms,
    .open = default_open,
    GENERATOR_GUESSES(guesses),
};

/* ---------------------------------------------------------------- seed and RandomState */

static generator *legacy_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    drawing d;
    seeds seed;
    release made_by; /* all are alike */
    if (!release_read(spec->numpy, &made_by, err) ||
        !read_drawing(spec, legacy_forms, true, &d, err) || !check_dtype(spec, &d, false, err) ||
        !seed_read(spec->seed_text, true, &seed, err))
        return NULL;
    mt19937 state;
    seed_legacy(&seed, &state);
    free(seed.words);
    if (is_normal(&d)) {
        normals_scale scale = scale_of(&d);
        return normals_legacy_open(spec, &state, &scale, err);
    }
    uniform_rule rule = uniform_of(&d, UNIFORM_27_26);
    uint64_t draws = 2 * spec->vocab_size * spec->dim;
    return uniform_open(spec, &rule, mt19937_engine_open(&state, MT19937_BLOCK, draws, err), err);
}

const generator_kind rng_numpy_legacy = {
    .name = "numpy-legacy",
    .equals = "numpy.random.seed(N); numpy.random.randn(V, D), on Linux; a Mac's last bits differ",
    .takes = GENERATOR_TAKES_init | GENERATOR_TAKES_numpy,
    .forms = legacy_forms,
    .open = legacy_open,
    GENERATOR_GUESSES(guesses),
};
