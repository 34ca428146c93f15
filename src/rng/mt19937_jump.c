/* mt19937_jump.c - moving the Mersenne Twister any distance at once.
 * A step is linear over GF(2), so k steps are the polynomial t^k modulo the step's characteristic
 * polynomial, applied to the state: Haramoto, Matsumoto, Nishimura, Panneton and L'Ecuyer,
 * "Efficient Jump Ahead for F2-Linear Random Number Generators", INFORMS J. Computing 20(3), 2008.
 * SPDX-License-Identifier: MIT */
#include "rng/mt19937_jump.h"

#include "base/dispatch.h"

#include <string.h>

enum {
    N = MT19937_BLOCK,
    M = 397,
    DEGREE = MT19937_TERMS,          /* of the characteristic polynomial */
    POLY_WORDS = MT19937_TERM_WORDS, /* of 64 coefficients, the lowest first */
};

/* ---------------------------------------------------------------- polynomials over GF(2) */

/* With u = t^623 + t^396 the characteristic polynomial is
 *     t (u^32 + sum over i = 0 .. 30 of a_i u^(31-i)) + a_31,
 * where a_i are the bits of the twist's matrix, lowest first (Matsumoto and Nishimura, "Mersenne
 * Twister", ACM TOMACS 8(1), 1998, appendix A). So a polynomial is kept as the digits of a number
 * to the base u: each is one of t, of a degree below that of u, and reducing is adding digits. */
enum {
    BASE = N - 1, /* the degree of u */
    BASE_LOW = M - 1,
    DIGIT_WORDS = 10,
    DIGITS = 33, /* the last one, of u^32, is a constant */
};
static const uint32_t matrix = 0x9908b0dfu;

typedef struct digit {
    uint64_t word[DIGIT_WORDS];
} digit;

/* The bits of x with a zero before each. */
DISPATCH_INLINE uint64_t spread(uint32_t x)
{
    uint64_t bits = x;
    bits = (bits | bits << 16) & UINT64_C(0x0000ffff0000ffff);
    bits = (bits | bits << 8) & UINT64_C(0x00ff00ff00ff00ff);
    bits = (bits | bits << 4) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    bits = (bits | bits << 2) & UINT64_C(0x3333333333333333);
    return (bits | bits << 1) & UINT64_C(0x5555555555555555);
}

DISPATCH_INLINE void add(digit *to, const digit *d)
{
    for (size_t i = 0; i < DIGIT_WORDS; i++)
        to->word[i] ^= d->word[i];
}

/* to += d * t^shift, in words that are 0 where the product ends. */
DISPATCH_INLINE void add_shifted(uint64_t *to, const digit *d, unsigned shift)
{
    uint64_t carried = 0;
    to += shift / 64;
    shift %= 64;
    for (size_t i = 0; i < DIGIT_WORDS; i++) {
        to[i] ^= d->word[i] << shift ^ carried;
        carried = d->word[i] >> 1 >> (63 - shift);
    }
    to[DIGIT_WORDS] ^= carried;
}

/* low + high * u = d^2 * t^odd. What is of the degree of u or above is taken off, and comes back
 * below it, three times: then nothing is left. */
DISPATCH_INLINE void square_digit(const digit *d, unsigned odd, digit *low, digit *high)
{
    uint64_t square[2 * DIGIT_WORDS + 1] = {0};
    for (size_t i = 0; i < DIGIT_WORDS; i++) {
        square[2 * i] = spread((uint32_t)d->word[i]) << odd;
        square[2 * i + 1] = spread((uint32_t)(d->word[i] >> 32)) << odd;
    }
    *high = (digit){{0}};
    for (int round = 0; round < 3; round++) {
        digit above;
        for (size_t i = 0; i < DIGIT_WORDS; i++) {
            const uint64_t *w = square + BASE / 64 + i;
            above.word[i] = w[0] >> BASE % 64 | w[1] << (64 - BASE % 64);
        }
        square[BASE / 64] &= (UINT64_C(1) << BASE % 64) - 1;
        memset(square + DIGIT_WORDS, 0, (DIGIT_WORDS + 1) * sizeof *square);
        add_shifted(square, &above, BASE_LOW);
        add(high, &above);
    }
    memcpy(low->word, square, sizeof low->word);
}

