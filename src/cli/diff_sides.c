/* diff_sides.c - the two tables that the user wants to have compared.
 * See diff_sides.h.
 * SPDX-License-Identifier: MIT */
#include "cli/diff_sides.h"

#include "cli/group_seed.h"
#include "table/layout.h"

#include <string.h>

/* ---------------------------------------------------------------- which */

static bool nothing_to_compare(const settings *s, tokvec_error *err)
{
    if (s->operand_count == 0) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "'tokvec diff' needs a weights file");
        return error_hint(err, "write tokvec diff A B");
    }
    error_set(err, TOKVEC_BAD_ARGUMENT, "there is nothing to compare %s with", s->operands[0].text);
    return error_hint(err, diff_settings_of(s)->all
                               ? "name a second file"
                               : "name a second file, --other-tensor NAME or --seed N");
}

static bool too_many(const operand *extra, const char *hint, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "'tokvec diff' compares two tables, and '%s' is one more",
              extra->text);
    error_where(err, "argument %u", extra->number);
    return error_hint(err, "%s", hint);
}

static bool needs_seed(const char *option, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "--%s is for a seeded table", option);
    return error_hint(err, "leave it out, or give --seed N");
}

bool diff_sides_check(const settings *s, tokvec_error *err)
{
    const diff_settings *d = diff_settings_of(s);
    const table_settings *t = &s->table;
    if (s->operand_count == 0 ||
        (s->operand_count == 1 && (d->all || (!group_seed_any(t) && d->other_tensor == NULL))))
        return nothing_to_compare(s, err);
    if (s->operand_count > 2)
        return too_many(&s->operands[2], "give two files", err);
    if (s->operand_count == 2 && group_seed_any(t))
        return too_many(&s->operands[1], "leave out the file or the seeded table", err);
    if (group_seed_any(t) && d->other_tensor != NULL) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "a seeded table does not have tensors");
        return error_hint(err, "leave out --other-tensor or --%s", group_seed_only(t));
    }
    if (!group_seed_any(t) && (t->has_vocab_size || t->has_padding_idx))
        return needs_seed(t->has_vocab_size ? "vocab-size" : "padding-idx", err);
    return true;
}

/* ---------------------------------------------------------------- opening */

/* With --seed, options may be meant for that table alone. */
static bool open_beside_seed(diff_sides *sides, tokvec_error *err)
{
    table_settings *t = &sides->of_a.table;
    group_seed_clear(t);
    t->has_vocab_size = t->has_padding_idx = false;
    while (!source_open(&sides->a, &sides->of_a, err)) {
        if (err->kind == TOKVEC_KIND_OWN_DIM && t->has_dim)
            t->has_dim = false;
        else if (err->kind == TOKVEC_KIND_OWN_DTYPE && t->dtype != TOKVEC_NO_DTYPE)
            t->dtype = TOKVEC_NO_DTYPE;
        else
            return false;
    }
    return true;
}

static bool open_seeded(diff_sides *sides, tokvec_error *err)
{
    table_settings *t = &sides->of_b.table;
    const tokvec_table *a = sides->a.table;
    bool own_dtype = t->dtype != TOKVEC_NO_DTYPE;
    t->weights = t->tensor = NULL;
    t->has_offset = t->stored = false;
    t->vocab_size = t->has_vocab_size ? t->vocab_size : tokvec_table_rows(a);
    t->dim = t->has_dim ? t->dim : tokvec_table_dim(a);
    t->dtype = own_dtype ? t->dtype : tokvec_table_dtype(a);
    t->has_vocab_size = t->has_dim = true;
    if (source_open(&sides->b, &sides->of_b, err))
        return true;
    bool is_drawn = tokvec_dtype_is_float(t->dtype) && tokvec_dtype_size(t->dtype) > 1;
    if (!own_dtype && !is_drawn && err->code == TOKVEC_BAD_ARGUMENT) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "a table cannot be seeded as %s, which this one is",
                  tokvec_dtype_name(t->dtype));
        error_where(err, "%s", sides->of_a.table.weights);
        error_hint(err, "name the dtype that it was seeded in, as --dtype float32");
    }
    return false;
}

static bool open_other(diff_sides *sides, const settings *s, tokvec_error *err)
{
    const diff_settings *d = diff_settings_of(s);
    sides->of_b.table.weights = s->operands[s->operand_count - 1].text;
    if (d->other_tensor != NULL)
        sides->of_b.table.tensor = d->other_tensor;
    return s->operand_count > 1 ? source_open(&sides->b, &sides->of_b, err)
                                : source_open_other(&sides->b, &sides->of_b, &sides->a, err);
}

