/* trunc_reject.c - trunc_normal_ from PyTorch 2.12 on: by rejection.
 * Pass after pass draws a tensor of proposals; a value is the first of its own that is accepted.
 * Proposals are normals, which must lie within the bounds; or, where few would, uniforms between
 * the bounds, accepted by chance as often as the normal density demands, for which each pass draws
 * a second tensor. Each of these tensors begins at a known draw. So a value is made by itself, from
 * as many tensors as it takes, in each of which a cursor of its own moves along. Only where so few
 * proposals are accepted that these would be too many are the passes made one by one, over the
 * whole table, which is kept.
 * See trunc_reject.h.
 * SPDX-License-Identifier: MIT */
#include "rng/torch/trunc_reject.h"

#include "base/array.h"
#include "base/bytes.h"
#include "rng/libm.h"
#include "rng/torch/trunc_math.h"
#include "rng/torch/trunc_odds.h"
#include "rng/torch/values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNK = NORMAL_PIECE * NORMAL_GROUP, /* values that are made together */
    MARKS = (CHUNK + 63) / 64,
    PASSES_APART = 64, /* at most so many have cursors of their own */
    WORK_BITS = 36,    /* no more draws than 2 to this are made for a table that is kept */
};

typedef struct reject_table {
    generator generator;
    drawn source;          /* of the proposals: the engine, and how large its cursors are */
    bool owns;             /* the engine */
    bool uniform;          /* what proposals are */
    torch_values proposal; /* those of the first pass */
    torch_values chance;   /* uniforms from 0 to 1, for uniform ones */
    uint64_t tensor_draws; /* of one tensor */
    double low, high;      /* what normals may be */
    double mean, std, peak;
    unsigned cursors;
    uint64_t passes_max; /* that are tried */
    uint64_t passes;     /* that the whole table took, if it is kept */
    uint8_t *kept;       /* all values, or NULL */
} reject_table;

/* ---------------------------------------------------------------- which tensors */

static unsigned tensors_per_pass(bool uniform)
{
    return uniform ? 2 : 1;
}

static generator_cursor *cursor_of(const reject_table *t, generator_cursor *c, uint64_t tensor)
{
    size_t size = t->source.generator.cursor_size;
    return (generator_cursor *)(void *)((uint8_t *)(c + 1) + tensor % t->cursors * size);
}

/* Values begin .. end-1 of the tensor of that number. */
static void make_tensor(const reject_table *t, generator_cursor *c, const torch_values *values,
                        uint64_t tensor, uint64_t begin, uint64_t end, void *out)
{
    torch_values moved = *values;
    moved.first += tensor * t->tensor_draws;
    torch_values_make(&moved, &t->source, cursor_of(t, c, tensor), begin, end, out);
}

/* ---------------------------------------------------------------- accepting */

/* The logarithm of the density at each proposal, less that of the peak; PyTorch rounds each step.
 */
static void log_density(const reject_table *t, size_t n, double *x)
{
    tokvec_dtype dtype = t->generator.dtype;
    for (size_t i = 0; i < n; i++)
        x[i] -= t->mean;
    trunc_narrow(dtype, n, x);
    for (size_t i = 0; i < n; i++)
        x[i] /= t->std;
    trunc_narrow(dtype, n, x);
    for (size_t i = 0; i < n; i++)
        x[i] *= x[i];
    trunc_narrow(dtype, n, x);
    for (size_t i = 0; i < n; i++)
        x[i] *= -0.5;
    trunc_narrow(dtype, n, x);
    for (size_t i = 0; i < n; i++)
        x[i] -= t->peak;
    trunc_narrow(dtype, n, x);
}

static void accept_by_chance(const reject_table *t, size_t n, double *x, const void *chances,
                             bool *accepted)
{
    double log_of[CHUNK];
    tokvec_convert(t->generator.dtype, chances, TOKVEC_FLOAT64, log_of, n, NULL);
    for (size_t i = 0; i < n; i++)
        log_of[i] = libm_log(log_of[i]);
    trunc_narrow(t->generator.dtype, n, log_of);
    log_density(t, n, x);
    for (size_t i = 0; i < n; i++)
        accepted[i] = !(log_of[i] > x[i]);
}

