/* questions.c - queries of the command near.
 * See questions.h.
 * SPDX-License-Identifier: MIT */
#include "cli/questions.h"

#include "base/array.h"
#include "base/bytes.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>

bool questions_add(questions *q, tokvec_text name, const int64_t *rows, size_t count,
                   tokvec_error *err)
{
    if (!array_reserve(&q->all, &q->capacity, q->count + 1, sizeof *q->all, err) ||
        !array_reserve(&q->names, &q->name_capacity, q->name_length + name.length + 1, 1, err) ||
        !array_reserve(&q->rows, &q->row_capacity, q->row_count + count + 1, sizeof *q->rows, err))
        return false;
    q->all[q->count++] = (question){q->name_length, name.length, q->row_count, count};
    if (name.length > 0)
        memcpy(q->names + q->name_length, name.bytes, name.length);
    if (count > 0)
        memcpy(q->rows + q->row_count, rows, count * sizeof *rows);
    q->name_length += name.length;
    q->row_count += count;
    return true;
}

tokvec_text questions_name(const questions *q, size_t index)
{
    const question *one = &q->all[index];
    return (tokvec_text){q->names + one->name, one->length};
}

/* ---------------------------------------------------------------- vectors */

static bool is_finite(const double *vector, size_t dim)
{
    for (size_t i = 0; i < dim; i++) {
        if (!isfinite(vector[i]))
            return false;
    }
    return true;
}

static bool is_zero(const double *vector, size_t dim)
{
    for (size_t i = 0; i < dim; i++) {
        if (vector[i] != 0)
            return false;
    }
    return true;
}

static bool bad_question(const questions *q, size_t index, tokvec_error *err, const char *what)
{
    tokvec_text name = questions_name(q, index);
    error_set(err, TOKVEC_BAD_ARGUMENT, "the query '%.*s' %s",
              (int)(name.length < 200 ? name.length : 200), name.bytes, what);
    return error_hint(err, "ask for the neighbours of something else");
}

/* How many of n vectors are of use, from the first on. */
static size_t count_good(const questions *q, const double *vectors, size_t dim, near_metric by,
                         size_t first, size_t n, tokvec_error *err)
{
    for (size_t i = 0; i < n; i++) {
        const double *vector = vectors + i * dim;
        if (!is_finite(vector, dim))
            bad_question(q, first + i, err, "has a nan or an infinity: nothing is near it");
        else if (by == NEAR_COSINE && is_zero(vector, dim))
            bad_question(q, first + i, err, "is zero: it has no direction");
        else
            continue;
        return i;
    }
    return n;
}

/* Reads the rows of n questions, one each. */
static bool load(questions *q, tokvec_table *table, size_t first, size_t n, tokvec_error *err)
{
    size_t dim = (size_t)tokvec_table_dim(table), values = n * dim;
    tokvec_dtype dtype = tokvec_table_dtype(table);
    if (q->loaded_count == n && q->loaded_first == first)
        return true;
    q->loaded_count = 0;
    if (!array_reserve(&q->read, &q->read_capacity, values + 1, tokvec_dtype_size(dtype), err) ||
        !array_reserve(&q->loaded, &q->loaded_capacity, values + 1, sizeof *q->loaded, err) ||
        !tokvec_table_read(table, q->rows + q->all[first].first_row, n, q->read, err) ||
        !tokvec_convert(dtype, q->read, TOKVEC_FLOAT64, q->loaded, values, err))
        return false;
    q->loaded_first = first;
    q->loaded_count = n;
    return true;
}

const double *questions_vectors(questions *q, tokvec_table *table, near_metric by, size_t first,
                                size_t n, size_t *good, tokvec_error *err)
{
    size_t dim = (size_t)tokvec_table_dim(table);
    *good = 0;
    if (q->given == NULL && !load(q, table, first, n, err))
        return NULL;
    const double *vectors = q->given != NULL ? q->given + first * dim : q->loaded;
    *good = count_good(q, vectors, dim, by, first, n, err);
    return vectors;
}

bool questions_check(questions *q, tokvec_table *table, near_metric by, size_t at_once,
                     tokvec_error *err)
{
    for (size_t first = 0; first < q->count; first += at_once) {
        size_t good, n = q->count - first < at_once ? q->count - first : at_once;
        if (questions_vectors(q, table, by, first, n, &good, err) == NULL || good < n)
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- sums */

/* The largest magnitude; NaN if one is not finite. */
static double largest(const double *row, size_t dim)
{
    double most = 0;
    for (size_t i = 0; i < dim; i++) {
        if (!isfinite(row[i]))
            return NAN;
        most = fabs(row[i]) > most ? fabs(row[i]) : most;
    }
    return most;
}

bool questions_add_unit(double *sum, const double *row, size_t dim, double sign)
{
    double squares = 0, most = largest(row, dim);
    if (isnan(most))
        return false;
    if (most == 0)
        return true;
    int exponent; /* so that no square is out of range */
    frexp(most, &exponent);
    for (size_t i = 0; i < dim; i++) {
        double value = ldexp(row[i], -exponent);
        squares += value * value;
    }
    double norm = sqrt(squares);
    for (size_t i = 0; i < dim; i++)
        sum[i] += sign * (ldexp(row[i], -exponent) / norm);
    return true;
}

void questions_settle_sum(double *sum, size_t dim, size_t count)
{
    if (largest(sum, dim) > (double)count * 0x1p-50)
        return;
    for (size_t i = 0; i < dim; i++)
        sum[i] = 0;
}

/* ---------------------------------------------------------------- the list */

void questions_clear(questions *q)
{
    q->count = q->name_length = q->row_count = q->loaded_count = 0;
    q->given = NULL;
}

void questions_free(questions *q)
{
    free(q->all);
    free(q->names);
    free(q->rows);
    free(q->loaded);
    free(q->read);
    *q = (questions){.count = 0};
}
