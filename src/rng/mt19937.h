/* mt19937.h - the Mersenne Twister, 32 bits, as PyTorch's CPU generator and
 * numpy.random.RandomState run it. Works on whole blocks of 624 outputs, so that a compiler can
 * vectorise it. SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_MT19937_H
#define TOKVEC_RNG_MT19937_H

#include <stddef.h>
#include <stdint.h>

enum { MT19937_BLOCK = 624 };

/* Constants and recurrence: Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998;
 * initialisation as in their version of 2002. */
typedef struct mt19937 {
    uint32_t word[MT19937_BLOCK]; /* after a twist: one block of outputs, not yet tempered */
} mt19937;

/* The state from which the first twist makes the first block. */
void mt19937_seed(mt19937 *engine, uint32_t seed);

/* The same from n words, 1 or more: init_by_array of the authors' version of 2002. */
void mt19937_seed_array(mt19937 *engine, const uint32_t *words, size_t n);

/* Moves on by one block. */
void mt19937_twist(mt19937 *engine);

/* The output that belongs to one word. */
static inline uint32_t mt19937_temper(uint32_t word)
{
    word ^= word >> 11;
    word ^= word << 7 & 0x9d2c5680u;
    word ^= word << 15 & 0xefc60000u;
    return word ^ word >> 18;
}

#endif
