/* torch.c - the weight of a freshly seeded torch.nn.Embedding.
 * A value depends only on the engine's draws for its own group of 16, so that any is made by
 * moving the engine there.
 * SPDX-License-Identifier: MIT */
#include "rng/generator.h"

#include "rng/drawn.h"
#include "rng/libm.h"
#include "rng/mt19937_engine.h"
#include "rng/torch/normal.h"
#include "rng/words.h"

#include <stdlib.h>
#include <string.h>

enum { GROUPS_AT_ONCE = NORMAL_PIECE };

typedef struct torch_table {
    drawn drawn;
    uint64_t values;          /* rows * dim */
    unsigned draws_per_value; /* 1, or 2 for float64 */
    size_t value_bytes;
    uint64_t small[NORMAL_GROUP]; /* the values of a table of fewer than 16, in its dtype */
} torch_table;

/* Makes `groups` groups, at most GROUPS_AT_ONCE, from the draws from number `first` on. */
static void make_groups(const torch_table *t, generator_cursor *c, uint64_t first, size_t groups,
                        void *out)
{
    uint32_t draws[GROUPS_AT_ONCE * NORMAL_GROUP * 2];
    drawn_fill(&t->drawn, c, first, groups * NORMAL_GROUP * t->draws_per_value, draws);
    if (t->drawn.generator.dtype == TOKVEC_FLOAT32)
        normal_float32(draws, groups, out);
    else
        normal_float64(draws, groups, out);
}

/* Makes the group whose values are number start .. start+15, and copies from value `at` on those
 * that come before `end`. Returns how many. */
static size_t make_part(const torch_table *t, generator_cursor *c, uint64_t start, uint64_t draw,
                        uint64_t at, uint64_t end, uint8_t *out)
{
    double made[NORMAL_GROUP]; /* room for either dtype */
    uint64_t stop = start + NORMAL_GROUP < end ? start + NORMAL_GROUP : end;
    make_groups(t, c, draw * t->draws_per_value, 1, made);
    memcpy(out, (uint8_t *)made + (size_t)(at - start) * t->value_bytes,
           (size_t)(stop - at) * t->value_bytes);
    return (size_t)(stop - at);
}

/* All values but the last 16 come from whole groups in order. If the number of values is not a
 * multiple of 16, the last 16 are made once more, together, from the draws after all others. */
static void make_large(const torch_table *t, generator_cursor *c, uint64_t begin, uint64_t end,
                       uint8_t *out)
{
    uint64_t tail = t->values % NORMAL_GROUP == 0 ? t->values : t->values - NORMAL_GROUP;
    uint64_t limit = end < tail ? end : tail;
    for (uint64_t at = begin; at < end;) {
        size_t n;
        uint64_t start = at - at % NORMAL_GROUP;
        if (at >= tail) {
            n = make_part(t, c, tail, t->values, at, end, out);
        } else if (at > start || limit - at < NORMAL_GROUP) {
            n = make_part(t, c, start, start, at, limit, out);
        } else {
            uint64_t groups = (limit - at) / NORMAL_GROUP;
            uint64_t most = GROUPS_AT_ONCE - at / NORMAL_GROUP % GROUPS_AT_ONCE;
            n = (size_t)(groups < most ? groups : most) * NORMAL_GROUP;
            make_groups(t, c, at * t->draws_per_value, n / NORMAL_GROUP, out);
        }
        out += n * t->value_bytes;
        at += n;
    }
    c->at = end;
}

static bool torch_make(const generator *g, generator_cursor *c, uint64_t begin, uint64_t end,
                       void *out, tokvec_error *err)
{
    const torch_table *t = (const torch_table *)g;
    (void)err;
    if (t->values < NORMAL_GROUP)
        memcpy(out, (const uint8_t *)t->small + begin * t->value_bytes,
               (size_t)(end - begin) * t->value_bytes);
    else
        make_large(t, c, begin, end, out);
    return true;
}

/* The first draw of the group that a value is in. */
static uint64_t torch_draw_of(const drawn *d, uint64_t value)
{
    const torch_table *t = (const torch_table *)d;
    return (value - value % NORMAL_GROUP) * t->draws_per_value;
}

static void torch_close(generator *g)
{
    torch_table *t = (torch_table *)g;
    if (t->drawn.draws != NULL)
        t->drawn.draws->kind->close(t->drawn.draws);
    free(t);
}

static const generator_ops torch_ops = {DRAWN_OPS, .make = torch_make, .close = torch_close};

/* Fewer than 16 values: PyTorch's other path, all at once. */
static bool make_small(torch_table *t, tokvec_error *err)
{
    double values[NORMAL_GROUP];
    uint32_t draws[NORMAL_SMALL_DRAWS];
    generator_cursor *c = generator_cursor_open(&t->drawn.generator, err);
    if (c == NULL)
        return false;
    drawn_fill(&t->drawn, c, 0, NORMAL_SMALL_DRAWS, draws);
    free(c);
    normal_small(draws, (size_t)t->values, values);
    return tokvec_convert(TOKVEC_FLOAT64, values, t->drawn.generator.dtype, t->small,
                          (size_t)t->values, err);
}

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

static generator *torch_open(const tokvec_seed_spec *spec, tokvec_error *err)
{
    uint64_t seed, values = spec->vocab_size * spec->dim;
    tokvec_dtype dtype = spec->dtype != TOKVEC_NO_DTYPE ? spec->dtype : TOKVEC_FLOAT32;
    if (!read_seed(spec->seed_text, &seed, err) || !check_dtype(dtype, err))
        return NULL;
    bool needs_libm = dtype != TOKVEC_FLOAT32 || values < NORMAL_GROUP;
    if (needs_libm && !libm_load(err))
        return NULL;
    torch_table *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    t->drawn = (drawn){.generator = {.ops = &torch_ops,
                                     .rows = spec->vocab_size,
                                     .dim = spec->dim,
                                     .dtype = dtype},
                       .draw_of = torch_draw_of};
    t->values = values;
    t->draws_per_value = dtype == TOKVEC_FLOAT64 ? 2 : 1;
    t->value_bytes = tokvec_dtype_size(dtype);
    uint64_t most = (t->values + NORMAL_GROUP) * t->draws_per_value;
    mt19937 state;
    mt19937_seed(&state, (uint32_t)seed /* the low half */);
    engine *draws = mt19937_engine_open(&state, MT19937_BLOCK, most, err);
    if (draws != NULL)
        drawn_use(&t->drawn, draws);
    if (draws == NULL || (t->values < NORMAL_GROUP && !make_small(t, err))) {
        torch_close(&t->drawn.generator);
        return NULL;
    }
    return &t->drawn.generator;
}

const generator_kind rng_torch = {
    .name = "torch",
    .equals = "torch.manual_seed(N); torch.nn.Embedding(V, D)",
    .takes = GENERATOR_TAKES_NONE,
    .open = torch_open,
};
