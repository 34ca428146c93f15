/* torch_sieve.c - which seeds PyTorch may have made some values from.
 * See torch_sieve.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/torch_sieve.h"

#include "rng/libm.h"
#include "rng/sieve/sieve.h"
#include "rng/torch/normal.h"
#include "rng/torch/trunc_odds.h"

#include <math.h>
#include <stdlib.h>

enum {
    CASES_MAX = 256,
    TRUNC_PAIRS = 4, /* of a truncated normal's span: one may be all of first proposals */
};

/* How the draws of a fill lie, and what of them shows. */
typedef struct layout {
    const torch_fill *fill;
    uint64_t first;  /* the draw of value 0 */
    uint64_t values; /* that come from draws in order: not the last ones of a normal table */
    unsigned per_value;
    uint32_t mask; /* the bits of the first draw of a value that make it */
    double slack;  /* how far what is found back may be off, in units of the lowest bit */
    sieve_case *cases;
    size_t count;
} layout;

/* ---------------------------------------------------------------- ranges */

/* The narrowest is best the first: it alone is tested in all seeds. */
static void sort_ranges(sieve_case *c)
{
    for (size_t i = 1; i < c->count; i++) {
        for (size_t j = i; j > 0 && (double)c->ranges[j].width / c->ranges[j].mask <
                                        (double)c->ranges[j - 1].width / c->ranges[j - 1].mask;
             j--) {
            sieve_range moved = c->ranges[j];
            c->ranges[j] = c->ranges[j - 1];
            c->ranges[j - 1] = moved;
        }
    }
}

/* How much of all draws a case lets pass. */
static double share_of(const sieve_case *c)
{
    double share = 1;
    for (size_t i = 0; i < c->count; i++)
        share *= ((double)c->ranges[i].width + 1) / ((double)c->ranges[i].mask + 1);
    return share;
}

/* ---------------------------------------------------------------- normals */

/* What is known of a pair of standard normals: a point in a box. */
typedef struct box {
    double x[2], y[2];
} box;

static double square_least(const double side[2])
{
    if (side[0] <= 0 && side[1] >= 0)
        return 0;
    double least = fabs(side[0]) < fabs(side[1]) ? side[0] : side[1];
    return least * least;
}

static double square_most(const double side[2])
{
    double most = fabs(side[0]) > fabs(side[1]) ? side[0] : side[1];
    return most * most;
}

/* The uniform of which exp(-length^2 / 2) is one less it: between *low and *high. */
static void uniform_of_length(const box *b, double *low, double *high)
{
    *low = 1 - libm_exp(-0.5 * (square_least(b->x) + square_least(b->y)));
    *high = 1 - libm_exp(-0.5 * (square_most(b->x) + square_most(b->y)));
}

/* The uniform of which the angle is 2 pi times, but for whole turns. */
static void uniform_of_angle(const box *b, double *low, double *high)
{
    const double turn = 6.283185307179586476925286766559;
    *low = 0;
    *high = 1;
    if (square_least(b->x) + square_least(b->y) == 0)
        return; /* all angles */
    double middle = libm_atan2(b->y[0] + b->y[1], b->x[0] + b->x[1]), reach = 0;
    for (int corner = 0; corner < 4; corner++) {
        double off = libm_atan2(b->y[corner / 2], b->x[corner % 2]) - middle;
        off = fabs(off > turn / 2 ? off - turn : off < -turn / 2 ? off + turn : off);
        reach = off > reach ? off : reach;
    }
    *low = (middle - reach) / turn;
    *high = (middle + reach) / turn;
}

static box box_of(const torch_fill *f, const generator_span *s, size_t i, size_t j)
{
    return (box){.x = {(s->low[i] - f->a) / f->b, (s->high[i] - f->a) / f->b},
                 .y = {(s->low[j] - f->a) / f->b, (s->high[j] - f->a) / f->b}};
}

/* The ranges of the draws that a pair came from. */
static sieve_case pair_case(const layout *l, const box *b, uint64_t length_draw,
                            uint64_t angle_draw)
{
    double low, high, all = (double)l->mask + 1;
    sieve_case c = {.count = 2};
    uniform_of_length(b, &low, &high);
    c.ranges[0] = sieve_range_of(length_draw, l->mask, low * all, high * all, l->slack);
    uniform_of_angle(b, &low, &high);
    c.ranges[1] = sieve_range_of(angle_draw, l->mask, low * all, high * all, l->slack);
    sort_ranges(&c);
    return c;
}

/* Keeps the best cases of a span, at most `most`. */
static void keep_case(layout *l, size_t from, size_t most, const sieve_case *c)
{
    size_t worst = l->count;
    if (l->count - from < most && l->count < CASES_MAX) {
        l->cases[l->count++] = *c;
        return;
    }
    for (size_t i = from; i < l->count; i++) {
        if (worst == l->count || share_of(&l->cases[i]) > share_of(&l->cases[worst]))
            worst = i;
    }
    if (worst < l->count && share_of(c) < share_of(&l->cases[worst]))
        l->cases[worst] = *c;
}

