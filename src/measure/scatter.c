/* scatter.c - the rows of a table as a symmetric matrix.
 * See scatter.h. A row c adds (c . v) c to the product with v. Each such number is rounded to a
 * multiple of a coarse unit, what is left to one of a fine unit, and both are counted in integers:
 * so it does not matter in which order rows come. With the units chosen by how large the numbers
 * may be and how many rows there are, no integer overflows, and what is lost lies below the last
 * bit.
 * SPDX-License-Identifier: MIT */
#include "measure/scatter.h"

#include "base/bytes.h"
#include "measure/dot_lanes.h"
#include "rows/pump.h"

#include <math.h>
#include <stdlib.h>

__extension__ typedef __int128 i128;

enum { WHOLE_BITS = 62, LEAST_ROWS = 11 /* as a power of two: else integers exceed 2^51 */ };

typedef int64_t four_integers DOT_FOUR;

/* A consumer of float32 or float64. Rows have `padded` values here, with zeros at the end. */
typedef struct scatter_pass {
    consumer base;
    struct scatter_pass *original; /* also of clones */
    size_t dim, padded, count;
    const double *vectors[SCATTER_BLOCK]; /* padded */
    const double *mean;                   /* scaled */
    double scale;                         /* 1 over the power of two */
    int fine;                             /* the unit is 2^fine */
    unsigned apart;                       /* the coarse one is 2^apart of it */
    double small_magic, large_magic;      /* 1.5 * 2^52 units of either kind */
    double *row;                          /* padded */
    int64_t *coarse, *exact; /* count * padded each: in coarse units, and the rest in fine ones */
} scatter_pass;

/* ---------------------------------------------------------------- rows */

/* Adds row * along. Adding 1.5 * 2^52 units rounds to a whole number of them, and leaves it in the
 * last bits. */
DISPATCH_INLINE void add_multiple(const double *row, double along, size_t n, double large,
                                  double small, int64_t *coarse, int64_t *exact)
{
    const dot_four large_magic = {large, large, large, large};
    const dot_four small_magic = {small, small, small, small};
    for (size_t i = 0; i < n; i += 4) {
        dot_four x = *(const dot_four *)(row + i) * along;
        dot_four most = x + large_magic;
        dot_four rest = (x - (most - large_magic)) + small_magic;
        *(four_integers *)(coarse + i) += (four_integers)most - (four_integers)large_magic;
        *(four_integers *)(exact + i) += (four_integers)rest - (four_integers)small_magic;
    }
}

DISPATCH_INLINE void add_row(const scatter_pass *p, const void *values)
{
    const double small = p->small_magic, large = p->large_magic, scale = p->scale;
    const size_t dim = p->dim, padded = p->padded;
    const double *mean = p->mean;
    double *row = p->row;
    if (p->base.dtype == TOKVEC_FLOAT32) {
        for (size_t i = 0; i < dim; i++)
            row[i] = (double)((const float *)values)[i] * scale - mean[i];
    } else {
        for (size_t i = 0; i < dim; i++)
            row[i] = ((const double *)values)[i] * scale - mean[i];
    }
    for (size_t v = 0; v < p->count; v++) {
        dot_sums sums = {0};
        for (size_t i = 0; i < padded; i += DOT_LANES)
            dot_add(&sums, row + i, p->vectors[v] + i);
        double along = dot_total(&sums);
        if (!isfinite(along))
            return; /* for all vectors then: the row is not finite */
        add_multiple(row, along, padded, large, small, p->coarse + v * padded,
                     p->exact + v * padded);
    }
}
DISPATCH_VARIANTS(add_row, (const scatter_pass *p, const void *values), (p, values))

static bool add_rows(consumer *c, const row_block *block, tokvec_error *err)
{
    (void)err;
    const scatter_pass *p = (const scatter_pass *)c;
    const size_t row_size = p->dim * tokvec_dtype_size(p->base.dtype);
    for (size_t i = 0; i < block->n; i++)
        DISPATCH(add_row, (p, (const char *)block->data + i * row_size));
    return true;
}

/* ---------------------------------------------------------------- threads */

