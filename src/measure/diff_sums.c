/* diff_sums.c - the sums over two rows that comparing them takes.
 * See diff_sums.h. Compiled with -ffp-contract=off, and each lane has its own order of additions:
 * so compilers may use vectors of any width.
 * SPDX-License-Identifier: MIT */
#include "measure/diff_sums.h"

#include "base/bytes.h"
#include "base/dispatch.h"
#include "base/dtype.h"

#include <math.h>

/* ---------------------------------------------------------------- sums */

/* n is a multiple of DIFF_LANES. */
DISPATCH_INLINE void add(bool fuses, diff_sums *to, const double *a, const double *b, size_t n,
                         double atol, double rtol)
{
    (void)fuses;
    diff_sums s = *to;
    for (size_t i = 0; i < n; i += DIFF_LANES) {
        for (size_t l = 0; l < DIFF_LANES; l++) {
            double x = a[i + l], y = b[i + l];
            double apart = fabs(x - y), size = fabs(y), relative = apart / size;
            relative = size > 0 ? relative : 0;
            s.absolute[l] += apart;
            s.squares[l] += apart * apart;
            s.largest[l] = apart > s.largest[l] ? apart : s.largest[l];
            s.relative[l] = relative > s.relative[l] ? relative : s.relative[l];
            s.ab[l] += x * y;
            s.aa[l] += x * x;
            s.bb[l] += y * y;
            s.different[l] += apart > atol + rtol * size ? 1 : 0;
            s.undefined[l] += size > 0 ? 0 : 1;
        }
    }
    *to = s;
}

DISPATCH_VARIANTS(add,
                  (diff_sums * s, const double *a, const double *b, size_t n, double atol,
                   double rtol),
                  (fuses, s, a, b, n, atol, rtol))

/* Any n: zeros fill the last lanes, and are not counted. */
static void add_some(diff_sums *s, const double *a, const double *b, size_t n, double atol,
                     double rtol)
{
    size_t rest = n % DIFF_LANES, whole = n - rest;
    if (whole > 0)
        DISPATCH(add, (s, a, b, whole, atol, rtol));
    if (rest == 0)
        return;
    double last_a[DIFF_LANES] = {0}, last_b[DIFF_LANES] = {0};
    memcpy(last_a, a + whole, rest * sizeof *a);
    memcpy(last_b, b + whole, rest * sizeof *b);
    DISPATCH(add, (s, last_a, last_b, DIFF_LANES, atol, rtol));
    s->undefined[DIFF_LANES - 1] -= (double)(DIFF_LANES - rest);
}

/* ---------------------------------------------------------------- values as float64 */

enum { PIECE = 512 }; /* values, a multiple of DIFF_LANES, which stay in the L1 cache */

#define WIDEN_FOR(name, type, to_number)                                                  \
    DISPATCH_INLINE void widen_##name(bool fuses, const void *row, double *out, size_t n) \
    {                                                                                     \
        (void)fuses;                                                                      \
        const type *values = row;                                                         \
        for (size_t i = 0; i < n; i++)                                                    \
            out[i] = (double)to_number(values[i]);                                        \
    }                                                                                     \
    DISPATCH_VARIANTS(widen_##name, (const void *row, double *out, size_t n), (fuses, row, out, n))

WIDEN_FOR(float32, float, )
WIDEN_FOR(float16, uint16_t, float_of_float16)
WIDEN_FOR(bfloat16, uint16_t, float_of_bfloat16)
WIDEN_FOR(int8, int8_t, )
WIDEN_FOR(int16, int16_t, )
WIDEN_FOR(int32, int32_t, )
WIDEN_FOR(int64, int64_t, )
WIDEN_FOR(uint8, uint8_t, )
WIDEN_FOR(uint16, uint16_t, )
WIDEN_FOR(uint32, uint32_t, )

/* Values from number `at` on as float64, in `room` if they are of another dtype. */
static const double *piece_of(tokvec_dtype dtype, const void *row, size_t at, size_t n,
                              double room[PIECE])
{
    const void *from = (const char *)row + at * tokvec_dtype_size(dtype);
    switch (dtype) {
    case TOKVEC_FLOAT64: return from;
    case TOKVEC_FLOAT32: DISPATCH(widen_float32, (from, room, n)); break;
    case TOKVEC_FLOAT16: DISPATCH(widen_float16, (from, room, n)); break;
    case TOKVEC_BFLOAT16: DISPATCH(widen_bfloat16, (from, room, n)); break;
    case TOKVEC_INT8: DISPATCH(widen_int8, (from, room, n)); break;
    case TOKVEC_INT16: DISPATCH(widen_int16, (from, room, n)); break;
    case TOKVEC_INT32: DISPATCH(widen_int32, (from, room, n)); break;
    case TOKVEC_INT64: DISPATCH(widen_int64, (from, room, n)); break;
    case TOKVEC_UINT8: DISPATCH(widen_uint8, (from, room, n)); break;
    case TOKVEC_UINT16: DISPATCH(widen_uint16, (from, room, n)); break;
    case TOKVEC_UINT32: DISPATCH(widen_uint32, (from, room, n)); break;
    default: tokvec_convert(dtype, from, TOKVEC_FLOAT64, room, n, NULL); /* which has all */
    }
    return room;
}

void diff_sums_add(diff_sums *s, tokvec_dtype of_a, const void *a, tokvec_dtype of_b, const void *b,
                   size_t n, double atol, double rtol)
{
    double room_a[PIECE], room_b[PIECE];
    for (size_t at = 0, part; at < n; at += part) {
        part = n - at < PIECE ? n - at : PIECE;
        add_some(s, piece_of(of_a, a, at, part, room_a), piece_of(of_b, b, at, part, room_b), part,
                 atol, rtol);
    }
}

double diff_sums_total(const double lanes[DIFF_LANES])
{
    double sum[DIFF_LANES];
    memcpy(sum, lanes, sizeof sum);
    for (size_t half = DIFF_LANES / 2; half > 0; half /= 2) {
        for (size_t l = 0; l < half; l++)
            sum[l] += sum[l + half];
    }
    return sum[0];
}

double diff_sums_largest(const double lanes[DIFF_LANES])
{
    double most = lanes[0];
    for (size_t l = 1; l < DIFF_LANES; l++)
        most = lanes[l] > most ? lanes[l] : most;
    return most;
}

/* ---------------------------------------------------------------- integers of 64 bits */

bool diff_sums_exact(tokvec_dtype dtype, const void *row, size_t n)
{
    const uint64_t most = UINT64_C(1) << 53, *bits = row; /* to 2^53 all are float64, too */
    uint64_t beyond = 0;
    if (dtype == TOKVEC_INT64) {
        for (size_t i = 0; i < n; i++)
            beyond |= bits[i] + most > 2 * most;
    } else if (dtype == TOKVEC_UINT64) {
        for (size_t i = 0; i < n; i++)
            beyond |= bits[i] > most;
    }
    return beyond == 0;
}
