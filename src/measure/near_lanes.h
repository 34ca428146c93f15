/* near_lanes.h - the loops of near_rough.c, for one kind of processor.
 * Included once for each, with these defined:
 *     LEVEL            how its functions end
 *     TARGET           the attribute by which the compiler may use its instructions
 *     LANES            floats in a vector
 *     TILE_ROWS        rows whose sums with two vectors of queries fit in its registers
 *     FUSED(a, b, c)   a * b + c of vectors, rounded once or twice
 *     SPLAT(x)         x in each lane
 * SPDX-License-Identifier: MIT */

#define JOIN_(a, b) a##_##b
#define JOIN(a, b)  JOIN_(a, b)
#define NAME(f)     JOIN(f, LEVEL)
#define INLINE      TARGET static inline __attribute__((always_inline))
#define OF_LANES    __attribute__((vector_size(4 * LANES)))
#define ANYWHERE    __attribute__((aligned(2), may_alias))
#define vector      NAME(vector)
#define words       NAME(words)
#define loose       NAME(loose)

typedef float vector OF_LANES;
typedef uint32_t words OF_LANES;
typedef float loose OF_LANES ANYWHERE;

enum {
    NAME(STEP) = 4 * LANES,  /* values of a row at a time */
    NAME(PANEL) = 2 * LANES, /* queries at a time */
};

/* ---------------------------------------------------------------- a row and a query */

/* Two vectors of values, as they follow one another; of 16 bits, those of even places and those of
 * odd ones. A float16 that is not finite comes out as 2^16 or more, as none that is. */
INLINE void NAME(load_pair)(tokvec_dtype dtype, const uint8_t *row, vector pair[2])
{
    const uint32_t sign = 0x80000000, rest = 0x0fffe000;
    const float widen = 0x1p112F; /* from the one exponent's bias to the other's */
    const words w = (words) * (const loose *)(const void *)row;
    if (dtype == TOKVEC_BFLOAT16) {
        pair[0] = (vector)(w << 16);
        pair[1] = (vector)(w & 0xffff0000);
    } else if (dtype == TOKVEC_FLOAT16) {
        pair[0] = (vector)((w << 13 & rest) | (w << 16 & sign)) * widen;
        pair[1] = (vector)((w >> 3 & rest) | (w & sign)) * widen;
    } else {
        pair[0] = ((const loose *)(const void *)row)[0];
        pair[1] = ((const loose *)(const void *)row)[1];
    }
}

/* Rows come from memory, one after the other: what is this far ahead is asked for, as processors
 * by themselves look no further than a page. */
INLINE void NAME(look_ahead)(const uint8_t *row, size_t bytes)
{
    enum { AHEAD = 3 << 13, LINE = 64 };
    for (size_t at = 0; at < bytes; at += LINE)
        __builtin_prefetch((const void *)((uintptr_t)row + AHEAD + at), 0, 2);
}

INLINE void NAME(add_step)(tokvec_dtype dtype, const uint8_t *row, const float *query,
                           vector dots[4], vector squares[4])
{
    const size_t size = dtype == TOKVEC_FLOAT32 ? 4 : 2;
    vector a[4];
    NAME(look_ahead)(row, NAME(STEP) * size);
    NAME(load_pair)(dtype, row, a);
    NAME(load_pair)(dtype, row + 2 * LANES * size, a + 2);
#pragma GCC unroll 4
    for (size_t v = 0; v < 4; v++) {
        dots[v] = FUSED(a[v], *(const loose *)(query + v * LANES), dots[v]);
        squares[v] = FUSED(a[v], a[v], squares[v]);
    }
}

INLINE float NAME(sum)(const vector v[4])
{
    vector four = (v[0] + v[1]) + (v[2] + v[3]);
    float sum = 0;
    for (size_t l = 0; l < LANES; l++)
        sum += four[l];
    return sum;
}

/* See near_rough_sums. */
INLINE void NAME(sums_of)(tokvec_dtype dtype, const void *row, const float *query, size_t n,
                          near_sums *sums)
{
    const size_t step = NAME(STEP), size = dtype == TOKVEC_FLOAT32 ? 4 : 2;
    const uint8_t *at = row;
    vector dots[4] = {{0}}, squares[4] = {{0}};
    size_t i = 0;
    for (; i + step <= n; i += step)
        NAME(add_step)(dtype, at + i * size, query + i, dots, squares);
    if (i < n) {
        uint8_t last[4 * NAME(STEP)] = {0};
        memcpy(last, at + i * size, (n - i) * size);
        NAME(add_step)(dtype, last, query + i, dots, squares);
    }
    *sums = (near_sums){.dot = NAME(sum)(dots), .squares = NAME(sum)(squares)};
}

TARGET static void NAME(sums)(tokvec_dtype dtype, const void *row, const float *query, size_t n,
                              near_sums *sums)
{
    if (dtype == TOKVEC_BFLOAT16)
        NAME(sums_of)(TOKVEC_BFLOAT16, row, query, n, sums);
    else if (dtype == TOKVEC_FLOAT16)
        NAME(sums_of)(TOKVEC_FLOAT16, row, query, n, sums);
    else
        NAME(sums_of)(TOKVEC_FLOAT32, row, query, n, sums);
}

/* ---------------------------------------------------------------- rows and queries */

/* See near_rough_tile. */
TARGET static void NAME(tile)(const near_tile *t, float *scores, bool *any)
{
    const float *rows[TILE_ROWS], *panel = t->panel;
    vector sums[TILE_ROWS][2];
    for (size_t r = 0; r < TILE_ROWS; r++) {
        rows[r] = t->rows + r * t->stride;
        sums[r][0] = sums[r][1] = SPLAT(0.0F);
    }
    for (size_t i = 0; i < t->n; i++, panel += NAME(PANEL)) {
        vector q0 = *(const loose *)panel, q1 = *(const loose *)(panel + LANES);
#pragma GCC unroll 8
        for (size_t r = 0; r < TILE_ROWS; r++) {
            vector value = SPLAT(rows[r][i]);
            sums[r][0] = FUSED(value, q0, sums[r][0]);
            sums[r][1] = FUSED(value, q1, sums[r][1]);
        }
    }

    const vector cut0 = *(const loose *)t->cuts, cut1 = *(const loose *)(t->cuts + LANES);
    words reached = {0};
#pragma GCC unroll 8
    for (size_t r = 0; r < TILE_ROWS; r++, scores += NAME(PANEL)) {
        vector score0 = sums[r][0] * t->factors[r] + t->terms[r];
        vector score1 = sums[r][1] * t->factors[r] + t->terms[r];
        reached |= (words)(score0 >= cut0) | (words)(score1 >= cut1);
        *(loose *)scores = score0;
        *(loose *)(scores + LANES) = score1;
    }
    *any = false;
    for (size_t l = 0; l < LANES; l++)
        *any |= reached[l] != 0;
}

#undef loose
#undef words
#undef vector
#undef ANYWHERE
#undef OF_LANES
#undef INLINE
#undef NAME
#undef JOIN
#undef JOIN_
#undef SPLAT
#undef FUSED
#undef TILE_ROWS
#undef LANES
#undef TARGET
#undef LEVEL