/* Makes proposals begin .. end-1 of a pass, and says which are accepted. */
static void propose(const reject_table *t, generator_cursor *c, uint64_t pass, uint64_t begin,
                    uint64_t end, void *out, bool *accepted)
{
    double x[CHUNK], chances[CHUNK]; /* room for any dtype */
    size_t n = (size_t)(end - begin);
    uint64_t tensor = pass * tensors_per_pass(t->uniform);
    make_tensor(t, c, &t->proposal, tensor, begin, end, out);
    tokvec_convert(t->generator.dtype, out, TOKVEC_FLOAT64, x, n, NULL);
    if (t->uniform) {
        make_tensor(t, c, &t->chance, tensor + 1, begin, end, chances);
        accept_by_chance(t, n, x, chances, accepted);
        return;
    }
    for (size_t i = 0; i < n; i++)
        accepted[i] = !(x[i] < t->low || x[i] > t->high);
}

/* ---------------------------------------------------------------- passes over a chunk */

/* Values that are made together, and marks of those that wait for a proposal to be accepted. */
typedef struct chunk {
    uint64_t begin;
    size_t n;
    uint8_t *out;
    uint64_t *waiting; /* MARKS words */
} chunk;

/* The values from `begin` on, at most up to `end`. */
static chunk chunk_at(uint64_t begin, uint64_t end, uint8_t *out, uint64_t *marks)
{
    uint64_t stop = begin - begin % CHUNK + CHUNK;
    return (chunk){begin, (size_t)((stop < end ? stop : end) - begin), out, marks};
}

static void mark_all(const chunk *k)
{
    memset(k->waiting, 0, MARKS * sizeof *k->waiting);
    for (size_t i = 0; i < k->n; i += 64)
        k->waiting[i / 64] = UINT64_MAX >> (k->n - i < 64 ? 64 - (k->n - i) : 0);
}

/* The first from i on that waits; n if there is none. */
static size_t next_waiting(const chunk *k, size_t i)
{
    while (i < k->n) {
        uint64_t rest = k->waiting[i / 64] >> i % 64;
        if (rest != 0)
            return i + (size_t)__builtin_ctzll(rest);
        i = i - i % 64 + 64;
    }
    return k->n;
}

/* One pass over the values that wait: as many at once as lie near to one another. Returns how many
 * still do. */
static size_t pass_over(const reject_table *t, generator_cursor *c, uint64_t pass, const chunk *k)
{
    double proposals[CHUNK]; /* room for any dtype */
    bool accepted[CHUNK];
    size_t bytes = tokvec_dtype_size(t->generator.dtype), left = 0;
    for (size_t i = next_waiting(k, 0), next; i < k->n; i = next) {
        size_t last = i;
        while ((next = next_waiting(k, last + 1)) < k->n && next - last <= NORMAL_GROUP)
            last = next;
        propose(t, c, pass, k->begin + i, k->begin + last + 1, proposals, accepted);
        for (size_t j = i; j <= last; j = next_waiting(k, j + 1)) {
            if (!accepted[j - i]) {
                left++;
                continue;
            }
            memcpy(k->out + j * bytes, (uint8_t *)proposals + (j - i) * bytes, bytes);
            k->waiting[j / 64] &= ~(UINT64_C(1) << j % 64);
        }
    }
    return left;
}

static bool too_many_passes(uint64_t passes, tokvec_error *err)
{
    error_set(
        err, TOKVEC_BAD_ARGUMENT,
        "trunc_normal: proposals lie within the bounds too rarely (%llu passes over the table "
        "would not do)",
        (unsigned long long)passes);
    return error_hint(err, "give bounds nearer to the mean, or wider ones");
}

