/* mt19937_jump.c - moving the Mersenne Twister any distance at once.
 * A step is linear over GF(2), so k steps are the polynomial t^k modulo the step's characteristic
 * polynomial, applied to the state: Haramoto, Matsumoto, Nishimura, Panneton and L'Ecuyer,
 * "Efficient Jump Ahead for F2-Linear Random Number Generators", INFORMS J. Computing 20(3), 2008.
 * SPDX-License-Identifier: MIT */
#include "rng/mt19937_jump.h"

#include "base/dispatch.h"
#include "rng/characteristic.h"

#include <string.h>

enum {
    N = MT19937_BLOCK,
    DEGREE = CHARACTERISTIC_DEGREE,
    POLY_WORDS = (DEGREE + 63) / 64, /* of 64 coefficients, the lowest first */
    FOLD_WORDS = 8,
};

/* The words above POLY_WORDS fold down FOLD_WORDS at a time, without reaching themselves. */
_Static_assert(POLY_WORDS % FOLD_WORDS == 0, "whole steps");
_Static_assert((int)POLY_WORDS == (int)MT19937_TERM_WORDS, "as the header has it");
_Static_assert((int)DEGREE == (int)MT19937_TERMS, "as the header has it");
_Static_assert(DEGREE % 64 != 0, "the last word is folded in part");

/* ---------------------------------------------------------------- polynomials over GF(2) */

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

/* to += from * t^shift, from of `words` words; writes one word more. */
DISPATCH_INLINE void add_shifted(uint64_t *to, const uint64_t *from, size_t words, unsigned shift)
{
    uint64_t padded[FOLD_WORDS + 2] = {0};
    memcpy(padded + 1, from, words * sizeof *from);
    to += shift / 64;
    shift %= 64;
    for (size_t i = 0; i <= words; i++)
        to[i] ^= padded[i + 1] << shift ^ padded[i] >> 1 >> (63 - shift);
}

/* p = p^2 * t^odd modulo the characteristic polynomial: the square of a sum is the sum of the
 * squares, and t^DEGREE is the sum of the characteristic polynomial's other terms. */
DISPATCH_INLINE void square(uint64_t *p, unsigned odd)
{
    uint64_t product[2 * POLY_WORDS + 1] = {0};
    for (size_t i = 0; i < POLY_WORDS; i++) {
        product[2 * i] = spread((uint32_t)p[i]) << odd;
        product[2 * i + 1] = spread((uint32_t)(p[i] >> 32)) << odd;
    }
    for (size_t at = 2 * POLY_WORDS - FOLD_WORDS; at >= POLY_WORDS; at -= FOLD_WORDS) {
        for (size_t i = 0; i < CHARACTERISTIC_TERMS - 1; i++)
            add_shifted(product + at - POLY_WORDS, product + at, FOLD_WORDS,
                        64 * POLY_WORDS - DEGREE + characteristic_exponents[i]);
    }
    uint64_t last = product[POLY_WORDS - 1] >> DEGREE % 64;
    for (size_t i = 0; i < CHARACTERISTIC_TERMS; i++)
        add_shifted(product, &last, 1, characteristic_exponents[i]);
    memcpy(p, product, POLY_WORDS * sizeof *p);
}

DISPATCH_VARIANTS(square, (uint64_t * p, unsigned odd), (p, odd))

/* p = t^k: what is left of k after halving it until t^k is no higher than the polynomials here,
 * then squared up again. */
static void power(uint64_t *p, uint64_t k)
{
    unsigned halvings = 0;
    while (k >> halvings >= DEGREE)
        halvings++;
    memset(p, 0, POLY_WORDS * sizeof *p);
    uint64_t high = k >> halvings;
    p[high / 64] = UINT64_C(1) << high % 64;
    while (halvings-- > 0) {
        unsigned odd = k >> halvings & 1;
        DISPATCH(square, (p, odd));
    }
}

/* ---------------------------------------------------------------- the engine */

/* Where in coefficients first .. first+N-1 of p there is a 1. Returns how many. */
static size_t list_terms(const uint64_t *p, size_t first, uint16_t *out)
{
    enum { STRIDE = 48 }; /* divides N */
    size_t count = 0;
    for (size_t at = 0; at < N; at += STRIDE) {
        size_t word = (first + at) / 64, bit = (first + at) % 64;
        uint64_t bits = p[word] >> bit | p[word + 1] << 1 << (63 - bit);
        for (bits &= (UINT64_C(1) << STRIDE) - 1; bits != 0; bits &= bits - 1)
            out[count++] = (uint16_t)(at + (size_t)__builtin_ctzll(bits));
    }
    return count;
}

/* sum ^= the N words from each of four places on. */
DISPATCH_INLINE void add_windows(uint32_t *sum, const uint32_t *words, const uint16_t *places)
{
    const uint32_t *a = words + places[0], *b = words + places[1];
    const uint32_t *c = words + places[2], *d = words + places[3];
    for (size_t i = 0; i < N; i++)
        sum[i] ^= a[i] ^ b[i] ^ c[i] ^ d[i];
}

DISPATCH_VARIANTS(add_windows,
                  (uint32_t *restrict sum, const uint32_t *words, const uint16_t *places),
                  (sum, words, places))

/* The state p(step)(engine): of the states that follow one another, those add up that p has a
 * term for. A state is any N words of the sequence that follow one another. */
static void apply(const uint64_t *p, mt19937 *engine)
{
    uint32_t words[3 * N] = {0}; /* the block before, this one, and one of zeros */
    uint32_t sum[N] = {0};
    uint16_t places[N + 3];
    memcpy(words, engine->word, sizeof engine->word);
    for (size_t first = 0; first < DEGREE; first += N) {
        mt19937_twist(engine);
        memcpy(words + N, engine->word, sizeof engine->word);
        size_t count = list_terms(p, first, places);
        for (size_t i = 0; i < 3; i++)
            places[count + i] = 2 * N; /* so that there are whole fours */
        for (size_t i = 0; i < count; i += 4)
            DISPATCH(add_windows, (sum, words, places + i));
        memcpy(words, engine->word, sizeof engine->word);
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
