/* diff.h - two tables that are compared, row by row.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_DIFF_H
#define TOKVEC_MEASURE_DIFF_H

#include "base/dtype.h"

/* A row that differs. */
typedef struct diff_line {
    int64_t row;        /* its number in the first table */
    uint64_t different; /* values in it */
    double max_abs;
    double cosine; /* NaN: it has none */
} diff_line;

/* Sees the rows that differ, one after the other and in their order. Called on any thread, but by
 * one at a time, and while it runs nobody else asks the tables. */
typedef bool diff_lister(void *context, const diff_line *line, tokvec_error *err);

typedef struct diff_spec {
    tokvec_table *a, *b; /* with rows of the same length; b is the reference */
    /* The words that they come with (diff_pairs.h), or NULL. */
    tokvec_vocab *words_a, *words_b;
    bool bits, equal_nan; /* when values differ: see diff_value.h */
    double atol, rtol;
    bool any;            /* it is enough to know whether there is a difference */
    const bool *enough;  /* once this is set nothing more is wanted; asked now and then, or NULL */
    diff_lister *lister; /* or NULL */
    void *context;       /* of the lister */
    unsigned threads;    /* at most; 0: as many as there are processors */
} diff_spec;

/* What came of it, over all pairs of rows (diff_pairs.h). The figures are those of |a - b| of all
 * values, whether they count as different or not. NaN, and so the difference of NaN and a number,
 * makes the figures NaN; equal infinities differ by 0. */
typedef struct diff_result {
    uint64_t rows, values; /* compared */
    bool by_word;          /* rows of the same word, as those of one number have different ones */
    uint64_t different, rows_different;
    struct {
        int64_t row; /* -1: no value differs */
        uint64_t column;
        element a, b;
    } first;
    double max_abs;      /* of no values NaN, as the mean and the rmse */
    int64_t max_abs_row; /* its first place; -1: there are no values */
    uint64_t max_abs_column;
    double max_rel;         /* NaN if no value has one */
    uint64_t rel_undefined; /* values whose reference is 0, which have none */
    double mean_abs, rmse;
    double cosine_min, cosine_mean; /* NaN if no row has one */
    uint64_t cosine_undefined; /* pairs of which a row is zero or not finite, which have none */
    double cosine;   /* of all the values as one vector; NaN if one is zero or not finite */
    double relative; /* the length of a - b over that of b (Frobenius); 0 if nothing differs; else
                      * NaN if b is zero or not finite */
} diff_result;

/* Compares. The result has the same bits for any number of threads and on every processor. Two
 * tables that have rows, but none in common, fail with TOKVEC_BAD_ARGUMENT. */
bool diff_tables(const diff_spec *spec, diff_result *out, tokvec_error *err);

#endif
