/* quantiles.c - quantiles of the values of a table, in bounded memory.
 * See quantiles.h. Values have keys, whole numbers in the same order. Each pass counts the values
 * by the next few bits of their keys, among those whose bits before are the ones of a number that
 * is wanted; so it finds these bits of that number. SPDX-License-Identifier: MIT */
#include "measure/quantiles.h"

#include "base/bytes.h"
#include "base/error.h"
#include "rows/pump.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY_BITS = 64,
    WIDTH_MAX = 12,         /* bits of a pass */
    COUNTERS_MAX = 1 << 15, /* of a pass: more would not stay in cache */
};
_Static_assert(2 * QUANTILES_MAX < COUNTERS_MAX, "a pass finds a bit at least");

/* ---------------------------------------------------------------- keys */

/* -0 and 0 have one key. Where the bits of a number end with zeros, so do those of its key. */
static uint64_t key_of(double x)
{
    const uint64_t sign = UINT64_C(1) << 63;
    uint64_t bits = bits_of_double(x);
    return bits & sign ? 0 - bits : bits | sign;
}

static double value_of(uint64_t key)
{
    const uint64_t sign = UINT64_C(1) << 63;
    return double_of_bits(key & sign ? key ^ sign : 0 - key);
}

/* Its first bits, from none to all but one. */
static uint64_t first_bits(uint64_t key, int count)
{
    return key >> 1 >> (KEY_BITS - 1 - count);
}

/* ---------------------------------------------------------------- a pass */

/* A consumer of float64. */
typedef struct sieve {
    consumer base;
    size_t dim;
    bool finite;
    uint64_t nan, used; /* values of each kind; used: not those left out */
    uint64_t seen;      /* the bits that any key has */

    int known;                /* bits of each prefix */
    int width;                /* bits that are counted by */
    const uint64_t *prefixes; /* ascending: those of the numbers that are wanted */
    size_t prefix_count;      /* 1 or more */
    uint64_t *counts;         /* for each prefix 2^width */
} sieve;

static size_t counters(const sieve *s)
{
    return s->prefix_count << s->width;
}

/* The place of the last prefix that is not above; 0 if there is none. Without a branch, which
 * would be guessed wrong every other time. */
static size_t find_prefix(const sieve *s, uint64_t prefix)
{
    const uint64_t *base = s->prefixes;
    for (size_t n = s->prefix_count; n > 1; n -= n / 2)
        base += base[n / 2] <= prefix ? n / 2 : 0;
    return (size_t)(base - s->prefixes);
}

static bool count_values(consumer *c, const row_block *block, tokvec_error *err)
{
    (void)err;
    sieve *s = (sieve *)c;
    const double *values = block->data;
    uint64_t seen = s->seen, nan = 0, left_out = 0;
    for (size_t i = 0; i < block->n * s->dim; i++) {
        double x = values[i];
        if (!(fabs(x) <= DBL_MAX) && (isnan(x) || s->finite)) {
            nan += isnan(x) != 0;
            left_out++;
            continue;
        }
        uint64_t key = key_of(x), prefix = first_bits(key, s->known);
        size_t place = find_prefix(s, prefix);
        seen |= key;
        if (s->prefixes[place] == prefix)
            s->counts[place << s->width | key << s->known >> (KEY_BITS - s->width)]++;
    }
    s->seen = seen;
    s->nan += nan;
    s->used += block->n * s->dim - left_out;
    return true;
}

static bool make_clone(consumer *clone)
{
    sieve *s = (sieve *)clone;
    s->nan = s->used = s->seen = 0;
    s->counts = calloc(counters(s), sizeof *s->counts);
    return s->counts != NULL;
}

static bool finish(consumer *c, consumer *clone, tokvec_error *err)
{
    (void)err;
    sieve *to = (sieve *)c, *from = (sieve *)clone;
    to->nan += from->nan;
    to->used += from->used;
    to->seen |= from->seen;
    for (size_t i = 0; i < counters(to); i++)
        to->counts[i] += from->counts[i];
    from->nan = from->used = from->seen = 0;
    memset(from->counts, 0, counters(from) * sizeof *from->counts);
    return true;
}

static void release(consumer *clone)
{
    free(((sieve *)clone)->counts);
}

/* ---------------------------------------------------------------- numbers by rank */

/* A number that is wanted. */
typedef struct ranked {
    uint64_t rank;   /* from 0, among the values whose first bits are the prefix */
    uint64_t prefix; /* of its key, as far as it is known */
} ranked;

/* Quantiles and what is found for them. */
typedef struct search {
    const quantiles_spec *spec;
    sieve sieve;
    ranked numbers[2 * QUANTILES_MAX]; /* of each quantile the number below it and the next */
    uint64_t prefixes[2 * QUANTILES_MAX];
    uint64_t counts[COUNTERS_MAX];
} search;