/* All passes that a chunk takes; *passes becomes their number, if that is larger. */
static bool settle(const reject_table *t, generator_cursor *c, const chunk *k, uint64_t *passes,
                   tokvec_error *err)
{
    uint64_t pass = 0;
    mark_all(k);
    while (pass_over(t, c, pass++, k) > 0) {
        if (pass == t->passes_max)
            return too_many_passes(pass, err);
    }
    *passes = pass > *passes ? pass : *passes;
    return true;
}

static bool reject_make(const generator *g, generator_cursor *c, uint64_t begin, uint64_t end,
                        void *out, tokvec_error *err)
{
    const reject_table *t = (const reject_table *)g;
    size_t bytes = tokvec_dtype_size(g->dtype);
    uint8_t *to = out;
    uint64_t marks[MARKS], passes = 0;
    if (t->kept != NULL) {
        memcpy(out, t->kept + begin * bytes, (size_t)(end - begin) * bytes);
        begin = end;
    }
    while (begin < end) {
        chunk k = chunk_at(begin, end, to, marks);
        if (!settle(t, c, &k, &passes, err))
            return false;
        begin += k.n;
        to += k.n * bytes;
    }
    c->at = end;
    return true;
}

/* ---------------------------------------------------------------- a table that is kept */

/* Pass after pass over the whole table. */
static bool settle_all(reject_table *t, generator_cursor *c, uint64_t *marks, tokvec_error *err)
{
    size_t bytes = tokvec_dtype_size(t->generator.dtype);
    uint64_t count = t->proposal.count, left = count;
    for (t->passes = 0; left > 0; t->passes++) {
        if (t->passes == t->passes_max)
            return too_many_passes(t->passes, err);
        left = 0;
        for (uint64_t at = 0; at < count; at += CHUNK) {
            chunk k = chunk_at(at, count, t->kept + at * bytes, marks + at / CHUNK * MARKS);
            if (t->passes == 0)
                mark_all(&k);
            left += pass_over(t, c, t->passes, &k);
        }
    }
    return true;
}

static bool keep_table(reject_table *t, tokvec_error *err)
{
    size_t bytes = tokvec_dtype_size(t->generator.dtype);
    uint64_t chunks = t->proposal.count / CHUNK + 1;
    generator_cursor *c = generator_cursor_open(&t->generator, err);
    uint64_t *marks = calloc((size_t)chunks, MARKS * sizeof *marks);
    t->kept = array_large((size_t)t->proposal.count * bytes);
    bool good = c != NULL && marks != NULL && t->kept != NULL;
    if (!good && c != NULL)
        error_no_memory(err, t->proposal.count * bytes);
    good = good && settle_all(t, c, marks, err);
    free(marks);
    free(c);
    return good;
}

/* ---------------------------------------------------------------- fewer than 16 normals */

/* Moves a place behind a pass of fewer than 16 normals: they come in pairs, of which the second
 * one is kept if it is not needed. */
static bool after_small(const reject_table *t, torch_place *place, tokvec_error *err)
{
    enum { PAIR_DRAWS = 4 };
    torch_values values;
    torch_fill pair = {.draw = TORCH_NORMAL,
                       .rows = 1,
                       .dim = 2,
                       .dtype = TOKVEC_FLOAT64,
                       .b = 1.0,
                       .rules = t->proposal.fill.rules};
    uint64_t fresh = t->proposal.count - (place->cached ? 1 : 0);
    *place = (torch_place){.draw = place->draw + fresh / 2 * PAIR_DRAWS};
    if (fresh % 2 == 0)
        return true;
    bool good = torch_values_begin(&values, &pair, place, &t->source, err);
    torch_values_end(&values);
    if (!good)
        return false;
    *place = (torch_place){place->draw + PAIR_DRAWS, true, double_of_bits(values.small[1])};
    return true;
}

