/* histogram.c - how many values of a table lie where.
 * See histogram.h.
 * SPDX-License-Identifier: MIT */
#include "measure/histogram.h"

#include "measure/float64_holds.h"
#include "rows/pump.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A consumer of float64: in the first pass of the ends, in the second of the counts. */
typedef struct tally {
    consumer base;
    size_t dim;
    double least, most; /* finite values */
    uint64_t nan, positive, negative;
    unsigned bins;
    const double *edges;
    double per_unit; /* bins in a half of a unit */
    uint64_t *counts;
} tally;

/* ---------------------------------------------------------------- the ends */

static void add_odd(tally *t, double x)
{
    t->nan += x != x;
    t->positive += x > DBL_MAX;
    t->negative += x < -DBL_MAX;
}

static bool find_ends(consumer *c, const row_block *block, tokvec_error *err)
{
    (void)err;
    tally *t = (tally *)c;
    const double *values = block->data;
    double least = t->least, most = t->most;
    for (size_t i = 0; i < block->n * t->dim; i++) {
        double x = values[i];
        if (!(fabs(x) <= DBL_MAX)) {
            add_odd(t, x);
            continue;
        }
        least = x < least ? x : least;
        most = x > most ? x : most;
    }
    t->least = least;
    t->most = most;
    return true;
}

static bool clone_ends(consumer *clone)
{
    tally *t = (tally *)clone;
    t->least = INFINITY;
    t->most = -INFINITY;
    t->nan = t->positive = t->negative = 0;
    return true;
}

static bool merge_ends(consumer *c, consumer *clone, tokvec_error *err)
{
    (void)err;
    tally *to = (tally *)c, *from = (tally *)clone;
    to->least = from->least < to->least ? from->least : to->least;
    to->most = from->most > to->most ? from->most : to->most;
    to->nan += from->nan;
    to->positive += from->positive;
    to->negative += from->negative;
    return clone_ends(clone);
}

/* ---------------------------------------------------------------- the counts */

/* The estimate may be off by one, as everything is rounded: the edges decide. Halves, since the
 * width may be more than the largest number. Below the first edge values lie only if the file has
 * changed between the passes. */
static bool count_values(consumer *c, const row_block *block, tokvec_error *err)
{
    (void)err;
    tally *t = (tally *)c;
    const double *values = block->data, *edges = t->edges;
    const double start = edges[0] / 2, per_unit = t->per_unit;
    unsigned last = t->bins - 1;
    for (size_t i = 0; i < block->n * t->dim; i++) {
        double x = values[i];
        if (!(fabs(x) <= DBL_MAX))
            continue;
        double place = (x / 2 - start) * per_unit;
        unsigned bin = place < 0 ? 0 : place < last ? (unsigned)place : last;
        while (bin > 0 && x < edges[bin])
            bin--;
        while (bin < last && x >= edges[bin + 1])
            bin++;
        t->counts[bin]++;
    }
    return true;
}

static bool clone_counts(consumer *clone)
{
    tally *t = (tally *)clone;
    t->counts = calloc(t->bins, sizeof *t->counts);
    return t->counts != NULL;
}

static bool merge_counts(consumer *c, consumer *clone, tokvec_error *err)
{
    (void)err;
    tally *to = (tally *)c, *from = (tally *)clone;
    for (unsigned i = 0; i < to->bins; i++)
        to->counts[i] += from->counts[i];
    memset(from->counts, 0, from->bins * sizeof *from->counts);
    return true;
}

static void release_counts(consumer *clone)
{
    free(((tally *)clone)->counts);
}

/* ---------------------------------------------------------------- both */

/* As numpy.linspace; one value alone is in the middle of a width of 1. */
static void place_edges(histogram *h, double least, double most)
{
    if (least == most) {
        least -= 0.5;
        most += 0.5;
    }
    double width = (most - least) / h->bins;
    bool wide = isinf(most - least);
    for (unsigned i = 0; i <= h->bins; i++)
        h->edges[i] =
            wide ? (i * (most / h->bins) + (h->bins - i) * (least / h->bins)) : i * width + least;
    h->edges[0] = least;
    h->edges[h->bins] = most;
}

static bool run(tokvec_table *table, const id_list *list, tally *t, unsigned threads,
                tokvec_error *err)
{
    return list == NULL ? pump_table(table, &t->base, threads, err)
                        : pump_list(table, list, &t->base, threads, err);
}

static bool count(histogram *h, tokvec_table *table, const id_list *list, unsigned threads,
                  tokvec_error *err)
{
    tally t = {.base = {.size = sizeof t,
                        .dtype = TOKVEC_FLOAT64,
                        .clone = clone_counts,
                        .rows = count_values,
                        .finish = merge_counts,
                        .release = release_counts},
               .dim = (size_t)tokvec_table_dim(table),
               .bins = h->bins,
               .edges = h->edges,
               .counts = h->counts};
    t.per_unit = h->bins / (h->edges[h->bins] / 2 - h->edges[0] / 2);
    return run(table, list, &t, threads, err);
}

bool histogram_make(histogram *h, tokvec_table *table, const id_list *list, unsigned bins,
                    unsigned threads, tokvec_error *err)
{
    tally ends = {.base = {.size = sizeof ends,
                           .dtype = TOKVEC_FLOAT64,
                           .clone = clone_ends,
                           .rows = find_ends,
                           .finish = merge_ends},
                  .dim = (size_t)tokvec_table_dim(table)};
    clone_ends(&ends.base);
    *h = (histogram){.edges = calloc((size_t)bins + 1, sizeof *h->edges),
                     .counts = calloc(bins, sizeof *h->counts)};
    bool good = (h->edges != NULL && h->counts != NULL) || error_no_memory(err, bins * 16);
    good = good && run(table, list, &ends, threads, err) &&
           float64_holds(tokvec_table_dtype(table),
                         -ends.least > ends.most ? -ends.least : ends.most, err);
    h->nan = ends.nan;
    h->positive = ends.positive;
    h->negative = ends.negative;
    if (good && ends.least <= ends.most) {
        h->bins = bins;
        place_edges(h, ends.least, ends.most);
        good = count(h, table, list, threads, err);
    }
    if (!good)
        histogram_free(h);
    return good;
}

void histogram_free(histogram *h)
{
    free(h->edges);
    free(h->counts);
    *h = (histogram){0};
}
