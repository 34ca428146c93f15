/* whence.c - which seed, generator and distribution made a table.
 * See whence.h.
 * SPDX-License-Identifier: MIT */
#include "measure/whence.h"

#include "measure/whence_seeds.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    MUCH_BITS = 128,          /* of a table that no two seeds make */
    DEEP_SEEDS_MAX = 1 << 22, /* for which more than the first values are tried */
};

typedef struct finding {
    whence *out;
    const whence_query *query;
    whence_sample sample;
    uint64_t tried, to_try; /* seeds, of all recipes */
} finding;

/* ---------------------------------------------------------------- matches */

static bool is_whole(const finding *f, const whence_match *m)
{
    return m->equal.rows == f->sample.rows;
}

/* Adds a match; of too many the one with the fewest rows goes. */
static void add_match(finding *f, whence_match m)
{
    whence *w = f->out;
    size_t place = w->count;
    while (place > 0 && w->matches[place - 1].equal.rows < m.equal.rows)
        place--;
    w->more = w->more || w->count == WHENCE_MATCHES_MAX;
    w->whole = w->whole || is_whole(f, &m);
    if (place == WHENCE_MATCHES_MAX)
        return;
    w->count += w->count < WHENCE_MATCHES_MAX;
    for (size_t i = w->count - 1; i > place; i--)
        w->matches[i] = w->matches[i - 1];
    w->matches[place] = m;
}

static bool is_listed(const finding *f, const whence_recipe *r, uint64_t seed)
{
    for (size_t i = 0; i < f->out->count; i++) {
        if (f->out->matches[i].recipe == r && f->out->matches[i].seed == seed)
            return true;
    }
    return false;
}

/* Releases that make the same need not all be named. */
static bool is_other_release(const finding *f, const whence_match *m)
{
    for (size_t i = 0; i < f->out->count && m->recipe->release; i++) {
        const whence_match *listed = &f->out->matches[i];
        if (listed->seed == m->seed && listed->equal.rows == m->equal.rows &&
            whence_recipes_alike(&listed->recipe->spec, &m->recipe->spec))
            return true;
    }
    return false;
}

/* Compares the whole table with what a recipe makes of a seed. */
static bool confirm(finding *f, const whence_recipe *r, uint64_t seed, tokvec_error *err)
{
    char text[24];
    whence_match m = {.recipe = r, .seed = seed};
    tokvec_seed_spec spec = r->spec;
    snprintf(text, sizeof text, "%llu", (unsigned long long)seed);
    if (spec.seed_text == NULL)
        spec.seed_text = text;
    if (is_listed(f, r, seed))
        return true;
    if (!whence_confirm(f->query->table, &spec, f->query->threads, &m.equal, err))
        return false;
    if (m.equal.rows > (m.equal.padding_row >= 0) && !is_other_release(f, &m))
        add_match(f, m);
    return true;
}

/* ---------------------------------------------------------------- seeds */

static void tell_progress(void *context, uint64_t seeds)
{
    const finding *f = context;
    if (f->query->progress != NULL)
        f->query->progress(f->query->context, (double)(f->tried + seeds) / (double)(f->to_try + 1));
}

static whence_seeds search_of(finding *f, const whence_recipe *r, size_t from, size_t to)
{
    bool single = r->seedless || r->spec.seed_text != NULL;
    return (whence_seeds){.recipe = r,
                          .dtype = f->sample.dtype,
                          .probes = f->sample.probes + from,
                          .probe_count = to - from,
                          .first = single ? 0 : f->query->first,
                          .count = single ? 1 : f->query->count,
                          .threads = f->query->threads,
                          .progress = tell_progress,
                          .context = f};
}

/* No more can be listed than these, each of which makes the whole table. */
static bool is_full(finding *f)
{
    whence *w = f->out;
    bool full = w->count == WHENCE_MATCHES_MAX && is_whole(f, &w->matches[w->count - 1]);
    w->more = w->more || full;
    return full;
}

