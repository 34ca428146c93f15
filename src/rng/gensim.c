/* gensim.c - the vectors of a gensim model before it is trained.
 * SPDX-License-Identifier: MIT */
#include "rng/generator.h"

#include "rng/numpy/pcg64.h"
#include "rng/numpy/release.h"
#include "rng/numpy/seeds.h"
#include "rng/numpy/uniform.h"

#include <stdlib.h>
#include <string.h>

/* The tables that models have, and what is added to the model's seed for them. */
static const struct part {
    const char *path;
    uint32_t more;
} parts[] = {
    {"wv.vectors", 0},        {"vectors", 0},        {"wv.vectors_vocab", 0}, {"vectors_vocab", 0},
    {"wv.vectors_ngrams", 1}, {"vectors_ngrams", 1}, {"dv.vectors", 7919},
};
enum { PARTS = sizeof parts / sizeof *parts };

static bool find_part(const char *path, const struct part **out, tokvec_error *err)
{
    *out = NULL;
    if (path == NULL)
        return true;
    for (size_t i = 0; i < PARTS; i++) {
        if (strcmp(path, parts[i].path) == 0) {
            *out = &parts[i];
            return true;
        }
    }
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%.80s' is not a seeded table of gensim's", path);
    return error_hint(err, "valid are wv.vectors, wv.vectors_vocab, wv.vectors_ngrams, dv.vectors");
}

/* A model's own seed goes into numpy.random.RandomState too; without a path, prep_vectors takes all
 * that default_rng does. */
static bool read_seed(const char *text, const struct part *part, seeds *out, tokvec_error *err)
{
    if (!seed_read(text, part != NULL, out, err))
        return false;
    if (part == NULL)
        return true;
    if (out->list) {
        free(out->words);
        error_set(err, TOKVEC_BAD_ARGUMENT, "the seed of a gensim model is one integer");
        return error_hint(err, "give one from 0 to 4294967295");
    }
    uint64_t seed = (uint64_t)out->words[0] + part->more;
    out->words[0] = (uint32_t)seed;
    if (seed >> 32 != 0)
        out->words[out->count++] = 1; /* a seed that long as a text leaves room for it */
    return true;
}

static bool check_dtype(tokvec_dtype dtype, tokvec_error *err)
{
    if (dtype == TOKVEC_NO_DTYPE || dtype == TOKVEC_FLOAT32)
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "gensim does not draw %s", tokvec_dtype_name(dtype));
    error_hint(err, "choose float32");
    return error_kind(err, TOKVEC_KIND_DRAWN_DTYPE);
}

static generator *gensim_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    const struct part *part;
    seeds seed;
    release made_by;
    pcg64 stream;
    if (!release_read(spec->numpy, &made_by, err) || !find_part(spec->path, &part, err) ||
        !check_dtype(spec->dtype, err) || !release_check_factor(made_by, spec->times, err) ||
        !read_seed(spec->seed_text, part, &seed, err))
        return NULL;
    pcg64_seed(&stream, seed.words, seed.count);
    free(seed.words);
    const uniform_rule rule = {
        .form = release_before(made_by, 1, 22) ? UNIFORM_23 : UNIFORM_24,
        .divisor = (float)spec->dim,
    };
    return uniform_open(spec, &rule, pcg64_engine_open(&stream, err), err);
}

static const tokvec_seed_spec guesses[] = {
    {.path = NULL},
    {.path = "vectors_ngrams"},
    {.path = "dv.vectors"},
    {.numpy = "1.21"},
    {.path = "vectors_ngrams", .numpy = "1.21"},
    {.path = "dv.vectors", .numpy = "1.21"},
};

const generator_kind rng_gensim = {
    .name = "gensim",
    .equals =
        "gensim.models.keyedvectors.prep_vectors((V, D), seed=N); of a model N is 1 unless told",
    .takes = GENERATOR_TAKES_path | GENERATOR_TAKES_numpy,
    .open = gensim_open,
    GENERATOR_GUESSES(guesses),
};
