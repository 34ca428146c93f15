/* undertrained.c - how near a row is to rows that were never trained.
 * See undertrained.h.
 * SPDX-License-Identifier: MIT */
#include "measure/undertrained.h"

#include "measure/dot.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static const double least_product = 1e-6; /* of the lengths of two rows */
static const double tolerance = 1e-9;

/* ---------------------------------------------------------------- the unused rows */

static int compare_rows(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The same rows, each once. */
static bool make_set(const id_list *list, id_list *set, tokvec_error *err)
{
    size_t n = (size_t)list->count, distinct = 0;
    if (n == 0)
        return error_set(err, TOKVEC_BAD_ARGUMENT, "there are no reference rows");
    int64_t *rows = n == list->count ? id_list_reserve(set, n, err) : NULL;
    if (rows == NULL)
        return n == list->count ? false : error_no_memory(err, UINT64_MAX);
    id_list_get(list, 0, n, rows);
    qsort(rows, n, sizeof *rows, compare_rows);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || rows[i] != rows[i - 1])
            rows[distinct++] = rows[i];
    }
    return id_list_commit(set, distinct, err);
}

/* The mean of the unused rows becomes u->reference. */
static bool take_reference(undertrained *u, tokvec_table *table, const id_list *set,
                           unsigned threads, tokvec_error *err)
{
    row_mean mean;
    if (!row_mean_make(&mean, table, set, threads, err))
        return false;
    u->reference = mean.values;
    u->length = dot_length(mean.values, u->dim);
    if (mean.left_out > 0)
        return error_set(err, TOKVEC_BAD_ARGUMENT,
                         "%llu of %llu reference rows have values that are not finite",
                         (unsigned long long)mean.left_out, (unsigned long long)set->count);
    if (!isfinite(u->length))
        return error_set(err, TOKVEC_BAD_ARGUMENT,
                         "the values of the reference rows are too large");
    for (size_t i = 0; i < u->dim; i++) {
        if (mean.values[i] != 0)
            return true;
    }
    return error_set(err, TOKVEC_BAD_ARGUMENT,
                     "the mean of the reference rows is zero, which has no direction");
}

/* ---------------------------------------------------------------- the component */

/* out = row less what of it lies along the component. Returns how far that reaches, at most: the
 * component may be another by its angle. */
static double reduce(const undertrained *u, const double *row, double *out)
{
    const double *p = u->component.direction;
    double along = dot_product(row, p, u->dim);
    for (size_t i = 0; i < u->dim; i++)
        out[i] = row[i] - along * p[i];
    return fabs(along) + u->component.angle * dot_length(row, u->dim);
}

/* ---------------------------------------------------------------- differences */

static void subtract(const double *x, const double *y, double *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = x[i] - y[i];
}

static void centre(undertrained *u, const row_mean *mean)
{
    u->centre = mean->values;
    subtract(u->reference, u->centre, u->centred, u->dim);
    u->centre_length = dot_length(u->centre, u->dim);
    u->centred_length = dot_length(u->centred, u->dim);
    u->centred_error = DBL_EPSILON * (u->length + u->centre_length + u->centred_length);
}

bool undertrained_begin(undertrained *u, tokvec_table *table, const id_list *unused,
                        const row_mean *mean, unsigned threads, tokvec_error *err)
{
    size_t dim = (size_t)tokvec_table_dim(table);
    *u = (undertrained){.dim = dim,
                        .reduced = calloc(dim + 1, sizeof *u->reduced),
                        .centred = calloc(dim + 1, sizeof *u->centred)};
    id_list set = {0};
    bool good = (u->reduced != NULL && u->centred != NULL) ||
                error_no_memory(err, dim * sizeof *u->reduced);
    good = good && make_set(unused, &set, err) && take_reference(u, table, &set, threads, err) &&
           principal_make(&u->component, table, mean, threads, err);
    id_list_free(&set);
    if (!good) {
        undertrained_end(u);
        return false;
    }
    u->reach = reduce(u, u->reference, u->reduced);
    u->reduced_length = dot_length(u->reduced, dim);
    centre(u, mean);
    return true;
}

void undertrained_end(undertrained *u)
{
    free(u->reference);
    free(u->reduced);
    free(u->centred);
    principal_free(&u->component);
    *u = (undertrained){0};
}

/* ---------------------------------------------------------------- distances */

/* NaN where the square of a length is too large: by an infinity all would be 1. */
static double distance(double product, double lengths)
{
    if (!isfinite(lengths))
        return NAN;
    return 1 - product / (lengths > least_product ? lengths : least_product);
}

double undertrained_distance(const undertrained *u, const double *row)
{
    return distance(dot_product(row, u->reference, u->dim), dot_length(row, u->dim) * u->length);
}

/* A component that is another by a small angle changes either reduced row by its reach times the
 * angle; and both the product of the two and that of their lengths. */
double undertrained_reduced_distance(const undertrained *u, const double *row, double *scratch)
{
    double reach = reduce(u, row, scratch), length = dot_length(scratch, u->dim);
    double lengths = length * u->reduced_length;
    double change = 2 * u->component.angle * (reach * u->reduced_length + u->reach * length);
    if (!(change <= tolerance * (lengths > least_product ? lengths : least_product)))
        return NAN;
    return distance(dot_product(scratch, u->reduced, u->dim), lengths);
}

/* Likewise by as much as rounding may have changed the mean and what is left of either row. */
double undertrained_centred_distance(const undertrained *u, const double *row, double *scratch)
{
    subtract(row, u->centre, scratch, u->dim);
    double length = dot_length(scratch, u->dim), lengths = length * u->centred_length;
    double error = DBL_EPSILON * (u->centre_length + length);
    double change = 2 * (error * u->centred_length + u->centred_error * length);
    if (!(change <= tolerance * (lengths > least_product ? lengths : least_product)))
        return NAN;
    return distance(dot_product(scratch, u->centred, u->dim), lengths);
}

/* Times a power of two, so that no square is too large or too small. */
double undertrained_length(const undertrained *u, const double *row, double *scratch)
{
    double largest = 0;
    int exponent;
    subtract(row, u->reference, scratch, u->dim);
    for (size_t i = 0; i < u->dim; i++)
        largest = fabs(scratch[i]) > largest ? fabs(scratch[i]) : largest;
    frexp(largest, &exponent);
    bool scales = largest > 0 && (exponent < -400 || exponent > 400) && isfinite(largest);
    for (size_t i = 0; scales && i < u->dim; i++)
        scratch[i] = ldexp(scratch[i], -exponent);
    double length = dot_length(scratch, u->dim);
    length = scales ? ldexp(length, exponent) : length;
    return isfinite(length) ? length : NAN;
}
