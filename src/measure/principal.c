/* principal.c - the first principal component of a table.
 * See principal.h. The basis holds orthonormal directions and what C'C makes of each. The
 * eigenvectors of C'C as seen in the basis (Ritz vectors) come nearer to the true ones with each
 * direction; what is missing to the equation of the first two are the directions that are added
 * next. Two, as from a single one an eigenvalue that occurs twice would look like one that occurs
 * once. When the basis is full, it is made anew of the best Ritz vectors.
 * SPDX-License-Identifier: MIT */
#include "measure/principal.h"

#include "measure/dot.h"
#include "measure/jacobi.h"
#include "measure/scatter.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROOM = 48,      /* directions at most; memory for twice as many rows */
    ROOM_LEAST = 9, /* where rows are so long that this would be more than that many values: */
    VALUES_MOST = 1 << 24,
    PASSES_MAX = 1000,
    PATIENCE = 8, /* passes without progress, near the last bit, before it is good enough */
    HOPELESS = 12 * PATIENCE /* anywhere else */
};

/* Errors of rounding, as parts of the largest eigenvalue: what products may have, and where to
 * expect no more progress soon. */
static const double noise = 2 * DBL_EPSILON, near_noise = 256 * DBL_EPSILON;

typedef struct basis {
    size_t dim, room, count;                     /* directions */
    size_t fresh;                                /* the last ones, whose images are still missing */
    double *directions;                          /* room x dim */
    double *images;                              /* likewise: C'C times each */
    double seen[ROOM * ROOM], work[ROOM * ROOM]; /* C'C in the basis: symmetric, count x count */
    double values[ROOM], vectors[ROOM * ROOM];   /* its eigenvalues, falling, and eigenvectors */
    double missing[SCATTER_BLOCK];               /* lengths of what the first ones miss */
    double *rest;                                /* SCATTER_BLOCK x dim: that itself */
} basis;

static double *direction(const basis *b, size_t i)
{
    return b->directions + i * b->dim;
}

static double *image(const basis *b, size_t i)
{
    return b->images + i * b->dim;
}

/* to += factor * from */
static void add_to(double *to, double factor, const double *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += factor * from[i];
}

static void divide(double *x, double by, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] /= by;
}

/* ---------------------------------------------------------------- the basis grows */

/* Adds what is new in a vector, if anything is. */
static void add_direction(basis *b, const double *vector)
{
    double length = dot_length(vector, b->dim);
    if (b->count == b->room || !(length > 0))
        return;
    double *to = direction(b, b->count);
    memcpy(to, vector, b->dim * sizeof *to);
    divide(to, length, b->dim);
    for (int turn = 0; turn < 2; turn++) { /* what one leaves of old directions, the next takes */
        for (size_t i = 0; i < b->count; i++)
            add_to(to, -dot_product(direction(b, i), to, b->dim), direction(b, i), b->dim);
        length = dot_length(to, b->dim);
        if (!(length > 64 * DBL_EPSILON))
            return; /* errors of rounding only */
        divide(to, length, b->dim);
    }
    b->count++;
    b->fresh++;
}

/* Any vectors will do that are not at right angles to what is sought. */
static void add_first(basis *b)
{
    uint64_t state = 1;
    for (size_t v = 0; v < SCATTER_BLOCK; v++) {
        for (size_t i = 0; i < b->dim; i++) {
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            b->rest[i] = (double)(state >> 11) * 0x1p-52 - 1;
        }
        add_direction(b, b->rest);
    }
}

/* The images of the fresh directions, and where they stand in the basis. */
static bool see(basis *b, const scatter *s, tokvec_error *err)
{
    const double *from[SCATTER_BLOCK];
    double *to[SCATTER_BLOCK];
    size_t first = b->count - b->fresh;
    for (size_t v = 0; v < b->fresh; v++) {
        from[v] = direction(b, first + v);
        to[v] = image(b, first + v);
    }
    if (!scatter_multiply(s, from, to, b->fresh, err))
        return false;
    for (size_t j = first; j < b->count; j++) {
        for (size_t i = 0; i <= j; i++)
            b->seen[i * ROOM + j] = b->seen[j * ROOM + i] =
                dot_product(direction(b, i), image(b, j), b->dim);
    }
    b->fresh = 0;
    return true;
}

/* ---------------------------------------------------------------- what is seen in it */

static void combine(const basis *b, const double *from, const double *factors, double *to)
{
    memset(to, 0, b->dim * sizeof *to);
    for (size_t i = 0; i < b->count; i++)
        add_to(to, factors[i], from + i * b->dim, b->dim);
}

/* The Ritz values and vectors, and what the first ones miss: C'C x - value x. */
static void judge(basis *b)
{
    size_t n = b->count;
    for (size_t i = 0; i < n; i++)
        memcpy(b->work + i * n, b->seen + i * ROOM, n * sizeof *b->work);
    jacobi_eigen(b->work, n, b->values, b->vectors);
    for (size_t v = 0; v < SCATTER_BLOCK; v++) {
        double *rest = b->rest + v * b->dim;
        b->missing[v] = 0;
        if (v >= n)
            continue;
        combine(b, b->images, b->vectors + v * n, rest);
        for (size_t i = 0; i < n; i++)
            add_to(rest, -b->values[v] * b->vectors[v * n + i], direction(b, i), b->dim);
        b->missing[v] = dot_length(rest, b->dim);
    }
}

