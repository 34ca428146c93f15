/* quantiles.h - quantiles of the values of a table, in bounded memory.
 * They are those of numpy.quantile of the values as float64, to the last bit: method linear, type 7
 * of Hyndman and Fan. What NumPy's arithmetic has no number for has one here: a quantile that falls
 * on an infinity, or between one and a finite number, is that infinity; and two numbers whose
 * difference float64 does not hold have one between them all the same. A quantile of 0 is +0.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_MEASURE_QUANTILES_H
#define TOKVEC_MEASURE_QUANTILES_H

#include "rows/id_list.h"

#define QUANTILES_MAX 256

typedef struct quantiles_spec {
    tokvec_table *table;
    const id_list *list; /* of its rows, which are valid; NULL: all */
    const double *at;    /* each from 0 to 1 */
    size_t count;        /* 1 .. QUANTILES_MAX */
    bool finite;         /* leave out what is not */
    unsigned threads;    /* as in pump_spec */
} quantiles_spec;

/* Stores `count` quantiles, with the same bits for any number of threads; NaN where there are no
 * values, or NaN is among them. Reads the rows several times: three times for float32, six times
 * for float64 if there are few quantiles. Integers are rounded to float64. */
bool quantiles_find(const quantiles_spec *spec, double *out, tokvec_error *err);

#endif
