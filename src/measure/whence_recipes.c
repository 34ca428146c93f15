/* whence_recipes.c - the ways in which a table may have been drawn.
 * See whence_recipes.h.
 * SPDX-License-Identifier: MIT */
#include "measure/whence_recipes.h"

#include "base/array.h"
#include "base/dtype.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRIAL_VALUES = 1024, TRIAL_SEEDS = 64 };

#define DIGEST_START UINT64_C(0xcbf29ce484222325) /* FNV-1a */

typedef struct listing {
    whence_recipes *list;
    const whence_sample *sample;
    const tokvec_seed_spec *given;
    bool all;
    whence_numbers deviations, bounds;
    char value[WHENCE_NUMBER_SIZE];
    tokvec_error first; /* why the first one of those that were tried cannot be drawn */
    size_t drawn;       /* how many can */
} listing;

/* ---------------------------------------------------------------- trying one */

static void add_digest(uint64_t *digest, const void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *digest = (*digest ^ ((const uint8_t *)bytes)[i]) * UINT64_C(0x100000001b3);
}

/* Adds the first values of the table of a seed. */
static bool try_seed(whence_recipe *r, uint64_t values, unsigned seed, whence_sums *sums,
                     tokvec_error *err)
{
    char text[16];
    double made[WHENCE_DRAW_MAX];
    whence_draw d;
    tokvec_seed_spec spec = r->spec;
    if (spec.seed_text == NULL) {
        snprintf(text, sizeof text, "%u", seed);
        spec.seed_text = text;
    }
    if (!whence_draw_open(&d, &spec, r->as, err))
        return false;
    bool good = true;
    for (uint64_t at = 0; good && at < values; at += WHENCE_DRAW_MAX) {
        size_t n = (size_t)(values - at < WHENCE_DRAW_MAX ? values - at : WHENCE_DRAW_MAX);
        good = whence_draw_values(&d, at, n, made, err);
        if (!good)
            break;
        add_digest(&r->digest, made, n * tokvec_dtype_size(r->as));
        for (size_t i = 0; i < n; i++)
            whence_sums_add(sums, dtype_element(r->as, made, i).real);
    }
    whence_draw_close(&d);
    return good;
}

