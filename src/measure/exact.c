/* exact.c - sums of float64 numbers and of their products without any error.
 * See exact.h.
 * SPDX-License-Identifier: MIT */
#include "measure/exact.h"

#include "base/bytes.h"

#include <math.h>

__extension__ typedef unsigned __int128 u128;

/* Each addition changes a digit by less than 2^33. */
enum { PENDING_MAX = 1 << 29 };

/* ---------------------------------------------------------------- adding */

void exact_zero(exact_sum *s)
{
    *s = (exact_sum){.pending = 0};
}

/* Leaves 0 to 2^32 - 1 in each digit but the last, which has the sign. */
static void carry(exact_sum *s)
{
    int64_t over = 0;
    for (int i = 0; i < EXACT_DIGITS - 1; i++) {
        over += s->digits[i];
        s->digits[i] = over & UINT32_MAX;
        over >>= EXACT_DIGIT_BITS;
    }
    s->digits[EXACT_DIGITS - 1] += over;
    s->pending = 0;
}

static void note(exact_sum *s, double x)
{
    s->nan |= isnan(x) != 0;
    s->positive |= x == INFINITY;
    s->negative |= x == -INFINITY;
}

/* |x| = m * 2^exponent of a finite number. */
static uint64_t mantissa(double x, int *exponent)
{
    uint64_t bits = bits_of_double(x);
    uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    int field = (int)(bits >> 52) & 0x7ff;
    *exponent = (field == 0 ? 1 : field) - 1075;
    return field == 0 ? fraction : fraction | (uint64_t)1 << 52;
}

/* Adds part * 2^position, in bits from the lowest. */
static void add_at(exact_sum *s, uint64_t part, int position, bool negative)
{
    int64_t *digit = &s->digits[position / EXACT_DIGIT_BITS];
    u128 bits = (u128)part << position % EXACT_DIGIT_BITS;
    int64_t sign = negative ? -1 : 1;
    digit[0] += sign * (int64_t)(bits & UINT32_MAX);
    digit[1] += sign * (int64_t)(bits >> 32 & UINT32_MAX);
    digit[2] += sign * (int64_t)(bits >> 64);
}

void exact_add(exact_sum *s, double x)
{
    int exponent;
    if (!isfinite(x)) {
        note(s, x);
        return;
    }
    uint64_t m = mantissa(x, &exponent);
    add_at(s, m, exponent - EXACT_LOWEST, signbit(x));
    if (++s->pending >= PENDING_MAX)
        carry(s);
}

void exact_add_scaled(exact_sum *s, double x, double y, int exponent)
{
    enum { HIGHEST = 2112 - 106 };
    int of_x, of_y;
    if (!isfinite(x) || !isfinite(y)) {
        note(s, x * y);
        return;
    }
    u128 product = (u128)mantissa(x, &of_x) * mantissa(y, &of_y);
    bool negative = signbit(x) != signbit(y);
    exponent += of_x + of_y;
    if (product == 0)
        return;
    if (exponent > HIGHEST) {
        note(s, negative ? -INFINITY : INFINITY);
        return;
    }
    int position = exponent - EXACT_LOWEST;
    if (position < 0) {
        product = position > -128 ? product >> -position : 0;
        position = 0;
    }
    add_at(s, (uint64_t)product, position, negative);
    add_at(s, (uint64_t)(product >> 64), position + 64, negative);
    if (++s->pending >= PENDING_MAX)
        carry(s);
}

void exact_add_product(exact_sum *s, double x, double y)
{
    exact_add_scaled(s, x, y, 0);
}

void exact_merge(exact_sum *to, const exact_sum *from)
{
    carry(to);
    for (int i = 0; i < EXACT_DIGITS; i++)
        to->digits[i] += from->digits[i];
    carry(to);
    to->nan |= from->nan;
    to->positive |= from->positive;
    to->negative |= from->negative;
}

static bool is_finite(const exact_sum *s)
{
    return !s->nan && !s->positive && !s->negative;
}

