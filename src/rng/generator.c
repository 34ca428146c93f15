/* generator.c - the list of generators.
 * See generator.h.
 * SPDX-License-Identifier: MIT */
#include "rng/generator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ADDRESS(name) &rng_##name,
static const generator_kind *const kinds[] = {GENERATORS(ADDRESS)};
enum { KINDS = sizeof kinds / sizeof *kinds };

const generator_kind *generator_kind_at(size_t index)
{
    return index < KINDS ? kinds[index] : NULL;
}

const generator_kind *generator_kind_named(const char *name, tokvec_error *err)
{
    char names[400] = "";
    size_t length = 0;
    for (size_t i = 0; i < KINDS; i++) {
        if (name == NULL || strcmp(name, kinds[i]->name) == 0)
            return kinds[i];
        length += (size_t)snprintf(names + length, sizeof names - length, "%s%s", i > 0 ? ", " : "",
                                   kinds[i]->name);
        length = length < sizeof names ? length : sizeof names - 1;
    }
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%s' is not a known generator", name);
    error_hint(err, "known are %s", names);
    return NULL;
}

#define WHAT(name, what) what,
static const char *const whats[] = {GENERATOR_TAKES(WHAT)};

/* What the spec has of what not every kind takes, one bit each. */
static unsigned given(const tokvec_seed_spec *spec)
{
#define IS_GIVEN(name, what) | (spec->name ? GENERATOR_TAKES_##name : 0u)
    return 0u GENERATOR_TAKES(IS_GIVEN);
}

static bool check_takes(const generator_kind *kind, const tokvec_seed_spec *spec, tokvec_error *err)
{
    unsigned wrong = given(spec) & ~kind->takes;
    if (wrong == 0)
        return true;
    unsigned bit = (unsigned)__builtin_ctz(wrong);
    char names[400] = "";
    size_t length = 0;
    for (size_t i = 0; i < KINDS && length < sizeof names; i++) {
        if ((kinds[i]->takes >> bit & 1) != 0)
            length += (size_t)snprintf(names + length, sizeof names - length, "%s%s",
                                       length > 0 ? ", " : "", kinds[i]->name);
    }
    error_set(err, TOKVEC_BAD_ARGUMENT, "%s does not go with the generator %s", whats[bit],
              kind->name);
    if (names[0] != '\0')
        error_hint(err, "it goes with %s", names);
    return false;
}

generator *generator_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    const generator_kind *kind = generator_kind_named(spec->rng, err);
    if (kind == NULL || !check_takes(kind, spec, err))
        return NULL;
    return kind->open(spec, err);
}

bool generator_state(const tokvec_seed_spec *spec, uint8_t *out, tokvec_error *err)
{
    const generator_kind *kind = generator_kind_named(spec->rng, err);
    if (kind == NULL || !check_takes(kind, spec, err))
        return false;
    if (kind->state != NULL)
        return kind->state(spec, out, err);
    return error_set(err, TOKVEC_BAD_ARGUMENT, "the generator %s has no state that can be saved",
                     kind->name);
}

generator_cursor *generator_cursor_open(const generator *g, tokvec_error *err)
{
    generator_cursor *c = malloc(g->cursor_size);
    if (c == NULL)
        error_no_memory(err, g->cursor_size);
    else
        g->ops->start(g, c);
    return c;
}