/* What its values are like. */
static bool try_recipe(whence_recipe *r, whence_figures *figures, tokvec_error *err)
{
    whence_sums sums = {0};
    uint64_t all = r->spec.vocab_size * r->spec.dim;
    uint64_t values = all < TRIAL_VALUES ? all : TRIAL_VALUES, before;
    r->digest = DIGEST_START;
    for (unsigned seed = 0; seed < TRIAL_SEEDS && (seed < 2 || sums.count < TRIAL_VALUES); seed++) {
        before = r->digest;
        r->digest = DIGEST_START;
        if (!try_seed(r, values, seed, &sums, err))
            return false;
        if (r->spec.seed_text != NULL)
            break;
        if (seed == 1)
            r->seedless = r->digest == before;
        if (seed > 0)
            r->digest = before * 31 + r->digest;
    }
    *figures = whence_sums_figures(&sums);
    return true;
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* Whether the table's figures may be those of a recipe's values. A part of the table may have
 * changed since it was drawn, so that it is about the size of them alone. */
static bool figures_allow(const whence_figures *table, const whence_figures *trial)
{
    if (table->constant || trial->constant)
        return table->constant && trial->constant && table->lowest == trial->lowest;
    double n = (double)(table->count < trial->count ? table->count : trial->count);
    double ratio = table->deviation / trial->deviation, most = 1.6 + 5 / sqrt(n);
    double apart = fabs(table->mean - trial->mean) / trial->deviation;
    if (!(ratio < most && ratio > 1 / most && apart < 0.3 + 6 / sqrt(n)))
        return false;
    double reach = larger(table->highest - table->mean, table->mean - table->lowest);
    double bound = larger(trial->highest - trial->mean, trial->mean - trial->lowest);
    bool bounded = bound < 1.9 * trial->deviation;
    bool narrow = reach < 1.9 * table->deviation && n > 200;
    return bounded ? reach < 1.9 * bound : !narrow;
}

/* ---------------------------------------------------------------- adding one */

static bool texts_equal(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool whence_recipes_alike(const tokvec_seed_spec *a, const tokvec_seed_spec *b)
{
    return a->dtype == b->dtype && texts_equal(a->rng, b->rng) && texts_equal(a->init, b->init) &&
           texts_equal(a->times, b->times) && texts_equal(a->layer, b->layer) &&
           texts_equal(a->after, b->after) && texts_equal(a->key, b->key) &&
           texts_equal(a->path, b->path) && texts_equal(a->call, b->call) && a->jit == b->jit;
}

static bool same_release(const tokvec_seed_spec *a, const tokvec_seed_spec *b)
{
    return texts_equal(a->torch, b->torch) && texts_equal(a->numpy, b->numpy) &&
           texts_equal(a->jax, b->jax);
}

/* One that was listed before, and that makes it of no use to try this one too. */
static bool is_known(const listing *l, whence_recipe *r)
{
    for (size_t i = 0; i < l->list->count; i++) {
        const whence_recipe *other = l->list->all[i];
        if (other->as != r->as)
            continue;
        if (!whence_recipes_alike(&other->spec, &r->spec)) {
            if (other->digest == r->digest && r->kind == other->kind &&
                r->spec.dtype == other->spec.dtype)
                return true;
        } else if (same_release(&other->spec, &r->spec)) {
            return true;
        } else {
            r->release = true;
        }
    }
    return false;
}

/* Lists a copy of a recipe, if it can be drawn and is like the table. */
static bool add_recipe(listing *l, const whence_recipe *recipe, tokvec_error *err)
{
    whence_figures figures;
    tokvec_error why;
    whence_recipe *r = malloc(sizeof *r);
    if (r == NULL)
        return error_no_memory(err, sizeof *r);
    *r = *recipe;
    r->spec.init = recipe->spec.init == recipe->init ? r->init : recipe->spec.init;
    r->spec.times = recipe->spec.times == recipe->times ? r->times : recipe->spec.times;
    bool good = try_recipe(r, &figures, &why);
    if (!good && l->drawn == 0 && l->first.code == TOKVEC_OK)
        l->first = why;
    l->drawn += good;
    if (!good || (!l->all && !figures_allow(&l->sample->figures, &figures)) || is_known(l, r)) {
        free(r);
        return good || why.code != TOKVEC_NO_MEMORY || error_set(err, why.code, "%s", why.what);
    }
    if (!array_reserve(&l->list->all, &l->list->capacity, l->list->count + 1, sizeof *l->list->all,
                       err)) {
        free(r);
        return false;
    }
    l->list->all[l->list->count++] = r;
    return true;
}

/* ---------------------------------------------------------------- numbers in texts */

/* Puts a number for a word in a text, each time it stands there. */
static bool put_number(const char *text, const char *word, const char *number, char *out,
                       size_t size)
{
    size_t length = 0;
    out[0] = '\0';
    for (const char *at; (at = strstr(text, word)) != NULL; text = at + strlen(word))
        length += (size_t)snprintf(out + length, length < size ? size - length : 0, "%.*s%s",
                                   (int)(at - text), text, number);
    length += (size_t)snprintf(out + length, length < size ? size - length : 0, "%s", text);
    return length < size;
}

static const char *word_in(const char *text)
{
    static const char *const words[] = {GENERATOR_STD, GENERATOR_BOUND, GENERATOR_VALUE};
    for (size_t i = 0; text != NULL && i < sizeof words / sizeof *words; i++) {
        if (strstr(text, words[i]) != NULL)
            return words[i];
    }
    return NULL;
}

/* Adds a recipe for each number that a word in one of its texts may stand for. */
static bool add_numbered(listing *l, const whence_recipe *recipe, tokvec_error *err)
{
    bool in_init = word_in(recipe->spec.init) != NULL;
    const char *text = in_init ? recipe->spec.init : recipe->spec.times;
    const char *word = word_in(text);
    if (word == NULL)
        return add_recipe(l, recipe, err);
    bool is_value = strcmp(word, GENERATOR_VALUE) == 0;
    const whence_numbers *numbers = strcmp(word, GENERATOR_STD) == 0 ? &l->deviations : &l->bounds;
    if (is_value && !l->sample->figures.constant)
        return true;
    for (size_t i = 0; i < (is_value ? 1 : numbers->count); i++) {
        whence_recipe r = *recipe;
        char *out = in_init ? r.init : r.times;
        size_t size = in_init ? sizeof r.init : sizeof r.times;
        if (!put_number(text, word, is_value ? l->value : numbers->text[i], out, size))
            continue;
        *(in_init ? &r.spec.init : &r.spec.times) = out;
        if (!add_recipe(l, &r, err))
            return false;
    }
    return true;
}

static void find_numbers(listing *l)
{
    const whence_figures *f = &l->sample->figures;
    double n = f->count < 2 ? 2 : (double)f->count;
    double error = 5 / sqrt(2 * n), reach = larger(fabs(f->lowest), fabs(f->highest));
    whence_range deviation = {.low = f->deviation * (1 - (error < 0.9 ? error : 0.9)),
                              .high = f->deviation * (1 + error),
                              .slack = l->all ? 0.5 : 0.12,
                              .rows = l->sample->rows,
                              .dim = l->sample->dim};
    whence_range bound = deviation;
    bound.low = reach;
    bound.high = reach * (1 + 15 / n);
    whence_numbers_find(&l->deviations, &deviation, false);
    whence_numbers_find(&l->bounds, &bound, true);
    whence_numbers_shortest(f->lowest, f->lowest, l->value);
}

/* ---------------------------------------------------------------- all of them */

/* A guess, with what is given in the place of what it says. */
static tokvec_seed_spec merge(const tokvec_seed_spec *guess, const listing *l,
                              const generator_kind *kind)
{
    const tokvec_seed_spec *given = l->given;
    tokvec_seed_spec spec = *guess;
#define GIVEN(member) spec.member = given->member ? given->member : spec.member;
    GIVEN(seed_text)
    GIVEN(init)
    GIVEN(times)
    GIVEN(torch)
    GIVEN(numpy)
    GIVEN(jax)
    GIVEN(layer)
    GIVEN(after)
    GIVEN(key)
    GIVEN(path)
    GIVEN(call)
    GIVEN(jit)
#undef GIVEN
    spec.rng = kind->name;
    spec.vocab_size = l->sample->rows;
    spec.dim = l->sample->dim;
    return spec;
}

/* The dtype that a kind makes by itself of that guess; none if it makes none of that. */
static tokvec_dtype default_dtype(tokvec_seed_spec spec)
{
    tokvec_dtype dtype = TOKVEC_NO_DTYPE;
    spec.dtype = TOKVEC_NO_DTYPE;
    spec.init = word_in(spec.init) != NULL ? NULL : spec.init;
    spec.seed_text = spec.seed_text != NULL ? spec.seed_text : "0";
    tokvec_error why;
    generator *g = generator_open(&spec, &why);
    if (g == NULL)
        return dtype;
    dtype = g->dtype;
    g->ops->close(g);
    return dtype;
}

/* A guess in the dtypes that its values may have had before they were those of the table. */
static bool add_guess(listing *l, const generator_kind *kind, const tokvec_seed_spec *guess,
                      tokvec_error *err)
{
    static const tokvec_dtype dtypes[] = {TOKVEC_FLOAT32, TOKVEC_FLOAT64, TOKVEC_BFLOAT16,
                                          TOKVEC_FLOAT16};
    whence_recipe r = {.spec = merge(guess, l, kind), .as = l->sample->dtype, .kind = kind};
    tokvec_dtype own = default_dtype(r.spec);
    const tokvec_dtype of_table = l->sample->dtype;
    for (size_t i = 0; i < sizeof dtypes / sizeof *dtypes; i++) {
        bool wanted = l->given->dtype != TOKVEC_NO_DTYPE ? dtypes[i] == l->given->dtype
                      : guess->dtype != TOKVEC_NO_DTYPE
                          ? dtypes[i] == guess->dtype
                          : dtypes[i] == of_table || dtypes[i] == own || l->all;
        r.spec.dtype = dtypes[i];
        if (wanted && !add_numbered(l, &r, err))
            return false;
    }
    return true;
}

bool whence_recipes_list(whence_recipes *list, const whence_sample *sample,
                         const tokvec_seed_spec *given, bool all, tokvec_error *err)
{
    static const tokvec_seed_spec nothing = {.rng = NULL};
    listing l = {.list = list, .sample = sample, .given = given, .all = all};
    const generator_kind *kind;
    if (given->rng != NULL && generator_kind_named(given->rng, err) == NULL)
        return false;
    find_numbers(&l);
    for (size_t i = 0; (kind = generator_kind_at(i)) != NULL; i++) {
        if (given->rng != NULL && strcmp(given->rng, kind->name) != 0)
            continue;
        size_t count = kind->guess_count > 0 ? kind->guess_count : 1;
        for (size_t j = 0; j < count; j++) {
            const tokvec_seed_spec *guess = kind->guess_count > 0 ? &kind->guesses[j] : &nothing;
            if (!add_guess(&l, kind, guess, err))
                return false;
        }
    }
    if (l.drawn > 0)
        return true;
    *err = l.first;
    return false;
}

void whence_recipes_free(whence_recipes *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->all[i]);
    free(list->all);
}