static double not_finite(const exact_sum *s)
{
    return s->nan || (s->positive && s->negative) ? NAN : s->positive ? INFINITY : -INFINITY;
}

/* ---------------------------------------------------------------- whole numbers */

/* A natural number times 2^unit, and a little more if `more`. Wide enough for the square of a sum,
 * or the sum itself with its unit, times 2^64. */
enum { NATURAL_DIGITS = 2 * EXACT_DIGITS + 4 };

typedef struct natural {
    uint32_t digits[NATURAL_DIGITS]; /* the lowest first */
    int count;                       /* of digits that may be other than 0 */
    int unit;
    bool more;
} natural;

static void trim(natural *a)
{
    while (a->count > 0 && a->digits[a->count - 1] == 0)
        a->count--;
}

/* The sum without its sign, which is returned. */
static bool natural_of(const exact_sum *s, natural *a)
{
    exact_sum carried = *s;
    carry(&carried);
    int64_t last = carried.digits[EXACT_DIGITS - 1];
    bool negative = last < 0;
    *a = (natural){.count = EXACT_DIGITS + 1, .unit = EXACT_LOWEST};
    uint64_t borrow = negative; /* the two's complement of it */
    for (int i = 0; i < EXACT_DIGITS; i++) {
        uint64_t digit = (uint64_t)carried.digits[i];
        if (i < EXACT_DIGITS - 1) {
            borrow += negative ? ~digit & UINT32_MAX : digit;
            a->digits[i] = (uint32_t)borrow;
            borrow >>= EXACT_DIGIT_BITS;
        } else {
            borrow += negative ? ~digit : digit;
            a->digits[i] = (uint32_t)borrow;
            a->digits[i + 1] = (uint32_t)(borrow >> EXACT_DIGIT_BITS);
        }
    }
    trim(a);
    return negative;
}

/* a *= 2^32^by */
static void shift(natural *a, int by)
{
    memmove(a->digits + by, a->digits, (size_t)a->count * sizeof *a->digits);
    memset(a->digits, 0, (size_t)by * sizeof *a->digits);
    a->count += by;
    a->unit -= by * EXACT_DIGIT_BITS;
}

static void multiply(natural *a, uint64_t by)
{
    u128 over = 0;
    for (int i = 0; i < a->count; i++) {
        over += (u128)a->digits[i] * by;
        a->digits[i] = (uint32_t)over;
        over >>= EXACT_DIGIT_BITS;
    }
    for (; over != 0; over >>= EXACT_DIGIT_BITS)
        a->digits[a->count++] = (uint32_t)over;
}

static void divide(natural *a, uint64_t by)
{
    u128 rest = 0;
    for (int i = a->count - 1; i >= 0; i--) {
        rest = rest << EXACT_DIGIT_BITS | a->digits[i];
        a->digits[i] = (uint32_t)(rest / by);
        rest %= by;
    }
    a->more |= rest != 0;
    trim(a);
}

static void square(const natural *a, natural *out)
{
    *out = (natural){.count = 2 * a->count, .unit = 2 * a->unit};
    for (int i = 0; i < a->count; i++) {
        uint64_t over = 0;
        for (int j = 0; j < a->count; j++) {
            over += (uint64_t)a->digits[i] * a->digits[j] + out->digits[i + j];
            out->digits[i + j] = (uint32_t)over;
            over >>= EXACT_DIGIT_BITS;
        }
        out->digits[i + a->count] = (uint32_t)over;
    }
    trim(out);
}

/* a -= b, both of one unit; false: that is below 0, and a of no use. */
static bool subtract(natural *a, const natural *b)
{
    int64_t over = 0;
    if (b->count > a->count)
        return false;
    for (int i = 0; i < a->count; i++) {
        over += (int64_t)a->digits[i] - (i < b->count ? b->digits[i] : 0);
        a->digits[i] = (uint32_t)over;
        over >>= EXACT_DIGIT_BITS;
    }
    trim(a);
    return over == 0;
}

