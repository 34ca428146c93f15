/* diff.c - two tables that are compared, row by row.
 * See diff.h. The rows of the first table come from a pump; those of the second one are read
 * beside them, on the same threads.
 * SPDX-License-Identifier: MIT */
#include "measure/diff.h"

#include "base/array.h"
#include "measure/diff_pairs.h"
#include "measure/diff_row.h"
#include "rows/pump.h"
#include "table/table.h"

#include <math.h>
#include <stdlib.h>

/* What is known so far. */
typedef struct figures {
    diff_result so_far; /* but for what is made of the sums */
    uint64_t cosines;
    exact_sum cosine; /* of the rows */
    diff_totals totals;
} figures;

typedef struct diff {
    consumer base;
    const diff_spec *spec;
    diff_rule rule;
    const int64_t *pairs;       /* diff_pairs.b */
    size_t dim, size_a, size_b; /* of a row: values, bytes */
    bool is_clone;

    /* Of each thread its own. */
    int64_t *ids; /* room numbers of rows of b */
    void *rows;   /* room rows of b */
    size_t room;
    diff_line *lines; /* that the lister has not yet seen */
    size_t line_count, line_room;
    figures f; /* of a clone, those of one block */
} diff;

/* ---------------------------------------------------------------- figures */

static void begin_figures(figures *f)
{
    f->so_far = (diff_result){
        .first.row = -1, .max_abs_row = -1, .max_abs = -1, .max_rel = -1, .cosine_min = INFINITY};
    f->cosines = 0;
    exact_zero(&f->cosine);
    f->totals = (diff_totals){.same.pending = 0};
}

/* NaN is more than everything. */
static bool exceeds(double value, double most)
{
    return isnan(value) ? !isnan(most) : value > most;
}

static void note_first(diff *d, const row_block *block, size_t i, const void *a, const void *b)
{
    diff_result *r = &d->f.so_far;
    size_t column = 0;
    while (column + 1 < d->dim && !diff_value_at(&d->rule, a, b, column).different)
        column++; /* to the last one at most: the file may be changing */
    r->first.row = block->ids[i];
    r->first.column = column;
    r->first.a = dtype_element(d->rule.a, a, column);
    r->first.b = dtype_element(d->rule.b, b, column);
}

static void note_largest(diff *d, const row_block *block, size_t i, const void *a, const void *b,
                         double largest)
{
    diff_result *r = &d->f.so_far;
    size_t column = 0;
    while (column + 1 < d->dim && exceeds(largest, diff_value_at(&d->rule, a, b, column).distance))
        column++;
    r->max_abs = largest;
    r->max_abs_row = block->ids[i];
    r->max_abs_column = column;
}

static bool note_line(diff *d, int64_t row, const diff_row *of, tokvec_error *err)
{
    if (!array_reserve(&d->lines, &d->line_room, d->line_count + 1, sizeof *d->lines, err))
        return false;
    d->lines[d->line_count++] = (diff_line){row, of->different, of->max_abs, of->cosine};
    return true;
}

static bool add_row(diff *d, const row_block *block, size_t i, const void *a, const void *b,
                    tokvec_error *err)
{
    figures *f = &d->f;
    diff_result *r = &f->so_far;
    const diff_row row = diff_row_compare(&d->rule, a, b, d->dim, &f->totals);
    r->rows++;
    r->values += d->dim;
    r->different += row.different;
    r->rows_different += row.different > 0;
    r->rel_undefined += row.undefined;
    if (row.different > 0 && r->first.row < 0)
        note_first(d, block, i, a, b);
    if (d->dim > 0 && exceeds(row.max_abs, r->max_abs))
        note_largest(d, block, i, a, b, row.max_abs);
    if (row.undefined < d->dim && exceeds(row.max_rel, r->max_rel))
        r->max_rel = row.max_rel;
    if (isnan(row.cosine)) {
        r->cosine_undefined++;
    } else {
        f->cosines++;
        r->cosine_min = row.cosine < r->cosine_min ? row.cosine : r->cosine_min;
        exact_add(&f->cosine, row.cosine);
    }
    return d->spec->lister == NULL || row.different == 0 || note_line(d, block->ids[i], &row, err);
}

static void merge_totals(diff_totals *to, const diff_totals *from)
{
    exact_merge(&to->absolute, &from->absolute);
    exact_merge(&to->squares, &from->squares);
    exact_merge(&to->ab, &from->ab);
    exact_merge(&to->aa, &from->aa);
    exact_merge(&to->bb, &from->bb);
    exact_merge(&to->same, &from->same);
}

