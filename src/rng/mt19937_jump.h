/* mt19937_jump.h - moving the Mersenne Twister any distance at once.
 * What stepping through 525 million outputs does in 60 milliseconds, a jump does in a quarter of
 * one. SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_MT19937_JUMP_H
#define TOKVEC_RNG_MT19937_JUMP_H

#include "rng/mt19937.h"

/* A jump takes about as long as this many twists, whatever the distance. */
enum { JUMP_COST = 3000 };

/* As `blocks` calls of mt19937_twist. At most 2^54 blocks. */
void mt19937_jump(mt19937 *engine, uint64_t blocks);

/* The same, by whichever way is faster. */
void mt19937_skip(mt19937 *engine, uint64_t blocks);

/* Which of the outputs 0 .. 19936 add up (xor) to output number k, before they are tempered,
 * whatever the seed: one bit each, the lowest first. */
enum { MT19937_TERM_WORDS = 312, MT19937_TERMS = 19937 };
void mt19937_terms(uint64_t k, uint64_t terms[MT19937_TERM_WORDS]);

#endif