static void release(scatter_pass *p)
{
    free(p->row);
    free(p->coarse);
    free(p->exact);
}

static bool reserve(scatter_pass *p)
{
    p->row = calloc(p->padded, sizeof *p->row);
    p->coarse = calloc(p->padded, p->count * sizeof *p->coarse);
    p->exact = calloc(p->padded, p->count * sizeof *p->exact);
    if (p->row != NULL && p->coarse != NULL && p->exact != NULL)
        return true;
    release(p);
    return false;
}

static bool make_clone(consumer *clone)
{
    return reserve((scatter_pass *)clone);
}

/* Of long rows a block has only a few, so what a clone has is not added up after each block but
 * when the clone goes. */
static bool finish_block(consumer *c, consumer *clone, tokvec_error *err)
{
    (void)c;
    (void)clone;
    (void)err;
    return true;
}

static void end_clone(consumer *clone)
{
    scatter_pass *from = (scatter_pass *)clone, *to = from->original;
    for (size_t i = 0; i < to->padded * to->count; i++) {
        to->coarse[i] += from->coarse[i];
        to->exact[i] += from->exact[i];
    }
    release(from);
}

/* ---------------------------------------------------------------- products */

/* Chooses scale and units. A number to be added is at most 4 * sqrt(dim): less the mean, values are
 * at most 2, and by Cauchy and Schwarz a row along a vector of length 1 at most 2 * sqrt(dim). */
static void choose_units(scatter_pass *p, const row_mean *mean)
{
    int exponent, size, rows = LEAST_ROWS;
    frexp(mean->largest, &exponent);
    p->scale = mean->largest == 0 ? 1 : ldexp(1, exponent < -1000 ? 1000 : -exponent);
    frexp(4 * sqrt((double)p->dim) * (1 + 0x1p-20), &size);
    while (rows < WHOLE_BITS - 1 && mean->rows >> rows != 0)
        rows++;
    int coarse = size + rows - WHOLE_BITS;
    p->apart = (unsigned)(WHOLE_BITS - rows);
    p->fine = coarse - (int)p->apart;
    p->small_magic = ldexp(0x1.8p52, p->fine);
    p->large_magic = ldexp(0x1.8p52, coarse);
}

static void write_product(const scatter_pass *p, size_t v, double *out)
{
    for (size_t i = 0; i < p->dim; i++) {
        i128 units = (i128)p->coarse[v * p->padded + i] * ((i128)1 << p->apart) +
                     p->exact[v * p->padded + i];
        out[i] = ldexp((double)units, p->fine);
    }
}

bool scatter_multiply(const scatter *s, const double *const *vectors, double *const *products,
                      size_t count, tokvec_error *err)
{
    size_t dim = (size_t)tokvec_table_dim(s->table);
    tokvec_dtype dtype = tokvec_table_dtype(s->table);
    bool narrow = tokvec_dtype_is_float(dtype) && dtype != TOKVEC_FLOAT64;
    scatter_pass p = {.base = {.size = sizeof p,
                               .dtype = narrow ? TOKVEC_FLOAT32 : TOKVEC_FLOAT64,
                               .clone = make_clone,
                               .rows = add_rows,
                               .finish = finish_block,
                               .release = end_clone},
                      .original = &p,
                      .dim = dim,
                      .padded = (dim / DOT_LANES + 1) * DOT_LANES,
                      .count = count};
    choose_units(&p, s->mean);
    double *copies = calloc(p.padded * (count + 1), sizeof *copies);
    if (copies == NULL || !reserve(&p)) {
        free(copies);
        return error_no_memory(err, p.padded * (count + 1) * sizeof *copies);
    }
    for (size_t v = 0; v < count; v++)
        p.vectors[v] = memcpy(copies + v * p.padded, vectors[v], dim * sizeof *copies);
    for (size_t i = 0; i < dim; i++)
        copies[count * p.padded + i] = s->mean->values[i] * p.scale;
    p.mean = copies + count * p.padded;
    bool good = pump_table(s->table, &p.base, s->threads, err);
    for (size_t v = 0; good && v < count; v++)
        write_product(&p, v, products[v]);
    release(&p);
    free(copies);
    return good;
}