/* All passes, which begin at a place and move it behind them. */
static bool keep_small(reject_table *t, torch_place *place, tokvec_error *err)
{
    uint64_t marks[MARKS], count = t->proposal.count;
    torch_fill fill = t->proposal.fill;
    generator_cursor none = {0}; /* all proposals are there */
    chunk k = chunk_at(0, count, t->kept = calloc(NORMAL_GROUP, sizeof(double)), marks);
    if (t->kept == NULL)
        return error_no_memory(err, NORMAL_GROUP * sizeof(double));
    mark_all(&k);
    for (t->passes = 1; pass_over(t, &none, 0, &k) > 0; t->passes++) {
        if (t->passes == t->passes_max)
            return too_many_passes(t->passes, err);
        torch_values_end(&t->proposal);
        if (!after_small(t, place, err) ||
            !torch_values_begin(&t->proposal, &fill, place, &t->source, err))
            return false;
    }
    return after_small(t, place, err);
}

/* ---------------------------------------------------------------- opening */

static void reject_start(const generator *g, generator_cursor *c)
{
    const reject_table *t = (const reject_table *)g;
    for (unsigned i = 0; i < t->cursors; i++)
        drawn_start(&t->source.generator, cursor_of(t, c, i));
    c->at = 0;
}

/* That of the first passes: few values take more. */
static uint64_t reject_cost(const generator *g, uint64_t from, uint64_t to)
{
    enum { PASSES = 3 };
    const reject_table *t = (const reject_table *)g;
    uint64_t one = t->source.draws->kind->cost(torch_values_draw_of(&t->proposal, from),
                                               torch_values_draw_of(&t->proposal, to));
    return t->kept != NULL ? 0 : one * PASSES * tensors_per_pass(t->uniform);
}

static uint64_t reject_laying_cost(const generator *g)
{
    const reject_table *t = (const reject_table *)g;
    return t->kept != NULL ? 0 : drawn_laying_cost(&t->source.generator);
}

static void reject_lay(generator *g)
{
    drawn_lay(&((reject_table *)g)->source.generator);
}

static void reject_close(generator *g)
{
    reject_table *t = (reject_table *)g;
    if (t->owns)
        t->source.draws->kind->close(t->source.draws);
    torch_values_end(&t->proposal);
    torch_values_end(&t->chance);
    free(t->kept);
    free(t);
}

/* Of the source, whose cursors are opened where few normals are made. */
static const generator_ops source_ops = {.start = drawn_start};

static const char held[] =
    "few proposals are accepted, or the dtype's numbers are far apart there: the table is drawn "
    "once, and held in memory";

static const generator_ops reject_ops = {.start = reject_start,
                                         .make = reject_make,
                                         .cost = reject_cost,
                                         .checkpoints_cost = reject_laying_cost,
                                         .lay_checkpoints = reject_lay,
                                         .close = reject_close};

static bool too_large(tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT,
              "trunc_normal: the proposals for so many values are not followed");
    return error_hint(err, "give a smaller table, or bounds that let more proposals through");
}

/* How the values are found: by cursors, or all at once. */
static bool plan(reject_table *t, const trunc_odds *odds, bool *keeps, tokvec_error *err)
{
    enum { LEAST_WORK = 1000, DRAWS_BITS = 62 };
    unsigned each = tensors_per_pass(t->uniform);
    uint64_t draws, work = each * (t->tensor_draws > LEAST_WORK ? t->tensor_draws : LEAST_WORK);
    *keeps = odds->coarse || odds->passes > PASSES_APART;
    t->cursors = (*keeps ? 1 : (unsigned)odds->passes) * each;
    t->passes_max = *keeps ? (UINT64_C(1) << WORK_BITS) / work : 64 + 16 * odds->passes;
    if (!mul_u64(t->passes_max * each, t->tensor_draws, &draws) || draws >> DRAWS_BITS != 0)
        return too_large(err);
    return t->passes_max >= odds->passes || too_many_passes(odds->passes, err);
}