/* Adds what comes after it. */
static void merge(figures *to, const figures *from)
{
    diff_result *r = &to->so_far;
    const diff_result *next = &from->so_far;
    r->rows += next->rows;
    r->values += next->values;
    r->different += next->different;
    r->rows_different += next->rows_different;
    r->rel_undefined += next->rel_undefined;
    r->cosine_undefined += next->cosine_undefined;
    if (r->first.row < 0)
        r->first = next->first;
    if (exceeds(next->max_abs, r->max_abs)) {
        r->max_abs = next->max_abs;
        r->max_abs_row = next->max_abs_row;
        r->max_abs_column = next->max_abs_column;
    }
    r->max_rel = exceeds(next->max_rel, r->max_rel) ? next->max_rel : r->max_rel;
    r->cosine_min = next->cosine_min < r->cosine_min ? next->cosine_min : r->cosine_min;
    to->cosines += from->cosines;
    exact_merge(&to->cosine, &from->cosine);
    merge_totals(&to->totals, &from->totals);
}

/* ab / sqrt(aa * bb), also where these leave the range of float64. */
static double whole_cosine(const diff_totals *t)
{
    int of_ab, of_aa, of_bb;
    double ab = exact_frexp(&t->ab, &of_ab), aa = exact_frexp(&t->aa, &of_aa),
           bb = exact_frexp(&t->bb, &of_bb);
    if (!(aa > 0 && isfinite(aa) && bb > 0 && isfinite(bb)))
        return NAN;
    int odd = (of_aa + of_bb) % 2 != 0;
    double cosine = ldexp(ab / sqrt(ldexp(aa, odd) * bb), of_ab - (of_aa + of_bb - odd) / 2);
    return cosine > 1 ? 1 : cosine < -1 ? -1 : cosine;
}

static double relative_length(const diff_totals *t)
{
    int of_squares, of_bb;
    double squares = exact_frexp(&t->squares, &of_squares), bb = exact_frexp(&t->bb, &of_bb);
    if (squares == 0 || isnan(squares))
        return squares;
    if (!(bb > 0 && isfinite(bb)))
        return NAN;
    int odd = (of_squares - of_bb) % 2 != 0;
    return ldexp(sqrt(ldexp(squares, odd) / bb), (of_squares - of_bb - odd) / 2);
}

static void end_figures(const figures *f, diff_result *out)
{
    exact_sum nothing;
    exact_zero(&nothing);
    diff_totals t = f->totals;
    exact_merge(&t.ab, &t.same);
    exact_merge(&t.aa, &t.same);
    exact_merge(&t.bb, &t.same);
    uint64_t n = f->so_far.values;
    *out = f->so_far;
    out->max_abs = n > 0 ? out->max_abs : NAN;
    out->max_rel = out->rel_undefined < n ? out->max_rel : NAN;
    out->mean_abs = exact_quotient(&t.absolute, n);
    out->rmse = exact_deviation(&nothing, &t.squares, n, n); /* the root of the mean square */
    out->cosine_min = f->cosines > 0 ? out->cosine_min : NAN;
    out->cosine_mean = exact_quotient(&f->cosine, f->cosines);
    out->cosine = whole_cosine(&t);
    out->relative = n > 0 ? relative_length(&t) : NAN;
}

/* ---------------------------------------------------------------- rows of b */

static bool make_room(diff *d, size_t rows, tokvec_error *err)
{
    if (rows <= d->room)
        return true;
    free(d->ids);
    free(d->rows);
    d->room = 0;
    d->ids = malloc(rows * sizeof *d->ids);
    d->rows = d->size_b > PTRDIFF_MAX / rows ? NULL : malloc(rows * d->size_b + 1);
    if (d->ids == NULL || d->rows == NULL)
        return error_no_memory(err, rows * d->size_b);
    d->room = rows;
    return true;
}

/* Where they lie in the table, if they follow one another there. */
static const void *rows_in_place(const diff *d, size_t n)
{
    if (!d->spec->b->concurrent)
        return NULL;
    for (size_t i = 1; i < n; i++) {
        if (d->ids[i] != d->ids[0] + (int64_t)i)
            return NULL;
    }
    return tokvec_table_row(d->spec->b, d->ids[0]);
}

static bool read_rows(diff *d, size_t n, tokvec_error *err)
{
    tokvec_table *b = d->spec->b;
    pthread_mutex_lock(d->base.lock);
    bool good = b->concurrent ? table_prepare(b, d->ids, n, err)
                              : tokvec_table_read(b, d->ids, n, d->rows, err);
    pthread_mutex_unlock(d->base.lock);
    return good && (!b->concurrent || tokvec_table_read(b, d->ids, n, d->rows, err));
}

