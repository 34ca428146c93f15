/* token_steps.h - what the steps of a tokenizer tell of how its tokens are written.
 * The pre-tokenizer and the decoder of a tokenizer.json are a step, or a sequence of steps.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_VOCAB_TOKEN_STEPS_H
#define TOKVEC_VOCAB_TOKEN_STEPS_H

#include "text/json_scan.h"
#include "vocab/alphabet.h"

typedef struct token_steps {
    bool byte_level;                /* GPT-2's alphabet */
    bool byte_fallback;             /* <0x0A> is a byte */
    char space[ALPHABET_SPACE + 1]; /* what stands for a space; "": nothing is known to */
} token_steps;

/* Steps over the value, and notes what it tells in *steps. */
bool token_steps_read(json_scanner *s, token_steps *steps);

#endif