/* Adds c u, for a constant c that is 0 or 1, to a digit: c t^623 + c t^396. */
DISPATCH_INLINE void add_base(digit *to, uint64_t c)
{
    to->word[BASE / 64] ^= c << BASE % 64;
    to->word[BASE_LOW / 64] ^= c << BASE_LOW % 64;
}

/* Adds d u^at for a digit d at 32 or above to the digits below, modulo the characteristic
 * polynomial: the part of d that t divides by what t u^32 is, the constant by what u is. */
DISPATCH_INLINE void reduce_digit(digit *digits, size_t at)
{
    digit d = digits[at], halved;
    uint64_t constant = d.word[0] & 1;
    d.word[0] ^= constant;
    for (unsigned i = 0; i < 31; i++) {
        if (matrix >> i & 1)
            add(&digits[at - 1 - i], &d);
    }
    for (size_t i = 0; i < DIGIT_WORDS; i++)
        halved.word[i] = d.word[i] >> 1 | (i + 1 < DIGIT_WORDS ? d.word[i + 1] << 63 : 0);
    add(&digits[at - 32], &halved);
    digits[at] = (digit){{constant}};
    if (at > 32) {
        add_base(&digits[at - 1], constant);
        digits[at].word[0] = 0;
    }
}

/* p = p^2 * t^odd: the square of a sum is the sum of the squares. */
DISPATCH_INLINE void square(digit *p, unsigned odd)
{
    digit product[2 * DIGITS];
    for (size_t i = 0; i < DIGITS; i++)
        square_digit(&p[i], odd, &product[2 * i], &product[2 * i + 1]);
    for (size_t at = 2 * DIGITS - 2; at >= 32; at--)
        reduce_digit(product, at);
    for (size_t i = 0; i < 32; i++) {
        uint64_t carry = product[i].word[BASE / 64] >> BASE % 64 & 1;
        add_base(&product[i], carry);
        product[i + 1].word[0] ^= carry;
    }
    memcpy(p, product, DIGITS * sizeof *p);
}

DISPATCH_VARIANTS(square, (digit * p, unsigned odd), (p, odd))

/* The digits as one polynomial, by Horner's rule. */
static void join(const digit *digits, uint64_t *p)
{
    enum { LENGTH = POLY_WORDS + 3 * DIGIT_WORDS };
    uint64_t sum[LENGTH] = {digits[DIGITS - 1].word[0]}, product[LENGTH];
    for (size_t at = DIGITS - 1; at-- > 0;) {
        memset(product, 0, sizeof product);
        memcpy(product, digits[at].word, sizeof digits[at].word);
        for (size_t i = 0; i < POLY_WORDS; i += DIGIT_WORDS) {
            digit part;
            memcpy(part.word, sum + i, sizeof part.word);
            add_shifted(product + i, &part, BASE);
            add_shifted(product + i, &part, BASE_LOW);
        }
        memcpy(sum, product, sizeof sum);
    }
    memcpy(p, sum, POLY_WORDS * sizeof *p);
}

/* p = t^k: what is left of k after halving it until t^k is a digit, then squared up again. */
static void power(uint64_t *p, uint64_t k)
{
    digit digits[DIGITS] = {{{0}}};
    unsigned halvings = 0;
    while (k >> halvings >= BASE)
        halvings++;
    uint64_t high = k >> halvings;
    digits[0].word[high / 64] = UINT64_C(1) << high % 64;
    while (halvings-- > 0) {
        unsigned odd = k >> halvings & 1;
        DISPATCH(square, (digits, odd));
    }
    join(digits, p);
}

/* ---------------------------------------------------------------- the engine */

/* Two blocks of words that follow one another, and for each word its sums with the next ones: so
 * that three terms of a polynomial that are neighbours take one addition. */
enum { LENGTH = 2 * N, SUM_01 = LENGTH, SUM_02 = 2 * LENGTH, SUM_012 = 3 * LENGTH };
typedef struct windows {
    uint32_t word[4 * LENGTH];
} windows;

