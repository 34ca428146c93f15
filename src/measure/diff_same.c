/* diff_same.c - rows whose bytes are the same.
 * See diff_same.h. In one go over both, piece by piece, so that nothing but the memory takes time,
 * and rows that differ are known for such after their first piece. In the lanes of diff_sums.c.
 * SPDX-License-Identifier: MIT */
#include "measure/diff_same.h"

#include "base/dispatch.h"
#include "measure/diff_sums.h"

#include <string.h>

enum { PIECE = 1024 }; /* values, a multiple of DIFF_LANES; a byte counts those of a lane */

typedef struct sums {
    bool differ;
    uint64_t zeros;
    double squares[DIFF_LANES];
} sums;

/* The values of the lanes, in vectors: compilers do not find all of these themselves. Of 32 bytes
 * at most, as longer ones are slow without AVX-512. */
#define LANES_IN(type) (sizeof(type) > 4 ? DIFF_LANES / 2 : DIFF_LANES)
#define LANES_OF(type) \
    __attribute__((vector_size(LANES_IN(type) * sizeof(type)), aligned(sizeof(type)), may_alias))
typedef uint32_t words LANES_OF(uint32_t);
typedef float floats LANES_OF(float);

/* Of numbers of 16 bits, as diff_sums.c widens them; a half without its sign. */
#define WORDS(x)    __builtin_convertvector(x, words)
#define SPECIAL(x)  ((words)((WORDS(x) & 0x7c00) == 0x7c00) & 0x7f800000)
#define OF_HALF(x)  ((floats)((words)((floats)((WORDS(x) & 0x7fff) << 13) * 0x1p112F) | SPECIAL(x)))
#define OF_BRAIN(x) ((floats)(WORDS(x) << 16))