/* ---------------------------------------------------------------- rounding */

static bool bit(const natural *a, int position)
{
    return position >= 0 &&
           (a->digits[position / EXACT_DIGIT_BITS] >> position % EXACT_DIGIT_BITS & 1);
}

static bool any_below(const natural *a, int position)
{
    for (int i = 0; i < position; i++) {
        if (bit(a, i))
            return true;
    }
    return a->more;
}

/* Where the highest bit of a number that is not 0 is. */
static int top_bit(const natural *a)
{
    int last = a->count - 1;
    return last * EXACT_DIGIT_BITS + 31 - __builtin_clz(a->digits[last]);
}

/* The number times 2^scale, rounded once. */
static double rounded(const natural *a, int scale)
{
    enum { MANTISSA = 53, LOWEST_NORMAL = -1022 };
    if (a->count == 0)
        return 0.0;
    int top = top_bit(a), exponent = top + a->unit + scale;
    int keep = exponent < LOWEST_NORMAL ? MANTISSA - (LOWEST_NORMAL - exponent) : MANTISSA;
    if (keep < 0)
        return 0.0;
    uint64_t m = 0;
    for (int i = 0; i < keep; i++)
        m = m << 1 | bit(a, top - i);
    int half = top - keep;
    if (bit(a, half) && (m & 1 || any_below(a, half)))
        m++;
    return ldexp((double)m, exponent - keep + 1);
}

double exact_round(const exact_sum *s)
{
    return exact_quotient(s, 1);
}

double exact_frexp(const exact_sum *s, int *exponent)
{
    natural a;
    *exponent = 0;
    if (!is_finite(s))
        return not_finite(s);
    bool negative = natural_of(s, &a);
    if (a.count == 0)
        return 0.0;
    *exponent = top_bit(&a) + a.unit + 1;
    return negative ? -rounded(&a, -*exponent) : rounded(&a, -*exponent);
}

double exact_quotient(const exact_sum *s, uint64_t n)
{
    natural a;
    if (!is_finite(s))
        return not_finite(s);
    bool negative = natural_of(s, &a);
    if (n == 0)
        return a.count == 0 ? NAN : negative ? -INFINITY : INFINITY;
    divide(&a, n);
    return negative ? -rounded(&a, 0) : rounded(&a, 0);
}

/* (n * squares - sum^2) / n / divisor; false: there is no such number. */
static bool variance_of(natural *v, const exact_sum *sum, const exact_sum *squares, uint64_t n,
                        uint64_t divisor)
{
    natural total, of_sum;
    if (!is_finite(sum) || !is_finite(squares) || n == 0 || divisor == 0)
        return false;
    natural_of(sum, &total);
    square(&total, &of_sum);
    bool negative = natural_of(squares, v);
    shift(v, -EXACT_LOWEST / EXACT_DIGIT_BITS);
    multiply(v, n);
    if (negative || !subtract(v, &of_sum))
        v->count = 0;
    divide(v, n);
    divide(v, divisor);
    return true;
}

double exact_variance(const exact_sum *sum, const exact_sum *squares, uint64_t n, uint64_t divisor)
{
    natural v;
    return variance_of(&v, sum, squares, n, divisor) ? rounded(&v, 0) : NAN;
}

static double root_of(const natural *v)
{
    if (v->count == 0)
        return 0.0;
    int half = (top_bit(v) + v->unit) / 2;
    return ldexp(sqrt(rounded(v, -2 * half)), half);
}

double exact_deviation(const exact_sum *sum, const exact_sum *squares, uint64_t n, uint64_t divisor)
{
    natural v;
    if (!variance_of(&v, sum, squares, n, divisor))
        return NAN;
    return root_of(&v);
}

double exact_root(const exact_sum *squares, uint64_t n)
{
    natural v;
    if (n == 0)
        return NAN;
    if (!is_finite(squares))
        return not_finite(squares);
    if (natural_of(squares, &v))
        return 0.0;
    divide(&v, n);
    return root_of(&v);
}