/* Moves on by one block. */
DISPATCH_INLINE void next_windows(windows *w, const uint32_t *block)
{
    uint32_t *x = w->word;
    memcpy(x, x + N, N * sizeof *x);
    memcpy(x + N, block, N * sizeof *x);
    for (size_t i = 0; i < LENGTH - 2; i++) {
        x[SUM_01 + i] = x[i] ^ x[i + 1];
        x[SUM_02 + i] = x[i] ^ x[i + 2];
        x[SUM_012 + i] = x[SUM_01 + i] ^ x[i + 2];
    }
}

DISPATCH_VARIANTS(next_windows, (windows * w, const uint32_t *block), (w, block))

/* The windows that the coefficients first .. first+N-1 of p want. Returns how many. */
static size_t list_windows(const uint64_t *p, size_t first, const windows *w, const uint32_t **out)
{
    enum { STRIDE = 48 }; /* divides N */
    static const uint16_t of_terms[8] = {0, 0, 1, SUM_01, 2, SUM_02, SUM_01 + 1, SUM_012};
    size_t count = 0;
    for (size_t at = 0; at < N; at += STRIDE) {
        size_t word = (first + at) / 64, bit = (first + at) % 64;
        uint64_t bits = p[word] >> bit | p[word + 1] << 1 << (63 - bit);
        for (size_t i = 0; i < STRIDE; i += 3, bits >>= 3) {
            out[count] = w->word + of_terms[bits & 7] + at + i;
            count += (bits & 7) != 0;
        }
    }
    return count;
}

/* sum ^= the N words of each of four windows. */
DISPATCH_INLINE void add_windows(uint32_t *sum, const uint32_t *const *four)
{
    const uint32_t *a = four[0], *b = four[1], *c = four[2], *d = four[3];
    for (size_t i = 0; i < N; i++)
        sum[i] ^= a[i] ^ b[i] ^ c[i] ^ d[i];
}

DISPATCH_VARIANTS(add_windows, (uint32_t *restrict sum, const uint32_t *const *four), (sum, four))

/* The state p(step)(engine): of the states that follow one another, those add up that p has a
 * term for. A state is any N words of the sequence that follow one another. Not inlined: its
 * windows leave the stack before more is put there. */
__attribute__((noinline)) static void apply(const uint64_t *p, mt19937 *engine)
{
    static const uint32_t zeros[N];
    windows w = {{0}};
    uint32_t sum[N] = {0};
    const uint32_t *wanted[N / 3 + 4];
    memcpy(w.word + N, engine->word, sizeof engine->word);
    for (size_t first = 0; first < DEGREE; first += N) {
        mt19937_twist(engine);
        DISPATCH(next_windows, (&w, engine->word));
        size_t count = list_windows(p, first, &w, wanted);
        for (size_t i = 0; i < 3; i++)
            wanted[count + i] = zeros; /* so that there are whole fours */
        for (size_t i = 0; i < count; i += 4)
            DISPATCH(add_windows, (sum, wanted + i));
    }
    memcpy(engine->word, sum, sizeof sum);
}

/* The last block is twisted, because 31 bits of the state are not part of it (the first word's
 * lower ones) and must not be taken from the sum. */
void mt19937_jump(mt19937 *engine, uint64_t blocks)
{
    if (blocks == 0)
        return;
    uint64_t p[POLY_WORDS + 1] = {0}; /* one more, so that reading may go beyond the end */
    power(p, (blocks - 1) * N);
    apply(p, engine);
    mt19937_twist(engine);
}

void mt19937_terms(uint64_t k, uint64_t terms[MT19937_TERM_WORDS])
{
    uint64_t p[POLY_WORDS + 1] = {0};
    power(p, k);
    memcpy(terms, p, POLY_WORDS * sizeof *terms);
}

void mt19937_skip(mt19937 *engine, uint64_t blocks)
{
    if (blocks > JUMP_COST) {
        mt19937_jump(engine, blocks);
        return;
    }
    for (; blocks > 0; blocks--)
        mt19937_twist(engine);
}