bool diff_sides_open(diff_sides *sides, const settings *s, tokvec_error *err)
{
    bool seeded = group_seed_any(&s->table);
    sides->of_a = sides->of_b = *s;
    sides->of_a.table.weights = s->operands[0].text;
    if (!(seeded ? open_beside_seed(sides, err) : source_open(&sides->a, &sides->of_a, err)))
        return false;
    if (seeded ? open_seeded(sides, err) : open_other(sides, s, err))
        return true;
    source_close(&sides->a);
    return false;
}

void diff_sides_close(diff_sides *sides)
{
    source_close(&sides->b); /* whose weights may be those of the other */
    source_close(&sides->a);
}

/* ---------------------------------------------------------------- shapes */

void diff_sides_shape(const diff_side *side, diff_shape *out)
{
    const tokvec_table *table = side->table;
    const tokvec_tensor *tensor = side->tensor;
    *out = (diff_shape){.ndim = 2, .rows_dim = {tokvec_table_rows(table), tokvec_table_dim(table)}};
    out->dims = out->rows_dim;
    /* A packed tensor's own shape is not that of its values. */
    if (tensor != NULL && layout_rows(tensor) == out->rows_dim[0] &&
        layout_dim(tensor) == out->rows_dim[1]) {
        out->ndim = tensor->ndim;
        out->dims = tensor->shape;
    }
}

bool diff_sides_shapes_equal(const diff_shape *a, const diff_shape *b)
{
    return a->ndim == b->ndim &&
           (a->ndim == 0 || memcmp(a->dims, b->dims, a->ndim * sizeof *a->dims) == 0);
}

/* ---------------------------------------------------------------- how */

/* torch.testing.assert_close's for that dtype; integers, bools and what it does not know: none. */
static void raise_tolerances(tokvec_dtype dtype, diff_spec *spec)
{
    static const struct {
        tokvec_dtype dtype;
        double rtol, atol;
    } defaults[] = {
        {TOKVEC_FLOAT16, 1e-3, 1e-5},
        {TOKVEC_BFLOAT16, 1.6e-2, 1e-5},
        {TOKVEC_FLOAT32, 1.3e-6, 1e-5},
        {TOKVEC_FLOAT64, 1e-7, 1e-7},
    };
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
        if (defaults[i].dtype != dtype)
            continue;
        spec->rtol = defaults[i].rtol > spec->rtol ? defaults[i].rtol : spec->rtol;
        spec->atol = defaults[i].atol > spec->atol ? defaults[i].atol : spec->atol;
    }
}

/* The words that its rows come with. */
static bool words_of(const diff_side *side, tokvec_vocab **words, tokvec_error *err)
{
    tokvec_error local;
    *words = NULL;
    if (side->weights == NULL || !tokvec_weights_rows_are_tokens(side->weights, side->tensor) ||
        tokvec_weights_vocab_of(side->weights, side->tensor, words, &local))
        return true;
    if (local.code == TOKVEC_UNSUPPORTED)
        return true; /* of a kind that is not read */
    *err = local;
    return false;
}

static bool check_pair(const settings *s, const tokvec_table *a, const tokvec_table *b,
                       tokvec_error *err)
{
    tokvec_dtype of_a = tokvec_table_dtype(a), of_b = tokvec_table_dtype(b);
    if (tokvec_table_dim(a) != tokvec_table_dim(b)) {
        error_set(err, TOKVEC_BAD_ARGUMENT,
                  "the two tables do not have a row in common: one has rows of %llu values, the "
                  "other of %llu",
                  (unsigned long long)tokvec_table_dim(a), (unsigned long long)tokvec_table_dim(b));
        return error_hint(err, "name the tensors with -t and --other-tensor");
    }
    if (diff_settings_of(s)->bits && of_a != of_b) {
        error_set(err, TOKVEC_BAD_ARGUMENT, "%s and %s do not have bits in common",
                  tokvec_dtype_name(of_a), tokvec_dtype_name(of_b));
        return error_hint(err, "leave out --bits to compare values");
    }
    return true;
}

bool diff_sides_spec(const settings *s, const diff_side *a, const diff_side *b, diff_spec *out,
                     tokvec_error *err)
{
    const diff_settings *d = diff_settings_of(s);
    *out = (diff_spec){.a = a->table,
                       .b = b->table,
                       .bits = d->bits,
                       .equal_nan = d->equal_nan,
                       .atol = d->atol,
                       .rtol = d->rtol,
                       .any = s->common.quiet,
                       .threads = s->common.threads};
    if (d->close) {
        raise_tolerances(tokvec_table_dtype(a->table), out);
        raise_tolerances(tokvec_table_dtype(b->table), out);
    }
    return check_pair(s, a->table, b->table, err) && words_of(a, &out->words_a, err) &&
           words_of(b, &out->words_b, err);
}