/* All seeds of a recipe, on some of the probes. */
static bool try_recipe(finding *f, const whence_recipe *r, size_t from, size_t to,
                       tokvec_error *err)
{
    uint64_t hits[WHENCE_HITS_MAX];
    size_t count;
    bool more;
    const whence_seeds search = search_of(f, r, from, to);
    if (!whence_seeds_find(&search, hits, &count, &more, err))
        return false;
    f->tried += search.count;
    f->out->more = f->out->more || more;
    for (size_t i = 0; i < count && !is_full(f); i++) {
        if (!confirm(f, r, hits[i], err))
            return false;
    }
    return true;
}

/* Every recipe with the one seed of a match that was found with one of them. */
static bool try_seed_of(finding *f, const whence_match *found, tokvec_error *err)
{
    char text[24];
    const uint64_t seed = found->seed;
    snprintf(text, sizeof text, "%llu", (unsigned long long)seed);
    for (size_t i = 0; i < f->out->recipes.count; i++) {
        const whence_recipe *r = f->out->recipes.all[i];
        const whence_seeds search = search_of(f, r, 0, f->sample.probe_count);
        bool hit;
        if (!whence_seeds_test(&search, text, true, &hit, err) ||
            (hit && !confirm(f, r, seed, err)))
            return false;
    }
    return true;
}

/* All recipes on some of the probes; ends early where a match leaves no doubt. */
static bool try_all(finding *f, size_t from, size_t to, tokvec_error *err)
{
    f->tried = 0;
    f->to_try = f->out->recipes.count * f->query->count;
    for (size_t i = 0; i < f->out->recipes.count && !is_full(f); i++) {
        const whence_recipe *r = f->out->recipes.all[i];
        if (!try_recipe(f, r, from, to, err))
            return false;
        if (f->out->count > 0 && f->sample.bits > MUCH_BITS) {
            const whence_match found = f->out->matches[0];
            return try_seed_of(f, &found, err);
        }
    }
    return true;
}

/* A table of one value everywhere. */
static bool try_constant(finding *f, tokvec_error *err)
{
    for (size_t i = 0; i < f->out->recipes.count; i++) {
        if (f->out->recipes.all[i]->seedless && !confirm(f, f->out->recipes.all[i], 0, err))
            return false;
    }
    return true;
}

static bool try_probes(finding *f, tokvec_error *err)
{
    size_t count = f->sample.probe_count;
    if (count == 0)
        return try_constant(f, err);
    if (!try_all(f, 0, 1, err))
        return false;
    if (f->out->count > 0 || count < 2)
        return true;
    f->out->shallow = !f->query->all && f->query->count > DEEP_SEEDS_MAX;
    return f->out->shallow || try_all(f, 1, count, err);
}

/* What makes less of the table does not count. */
static void leave_best(finding *f)
{
    whence *w = f->out;
    while (w->count > 0 && w->matches[w->count - 1].equal.rows < w->matches[0].equal.rows)
        w->count--;
}

bool whence_find(whence *w, const whence_query *q, tokvec_error *err)
{
    finding *f = calloc(1, sizeof *f);
    *w = (whence){.rows = tokvec_table_rows(q->table)};
    if (f == NULL)
        return error_no_memory(err, sizeof *f);
    f->out = w;
    f->query = q;
    bool good = whence_sample_take(&f->sample, q->table, err) &&
                (f->sample.rows == 0 || f->sample.dim == 0 ||
                 (whence_recipes_list(&w->recipes, &f->sample, q->given, q->all, err) &&
                  try_probes(f, err)));
    if (good)
        leave_best(f);
    else
        whence_close(w);
    free(f);
    return good;
}

void whence_close(whence *w)
{
    whence_recipes_free(&w->recipes);
    w->recipes = (whence_recipes){.all = NULL};
}