/* Those that belong to the block's, or NULL. */
static const void *rows_of_b(diff *d, const row_block *block, bool *in_place, tokvec_error *err)
{
    if (!make_room(d, block->n, err))
        return NULL;
    for (size_t i = 0; i < block->n; i++)
        d->ids[i] = d->pairs == NULL ? block->ids[i] : d->pairs[block->first + i];
    const void *rows = rows_in_place(d, block->n);
    *in_place = rows != NULL;
    if (rows != NULL)
        return rows;
    return read_rows(d, block->n, err) ? d->rows : NULL;
}

/* ---------------------------------------------------------------- the consumer */

static bool show_lines(diff *d, const diff *from, tokvec_error *err)
{
    bool good = true;
    pthread_mutex_lock(d->base.lock);
    for (size_t i = 0; good && i < from->line_count; i++)
        good = d->spec->lister(d->spec->context, &from->lines[i], err);
    pthread_mutex_unlock(d->base.lock);
    return good;
}

static bool compare_block(diff *d, const row_block *block, tokvec_error *err)
{
    bool in_place, good = true;
    const char *a = block->data, *b = rows_of_b(d, block, &in_place, err);
    if (b == NULL)
        return false;
    for (size_t i = 0; good && i < block->n; i++)
        good = add_row(d, block, i, a + i * d->size_a, b + i * d->size_b, err);
    good = good && (!in_place || tokvec_table_intact(d->spec->b, err));
    if (!good)
        d->line_count = 0; /* they may be of rows that are no longer there */
    return good;
}

static void see_if_enough(diff *d)
{
    d->base.enough = (d->spec->any && d->f.so_far.different > 0) ||
                     (d->spec->enough != NULL && *d->spec->enough);
}

static bool diff_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    diff *d = (diff *)c;
    if (!compare_block(d, block, err))
        return false;
    if (d->is_clone)
        return true;
    bool good = show_lines(d, d, err);
    d->line_count = 0;
    see_if_enough(d);
    return good;
}

static bool diff_clone(consumer *clone)
{
    diff *d = (diff *)clone;
    d->is_clone = true;
    d->ids = NULL;
    d->rows = NULL;
    d->lines = NULL;
    d->room = d->line_count = d->line_room = 0;
    begin_figures(&d->f);
    return true;
}

static bool diff_finish(consumer *c, consumer *clone, tokvec_error *err)
{
    diff *d = (diff *)c, *part = (diff *)clone;
    merge(&d->f, &part->f);
    bool good = show_lines(d, part, err);
    begin_figures(&part->f);
    part->line_count = 0;
    see_if_enough(d);
    return good;
}

static void diff_release(consumer *clone)
{
    diff *d = (diff *)clone;
    free(d->ids);
    free(d->rows);
    free(d->lines);
}

/* ---------------------------------------------------------------- all of it */

static bool check_pairs(const diff_spec *spec, const diff_pairs *pairs, tokvec_error *err)
{
    if (pairs->a.count > 0 || (spec->a->rows == 0 && spec->b->rows == 0))
        return true;
    error_set(err, TOKVEC_BAD_ARGUMENT, "the two tables do not have a row in common");
    return spec->a->rows > 0 && spec->b->rows > 0 &&
           error_hint(err, "the %s that their rows belong to are different ones",
                      pairs->by_word ? "words" : "IDs");
}

static bool compare_pairs(diff *d, const diff_pairs *pairs, tokvec_error *err)
{
    if (pairs->a.count >= d->spec->b->rows && !table_verify(d->spec->b, err))
        return false;
    return pump_list(d->spec->a, &pairs->a, &d->base, d->spec->threads, err);
}

bool diff_tables(const diff_spec *spec, diff_result *out, tokvec_error *err)
{
    const tokvec_dtype of_a = spec->a->dtype, of_b = spec->b->dtype;
    size_t dim = (size_t)spec->a->dim;
    diff_pairs pairs = {.b = NULL};
    diff d = {.base = {.size = sizeof d,
                       .dtype = of_a,
                       .clone = diff_clone,
                       .rows = diff_rows,
                       .finish = diff_finish,
                       .release = diff_release},
              .spec = spec,
              .rule = {of_a, of_b, spec->bits, spec->equal_nan, spec->atol, spec->rtol},
              .dim = dim,
              .size_a = dim * tokvec_dtype_size(of_a),
              .size_b = dim * tokvec_dtype_size(of_b)};
    begin_figures(&d.f);
    bool good = diff_pairs_make(&pairs, (diff_pairs_side){spec->a, spec->words_a},
                                (diff_pairs_side){spec->b, spec->words_b}, err) &&
                check_pairs(spec, &pairs, err);
    d.pairs = pairs.b;
    good = good && compare_pairs(&d, &pairs, err);
    if (good)
        end_figures(&d.f, out);
    out->by_word = pairs.by_word;
    diff_release(&d.base);
    diff_pairs_free(&pairs);
    return good;
}
