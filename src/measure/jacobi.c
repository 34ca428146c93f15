/* jacobi.c - eigenvalues and eigenvectors of small symmetric matrices.
 * See jacobi.h. Jacobi's method: rotations in one plane after the other make the elements beside
 * the diagonal vanish.
 * SPDX-License-Identifier: MIT */
#include "measure/jacobi.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

enum { SWEEPS_MAX = 60 }; /* ten are plenty: the method converges quadratically */

/* Turns two rows into c * p - s * q and s * p + c * q, where half = s / (1 + c): written so, small
 * angles make small errors. `step` apart are their elements. */
static void turn(double *p, double *q, size_t n, size_t step, double s, double half)
{
    for (size_t i = 0; i < n * step; i += step) {
        double x = p[i], y = q[i];
        p[i] = x - s * (y + half * x);
        q[i] = y + s * (x - half * y);
    }
}

/* Makes the element (p, q) vanish; false if it is next to nothing already. */
static bool rotate(double *matrix, size_t n, double *vectors, size_t p, size_t q)
{
    double beside = matrix[p * n + q];
    double first = matrix[p * n + p], second = matrix[q * n + q];
    if (fabs(beside) <= DBL_EPSILON / 8 * sqrt(fabs(first)) * sqrt(fabs(second)) ||
        fabs(beside) < DBL_MIN)
        return false;
    double theta = (second - first) / (2 * beside);
    double t = 1 / (fabs(theta) + sqrt(theta * theta + 1));
    t = theta < 0 ? -t : t;
    double c = 1 / sqrt(t * t + 1), s = t * c, half = s / (1 + c);
    turn(matrix + p, matrix + q, n, n, s, half);
    turn(matrix + p * n, matrix + q * n, n, 1, s, half);
    turn(vectors + p * n, vectors + q * n, n, 1, s, half);
    matrix[p * n + q] = matrix[q * n + p] = 0;
    return true;
}

static void exchange(double *a, double *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double kept = a[i];
        a[i] = b[i];
        b[i] = kept;
    }
}

void jacobi_eigen(double *matrix, size_t n, double *values, double *vectors)
{
    for (size_t i = 0; i < n * n; i++)
        vectors[i] = i % (n + 1) == 0;
    bool turned = true;
    for (int sweep = 0; turned && sweep < SWEEPS_MAX; sweep++) {
        turned = false;
        for (size_t p = 0; p + 1 < n; p++) {
            for (size_t q = p + 1; q < n; q++)
                turned |= rotate(matrix, n, vectors, p, q);
        }
    }
    for (size_t i = 0; i < n; i++)
        values[i] = matrix[i * n + i];
    for (size_t i = 0; i + 1 < n; i++) {
        size_t most = i;
        for (size_t j = i + 1; j < n; j++)
            most = values[j] > values[most] ? j : most;
        if (most != i) {
            exchange(values + i, values + most, 1);
            exchange(vectors + i * n, vectors + most * n, n);
        }
    }
}
