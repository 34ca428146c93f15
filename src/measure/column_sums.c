/* column_sums.c - the sum of each column of a table, exact.
 * See column_sums.h.
 * SPDX-License-Identifier: MIT */
#include "measure/column_sums.h"

#include "base/bytes.h"
#include "base/dispatch.h"

#include <math.h>
#include <stdlib.h>

__extension__ typedef unsigned __int128 u128;

enum {
    DIGIT = 32,
    LOWEST = -1088, /* the exponent of digit 0's unit: a multiple of DIGIT below any double's */
    PLANES = 70,    /* up to 2^1024, times 2^63 rows */
    QUICK_UNIT = -47,
    QUICK_ROWS = 1 << 11, /* of at most 2^51 units each fit into an int64 */
    STEP = 64             /* columns that go the quick way together */
};
#define CARRY_AFTER (UINT64_C(1) << 30) /* rows: a digit takes 2^31 additions */
#define INFINITE    INT64_C(0x7ff0000000000000)

bool column_sums_begin(column_sums *s, size_t dim)
{
    *s = (column_sums){.dim = dim, .from = PLANES};
    /* Zeros from the system: planes that are never touched take no memory. */
    s->digits = calloc(PLANES, dim == 0 ? 1 : dim * sizeof *s->digits);
    s->quick = calloc(dim == 0 ? 1 : dim, sizeof *s->quick);
    if (s->digits != NULL && s->quick != NULL)
        return true;
    column_sums_free(s);
    return false;
}

void column_sums_free(column_sums *s)
{
    free(s->digits);
    free(s->quick);
    s->digits = s->quick = NULL;
}

/* ---------------------------------------------------------------- adding */

/* Adds value * 2^exponent to a column; |value| < 2^63. */
static void add_scaled(column_sums *s, size_t column, int64_t value, int exponent)
{
    if (value == 0)
        return;
    unsigned at = (unsigned)(exponent - LOWEST), plane = at / DIGIT;
    u128 magnitude = (u128)(value < 0 ? 0 - (uint64_t)value : (uint64_t)value) << at % DIGIT;
    s->from = plane < s->from ? plane : s->from;
    for (; magnitude != 0; magnitude >>= DIGIT, plane++) {
        int64_t digit = (int64_t)(uint32_t)magnitude;
        s->digits[plane * s->dim + column] += value < 0 ? -digit : digit;
    }
    s->to = plane > s->to ? plane : s->to;
}

static void add_value(column_sums *s, size_t column, double value)
{
    enum { FRACTION = 52, LEAST = -1074 };
    uint64_t bits = bits_of_double(value), fraction = bits & ((UINT64_C(1) << FRACTION) - 1);
    int exponent = (int)(bits >> FRACTION & 0x7ff);
    if (exponent > 0)
        fraction |= UINT64_C(1) << FRACTION;
    add_scaled(s, column, bits >> 63 ? -(int64_t)fraction : (int64_t)fraction,
               LEAST + (exponent > 0 ? exponent - 1 : 0));
}

/* The quick sums become digits. */
static void settle(column_sums *s)
{
    for (size_t i = 0; i < s->dim && s->quick_added > 0; i++) {
        add_scaled(s, i, s->quick[i], QUICK_UNIT);
        s->quick[i] = 0;
    }
    s->quick_added = 0;
}

/* Whether a plane's digits are all within 31 bits and a sign. */
static bool are_small(const int64_t *digits, size_t n)
{
    bool small = true;
    for (size_t i = 0; i < n; i++)
        small &= digits[i] == (int32_t)digits[i];
    return small;
}

/* All digits become 0 .. 2^32-1, but for the last plane's, which have the signs. */
static void carry(column_sums *s)
{
    for (unsigned plane = s->from; plane < s->to; plane++) {
        int64_t *digits = s->digits + plane * s->dim, *next = digits + s->dim;
        if (plane + 1 == s->to && are_small(digits, s->dim))
            break;
        for (size_t i = 0; i < s->dim; i++) {
            next[i] += digits[i] >> DIGIT; /* rounds down */
            digits[i] &= UINT32_MAX;
        }
        s->to = plane + 2 > s->to ? plane + 2 : s->to;
    }
    s->added = 0;
}

/* The largest of the bits without their signs, which are in the order of the absolute values. */
DISPATCH_INLINE void find_largest(const double *row, size_t n, int64_t *largest)
{
    int64_t most[8] = {0};
    for (size_t i = 0; i + 8 <= n; i += 8) {
        for (size_t j = 0; j < 8; j++) {
            int64_t bits = (int64_t)(bits_of_double(row[i + j]) & INT64_MAX);
            most[j] = bits > most[j] ? bits : most[j];
        }
    }
    for (size_t i = n - n % 8; i < n; i++) {
        int64_t bits = (int64_t)(bits_of_double(row[i]) & INT64_MAX);
        most[0] = bits > most[0] ? bits : most[0];
    }
    for (size_t j = 1; j < 8; j++)
        most[0] = most[j] > most[0] ? most[j] : most[0];
    *largest = most[0];
}
DISPATCH_VARIANTS(find_largest, (const double *row, size_t n, int64_t *largest), (row, n, largest))

