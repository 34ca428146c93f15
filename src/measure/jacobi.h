/* jacobi.h - eigenvalues and eigenvectors of small symmetric matrices.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_JACOBI_H
#define TOKVEC_MEASURE_JACOBI_H

#include <stddef.h>

/* The matrix is n x n, row-major, and is used up. values: n, falling. vectors: n rows of n, the
 * eigenvector of each value, of length 1 and at right angles. All numbers are finite. */
void jacobi_eigen(double *matrix, size_t n, double *values, double *vectors);

#endif