/* The best Ritz vectors take the place of all directions. */
static void renew(basis *b)
{
    size_t n = b->count, kept = b->room / 3;
    double mixed[ROOM];
    double *const both[] = {b->directions, b->images};
    for (size_t which = 0; which < 2; which++) {
        for (size_t column = 0; column < b->dim; column++) {
            for (size_t v = 0; v < kept; v++) {
                mixed[v] = 0;
                for (size_t i = 0; i < n; i++)
                    mixed[v] += b->vectors[v * n + i] * both[which][i * b->dim + column];
            }
            for (size_t v = 0; v < kept; v++)
                both[which][v * b->dim + column] = mixed[v];
        }
    }
    memset(b->seen, 0, sizeof b->seen);
    memset(b->vectors, 0, sizeof b->vectors);
    for (size_t v = 0; v < kept; v++) {
        b->seen[v * ROOM + v] = b->values[v];
        b->vectors[v * kept + v] = 1;
    }
    b->count = kept;
}

/* ---------------------------------------------------------------- the search */

/* What is missing turns the first Ritz vector by as much over the distance to the eigenvalues that
 * are not in the basis (Davis and Kahan): if the second one is in it, that is the third. Towards
 * the second, then, only errors of rounding turn it. */
static double angle_of(const basis *b)
{
    double first = b->values[0], second = b->count > 1 ? b->values[1] : 0;
    double third = b->count > 2 ? b->values[2] : 0, error = noise * first + b->missing[0];
    double apart = first - second - b->missing[1], beyond = (first - third) / 2;
    if (b->missing[1] <= (second - third) / 4 && apart > 0)
        return b->missing[0] / beyond +
               (noise * first + b->missing[0] * b->missing[1] / beyond) / apart;
    return apart > 2 * error ? error / apart : INFINITY;
}

/* Whether more passes would not help: it is the errors of rounding that count. *best: the least
 * that was ever missing; *waited: passes since it was last halved. */
static bool is_enough(const basis *b, double *best, unsigned *waited)
{
    double first = b->values[0], apart = first - (b->count > 1 ? b->values[1] : 0);
    double left = b->missing[0] + b->missing[1];
    double angle = angle_of(b), least = 2 * noise * first / apart;
    if (isfinite(angle) && angle <= (least > 1e-13 ? least : 1e-13))
        return true;
    *waited = left < *best / 2 ? 0 : *waited + 1;
    *best = left < *best / 2 ? left : *best;
    return *waited >= (left <= near_noise * first ? PATIENCE : HOPELESS);
}

static bool search(basis *b, const scatter *s, principal *p, tokvec_error *err)
{
    double best = INFINITY;
    unsigned waited = 0;
    for (add_first(b); b->fresh > 0;) {
        if (!see(b, s, err))
            return false;
        judge(b);
        p->passes++;
        if (is_enough(b, &best, &waited) || p->passes == PASSES_MAX)
            break;
        if (b->count + SCATTER_BLOCK > b->room && b->room < b->dim)
            renew(b);
        for (size_t v = 0; v < SCATTER_BLOCK; v++)
            add_direction(b, b->rest + v * b->dim);
    }
    return true;
}

static void take_result(const basis *b, principal *p)
{
    p->angle = INFINITY;
    if (b->count == 0 || !(b->values[0] > 0))
        return;
    p->largest = b->values[0];
    p->second = b->count > 1 && b->values[1] > 0 ? b->values[1] : 0;
    p->angle = b->dim == 1 ? 0 : angle_of(b);
    if (p->angle > 0.1)
        p->angle = INFINITY;
    double length = dot_length(p->direction, b->dim);
    divide(p->direction, length, b->dim);
}

static size_t room_for(size_t dim)
{
    size_t fit = VALUES_MOST / 2 / (dim + 1);
    size_t room = fit > ROOM ? ROOM : fit < ROOM_LEAST ? ROOM_LEAST : fit;
    return dim < room ? dim : room;
}

bool principal_make(principal *p, tokvec_table *table, const row_mean *mean, unsigned threads,
                    tokvec_error *err)
{
    const scatter s = {.table = table, .mean = mean, .threads = threads};
    basis *b = calloc(1, sizeof *b);
    size_t dim = (size_t)tokvec_table_dim(table), room = room_for(dim);
    size_t values = (2 * room + SCATTER_BLOCK) * dim;
    double *memory = calloc(values + 1, sizeof *memory);
    *p = (principal){.direction = calloc(dim + 1, sizeof *p->direction)};
    bool good = b != NULL && memory != NULL && p->direction != NULL;
    if (!good) {
        error_no_memory(err, values * sizeof *memory);
    } else {
        b->dim = dim;
        b->room = room;
        b->directions = memory;
        b->images = memory + room * dim;
        b->rest = memory + 2 * room * dim;
        good = search(b, &s, p, err);
    }
    if (good) {
        combine(b, b->directions, b->vectors, p->direction);
        take_result(b, p);
    } else {
        principal_free(p);
    }
    free(memory);
    free(b);
    return good;
}

void principal_free(principal *p)
{
    free(p->direction);
    *p = (principal){0};
}