static bool prepare(reject_table *t, const torch_fill *fill, torch_place *place, tokvec_error *err)
{
    trunc_odds odds;
    bool keeps;
    if (!trunc_odds_find(fill, &odds, err))
        return false;
    torch_fill proposal = *fill, chance = *fill;
    tokvec_dtype scalar = fill->dtype == TOKVEC_FLOAT64 ? TOKVEC_FLOAT64 : TOKVEC_FLOAT32;
    proposal.draw = odds.uniform ? TORCH_UNIFORM : TORCH_NORMAL;
    proposal.a = odds.uniform ? fill->low : fill->a;
    proposal.b = odds.uniform ? fill->high : fill->b;
    chance.draw = TORCH_UNIFORM;
    chance.a = 0.0;
    chance.b = 1.0;
    t->uniform = odds.uniform;
    t->low = trunc_narrowed(fill->dtype, fill->low);
    t->high = trunc_narrowed(fill->dtype, fill->high);
    t->mean = trunc_narrowed(fill->dtype, fill->a); /* what is subtracted; */
    t->peak = trunc_narrowed(fill->dtype, odds.log_peak);
    t->std = trunc_narrowed(scalar, fill->b); /* a divisor is in float32 at least */
    t->tensor_draws = torch_fill_draws(&proposal, false);
    if (!plan(t, &odds, &keeps, err) ||
        !torch_values_begin(&t->proposal, &proposal, place, &t->source, err) ||
        !torch_values_begin(&t->chance, &chance, place, &t->source, err))
        return false;
    t->generator.cursor_size =
        sizeof(generator_cursor) + t->cursors * t->source.generator.cursor_size;
    if (!odds.uniform && t->proposal.count < NORMAL_GROUP)
        return keep_small(t, place, err);
    if (keeps)
        t->generator.warning = held;
    return !keeps || keep_table(t, err);
}

/* For a table whose passes begin at a place; one of fewer than 16 normals moves it behind them. */
static reject_table *open_table(const torch_fill *fill, torch_place *place, engine *draws,
                                tokvec_error *err)
{
    reject_table *t = calloc(1, sizeof *t);
    if (t == NULL) {
        error_no_memory(err, sizeof *t);
        return NULL;
    }
    t->generator =
        (generator){.ops = &reject_ops, .rows = fill->rows, .dim = fill->dim, .dtype = fill->dtype};
    t->source.generator.ops = &source_ops;
    drawn_use(&t->source, draws);
    if (prepare(t, fill, place, err))
        return t;
    reject_close(&t->generator);
    return NULL;
}

generator *trunc_reject_open(const torch_fill *fill, const torch_place *at, engine *draws,
                             tokvec_error *err)
{
    torch_place place = *at;
    reject_table *t = open_table(fill, &place, draws, err);
    if (t == NULL) {
        draws->kind->close(draws);
        return NULL;
    }
    t->owns = true;
    return &t->generator;
}

/* How many passes the whole table takes. */
static bool count_passes(reject_table *t, tokvec_error *err)
{
    if (t->proposal.count >> WORK_BITS != 0)
        return too_large(err);
    double scratch[CHUNK]; /* room for any dtype */
    uint64_t marks[MARKS];
    bool good = true;
    generator_cursor *c = generator_cursor_open(&t->generator, err);
    if (c == NULL)
        return false;
    for (uint64_t at = 0; good && at < t->proposal.count; at += CHUNK) {
        chunk k = chunk_at(at, t->proposal.count, (uint8_t *)scratch, marks);
        good = settle(t, c, &k, &t->passes, err);
    }
    free(c);
    return good;
}

bool trunc_reject_after(const torch_fill *fill, torch_place *place, engine *draws,
                        tokvec_error *err)
{
    uint64_t begin = place->draw;
    reject_table *t = open_table(fill, place, draws, err);
    if (t == NULL)
        return false;
    bool good = t->kept != NULL || count_passes(t, err);
    bool small = !t->uniform && t->proposal.count < NORMAL_GROUP;
    if (good && !small)
        place->draw = begin + t->passes * tensors_per_pass(t->uniform) * t->tensor_draws;
    reject_close(&t->generator);
    return good;
}

uint64_t trunc_reject_draws(const torch_fill *fill)
{
    enum { PASSES = 4 }; /* of those that follow few values take part */
    torch_fill uniform = *fill;
    uniform.draw = TORCH_UNIFORM;
    return PASSES * torch_fill_draws(&uniform, false);
}