/* A table of 16 values or more: pairs are value j and j + 8 of a group of 16. */
static void add_group_pairs(layout *l, const generator_span *s, size_t most)
{
    enum { HALF = NORMAL_GROUP / 2 };
    size_t from = l->count;
    for (size_t i = 0; i + HALF < s->count; i++) {
        uint64_t value = s->first + i;
        if (value % NORMAL_GROUP >= HALF || value + HALF >= l->values)
            continue;
        box b = box_of(l->fill, s, i, i + HALF);
        uint64_t draw = l->first + value * l->per_value;
        sieve_case c = pair_case(l, &b, draw, draw + HALF * l->per_value);
        keep_case(l, from, most, &c);
    }
}

/* A smaller one: values 2k and 2k + 1, the angle drawn first. */
static void add_small_pairs(layout *l, const generator_span *s)
{
    size_t from = l->count;
    for (size_t i = s->first % 2; i + 1 < s->count; i += 2) {
        box b = box_of(l->fill, s, i, i + 1);
        uint64_t draw = l->first + (s->first + i) * 2;
        sieve_case c = pair_case(l, &b, draw + 2, draw);
        keep_case(l, from, 1, &c);
    }
}

/* ---------------------------------------------------------------- uniforms */

/* The value of uniform_ that a value came from: itself, or that of the error function of which a
 * truncated normal is the inverse. */
static double uniform_of(const torch_fill *f, double value)
{
    return f->draw == TORCH_UNIFORM ? value
                                    : libm_erf((value - f->a) / (f->b * 1.4142135623730951));
}

/* The narrowest ranges of a span's values are one case. */
static void add_uniforms(layout *l, const generator_span *s)
{
    const torch_fill *f = l->fill;
    bool plain = f->draw == TORCH_UNIFORM;
    double least = plain ? f->a : uniform_of(f, f->low);
    double most = plain ? f->b : uniform_of(f, f->high);
    double all = (double)l->mask + 1, range = most - least;
    sieve_case c = {.count = 0};
    for (size_t i = 0; i < s->count && c.count < SIEVE_RANGES_MAX; i++) {
        double low = (uniform_of(f, s->low[i]) - least) / range * all;
        double high = (uniform_of(f, s->high[i]) - least) / range * all;
        if (low <= 0 || high >= all - 1)
            continue; /* which may have been the upper bound, or been cut to one */
        c.ranges[c.count++] =
            sieve_range_of(l->first + (s->first + i) * l->per_value, l->mask, low, high, l->slack);
    }
    sort_ranges(&c);
    if (c.count > 0 && l->count < CASES_MAX)
        l->cases[l->count++] = c;
}

/* ---------------------------------------------------------------- the sieve */

/* Whether values come from draws in a way that is looked through here. */
static bool is_looked_through(const torch_fill *f, bool cached)
{
    trunc_odds odds;
    bool narrow = f->dtype == TOKVEC_BFLOAT16 || f->dtype == TOKVEC_FLOAT16;
    bool small = f->rows * f->dim < NORMAL_GROUP;
    switch (f->draw) {
    case TORCH_UNIFORM: return f->b > f->a && (!narrow || f->rules >= TORCH_2_12);
    case TORCH_NORMAL: return f->b != 0 && (small ? !cached : !narrow || f->rules >= TORCH_2_13);
    case TORCH_TRUNC_NORMAL:
        if (f->rules < TORCH_2_12)
            return !narrow && f->b > 0 && f->high > f->low;
        return !small && f->b > 0 && (!narrow || f->rules >= TORCH_2_13) &&
               trunc_odds_find(f, &odds, NULL) && !odds.uniform;
    default: return false;
    }
}

static void add_spans(layout *l, bool small, bool normal, const generator_span *spans, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!normal)
            add_uniforms(l, &spans[i]);
        else if (small)
            add_small_pairs(l, &spans[i]);
        else
            add_group_pairs(l, &spans[i], l->fill->draw == TORCH_TRUNC_NORMAL ? TRUNC_PAIRS : 1);
    }
}

generator_sieve *torch_sieve_open(const torch_fill *fill, const torch_place *at,
                                  const generator_span *spans, size_t n)
{
    if (!libm_load(NULL) || !is_looked_through(fill, at->cached))
        return NULL;
    bool normal = fill->draw == TORCH_NORMAL ||
                  (fill->draw == TORCH_TRUNC_NORMAL && fill->rules >= TORCH_2_12);
    uint64_t count = fill->rows * fill->dim;
    bool small = normal && count < NORMAL_GROUP, in_two = small || fill->dtype == TOKVEC_FLOAT64;
    layout l = {.fill = fill,
                .first = at->draw,
                .values = normal && count % NORMAL_GROUP != 0 ? count - NORMAL_GROUP : count,
                .per_value = in_two ? 2 : 1,
                .mask = in_two ? 0x1fffff : 0xffffff,
                .slack = in_two ? 4 : 24,
                .cases = calloc(CASES_MAX, sizeof *l.cases)};
    if (l.cases == NULL)
        return NULL;
    add_spans(&l, small, normal, spans, n);
    generator_sieve *sieve = sieve_open(l.cases, l.count);
    free(l.cases);
    return sieve;
}