/* Where in the sorted values the quantile lies. */
static double place_of(const search *s, size_t i)
{
    return (double)(s->sieve.used - 1) * s->spec->at[i];
}

static void want_numbers(search *s)
{
    uint64_t last = s->sieve.used - 1;
    for (size_t i = 0; i < s->spec->count; i++) {
        uint64_t below = (uint64_t)place_of(s, i);
        below = below < last ? below : last;
        s->numbers[2 * i].rank = below;
        s->numbers[2 * i + 1].rank = below < last ? below + 1 : last;
    }
}

/* Finds more bits of each number from the counts. The last digit is what remains if the file has
 * changed between two passes. */
static void find_bits(search *s)
{
    const sieve *by = &s->sieve;
    for (size_t i = 0; i < 2 * s->spec->count; i++) {
        ranked *number = &s->numbers[i];
        const uint64_t *counts = by->counts + (find_prefix(by, number->prefix) << by->width);
        uint64_t digit = 0, last = (UINT64_C(1) << by->width) - 1;
        while (digit < last && number->rank >= counts[digit])
            number->rank -= counts[digit++];
        number->prefix = number->prefix << by->width | digit;
    }
}

static int compare_prefixes(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void take_prefixes(search *s)
{
    size_t n = 2 * s->spec->count, kept = 0;
    for (size_t i = 0; i < n; i++)
        s->prefixes[i] = s->numbers[i].prefix;
    qsort(s->prefixes, n, sizeof *s->prefixes, compare_prefixes);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || s->prefixes[i] != s->prefixes[kept - 1])
            s->prefixes[kept++] = s->prefixes[i];
    }
    s->sieve.prefix_count = kept;
}

static bool pass(search *s, tokvec_error *err)
{
    const quantiles_spec *spec = s->spec;
    sieve *by = &s->sieve;
    by->width = KEY_BITS - by->known < WIDTH_MAX ? KEY_BITS - by->known : WIDTH_MAX;
    while (counters(by) > COUNTERS_MAX)
        by->width--;
    by->nan = by->used = 0;
    memset(s->counts, 0, sizeof s->counts);
    return spec->list == NULL ? pump_table(spec->table, &by->base, spec->threads, err)
                              : pump_list(spec->table, spec->list, &by->base, spec->threads, err);
}

/* ---------------------------------------------------------------- quantiles */

/* As NumPy: from the nearer of the two, with these roundings. */
static double between(double a, double b, double fraction)
{
    double width = b - a;
    return fraction < 0.5 ? a + width * fraction : b - width * (1 - fraction);
}

static double quantile(double a, double b, double fraction)
{
    if (a == b || fraction == 0.0)
        return a;
    if (isinf(a) || isinf(b))
        return a + b;
    return isinf(b - a) ? 2 * between(a / 2, b / 2, fraction) : between(a, b, fraction);
}

static void take_quantiles(const search *s, double *out)
{
    int unknown = KEY_BITS - s->sieve.known;
    for (size_t i = 0; i < s->spec->count; i++) {
        double place = place_of(s, i);
        double a = value_of(s->numbers[2 * i].prefix << unknown);
        double b = value_of(s->numbers[2 * i + 1].prefix << unknown);
        out[i] = quantile(a, b, place - floor(place)) + 0.0;
    }
}

/* False with an error; *none: there is no number to be found. */
static bool find_numbers(search *s, bool *none, tokvec_error *err)
{
    sieve *by = &s->sieve;
    bool more = true;
    for (; more; more = by->known < KEY_BITS && by->seen << by->known != 0) {
        if (!pass(s, err))
            return false;
        *none = by->used == 0 || (by->nan > 0 && !by->finite);
        if (*none)
            return true;
        if (by->known == 0)
            want_numbers(s);
        find_bits(s);
        take_prefixes(s);
        by->known += by->width;
    }
    return true;
}

bool quantiles_find(const quantiles_spec *spec, double *out, tokvec_error *err)
{
    search *s = calloc(1, sizeof *s);
    bool none = false;
    if (s == NULL)
        return error_no_memory(err, sizeof *s);
    s->spec = spec;
    s->sieve = (sieve){.base = {.size = sizeof s->sieve,
                                .dtype = TOKVEC_FLOAT64,
                                .clone = make_clone,
                                .rows = count_values,
                                .finish = finish,
                                .release = release},
                       .dim = (size_t)tokvec_table_dim(spec->table),
                       .finite = spec->finite,
                       .prefixes = s->prefixes,
                       .prefix_count = 1,
                       .counts = s->counts};
    bool good = find_numbers(s, &none, err);
    if (good && !none)
        take_quantiles(s, out);
    for (size_t i = 0; good && none && i < spec->count; i++)
        out[i] = NAN;
    free(s);
    return good;
}
