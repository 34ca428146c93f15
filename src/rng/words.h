/* words.h - reading the texts that say how a table is drawn.
 * SPDX-License-Identifier: MIT */
#ifndef TOKVEC_RNG_WORDS_H
#define TOKVEC_RNG_WORDS_H

#include "base/error.h"

#include <stddef.h>

/* The first n words of a text that are separated by a character; *n becomes how many there are.
 * More than that, or none (an empty text is one empty word): false. The words are parts of the
 * text. */
bool words_split(const char *text, size_t size, char between, size_t *n, tokvec_text *out);

/* True if a word is that text. */
bool words_equal(tokvec_text word, const char *text);

/* A decimal integer without a sign, of at most `most`. */
bool words_unsigned(tokvec_text word, uint64_t most, uint64_t *out);

/* A decimal integer from -2^63 to 2^64-1, as 64 bits. */
bool words_integer(tokvec_text word, uint64_t *out);

/* A number, correctly rounded; nan and inf too. */
bool words_number(tokvec_text word, double *out);

/* A distribution, as a text has it: NAME, or NAME:A,B,... */
enum { INIT_PARAMETERS_MAX = 4 };

/* What a generator can draw. Its parameters in the text are numbers, or words of a meaning that
 * the generator knows. */
typedef struct init_form {
    const char *name;
    unsigned least, most;                 /* how many parameters it takes */
    double defaults[INIT_PARAMETERS_MAX]; /* of those that are numbers */
    const char *hint;                     /* how it is written, as "normal:MEAN,STD" */
    unsigned words;                       /* which parameters are words: one bit each */
} init_form;

typedef struct init {
    const init_form *form;
    unsigned count;                        /* of the parameters that were given */
    double number[INIT_PARAMETERS_MAX];    /* given or default; never NaN */
    tokvec_text word[INIT_PARAMETERS_MAX]; /* bytes NULL: not given */
} init;

/* Reads a distribution of `text`, of `size` bytes, by the forms of a generator, which end with a
 * name NULL. The text must outlive the words. */
bool words_init(const char *text, size_t size, const init_form *forms, init *out,
                tokvec_error *err);

#endif