/* Adds STEP values that are multiples of the quick unit and at most 2^51 of it; else *rest says
 * that it has added none. Adding `magic`, whose last bit is worth a unit, rounds to one and leaves
 * their number in the last bits. */
DISPATCH_INLINE void add_step(const double *row, int64_t *quick, uint64_t *rest)
{
    const double magic = 0x1.8p52 * 0x1p-47;
    uint64_t lost = 0;
    for (size_t j = 0; j < STEP; j++)
        lost |= bits_of_double(row[j] - ((row[j] + magic) - magic)) << 1;
    *rest = lost;
    if (lost != 0)
        return;
    for (size_t j = 0; j < STEP; j++)
        quick[j] += (int64_t)(bits_of_double(row[j] + magic) - bits_of_double(magic));
}

DISPATCH_INLINE void add_quickly(column_sums *s, const double *row, size_t *done)
{
    size_t i = 0;
    for (; i + STEP <= s->dim; i += STEP) {
        uint64_t rest;
        add_step(row + i, s->quick + i, &rest);
        for (size_t j = i; rest != 0 && j < i + STEP; j++)
            add_value(s, j, row[j]);
    }
    *done = i;
}
DISPATCH_VARIANTS(add_quickly, (column_sums * s, const double *row, size_t *done), (s, row, done))

void column_sums_add(column_sums *s, const double *row)
{
    int64_t largest;
    DISPATCH(find_largest, (row, s->dim, &largest));
    if (largest >= INFINITE) {
        s->left_out++;
        return;
    }
    double most = double_of_bits((uint64_t)largest);
    s->largest = most > s->largest ? most : s->largest;
    size_t i = 0;
    if (most <= 0x1p51 * 0x1p-47) {
        DISPATCH(add_quickly, (s, row, &i));
        if (++s->quick_added == QUICK_ROWS)
            settle(s);
    }
    for (; i < s->dim; i++)
        add_value(s, i, row[i]);
    s->rows++;
    if (++s->added >= CARRY_AFTER)
        carry(s);
}

void column_sums_merge(column_sums *to, column_sums *from)
{
    if (to->quick_added + from->quick_added >= QUICK_ROWS)
        settle(to);
    for (size_t i = 0; i < to->dim && from->quick_added > 0; i++) {
        to->quick[i] += from->quick[i];
        from->quick[i] = 0;
    }
    to->quick_added += from->quick_added;
    for (size_t i = from->from * from->dim; i < from->to * from->dim; i++) {
        to->digits[i] += from->digits[i];
        from->digits[i] = 0;
    }
    to->from = from->from < to->from ? from->from : to->from;
    to->to = from->to > to->to ? from->to : to->to;
    to->rows += from->rows;
    to->left_out += from->left_out;
    to->largest = from->largest > to->largest ? from->largest : to->largest;
    to->added += from->rows;
    if (to->added >= CARRY_AFTER)
        carry(to);
    from->from = PLANES;
    from->to = from->quick_added = 0;
    from->rows = from->left_out = from->added = 0;
    from->largest = 0;
}

/* ---------------------------------------------------------------- what came of it */

/* The number of `digits`, each 0 .. 2^32-1, divided and rounded once. */
static double quotient_of(uint32_t *digits, unsigned count, uint64_t divisor)
{
    u128 rest = 0;
    for (unsigned i = count; i-- > 0;) {
        rest = rest << DIGIT | digits[i];
        digits[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    unsigned top = count;
    while (top > 3 && digits[top - 1] == 0)
        top--;
    u128 number = 0; /* its last bit: whether anything follows. 65 bits before that are enough */
    for (unsigned i = top; i-- > top - 3;)
        number = number << DIGIT | digits[i];
    bool more = rest != 0;
    for (unsigned i = 0; i < top - 3; i++)
        more |= digits[i] != 0;
    return ldexp((double)(number << 1 | more), LOWEST + DIGIT * (int)(top - 3) - 1);
}

void column_sums_quotients(column_sums *s, uint64_t divisor, double *out)
{
    settle(s);
    carry(s);
    unsigned count = s->to < 3 ? 3 : s->to;
    for (size_t column = 0; column < s->dim; column++) {
        uint32_t digits[PLANES];
        bool negative = s->digits[(count - 1) * s->dim + column] < 0;
        uint64_t borrow = 1; /* the complement of two, digit by digit */
        for (unsigned plane = 0; plane < count; plane++) {
            uint64_t digit = (uint64_t)s->digits[plane * s->dim + column] & UINT32_MAX;
            if (negative) {
                digit = (digit ^ UINT32_MAX) + borrow;
                borrow = digit >> DIGIT;
            }
            digits[plane] = (uint32_t)digit;
        }
        double quotient = quotient_of(digits, count, divisor);
        out[column] = negative ? -quotient : quotient;
    }
}
