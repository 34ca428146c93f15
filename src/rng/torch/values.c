/* values.c - the values of normal_ and uniform_, each made from known draws of PyTorch's engine.
 * See values.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/values.h"

#include "rng/libm.h"
#include "rng/torch/affine.h"
#include "rng/torch/uniform.h"

#include <stdlib.h>
#include <string.h>

enum { VALUES_AT_ONCE = NORMAL_PIECE * NORMAL_GROUP };

/* Makes groups of at most VALUES_AT_ONCE values, from the fill's draws from number `first` on. */
static void make_groups(const torch_values *v, const drawn *d, generator_cursor *c, uint64_t first,
                        size_t groups, void *out)
{
    uint32_t draws[VALUES_AT_ONCE * 2];
    drawn_fill(d, c, v->first + first, groups * v->group * v->draws_per_value, draws);
    v->make(v, draws, groups, out);
}

/* Makes the group whose values are number start .. start+15, and copies from value `at` on those
 * that come before `end`. Returns how many. */
static size_t make_part(const torch_values *v, const drawn *d, generator_cursor *c, uint64_t start,
                        uint64_t draw, uint64_t at, uint64_t end, uint8_t *out)
{
    double made[NORMAL_GROUP]; /* room for any dtype */
    size_t bytes = tokvec_dtype_size(v->fill.dtype);
    uint64_t stop = start + v->group < end ? start + v->group : end;
    make_groups(v, d, c, draw, 1, made);
    memcpy(out, (uint8_t *)made + (size_t)(at - start) * bytes, (size_t)(stop - at) * bytes);
    return (size_t)(stop - at);
}

/* All values but the last 16 come from whole groups in order. If the number of values is not a
 * multiple of 16, the last 16 are made once more, together, from draws of their own. */
static void make_large(const torch_values *v, const drawn *d, generator_cursor *c, uint64_t begin,
                       uint64_t end, uint8_t *out)
{
    size_t group = v->group, at_once = VALUES_AT_ONCE / group;
    uint64_t tail = v->count % group == 0 ? v->count : v->count - group;
    uint64_t limit = end < tail ? end : tail;
    for (uint64_t at = begin; at < end;) {
        size_t n;
        uint64_t start = at - at % group;
        if (at >= tail) {
            n = make_part(v, d, c, tail, v->tail_draw, at, end, out);
        } else if (at > start || limit - at < group) {
            n = make_part(v, d, c, start, start * v->draws_per_value, at, limit, out);
        } else {
            uint64_t groups = (limit - at) / group;
            uint64_t most = at_once - at / group % at_once;
            n = (size_t)(groups < most ? groups : most) * group;
            make_groups(v, d, c, at * v->draws_per_value, n / group, out);
        }
        out += n * tokvec_dtype_size(v->fill.dtype);
        at += n;
    }
}

void torch_values_make(const torch_values *v, const drawn *d, generator_cursor *c, uint64_t begin,
                       uint64_t end, void *out)
{
    size_t bytes = tokvec_dtype_size(v->fill.dtype);
    if (v->make == NULL)
        memcpy(out, (const uint8_t *)v->small + begin * bytes, (size_t)(end - begin) * bytes);
    else
        make_large(v, d, c, begin, end, out);
}

uint64_t torch_values_draw_of(const torch_values *v, uint64_t value)
{
    return v->first + (value - value % v->group) * v->draws_per_value;
}

/* ---------------------------------------------------------------- the kinds */

static normal_scale scale_of(const torch_values *v)
{
    return (normal_scale){.mean = v->fill.a, .std = v->fill.b};
}

static void make_float32(const torch_values *v, const uint32_t *draws, size_t groups, void *out)
{
    normal_float32(draws, groups, scale_of(v), out);
}

static void make_float64(const torch_values *v, const uint32_t *draws, size_t groups, void *out)
{
    normal_float64(draws, groups, scale_of(v), out);
}

static void make_narrow(const torch_values *v, const uint32_t *draws, size_t groups, void *out)
{
    normal_narrow(&v->fill, v->tables, draws, groups, out);
}

static void make_uniform(const torch_values *v, const uint32_t *draws, size_t groups, void *out)
{
    uniform_make(&v->fill, draws, groups, out);
}

/* Doubles to the fill's dtype, by way of float32 to narrower ones. */
static bool narrow(const torch_values *v, double *values, void *out, tokvec_error *err)
{
    float floats[NORMAL_GROUP];
    size_t n = (size_t)v->count;
    if (v->fill.dtype == TOKVEC_FLOAT64)
        return tokvec_convert(TOKVEC_FLOAT64, values, TOKVEC_FLOAT64, out, n, err);
    return tokvec_convert(TOKVEC_FLOAT64, values, TOKVEC_FLOAT32, floats, n, err) &&
           tokvec_convert(TOKVEC_FLOAT32, floats, v->fill.dtype, out, n, err);
}

/* A normal of fewer than 16 values: PyTorch's other path, all at once. */
static bool make_small(torch_values *v, const torch_place *at, const drawn *d, tokvec_error *err)
{
    double values[NORMAL_GROUP];
    uint32_t draws[NORMAL_SMALL_DRAWS];
    generator_cursor *c = generator_cursor_open(&d->generator, err);
    if (c == NULL)
        return false;
    drawn_fill(d, c, at->draw, NORMAL_SMALL_DRAWS, draws);
    free(c);
    size_t kept = at->cached ? 1 : 0, n = (size_t)v->count;
    values[0] = at->cache;
    normal_small(draws, n - kept, v->fill.rules < TORCH_2_0, values + kept);
    affine_float64(values, n, v->fill.b, v->fill.a);
    return narrow(v, values, v->small, err);
}

static bool begin_narrow(torch_values *v, tokvec_error *err)
{
    if (v->fill.rules >= TORCH_2_12)
        v->tail_draw -= v->count % NORMAL_GROUP;
    if (v->fill.rules >= TORCH_2_13)
        return true;
    if (!libm_load(err))
        return false;
    if (v->fill.rules < TORCH_2_12)
        v->tables = normal_tables_open(v->fill.dtype, v->fill.rules, err);
    return v->fill.rules >= TORCH_2_12 || v->tables != NULL;
}

static bool begin_normal(torch_values *v, const torch_place *at, const drawn *d, tokvec_error *err)
{
    tokvec_dtype dtype = v->fill.dtype;
    if (v->count < NORMAL_GROUP)
        return libm_load(err) && make_small(v, at, d, err);
    v->group = NORMAL_GROUP;
    v->tail_draw = v->count * v->draws_per_value;
    if (dtype == TOKVEC_FLOAT32) {
        v->make = make_float32;
        return true;
    }
    if (dtype == TOKVEC_FLOAT64) {
        v->make = make_float64;
        return libm_load(err);
    }
    v->make = make_narrow;
    return begin_narrow(v, err);
}

bool torch_values_begin(torch_values *v, const torch_fill *fill, const torch_place *at,
                        const drawn *d, tokvec_error *err)
{
    *v = (torch_values){.fill = *fill,
                        .first = at->draw,
                        .count = fill->rows * fill->dim,
                        .group = 1,
                        .draws_per_value = fill->dtype == TOKVEC_FLOAT64 ? 2 : 1};
    if (fill->draw == TORCH_NORMAL)
        return begin_normal(v, at, d, err);
    v->make = make_uniform;
    return fill->dtype != TOKVEC_FLOAT64 || libm_load(err);
}

void torch_values_end(torch_values *v)
{
    free(v->tables);
}