/* n is a multiple of DIFF_LANES, PIECE at most. `below` are the bits below a float's sign. */
#define SAME_FOR(name, bits, below, values, to_values)                                             \
    typedef bits bits_##name LANES_OF(bits);                                                       \
    typedef values values_##name LANES_OF(values);                                                 \
    DISPATCH_INLINE void same_##name(bool fuses, sums *to, const void *a, const void *b, size_t n) \
    {                                                                                              \
        (void)fuses;                                                                               \
        const bits *p = a, *q = b;                                                                 \
        bits_##name apart = {0}, zeros = {0};                                                      \
        double squares[DIFF_LANES];                                                                \
        memcpy(squares, to->squares, sizeof squares);                                              \
        for (size_t i = 0; i < n; i += DIFF_LANES) {                                               \
            for (size_t h = 0; h < DIFF_LANES; h += LANES_IN(bits)) {                              \
                bits_##name x = *(const bits_##name *)(p + i + h);                                 \
                apart |= x ^ *(const bits_##name *)(q + i + h);                                    \
                zeros -= (bits_##name)((x & (bits)(below)) == 0); /* true is -1 */                 \
                values_##name wide = to_values(x);                                                 \
                for (size_t l = 0; l < LANES_IN(bits); l++)                                        \
                    squares[h + l] += (double)wide[l] * (double)wide[l];                           \
            }                                                                                      \
        }                                                                                          \
        memcpy(to->squares, squares, sizeof squares);                                              \
        for (size_t l = 0; l < LANES_IN(bits); l++) {                                              \
            to->differ |= apart[l] != 0;                                                           \
            to->zeros += zeros[l];                                                                 \
        }                                                                                          \
    }                                                                                              \
    DISPATCH_VARIANTS(same_##name, (sums * to, const void *a, const void *b, size_t n),            \
                      (fuses, to, a, b, n))

SAME_FOR(float64, uint64_t, INT64_MAX, double, (values_float64))
SAME_FOR(float32, uint32_t, INT32_MAX, float, (floats))
SAME_FOR(float16, uint16_t, INT16_MAX, float, OF_HALF)
SAME_FOR(bfloat16, uint16_t, INT16_MAX, float, OF_BRAIN)
SAME_FOR(int8, uint8_t, UINT8_MAX, int8_t, (values_int8))
SAME_FOR(int16, uint16_t, UINT16_MAX, int16_t, (values_int16))
SAME_FOR(int32, uint32_t, UINT32_MAX, int32_t, (values_int32))
SAME_FOR(int64, uint64_t, UINT64_MAX, int64_t, (values_int64))
SAME_FOR(uint8, uint8_t, UINT8_MAX, uint8_t, )
SAME_FOR(uint16, uint16_t, UINT16_MAX, uint16_t, )
SAME_FOR(uint32, uint32_t, UINT32_MAX, uint32_t, )
SAME_FOR(uint64, uint64_t, UINT64_MAX, uint64_t, )

/* Floats of 8 bits and bools: rare, and taken the long way. */
static bool is_other(tokvec_dtype dtype)
{
    return dtype == TOKVEC_BOOL || (tokvec_dtype_is_float(dtype) && tokvec_dtype_size(dtype) == 1);
}

static bool same_other(tokvec_dtype dtype, const void *a, const void *b, size_t n, uint64_t *zeros,
                       double *squares)
{
    diff_sums s = {.absolute = {0}};
    if (memcmp(a, b, n * tokvec_dtype_size(dtype)) != 0)
        return false;
    diff_sums_add(&s, dtype, a, dtype, b, n, 0, 0);
    *zeros = (uint64_t)diff_sums_total(s.undefined);
    *squares = diff_sums_total(s.bb);
    return true;
}

static void add_piece(tokvec_dtype dtype, sums *to, const void *a, const void *b, size_t n)
{
    switch (dtype) {
    case TOKVEC_FLOAT64: DISPATCH(same_float64, (to, a, b, n)); break;
    case TOKVEC_FLOAT32: DISPATCH(same_float32, (to, a, b, n)); break;
    case TOKVEC_FLOAT16: DISPATCH(same_float16, (to, a, b, n)); break;
    case TOKVEC_BFLOAT16: DISPATCH(same_bfloat16, (to, a, b, n)); break;
    case TOKVEC_INT8: DISPATCH(same_int8, (to, a, b, n)); break;
    case TOKVEC_INT16: DISPATCH(same_int16, (to, a, b, n)); break;
    case TOKVEC_INT32: DISPATCH(same_int32, (to, a, b, n)); break;
    case TOKVEC_INT64: DISPATCH(same_int64, (to, a, b, n)); break;
    case TOKVEC_UINT8: DISPATCH(same_uint8, (to, a, b, n)); break;
    case TOKVEC_UINT16: DISPATCH(same_uint16, (to, a, b, n)); break;
    case TOKVEC_UINT32: DISPATCH(same_uint32, (to, a, b, n)); break;
    case TOKVEC_UINT64: DISPATCH(same_uint64, (to, a, b, n)); break;
    default:; /* not asked */
    }
}

bool diff_same(tokvec_dtype dtype, const void *a, const void *b, size_t n, uint64_t *zeros,
               double *squares)
{
    const char *p = a, *q = b;
    size_t size = tokvec_dtype_size(dtype), rest = n % DIFF_LANES, whole = n - rest;
    sums s = {.differ = false};
    if (is_other(dtype))
        return same_other(dtype, a, b, n, zeros, squares);
    for (size_t at = 0, part; at < whole && !s.differ; at += part) {
        part = whole - at < PIECE ? whole - at : PIECE;
        add_piece(dtype, &s, p + at * size, q + at * size, part);
    }
    if (rest > 0 && !s.differ) { /* zeros fill the last lanes, and are not counted */
        uint64_t last_a[DIFF_LANES] = {0}, last_b[DIFF_LANES] = {0};
        memcpy(last_a, p + whole * size, rest * size);
        memcpy(last_b, q + whole * size, rest * size);
        add_piece(dtype, &s, last_a, last_b, DIFF_LANES);
        s.zeros -= DIFF_LANES - rest;
    }
    *zeros = s.zeros;
    *squares = diff_sums_total(s.squares);
    return !s.differ;
}
